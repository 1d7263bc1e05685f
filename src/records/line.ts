import { isFault } from '../catalog/faults.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { CallRecord, StateRecord } from '../model/record.ts';
import { momentMs } from './moment.ts';

/** One call that is over, as a line. */
export interface CallLine extends CallRecord {
  readonly event: 'call';
}

/** A circuit that changed its state, as a line. */
export interface StateLine extends StateRecord {
  readonly event: 'state';
}

/** Records that were dropped before this line, because the file could not be written as fast as calls ended. */
export interface LossLine {
  readonly schema: 1;
  readonly event: 'loss';
  /** When it was written, ISO 8601 in UTC. */
  readonly at: string;
  readonly lost: number;
}

/** What a line of a record file holds; `event` tells them apart. */
export type RecordLine = CallLine | StateLine | LossLine;

/** Longest line that is read, in UTF-16 units; ours have about 400. */
export const LONGEST_LINE = 16_384;

/** A record as a line of JSON, its end included. Two texts joined cost half of a copied object. */
export function lineOf(event: 'call' | 'state', record: CallRecord | StateRecord): string {
  return `{"event":"${event}",${JSON.stringify(record).slice(1)}\n`;
}

/** The line that owns up to `lost` records. */
export function lossLineOf(lost: number, wallMs: number): string {
  const line: LossLine = { schema: 1, event: 'loss', at: new Date(wallMs).toISOString(), lost };
  return `${JSON.stringify(line)}\n`;
}

/** Names of brokers and operations: one word, whatever its letters. */
const NAME = /^[^\s\p{C}<>"'&]{1,64}$/u;
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const CIRCUITS: ReadonlySet<unknown> = new Set(['closed', 'open', 'half-open']);
const KINDS: ReadonlySet<unknown> = new Set(['read', 'write']);
const RESULTS: ReadonlySet<unknown> = new Set(['ok', 'error', 'aborted']);
const BLAMES: ReadonlySet<unknown> = new Set(['broker', 'path', 'platform', 'caller', undefined]);
const EVIDENCES: ReadonlySet<unknown> = new Set(['up', 'down', 'operation', 'self', 'none', undefined]);
const OUTCOMES: ReadonlySet<unknown> = new Set(['not-executed', 'rejected', 'unknown', undefined]);

/** Names that were found sound, and how many at most: the same few come a million times. */
const sound = new Set<unknown>();
const MOST_SOUND = 1_000;

function isName(value: unknown): value is string {
  if (sound.has(value)) return true;
  if (typeof value !== 'string' || !NAME.test(value)) return false;
  if (sound.size < MOST_SOUND) sound.add(value);
  return true;
}

function isAt(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(momentMs(value));
}

/** A figure that can be: finite and not below 0. */
function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOptionalFigure(value: unknown): boolean {
  return value === undefined || isFigure(value);
}

/** Why a call failed: all of it or none. */
function hasSoundFault({ result, fault, blame, evidence, outcome, code }: JsonObject): boolean {
  const isKnown = fault === undefined ? result !== 'error' : typeof fault === 'string' && isFault(fault);
  return isKnown && BLAMES.has(blame) && EVIDENCES.has(evidence) && OUTCOMES.has(outcome) && isOptionalFigure(code);
}

function isCall(line: JsonObject): boolean {
  const { broker, operation, requestId, kind, result, attempts, elapsedMs } = line;
  return (
    isName(broker) &&
    isName(operation) &&
    typeof requestId === 'string' &&
    REQUEST_ID.test(requestId) &&
    KINDS.has(kind) &&
    RESULTS.has(result) &&
    isFigure(attempts) &&
    isFigure(elapsedMs) &&
    hasSoundFault(line)
  );
}

function isState({ broker, operation, from, to, retryAfterMs }: JsonObject): boolean {
  return (
    isName(broker) &&
    (operation === undefined || isName(operation)) &&
    CIRCUITS.has(from) &&
    CIRCUITS.has(to) &&
    isOptionalFigure(retryAfterMs)
  );
}

/** Whether an object is a line of this schema. Checks every field that a reader here uses, and no other. */
function isRecordLine(value: unknown): value is RecordLine {
  if (!isJsonObject(value) || value['schema'] !== 1 || !isAt(value['at'])) return false;
  switch (value['event']) {
    case 'call':
      return isCall(value);
    case 'state':
      return isState(value);
    case 'loss':
      return isFigure(value['lost']);
    default:
      return false;
  }
}

/** What a line says; `undefined` where it is no line of schema 1. Never throws. */
export function parseLine(text: string): RecordLine | undefined {
  if (text.length > LONGEST_LINE) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecordLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
