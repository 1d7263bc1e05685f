import { faultRow, type Effect, type FaultRow } from '../catalog/faults.ts';
import { excoRow, findError, isExcoCode } from '../catalog/lookup.ts';
import type { CatalogRow } from '../catalog/tables.ts';
import { ExcoError, type EffectOutcome, type StandardErrorBody } from '../model/error.ts';
import type { OperationKind } from '../model/operation.ts';
import { personalValues, redactText } from '../model/redact.ts';
import type { Detail, Expectation, Failure } from '../model/verdict.ts';
import type { Sent } from '../model/wire.ts';
import { detailOf } from './detail.ts';

/** Category of what the linkage server finds itself (section "Error Category"). */
const OURS = 'op-exco';

/** Stands in for the text of a broker's code that no table lists and that came without one. */
const NO_TEXT = 'Unknown error';

/** Whose call it was, for the error; everything is optional because a call can fail before its broker is known. */
export interface CallFacts {
  readonly expected?: Pick<Expectation, 'broker' | 'message'>;
  readonly broker?: string;
  readonly operation?: string;
  readonly kind?: OperationKind;
  readonly requestId?: string;
  readonly attempts?: number;
}

/** The code a failure gets: the broker's own, else what its config points the row to, what its dialect says, the row's. */
function codeOf(failure: Failure, row: FaultRow, call: CallFacts): number {
  const pointed = call.expected?.broker.faultCodes[failure.fault];
  if (typeof row.code === 'string') return failure.code ?? excoRow(3999).code;
  return pointed ?? failure.code ?? row.code;
}

function outcomeOf(effect: Effect, sent: Sent, kind: OperationKind): EffectOutcome {
  if (effect !== 'by-sent') return effect;
  return sent === 'no' || kind === 'read' ? 'not-executed' : 'unknown';
}

/** A code as short and plain as codes are, no longer in digits than any dialect's; else it is the free text it is. */
const PLAIN_CODE = /^(?!.*\d{9})[\w.-]{1,16}$/;

type Values = () => readonly string[];

function shownCode(code: string, values: Values): string {
  return PLAIN_CODE.test(code) && !values().includes(code) ? code : redactText(code, values());
}

/** The broker's code as it came, unless it looks like anything but a code. */
function shownBrokerCode(code: number | string, values: Values): number | string | undefined {
  const shown = shownCode(String(code), values);
  if (typeof code === 'number') return shown === String(code) ? code : undefined;
  return shown;
}

function cleaned(detail: Detail | undefined, foreignCode: string | undefined, values: Values): Detail | undefined {
  if (detail !== undefined && detail.kind !== 'reason') return detail;
  const code = foreignCode === undefined ? '' : shownCode(foreignCode, values);
  const text = [code, redactText(detail?.text ?? '', values())].filter((part) => part !== '').join(' ');
  return text === '' ? undefined : { kind: 'reason', text };
}

function wordsOf(detail: Detail | undefined): string | undefined {
  switch (detail?.kind) {
    case undefined:
      return undefined;
    case 'reason':
      return detail.text;
    case 'count':
      return String(detail.count);
    case 'days':
      return String(detail.days);
  }
}

/** A broker's bracketed reason, count or days, or the reason it gave apart from its text. */
function detailOfFailure({ text, reason }: Failure, row: CatalogRow | undefined): Detail | undefined {
  const inText = row === undefined || text === undefined ? undefined : detailOf(text, row.message, row.detail);
  if (inText !== undefined) return inText;
  return reason === undefined || reason === '' ? undefined : detailOf(`[${reason}]`, '', row?.detail ?? null);
}

function brokerBody(code: number, failure: Failure, alias: string, values: Values) {
  const row = findError(code);
  const detail = cleaned(detailOfFailure(failure, row), failure.foreignCode, values);
  const description = wordsOf(detail);
  const own = row === undefined ? redactText(failure.text ?? '', values()) : row.message;
  const body: StandardErrorBody = {
    category: alias,
    code,
    message: own === '' ? NO_TEXT : own,
    ...(description !== undefined && { description }),
  };
  return { body, detail, httpStatus: row?.httpStatus ?? excoRow(3999).httpStatus };
}

function ownBody(code: Parameters<typeof excoRow>[0], { description, reason }: Failure, values: Values) {
  const { message, httpStatus } = excoRow(code);
  const words = description ?? (reason === undefined ? '' : redactText(reason, values()));
  return {
    body: { category: OURS, code, message, ...(words !== '' && { description: words }) },
    detail: undefined,
    httpStatus,
  };
}

/**
 * The standard error of a failure: row of the fault table, the broker's re-pointing, the catalog's text, and the
 * broker's reason without anything personal in it. Pure; never throws.
 *
 * @example
 * const verdict = classify({ kind: 'unanswered', phase: 'connect', sent: 'no', code: 'ECONNREFUSED' }, expectation);
 * if (verdict.kind === 'fault') console.log(translate(verdict, { expected: expectation }).code);
 */
export function translate(failure: Failure, call: CallFacts): ExcoError {
  const row = faultRow(failure.fault);
  const code = codeOf(failure, row, call);
  const values = () => personalValues(call.expected?.message, failure.answer);
  const { body, detail, httpStatus } = isExcoCode(code)
    ? ownBody(code, failure, values)
    : brokerBody(code, failure, call.expected?.broker.alias ?? OURS, values);
  const { fault, phase, sent, brokerCode, brokerHttpStatus, retryAfterMs } = failure;
  const { broker, operation, requestId, kind = 'read', attempts = 0 } = call;
  const theirs = brokerCode === undefined ? undefined : shownBrokerCode(brokerCode, values);
  const known = {
    ...(broker !== undefined && { broker }),
    ...(operation !== undefined && { operation }),
    ...(requestId !== undefined && { requestId }),
    ...(theirs !== undefined && { brokerCode: theirs }),
    ...(brokerHttpStatus !== undefined && { brokerHttpStatus }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(detail !== undefined && { detail }),
  };
  const facts = {
    httpStatus,
    fault,
    phase,
    sent,
    outcome: outcomeOf(failure.effect ?? row.effect, sent, kind),
    blame: row.blame,
    attempts,
  };
  return new ExcoError(body, { ...facts, ...known }, failure.cause);
}
