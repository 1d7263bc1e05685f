import { ADVICE, BLAME_WORDS, EVIDENCE_WORDS, REPEAT_WORDS, type Language } from '../catalog/advice.ts';
import { FAULT_NAMES, faultRow, isFault, type Fault, type FaultRow } from '../catalog/faults.ts';
import { excoRow } from '../catalog/lookup.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import type { Io } from './io.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns, emphasisOf, table } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { CATEGORY_WORDS, LABELS, MISTAKES } from './words.ts';

/** Codes that an item which failed may have, by its TRCODE. */
const ITEM_CODES = '5004-5007';

/** The row of the standard that a fault always gives; `undefined` where the broker or the item decides. */
function standardRow({ code }: FaultRow) {
  return typeof code === 'number' ? excoRow(code) : undefined;
}

function codeText({ code }: FaultRow, lang: Language): string {
  if (code === 'item') return ITEM_CODES;
  return code === 'broker' ? CATEGORY_WORDS.broker[lang] : String(code);
}

function record(fault: Fault, lang: Language) {
  const { blame, evidence, read, write, effect } = faultRow(fault);
  const { code = null, httpStatus = null, message = null } = standardRow(faultRow(fault)) ?? {};
  const { when, todo } = ADVICE[fault];
  return { fault, code, httpStatus, message, blame, evidence, read, write, effect, when: when[lang], todo: todo[lang] };
}

function meaning(row: FaultRow, lang: Language): string[] {
  return [
    BLAME_WORDS[row.blame][lang],
    EVIDENCE_WORDS[row.evidence][lang],
    REPEAT_WORDS[row.read][lang],
    REPEAT_WORDS[row.write][lang],
  ];
}

function listLines(io: Io): string[] {
  const { lang } = io;
  const head = [LABELS.fault, LABELS.code, LABELS.status, LABELS.blame, LABELS.evidence, LABELS.read, LABELS.write];
  const rows = FAULT_NAMES.map((fault) => {
    const row = faultRow(fault);
    return [fault, codeText(row, lang), String(standardRow(row)?.httpStatus ?? 500), ...meaning(row, lang)];
  });
  return table(
    head.map((label) => label[lang]),
    rows,
    emphasisOf(io),
  );
}

function faultLines(fault: Fault, io: Io): string[] {
  const { lang } = io;
  const row = faultRow(fault);
  const { httpStatus = 500, message = '' } = standardRow(row) ?? {};
  const labels = [LABELS.blame, LABELS.evidence, LABELS.read, LABELS.write];
  const facts = [
    [LABELS.when[lang], ADVICE[fault].when[lang]],
    [LABELS.code[lang], `${codeText(row, lang)} ${message}`],
    [LABELS.status[lang], String(httpStatus)],
    ...meaning(row, lang).map((value, index) => [labels[index]?.[lang] ?? '', value]),
    [LABELS.todo[lang], ADVICE[fault].todo[lang]],
  ];
  return [emphasisOf(io)(fault), ...columns(facts.map(([label = '', value = '']) => [`  ${label}`, value]))];
}

/** `op-exco faults`: the fault table, or one fault in full. */
export const faults = defineCommand({
  name: 'faults',
  summary: SUMMARIES.faults,
  takes: ['[FAULT]'],
  options: {},
  examples: ['op-exco faults', 'op-exco faults connect-refused --lang ko'],
  execute({ names: [typed], isSet }, io) {
    const name = typed?.toLowerCase();
    const fault = name !== undefined && isFault(name) ? name : undefined;
    if (typed !== undefined && fault === undefined) {
      throw new Refusal(EXIT.usage, MISTAKES.unknownFault(typed, nearest(typed, FAULT_NAMES)));
    }
    if (isSet('json')) {
      const shown = fault === undefined ? FAULT_NAMES : [fault];
      io.out(JSON.stringify({ schema: JSON_SCHEMA, faults: shown.map((each) => record(each, io.lang)) }));
    } else {
      for (const line of fault === undefined ? listLines(io) : faultLines(fault, io)) io.out(line);
    }
    return EXIT.ok;
  },
});
