import stringWidth from 'string-width';
import { BLAME_WORDS, type Language } from '../catalog/advice.ts';
import { faultRow } from '../catalog/faults.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { CallMark } from '../diagnosis/facts.ts';
import { clockInKorea, lengthOf } from '../diagnosis/moment.ts';
import { CONFIDENCE_WORDS, VERDICT_WORDS } from '../diagnosis/verdicts.ts';
import { DIAGNOSE_TEXTS, DIAGNOSE_WORDS } from './diagnose-words.ts';
import { columns, table, type Emphasis } from './table.ts';
import { LABELS } from './words.ts';
import { wrapped } from './wrap.ts';

/** How diagnoses are shown. */
export interface Screen {
  readonly lang: Language;
  /** Columns of the terminal. */
  readonly width: number;
  readonly emphasis: Emphasis;
}

/** Columns below which the right half of a line gets a line of its own. */
const TWO_HALVES = 80;

/** Characters of a request id that tell it from others on a screen. */
const SHORT_ID = 8;

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
  return blame === undefined ? sure : `${BLAME_WORDS[blame][lang]} ${DIAGNOSE_WORDS.side[lang]}, ${sure}`;
}

function failsText({ firstFailingPhase, fault, calls: { good, bad } }: Diagnosis): string {
  if (firstFailingPhase === undefined) return '';
  const count = good + bad === 0 ? '' : ` ${bad}/${good + bad}`;
  return `${firstFailingPhase} (${fault ?? 'slow'}${count})`;
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

function weDo({ circuit, fault }: Diagnosis, lang: Language): [string, string] {
  const wait = circuit?.retryAfterMs === undefined ? undefined : lengthOf(circuit.retryAfterMs);
  const held = circuit === undefined ? '' : DIAGNOSE_TEXTS.circuitOpen(circuit.state, wait)[lang];
  const own = fault === undefined ? undefined : faultRow(circuit === undefined ? fault : 'breaker-open').code;
  return [held, typeof own === 'number' ? DIAGNOSE_TEXTS.callersGet(own, circuit !== undefined)[lang] : ''];
}

function rowsOf(diagnosis: Diagnosis, { lang, emphasis }: Screen): Row[] {
  const { broker, verdict, affects } = diagnosis;
  const words = DIAGNOSE_WORDS;
  const state = [VERDICT_WORDS[verdict][lang], sinceText(diagnosis, lang)].filter((text) => text !== '').join(' ');
  const rows: Row[] = [
    [emphasis(broker), emphasis(state), sideText(diagnosis, lang)],
    [words.failsAt[lang], failsText(diagnosis), wordsOf(diagnosis, 'others', lang)],
    [words.affects[lang], affects.join(', '), ''],
    lastCalls(diagnosis, lang),
    [words.weDo[lang], ...weDo(diagnosis, lang)],
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

function firstScreen(rows: readonly Row[], screen: Screen): string[] {
  const isWide = screen.width >= TWO_HALVES && columns(rows).every((line) => stringWidth(line) <= screen.width);
  if (isWide) return columns(rows);
  return columns(
    rows.flatMap(([label, left, right]) =>
      [
        [label, left],
        ['', right],
      ].filter(([, text]) => text !== ''),
    ),
  );
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
  const [first, ...others] = rows;
  const padded: Row[] = first === undefined ? [] : [[pad(first[0], labelWidth), first[1], first[2]], ...others];
  return [
    ...firstScreen(padded, screen),
    ...block(DIAGNOSE_WORDS.next[lang], labelWidth, steps, width, STEP_NUMBER),
    ...block(DIAGNOSE_WORDS.evidence[lang], labelWidth, texts, width, 0),
    // Pasted as it is, so its lines are not broken.
    ...(handOff === undefined ? [] : ['', `${DIAGNOSE_WORDS.handOff[lang]}:`, ...handOff[lang].split('\n')]),
  ];
}

/** Many brokers side by side: one line each. */
export function diagnosisTable(diagnoses: readonly Diagnosis[], { lang, emphasis }: Screen): string[] {
  const { broker, state, since, phase, calls, confidence } = DIAGNOSE_WORDS;
  const rows = diagnoses.map((each) => [
    each.broker,
    VERDICT_WORDS[each.verdict][lang],
    each.since === undefined ? '' : clockInKorea(Date.parse(each.since)),
    [each.firstFailingPhase, each.fault].filter((text) => text !== undefined).join(' '),
    `${each.calls.bad}/${each.calls.bad + each.calls.good}`,
    CONFIDENCE_WORDS[each.confidence][lang],
    each.blame === undefined ? '' : BLAME_WORDS[each.blame][lang],
  ]);
  const head = [broker, state, since, phase, calls, confidence].map((label) => label[lang]);
  return table([...head, LABELS.blame[lang]], rows, emphasis);
}

/** All that is printed: one broker in full; of several a table, and in full those that are in trouble. */
export function screenOf(diagnoses: readonly Diagnosis[], screen: Screen): string[] {
  const [only] = diagnoses;
  if (only !== undefined && diagnoses.length === 1) return diagnosisLines(only, screen);
  const troubled = diagnoses.filter(({ verdict }) => verdict !== 'healthy' && verdict !== 'inconclusive');
  return [
    ...diagnosisTable(diagnoses, screen),
    ...troubled.flatMap((diagnosis) => ['', ...diagnosisLines(diagnosis, screen)]),
  ];
}
