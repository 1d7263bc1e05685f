import type { Fixture } from '../fixture/format.ts';
import { SimulatorError } from './error.ts';
import { Stage } from './stage.ts';

/** The brokers of a simulator, found by any letter case of their alias. */
export class Stages {
  readonly #seed: number;
  readonly #byKey = new Map<string, Stage>();

  constructor(fixtures: readonly Fixture[], seed: number) {
    this.#seed = seed;
    for (const key of new Set(fixtures.map(keyOf))) {
      const own = fixtures.filter((each) => keyOf(each) === key);
      this.#byKey.set(key, new Stage(own[0]?.broker ?? key, own, seed));
    }
  }

  /** By alias in lower case. */
  get byKey(): ReadonlyMap<string, Stage> {
    return this.#byKey;
  }

  /** Names of the brokers, as the fixtures have them. */
  get aliases(): readonly string[] {
    return [...this.#byKey.values()].map(({ alias }) => alias);
  }

  /** The fixtures of all of them. */
  get fixtures(): readonly Fixture[] {
    return [...this.#byKey.values()].flatMap(({ fixtures }) => fixtures);
  }

  /** @throws SimulatorError for a broker that is not there. */
  of(alias: string): Stage {
    const stage = this.#byKey.get(alias.toLowerCase());
    if (stage === undefined) throw new SimulatorError(`broker: expected one of ${this.aliases.join(', ')}`);
    return stage;
  }

  /** One of them, or all. */
  chosen(alias: string | undefined): Iterable<Stage> {
    return alias === undefined ? this.#byKey.values() : [this.of(alias)];
  }

  /** The broker of a fixture; one that was not there before is there once `keep` is told of it. */
  for(fixture: Fixture): Stage {
    return this.#byKey.get(keyOf(fixture)) ?? new Stage(fixture.broker, [fixture], this.#seed);
  }

  keep(stage: Stage): void {
    this.#byKey.set(stage.alias.toLowerCase(), stage);
  }

  /** Starts chance and calls under way anew. */
  rewind(): void {
    for (const stage of this.#byKey.values()) stage.rewind();
  }
}

function keyOf({ broker }: Fixture): string {
  return broker.toLowerCase();
}
