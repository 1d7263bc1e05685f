import stringWidth from 'string-width';
import type { Language } from '../catalog/advice.ts';
import { faultRow, type Fault } from '../catalog/faults.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { CallMark } from '../diagnosis/facts.ts';
import { clockInKorea, lengthOf } from '../diagnosis/moment.ts';
import { CONFIDENCE_WORDS, VERDICT_WORDS } from '../diagnosis/verdicts.ts';
import { diagnosisTable, type Screen } from './diagnosis-table.ts';
import { DIAGNOSE_TEXTS, DIAGNOSE_WORDS, SIDE_WORDS } from './diagnose-words.ts';
import { wrapped } from './wrap.ts';

/** Columns below which the right half of a line gets a line of its own. */
const TWO_HALVES = 80;

/** Characters of a request id that tell it from others on a screen. */
const SHORT_ID = 8;

/** Blanks between two columns. */
const GAP = '  ';

/** Columns before the further lines of a text for the desk. */
const HANG = 2;

/** Columns of the number before a step. */
const STEP_NUMBER = 3;

/** A line of the first screen: its label and one or two texts. */
type Row = readonly [label: string, left: string, right: string];

function sinceText({ since, at }: Diagnosis, lang: Language): string {
  if (since === undefined) return '';
  const sinceMs = Date.parse(since);
  return DIAGNOSE_TEXTS.since(clockInKorea(sinceMs), lengthOf(Date.parse(at) - sinceMs))[lang];
}

function sideText({ blame, confidence }: Diagnosis, lang: Language): string {
  const sure = `${DIAGNOSE_WORDS.confidence[lang]} ${CONFIDENCE_WORDS[confidence][lang]}`;
  return blame === undefined ? sure : `${SIDE_WORDS[blame][lang]}, ${sure}`;
}

/** Of the operations that fail since they do; before that their calls were good, and would make it look better. */
function failsText(
  { firstFailingPhase, fault, faults = [], calls: { good, bad, inTrouble = { good, bad } } }: Diagnosis,
  lang: Language,
) {
  if (firstFailingPhase === undefined) return '';
  const total = inTrouble.good + inTrouble.bad;
  const count = total === 0 ? '' : ` ${DIAGNOSE_TEXTS.outOf(inTrouble.bad, total)[lang]}`;
  const beside = faults.length === 0 ? '' : DIAGNOSE_TEXTS.besideOthers(faults.length - 1)[lang];
  return `${firstFailingPhase} (${fault ?? 'slow'}${beside}${count})`;
}

function wordsOf({ evidence }: Diagnosis, kind: 'others', lang: Language): string {
  return evidence
    .filter((item) => item.kind === kind)
    .map(({ words }) => words[lang])
    .join(', ');
}

function callText(mark: CallMark | undefined, lang: Language): string {
  if (mark === undefined) return '';
  const id = mark.requestId.length > SHORT_ID ? `${mark.requestId.slice(0, SHORT_ID)}…` : mark.requestId;
  return `${clockInKorea(mark.atMs)} ${DIAGNOSE_WORDS.request[lang]} ${id}`;
}

function lastCalls({ lastGood, lastBad }: Diagnosis, lang: Language): Row {
  const [good, bad] = [callText(lastGood, lang), callText(lastBad, lang)];
  if (good === '') return [DIAGNOSE_WORDS.lastBad[lang], bad, ''];
  return [DIAGNOSE_WORDS.lastGood[lang], good, bad === '' ? '' : `${DIAGNOSE_WORDS.lastBad[lang]}  ${bad}`];
}

/** Code that a fault has wherever it is met; `undefined` where the broker's answer says it. */
function codeOf(fault: Fault): number | undefined {
  const { code } = faultRow(fault);
  return typeof code === 'number' ? code : undefined;
}

/** What calls come to meanwhile, without anybody's doing. */
function weDo({ circuit, fault, signals, evidence }: Diagnosis, { lang, isLive = false }: Screen): [string, string] {
  const got = (by: Fault, waits: boolean) => {
    const code = codeOf(by);
    return code === undefined ? '' : DIAGNOSE_TEXTS.callersGet(code, waits, signals.extent === 'part')[lang];
  };
  if (signals.announced === 'on') return [DIAGNOSE_TEXTS.heldForMaintenance()[lang], got('maintenance-window', true)];
  if (circuit !== undefined) return [DIAGNOSE_TEXTS.circuitOpen(circuit)[lang], got('breaker-open', true)];
  if (fault === undefined) return ['', ''];
  const waits = evidence.some(({ kind }) => kind === 'retry-after');
  return [got(fault, waits), isLive ? DIAGNOSE_TEXTS.circuitElsewhere()[lang] : ''];
}

function rowsOf(diagnosis: Diagnosis, screen: Screen): Row[] {
  const { lang, emphasis } = screen;
  const { broker, verdict, affects } = diagnosis;
  const words = DIAGNOSE_WORDS;
  const state = [VERDICT_WORDS[verdict][lang], sinceText(diagnosis, lang)].filter((text) => text !== '').join(' ');
  const [fails, others] = [failsText(diagnosis, lang), wordsOf(diagnosis, 'others', lang)];
  const rows: Row[] = [
    [emphasis(broker), emphasis(state), sideText(diagnosis, lang)],
    fails === '' ? [words.others[lang], others, ''] : [words.failsAt[lang], fails, others],
    [words.affects[lang], affects.join(', '), ''],
    lastCalls(diagnosis, lang),
    [words.weDo[lang], ...weDo(diagnosis, screen)],
  ];
  return rows
    .map(([label, left, right]): Row => (left === '' ? [label, right, ''] : [label, left, right]))
    .filter(([, left]) => left !== '');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Texts under one label, each broken to the width with its further lines under its `hang`-th column. */
function block(label: string, labelWidth: number, texts: readonly string[], width: number, hang: number): string[] {
  const indent = ' '.repeat(labelWidth + 2);
  const lines = texts.flatMap((text) => {
    const [first = '', ...others] = wrapped(text, width - indent.length - hang);
    return [first, ...others.map((line) => `${' '.repeat(hang)}${line}`)];
  });
  const head = `${pad(label, labelWidth)}  `;
  return lines.map((line, index) => `${index === 0 ? head : indent}${line}`);
}

/** The text for the desk, each of its lines broken to the width and its further lines indented. */
function pasted(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const [first = '', ...others] = wrapped(line, width - HANG);
    return [first, ...others.map((other) => `${' '.repeat(HANG)}${other}`)];
  });
}

/** Rows with their right halves below each other; where a row is too wide, its right half gets a line of its own. */
function firstScreen(rows: readonly Row[], labelWidth: number, { width }: Screen): string[] {
  const indent = ' '.repeat(labelWidth + GAP.length);
  const room = width - labelWidth - 2 * GAP.length;
  const paired = rows.filter(([, left, right]) => right !== '' && stringWidth(left) + stringWidth(right) <= room);
  const leftWidth = Math.max(0, ...paired.map(([, left]) => stringWidth(left)));
  return rows.flatMap(([label, left, right]) => {
    const head = `${pad(label, labelWidth)}${GAP}`;
    if (right === '') return block(label, labelWidth, [left], width, 0);
    const line = `${head}${pad(left, leftWidth)}${GAP}${right}`;
    return width >= TWO_HALVES && stringWidth(line) <= width ? [line] : [`${head}${left}`, `${indent}${right}`];
  });
}

/** One broker in full: first screen, evidence, what to do, and the text for the broker's desk. */
export function diagnosisLines(diagnosis: Diagnosis, screen: Screen): string[] {
  const { lang, width } = screen;
  const { evidence, next, handOff } = diagnosis;
  const steps = next.map((step, index) => `${index + 1}) ${step[lang]}`);
  const texts = evidence.map(({ words }) => words[lang]);
  const rows = rowsOf(diagnosis, screen);
  const labels = [...rows.map(([label]) => label), DIAGNOSE_WORDS.next[lang], DIAGNOSE_WORDS.evidence[lang]];
  const labelWidth = Math.max(...labels.map((label) => stringWidth(label)));
  return [
    ...firstScreen(rows, labelWidth, screen),
    ...block(DIAGNOSE_WORDS.next[lang], labelWidth, steps, width, STEP_NUMBER),
    ...block(DIAGNOSE_WORDS.evidence[lang], labelWidth, texts, width, 0),
    ...(handOff === undefined ? [] : ['', `${DIAGNOSE_WORDS.handOff[lang]}:`, ...pasted(handOff[lang], width)]),
  ];
}

/** All that is printed: one broker in full; of several a table, and in full those that are in trouble. */
export function screenOf(diagnoses: readonly Diagnosis[], screen: Screen): string[] {
  const [only] = diagnoses;
  if (only === undefined) return [DIAGNOSE_TEXTS.nothingYet()[screen.lang]];
  if (diagnoses.length === 1) return diagnosisLines(only, screen);
  const troubled = diagnoses.filter(({ verdict }) => verdict !== 'healthy' && verdict !== 'inconclusive');
  return [
    ...diagnosisTable(diagnoses, screen),
    ...troubled.flatMap((diagnosis) => ['', ...diagnosisLines(diagnosis, screen)]),
  ];
}
