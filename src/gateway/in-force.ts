import type { ConnectorOptions } from '../brokers/options.ts';
import { CallMemory } from '../health/memory.ts';
import type { Clock } from '../runtime/clock.ts';
import { forceOf, type Force } from './force.ts';
import type { Metrics } from './metrics.ts';
import type { Watch } from './watch.ts';

/** Who hears of calls, whichever configuration they are made under. */
export interface Hearing {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly watch: Watch;
}

/** The configuration in force, and how another one takes its place. What is known of brokers outlasts it. */
export class InForce {
  readonly #hearing: Hearing;
  readonly #memory = new CallMemory();
  #now: Force;

  /** @throws ConfigError naming every path that is wrong. */
  constructor(config: ConnectorOptions, hearing: Hearing) {
    this.#hearing = hearing;
    this.#now = this.#made(config);
  }

  get now(): Force {
    return this.#now;
  }

  /**
   * Puts another configuration in force, and gives the one before.
   *
   * @throws ConfigError naming every path that is wrong, or what `config` rejected with; then everything stays as it is.
   */
  async replace(config: ConnectorOptions | Promise<ConnectorOptions>): Promise<Force> {
    const next = await config;
    const before = this.#now;
    this.#now = this.#made(next);
    return before;
  }

  #made(config: ConnectorOptions): Force {
    const { clock, metrics, watch } = this.#hearing;
    const force = forceOf(config, { clock, memory: this.#memory });
    const aliases = force.registry.brokers.map(({ alias }) => alias);
    watch.follow(aliases);
    metrics.reloaded(aliases, clock.wallMs());
    force.connector.on('call', (record) => {
      metrics.called(record);
      watch.saw(record);
    });
    force.connector.on('state', (record) => metrics.changed(record));
    return force;
  }
}
