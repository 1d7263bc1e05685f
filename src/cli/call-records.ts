import { isFault } from '../catalog/faults.ts';
import type { SeenCall } from '../diagnosis/facts.ts';
import { parseJson } from '../flow/parse-json.ts';
import { isJsonObject } from '../model/json.ts';
import { PHASE_WORDS } from './words.ts';

/** A name that can be printed as it is: no control character, nothing that moves a cursor. */
const NAME = /^[\p{L}\p{N}._:-]{1,128}$/u;

function isName(value: unknown): boolean {
  return typeof value === 'string' && NAME.test(value);
}

const PHASES: readonly unknown[] = Object.keys(PHASE_WORDS);

const RESULTS: readonly unknown[] = ['ok', 'error', 'aborted'];

/** Whether a value from a file is the record of a call, as far as a diagnosis needs it. */
export function isSeenCall(value: unknown): value is SeenCall {
  if (!isJsonObject(value)) return false;
  const { at, broker, operation, kind, result, requestId, elapsedMs, fault, phase, retryAfterMs } = value;
  return (
    typeof at === 'string' &&
    Number.isFinite(Date.parse(at)) &&
    [broker, operation, requestId].every(isName) &&
    (kind === 'read' || kind === 'write') &&
    RESULTS.includes(result) &&
    typeof elapsedMs === 'number' &&
    (fault === undefined || (typeof fault === 'string' && isFault(fault))) &&
    (phase === undefined || PHASES.includes(phase)) &&
    (retryAfterMs === undefined || typeof retryAfterMs === 'number')
  );
}

/** A record of another kind, as an attempt or a change of a circuit. */
function isOtherRecord(value: unknown): boolean {
  return isJsonObject(value) && value['schema'] === 1;
}

/** The call records among the lines of a text, and how many lines, blank ones aside, are no records at all. */
export function callRecordsIn(text: string): { readonly calls: SeenCall[]; readonly skipped: number } {
  const calls: SeenCall[] = [];
  let skipped = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parsed = parseJson(line);
    const value = parsed.kind === 'invalid' ? undefined : parsed.value;
    if (isSeenCall(value)) calls.push(value);
    else if (!isOtherRecord(value)) skipped += 1;
  }
  return { calls, skipped };
}
