import type { Language } from '../catalog/advice.ts';
import { codeAdvice } from '../catalog/code-advice.ts';
import { findError, isBrokerCode } from '../catalog/lookup.ts';
import { ERROR_CATALOG, type CatalogRow, type Section } from '../catalog/tables.ts';
import { brokerCodes } from './broker-codes.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import type { Io } from './io.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns, emphasisOf, table } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { CATEGORY_WORDS, DETAIL_WORDS, HELP, LABELS, MISTAKES } from './words.ts';

const SECTIONS: readonly Section[] = ['common', 'op-auth', 'op-exco', 'broker'];

/** When a code arises: in Korean the standard's own words. */
function whenOf(row: CatalogRow, lang: Language): string {
  return lang === 'ko' ? row.description : (codeAdvice(row.code)?.when ?? '');
}

function record(row: CatalogRow, lang: Language) {
  const category = row.section === 'op-auth' || row.section === 'op-exco' ? row.section : null;
  return { ...row, category, when: whenOf(row, lang), todo: codeAdvice(row.code)?.todo[lang] ?? '' };
}

function listLines(io: Io): string[] {
  const { lang } = io;
  const head = [LABELS.code, LABELS.status, LABELS.category, LABELS.message, LABELS.detail, LABELS.when];
  const rows = ERROR_CATALOG.map((row) => [
    String(row.code),
    String(row.httpStatus),
    CATEGORY_WORDS[row.section][lang],
    row.message,
    row.detail === null ? '' : DETAIL_WORDS[row.detail][lang],
    whenOf(row, lang),
  ]);
  return table(
    head.map((label) => label[lang]),
    rows,
    emphasisOf(io),
  );
}

function rowLines(row: CatalogRow, io: Io): string[] {
  const { lang } = io;
  const { when, todo } = record(row, lang);
  const facts = [
    [LABELS.status, String(row.httpStatus)],
    [LABELS.category, CATEGORY_WORDS[row.section][lang]],
    ...(row.detail === null ? [] : [[LABELS.detail, DETAIL_WORDS[row.detail][lang]] as const]),
    ...(lang === 'ko' ? [] : [[LABELS.when, when] as const]),
    [LABELS.standard, row.description],
    [LABELS.todo, todo],
  ] as const;
  const title = emphasisOf(io)(`${row.code} ${row.message}`);
  return [title, ...columns(facts.map(([label, value]) => [`  ${label[lang]}`, value]))];
}

/** All codes of one table, for somebody who typed one that does not exist. */
function codesOf(section: Section, lang: Language): string {
  const codes = ERROR_CATALOG.filter((row) => row.section === section).map(({ code }) => code);
  return `  ${CATEGORY_WORDS[section][lang]}: ${codes.join(', ')}`;
}

function unknownCode(typed: string): Refusal {
  const lists = SECTIONS.map((section) => ({ en: codesOf(section, 'en'), ko: codesOf(section, 'ko') }));
  const hint = isBrokerCode(Number(typed)) ? [MISTAKES.brokersOwn()] : [];
  return new Refusal(EXIT.usage, MISTAKES.unknownCode(typed), ...lists, ...hint);
}

/** `op-exco codes`: the catalog, or one row of it with what to do. */
export const codes = defineCommand({
  name: 'codes',
  summary: SUMMARIES.codes,
  takes: ['[CODE]'],
  options: { broker: { value: 'BROKER', words: HELP.broker } },
  examples: ['op-exco codes', 'op-exco codes 4001 --lang ko', 'op-exco codes --broker kiwoom 1700'],
  execute(given, io) {
    const { names, isSet, text } = given;
    const [typed] = names;
    const broker = text('broker');
    if (broker !== undefined) return brokerCodes(broker, typed, given, io);
    const row = typed === undefined ? undefined : findError(/^\d+$/.test(typed) ? Number(typed) : Number.NaN);
    if (typed !== undefined && row === undefined) throw unknownCode(typed);
    if (isSet('json')) {
      const rows = row === undefined ? ERROR_CATALOG : [row];
      io.out(JSON.stringify({ schema: JSON_SCHEMA, codes: rows.map((each) => record(each, io.lang)) }));
    } else {
      for (const line of row === undefined ? listLines(io) : rowLines(row, io)) io.out(line);
    }
    return EXIT.ok;
  },
});
