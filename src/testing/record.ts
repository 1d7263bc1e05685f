import {
  witnessesOf,
  type Witness,
  type WitnessedCall,
  type WitnessedEnd,
  type WitnessedSending,
} from '../calling/witness.ts';
import { cleanFixture } from '../cleaning/clean.ts';
import { StandIns } from '../cleaning/stand-in.ts';
import { FixtureError, type ConfigIssue } from '../brokers/config-error.ts';
import type { Connector } from '../connector.ts';
import { expectationFrom, wordsOf } from '../fixture/expectation.ts';
import type { Fixture } from '../fixture/format.ts';
import { fixtureFromCall, type CallSeen } from '../fixture/from-call.ts';
import { judgeFixture } from '../fixture/judge.ts';
import { pageOf, type PageHeaders } from '../fixture/page.ts';
import { systemClock } from '../runtime/clock.ts';
import { outcomesOf } from './file-names.ts';
import { Shelf } from './shelf.ts';

/** Which calls are written: those that the folder has none like, every one, or those like none of which an attempt failed. */
export const RECORD_MODES = ['missing', 'all', 'faults'] as const;

/** Which calls a recording writes. */
export type RecordMode = (typeof RECORD_MODES)[number];

/** Where a recording goes, and what it writes. */
export interface RecordOptions {
  /** Folder that the fixtures are written below; made where there is none. */
  readonly dir: string;
  /**
   * `missing` (default): calls that the folder has no fixture of, same broker, operation, question and course. `all`: every
   * call, over what an earlier recording left. `faults`: as `missing`, and only where an attempt failed.
   */
  readonly mode?: RecordMode | undefined;
}

/** A call that was not written, and why. */
export interface RefusedRecording extends ConfigIssue {
  readonly broker: string;
  readonly operation: string;
}

/** A recording under way. */
export interface Recording {
  /** Files that were written, in order. */
  readonly written: () => readonly string[];
  /** Calls of which nothing was written: what could not be cleaned, or not be written; each reason once. */
  readonly refused: () => readonly RefusedRecording[];
  /** Ends it. A second time does nothing. */
  readonly stop: () => void;
  readonly [Symbol.dispose]: () => void;
}

function modeOf(mode: unknown = 'missing'): RecordMode {
  const known = RECORD_MODES.find((each) => each === mode);
  if (known === undefined) throw new TypeError(`options.mode: expected ${RECORD_MODES.join(', ')}`);
  return known;
}

/** The call as a fixture that may be written, or why not. */
function recordingOf(end: CallSeen, standIns: StandIns): Fixture | readonly ConfigIssue[] {
  const seen = fixtureFromCall(end, new Date(systemClock.wallMs()).toISOString());
  const was = wordsOf(end.settled);
  if (seen === undefined) return [{ path: 'attempts', expected: `expected what came of the call, which was ${was}` }];
  const cleaned = cleanFixture(seen, standIns);
  if ('refused' in cleaned) {
    return cleaned.refused.map((path) => ({ path, expected: 'expected what can be cleaned' }));
  }
  const judged = judgeFixture(cleaned.fixture);
  const is = wordsOf(judged);
  if (was !== is) return [{ path: 'expect', expected: `expected ${was}, and once cleaned it is ${is}` }];
  return { ...cleaned.fixture, expect: expectationFrom(judged) };
}

/** What a recording writes and refuses. */
class Recorder implements Witness {
  readonly written: string[] = [];
  readonly refused = new Map<string, RefusedRecording>();
  readonly #shelf: Shelf;
  readonly #standIns: StandIns;
  readonly #mode: RecordMode;
  /** Headers of calls under way that say which page is asked for. */
  readonly #pages = new WeakMap<WitnessedCall, PageHeaders>();

  constructor(dir: string, mode: RecordMode) {
    this.#shelf = new Shelf(dir);
    this.#mode = mode;
    this.#standIns = new StandIns(mode === 'all' ? [] : this.#shelf.standIns());
  }

  sending({ call, request }: WitnessedSending): void {
    this.#pages.set(call, pageOf(call.broker.paging, request.headers));
  }

  /** Never throws: what goes wrong with a recording must not reach the call that is recorded. */
  settled(end: WitnessedEnd): void {
    try {
      this.#keep(end);
    } catch (error) {
      const issues =
        error instanceof FixtureError ? error.issues : [{ path: 'fixture', expected: 'expected no defect' }];
      this.#refuse(end, issues);
    }
  }

  #keep(end: WitnessedEnd): void {
    const page = this.#pages.get(end.call) ?? {};
    const recording = recordingOf({ ...end, page }, this.#standIns);
    if ('format' in recording) this.#write(recording);
    else this.#refuse(end, recording);
  }

  #write(fixture: Fixture): void {
    if (this.#mode === 'faults' && outcomesOf(fixture).every((name) => name === 'answered')) return;
    if (this.#mode !== 'all' && this.#shelf.has(fixture)) return;
    this.written.push(this.#shelf.put(fixture));
  }

  #refuse({ call }: WitnessedEnd, issues: readonly ConfigIssue[]): void {
    const [broker, operation] = [call.broker.alias, call.operation.name];
    for (const issue of issues) {
      this.refused.set([broker, operation, issue.path, issue.expected].join('\n'), { broker, operation, ...issue });
    }
  }
}

/**
 * Writes a fixture of every call that `connector` makes from now on, faults included, as
 * `<dir>/<broker>/<operation>/<what it came to>.json`. Before anything is written, secrets and personal data are replaced by
 * stable stand-ins of the same shape and length: equal values stay equal, and what the answer is judged by stays. A call that
 * cannot be cleaned, or that would be judged otherwise once cleaned, is not written, and `refused()` says why. The calls
 * themselves are not changed, and do not fail over a recording.
 *
 * @throws FixtureError for a folder that cannot be made, or that holds a bad fixture; TypeError for another mode.
 * @example
 * const recording = recordFixtures(exco, { dir: 'fixtures', mode: 'faults' });
 * await exco.settle('samsung', 'account.balance', message);
 * recording.stop();
 */
export function recordFixtures(connector: Connector, { dir, mode }: RecordOptions): Recording {
  const recorder = new Recorder(dir, modeOf(mode));
  const witnesses = witnessesOf(connector);
  witnesses.add(recorder);
  const stop = () => {
    witnesses.delete(recorder);
  };
  return {
    written: () => [...recorder.written],
    refused: () => [...recorder.refused.values()],
    stop,
    [Symbol.dispose]: stop,
  };
}
