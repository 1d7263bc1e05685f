import { partOfEnd } from '../health/part.ts';
import type { BrokerHealth } from '../model/health.ts';
import type { CallRecord } from '../model/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Force } from './force.ts';
import { MinuteStrip } from './minute-strip.ts';
import { columnOf, type BrokerView, type HealthSource, type HealthView } from './view.ts';

/** The health that the connector in force tells of, with the last hour of every broker by the minute. */
export class Watch implements HealthSource {
  readonly #clock: Clock;
  readonly #force: () => Pick<Force, 'connector' | 'registry'>;
  #strips = new Map<string, MinuteStrip>();

  constructor(clock: Clock, force: () => Pick<Force, 'connector' | 'registry'>) {
    this.#clock = clock;
    this.#force = force;
  }

  /** The brokers there are; the hour of those that stay is kept. */
  follow(aliases: readonly string[]): void {
    this.#strips = new Map(aliases.map((alias) => [alias, this.#strips.get(alias) ?? new MinuteStrip()]));
  }

  saw(record: CallRecord): void {
    const column = columnOf(partOfEnd(record));
    if (column !== undefined) this.#strips.get(record.broker)?.add(this.#clock.wallMs(), column);
  }

  of(name: string): BrokerView | undefined {
    const { connector, registry } = this.#force();
    const alias = registry.find(name)?.alias;
    return alias === undefined ? undefined : this.#viewOf(connector.health(alias));
  }

  view(): HealthView {
    const health = this.#force().connector.health();
    const brokers = Object.entries(health.brokers).map(([alias, each]) => [alias, this.#viewOf(each)] as const);
    return { ...health, brokers: Object.fromEntries(brokers) };
  }

  #viewOf(health: BrokerHealth): BrokerView {
    const { name } = this.#force().registry.find(health.broker) ?? {};
    const strip = this.#strips.get(health.broker) ?? new MinuteStrip();
    return { ...health, ...(name !== undefined && { name }), strip: strip.minutes(this.#clock.wallMs()) };
  }
}
