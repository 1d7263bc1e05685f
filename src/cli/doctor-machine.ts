import type { Words } from '../catalog/advice.ts';
import type { Check } from './doctor-check.ts';
import { DOCTOR_TEXTS, DOCTOR_WORDS } from './doctor-words.ts';

/** From here on the clocks of two machines differ; a `Date` header has whole seconds. */
const CLOCK_WARN_MS = 5_000;

/** Files and sockets of the process itself: its code, logs, name look-ups. */
const OWN_FILES = 128;

function partsOf(version: string): number[] {
  return version.split('.').map(Number);
}

function isAtLeast(version: string, oldest: string): boolean {
  const own = partsOf(version);
  for (const [index, least] of partsOf(oldest).entries()) {
    const part = own[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** Whether this Node is new enough. */
export function nodeCheck(version: string, oldest: string): Check {
  const found = DOCTOR_TEXTS.nodeFits(version, oldest);
  return isAtLeast(version, oldest)
    ? { check: 'node', state: 'ok', found }
    : { check: 'node', state: 'fail', found, next: DOCTOR_TEXTS.nodeNext(oldest) };
}

/**
 * Whether the limit of open files suffices for `inFlight` calls at once; `limits` is the text of `/proc/self/limits`,
 * `undefined` where the system has none.
 */
export function openFilesCheck(limits: string | undefined, inFlight: number): Check {
  const limit = /^Max open files +(\d+|unlimited) /m.exec(limits ?? '')?.[1];
  if (limit === undefined) return { check: 'open-files', state: 'ok', found: DOCTOR_WORDS.limitUnknown };
  const needed = inFlight + OWN_FILES;
  const found = DOCTOR_TEXTS.limit(limit, needed);
  return limit === 'unlimited' || Number(limit) >= needed
    ? { check: 'open-files', state: 'ok', found }
    : { check: 'open-files', state: 'warn', found, next: DOCTOR_TEXTS.limitNext(needed) };
}

/** What a broker's clock is off ours, in milliseconds; positive where ours is ahead. */
export interface Offset {
  readonly broker: string;
  readonly offsetMs: number;
}

function medianOf(offsets: readonly Offset[]): number {
  const sorted = offsets.map(({ offsetMs }) => offsetMs).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Our clock against the middle of the brokers', and each broker that is off it while we are not. */
export function clockChecks(offsets: readonly Offset[]): Check[] {
  const next: Words = DOCTOR_WORDS.clockNext;
  if (offsets.length === 0) return [{ check: 'clock', state: 'warn', found: DOCTOR_WORDS.clockUnknown, next }];
  const medianMs = medianOf(offsets);
  const found = DOCTOR_TEXTS.offset(medianMs / 1_000, offsets.length);
  if (Math.abs(medianMs) > CLOCK_WARN_MS) return [{ check: 'clock', state: 'warn', found, next }];
  const strays = offsets.filter(({ offsetMs }) => Math.abs(offsetMs) > CLOCK_WARN_MS);
  return [
    { check: 'clock', state: 'ok', found },
    ...strays.map(({ broker, offsetMs }): Check => {
      const stray = DOCTOR_TEXTS.theirOffset(offsetMs / 1_000);
      return { check: 'clock', broker, state: 'warn', found: stray, next: DOCTOR_WORDS.theirClock };
    }),
  ];
}
