import { createHash } from 'node:crypto';
import { BROKERS } from './brokers.ts';
import { drawsOf, oneOf, wholeOf, type Draw } from './chance.ts';
import { playOf } from './plays.ts';

/** A call that is wrong before it leaves, and how. */
export type Mistake = 'unknown-broker' | 'unknown-operation' | 'missing-field';

/** One call as planned. */
export interface PlannedCall {
  /** Its request id, by which the broker knows what to play. */
  readonly id: string;
  readonly broker: string;
  readonly isWrite: boolean;
  readonly mistake?: Mistake;
}

/** How calls are made. */
export type Form = 'call' | 'settle' | 'pages' | 'fan-out awaited' | 'fan-out iterated';

/** Calls that are made at once, as their caller would. */
export interface Unit {
  readonly form: Form;
  readonly calls: readonly PlannedCall[];
  readonly deadlineMs: number;
  /** When the caller gives them up. */
  readonly abortMs?: number;
}

/** Fan-outs of nine calls on average make half of all calls when every tenth unit is one. */
const FAN_OUTS = 0.1;
const FAN_OUT_CALLS = [2, 16] as const;
const WRITES = 0.15;
const MISTAKES = 0.01;
const ABORTS = 0.1;
const LATEST_ABORT_MS = 150;
/** Some so short that they end calls in every phase. */
const DEADLINES = [60, 250, 800, 2_000] as const;

function formOf(draw: Draw): Form {
  if (draw() < FAN_OUTS) return oneOf(draw, ['fan-out awaited', 'fan-out iterated']);
  return oneOf(draw, ['call', 'call', 'call', 'settle', 'settle', 'pages']);
}

function callOf(draw: Draw, id: string, form: Form): PlannedCall {
  const broker = BROKERS[Math.floor(draw() * BROKERS.length)]?.alias ?? '';
  const isWrite = draw() < WRITES && form !== 'pages';
  const isMistaken = draw() < MISTAKES;
  const mistake = oneOf(draw, ['unknown-broker', 'unknown-operation', 'missing-field'] as const);
  return { id, broker, isWrite, ...(isMistaken && { mistake }) };
}

/** The unit of this number: the same for the same seed. */
export function unitOf(seed: number, number: number): Unit {
  const draw = drawsOf(seed, 'unit', number);
  const form = formOf(draw);
  const count = form.startsWith('fan-out') ? wholeOf(draw, ...FAN_OUT_CALLS) : 1;
  const calls = Array.from({ length: count }, (_, index) => callOf(draw, `soak-${number}-${index}`, form));
  const deadlineMs = oneOf(draw, DEADLINES);
  const isAborted = draw() < ABORTS;
  // Most calls are over soon: so most are given up soon, too.
  const abortMs = Math.floor(draw() ** 3 * LATEST_ABORT_MS);
  return { form, calls, deadlineMs, ...(isAborted && { abortMs }) };
}

/** Units in a row, as far as they were taken, and the hash of all that was planned: two runs are the same if it is. */
export class Plan {
  readonly #seed: number;
  readonly #hash = createHash('sha256');
  units = 0;
  calls = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  take(): Unit {
    const unit = unitOf(this.#seed, this.units);
    this.units += 1;
    this.calls += unit.calls.length;
    this.#hash.update(JSON.stringify(unit));
    for (const { id } of unit.calls) this.#hash.update(playOf(this.#seed, id, 1).play);
    return unit;
  }

  /** Hash of what was taken so far: units, brokers, deadlines, moments of giving up, and what the broker plays first. */
  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}
