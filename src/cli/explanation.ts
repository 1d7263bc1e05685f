import { ADVICE, BLAME_WORDS, EVIDENCE_WORDS, REPEAT_WORDS, type Language } from '../catalog/advice.ts';
import { codeAdvice } from '../catalog/code-advice.ts';
import { faultRow, isFault } from '../catalog/faults.ts';
import type { ExcoError } from '../model/error.ts';
import { columns } from './table.ts';
import { LABELS, OUTCOME_WORDS, PHASE_WORDS, SENT_WORDS } from './words.ts';

/** When the error arises and what to do: by its fault, and for the broker's own codes by the code as well. */
export function adviceOf({ fault, code }: ExcoError, lang: Language): { when: string; todo: string } {
  const byCode = codeAdvice(code);
  if (!isFault(fault)) return { when: byCode?.when ?? '', todo: byCode?.todo[lang] ?? '' };
  const { when, todo } = ADVICE[fault];
  const isBrokersOwn = typeof faultRow(fault).code === 'string';
  const parts = isBrokersOwn && byCode !== undefined ? [`${code}: ${byCode.todo[lang]}`] : [];
  return { when: when[lang], todo: [todo[lang], ...parts].join(' ') };
}

/** What the row of the fault table says beside the error itself; all `null` for an error without such a row. */
export function rowOf({ fault }: ExcoError) {
  if (!isFault(fault)) return { evidence: null, read: null, write: null };
  const { evidence, read, write } = faultRow(fault);
  return { evidence, read, write };
}

/** A label and what stands behind it. */
type Fact = readonly [label: string, value: string];

/** The row of the fault table in words: what it says of the broker, and when to repeat. */
function rowFacts({ fault }: ExcoError, lang: Language): Fact[] {
  if (!isFault(fault)) return [];
  const { evidence, read, write } = faultRow(fault);
  return [
    [LABELS.evidence[lang], EVIDENCE_WORDS[evidence][lang]],
    [LABELS.read[lang], REPEAT_WORDS[read][lang]],
    [LABELS.write[lang], REPEAT_WORDS[write][lang]],
  ];
}

function answered({ brokerHttpStatus, brokerCode }: ExcoError, lang: Language): string {
  return [
    ...(brokerHttpStatus === undefined ? [] : [`HTTP ${brokerHttpStatus}`]),
    ...(brokerCode === undefined ? [] : [`${LABELS.code[lang]} ${brokerCode}`]),
  ].join(', ');
}

/** Whose call it was and how it ended. */
function headline({ broker, operation, fault, code, message }: ExcoError): string {
  const call = [broker, operation].filter((part) => part !== undefined).join(' ');
  return `${call === '' ? '' : `${call}: `}${fault} (${code} ${message})`;
}

function stage({ phase, sent }: ExcoError, lang: Language): string {
  return `${PHASE_WORDS[phase][lang]}; ${LABELS.sent[lang]}: ${SENT_WORDS[sent][lang]}`;
}

/** An error of a call just made, in three lines: what it was, how far it came, what to do. Nothing personal is in it. */
export function shortExplanation(error: ExcoError, lang: Language, elapsedMs: number): string[] {
  const { blame, outcome, attempts, requestId = '' } = error;
  const { when, todo } = adviceOf(error, lang);
  const told = answered(error, lang);
  const course = [
    stage(error, lang),
    ...(told === '' ? [] : [`${LABELS.brokerAnswer[lang]}: ${told}`]),
    `${LABELS.attempts[lang]}: ${attempts}, ${Math.round(elapsedMs)} ms`,
    `${LABELS.requestId[lang]}: ${requestId}`,
    `${LABELS.outcome[lang]}: ${OUTCOME_WORDS[outcome][lang]}`,
  ];
  return [`${headline(error)}, ${LABELS.blame[lang]}: ${BLAME_WORDS[blame][lang]}. ${when}`, course.join('; '), todo];
}

/** An error judged offline, in full: the row of the fault table as well. Nothing personal is in it. */
export function fullExplanation(error: ExcoError, lang: Language): string[] {
  const { blame, outcome, attempts } = error;
  const { when, todo } = adviceOf(error, lang);
  const told = answered(error, lang);
  const facts: Fact[] = [
    [LABELS.when[lang], when],
    [LABELS.blame[lang], BLAME_WORDS[blame][lang]],
    ...rowFacts(error, lang),
    [LABELS.phase[lang], stage(error, lang)],
    [LABELS.outcome[lang], OUTCOME_WORDS[outcome][lang]],
    ...(told === '' ? [] : [[LABELS.brokerAnswer[lang], told] as const]),
    [LABELS.attempts[lang], String(attempts)],
    [LABELS.todo[lang], todo],
  ];
  return [headline(error), ...columns(facts.map(([label, value]) => [`  ${label}`, value]))];
}
