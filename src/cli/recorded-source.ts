import type { ConnectorOptions } from '../brokers/options.ts';
import { createRegistry } from '../brokers/registry.ts';
import { recordedCircuit } from '../diagnosis/circuits.ts';
import { factsOf } from '../diagnosis/collect.ts';
import type { PassiveFacts } from '../diagnosis/facts.ts';
import { parseLine, type RecordLine } from '../records/line.ts';
import { readSet, recordSets } from '../records/read.ts';
import { RecordTail } from '../records/tail.ts';
import { systemClock } from '../runtime/clock.ts';
import { chosen, recordedFacts, type DiagnoseSource, type Looked } from './diagnose-sources.ts';
import { DIAGNOSE_TEXTS } from './diagnose-words.ts';
import { reasonOf, type Io } from './io.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SeenRecords } from './seen-records.ts';
import { brokerRefusal } from './unknown-name.ts';
import { MISTAKES } from './words.ts';

/** What stands for the standard input. */
export const STANDARD_INPUT = '-';

/** Whose records are looked at, and how. */
export interface RecordedOrder {
  readonly path: string;
  /** Brokers asked for; all where none is. */
  readonly names: readonly string[];
  /** Settings of the brokers, where there are some. */
  readonly options: ConnectorOptions | undefined;
  /** Whether the file is looked at again and again while it grows. */
  readonly isFollowed: boolean;
}

/** Those that are named, and the rest for comparison. */
function parted<Broker>(
  all: readonly Broker[],
  named: readonly Broker[],
  facts: (broker: Broker) => PassiveFacts,
): Looked {
  const rest = all.filter((broker) => !named.includes(broker));
  return {
    members: named.map((broker) => ({ facts: facts(broker) })),
    control: rest.map((broker) => ({ facts: facts(broker) })),
  };
}

/** Brokers of the records, all where none is named; without a configuration only its alias names one. */
function namedIn(known: readonly string[], names: readonly string[]): readonly string[] {
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) throw brokerRefusal(missing, { recorded: known });
  return names.length === 0 ? known : names;
}

/**
 * Judges by the records of a file and its older ones. A file that is at rest is judged at the time of its last record, since
 * it may be read long after; one that is followed as of now.
 */
export class RecordedSource implements DiagnoseSource {
  readonly #order: RecordedOrder;
  readonly #io: Io;
  readonly #seen = new SeenRecords();
  #tail: RecordTail | undefined;
  #bad = 0;
  #isBegun = false;

  constructor(order: RecordedOrder, io: Io) {
    this.#order = order;
    this.#io = io;
  }

  /** @throws Refusal where the file cannot be read, holds no record of a call, or none of a broker that is named. */
  async look(): Promise<Looked> {
    const { path, isFollowed } = this.#order;
    try {
      await this.#read();
    } catch (error) {
      throw new Refusal(EXIT.usage, MISTAKES.unreadable(path, reasonOf(error)));
    }
    if (!this.#isBegun) this.#sayWhatIsMissing();
    this.#isBegun = true;
    if (!isFollowed && this.#seen.brokers.size === 0) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.noRecords(path));
    const { latestMs } = this.#seen;
    return this.#judge(isFollowed ? Math.max(latestMs, systemClock.wallMs()) : latestMs);
  }

  async close(): Promise<void> {
    await this.#tail?.close();
  }

  async #read(): Promise<void> {
    const { path, isFollowed } = this.#order;
    if (path === STANDARD_INPUT) {
      const texts = (await this.#io.readText(path)).split('\n').filter((text) => text.trim() !== '');
      const lines = texts.flatMap((text) => parseLine(text) ?? []);
      this.#take(lines, texts.length - lines.length);
      return;
    }
    if (!isFollowed) {
      await this.#readBack(path, ({ files }) => files);
      return;
    }
    this.#tail ??= await RecordTail.open(path);
    for await (const { lines, bad } of this.#tail.more()) this.#take(lines, bad);
    if (!this.#isBegun) await this.#readBack(path, ({ files }) => files.slice(0, -1));
  }

  /** The newest file first, and no further back than a diagnosis looks. */
  async #readBack(path: string, choose: (set: { readonly files: readonly string[] }) => readonly string[]) {
    for (const file of recordSets([path]).flatMap(choose).reverse()) {
      if (this.#seen.isFull) return;
      for await (const { lines, bad } of readSet({ files: [file], bytes: 0 })) this.#take(lines, bad.length);
    }
  }

  #take(lines: readonly RecordLine[], bad: number): void {
    for (const line of lines) this.#seen.add(line);
    this.#bad += bad;
  }

  #sayWhatIsMissing(): void {
    const { path } = this.#order;
    const { lost } = this.#seen;
    if (this.#bad > 0) this.#io.err(DIAGNOSE_TEXTS.linesSkipped(path, this.#bad)[this.#io.lang]);
    if (lost > 0) this.#io.err(DIAGNOSE_TEXTS.recordsLost(path, lost)[this.#io.lang]);
  }

  #judge(atMs: number): Looked {
    const { names, options } = this.#order;
    const { brokers, calls, changes } = this.#seen;
    const heldOf = (broker: string) => {
      const circuit = recordedCircuit(broker, changes, calls, atMs);
      return circuit === undefined ? {} : { circuit };
    };
    if (options === undefined) {
      const all = [...brokers].sort();
      const named = all.length === 0 ? names : namedIn(all, names);
      return parted(all, named, (broker) => factsOf(broker, calls, { atMs }, heldOf(broker)));
    }
    const registry = createRegistry(options);
    return parted(registry.brokers, chosen(registry, names), (broker) =>
      recordedFacts(broker, calls, atMs, heldOf(broker.alias)),
    );
  }
}
