import { ADVICE, BLAME_WORDS, EVIDENCE_WORDS, REPEAT_WORDS } from '../catalog/advice.ts';
import { codeAdvice } from '../catalog/code-advice.ts';
import { FAULT_NAMES, faultRow, type Fault, type FaultRow } from '../catalog/faults.ts';
import { excoRow } from '../catalog/lookup.ts';
import { AUTH, BROKER, COMMON, EXCO, type CatalogRow, type Section } from '../catalog/tables.ts';

/** The command that writes the page. */
const COMMAND = 'npm run docs';

const INTRODUCTION = `<!-- Generated from src/catalog by \`${COMMAND}\`; a change by hand is lost. -->

# Errors

Generated from the catalog and the fault table by \`${COMMAND}\`. The standard's own words are in [standard.md](standard.md);
\`op-exco codes\` and \`op-exco faults\` print the same on a terminal, in English and Korean.

A call that fails does so with one **fault**, which says what was seen, and one **code** of the standard, which is what the
caller is told. Look for the fault (\`error.fault\`) when you are on call, and for the code when you build an app.`;

const FAULTS_INTRODUCTION = `## Faults

*Whose fault* is the desk to call first. *Says of the broker* is what the call adds to the broker's health. *Repeat* is when
the connector may send the same request again: a read / a write. A write that may have happened is never sent again.`;

const CODES_INTRODUCTION = `## Codes

*Detail* is what a broker adds behind the fixed message; it stands in \`description\`.`;

/** Each table of the standard: its heading here and who states its errors. */
const SECTIONS: Readonly<Record<Section, { heading: string; category: string; rows: readonly CatalogRow[] }>> = {
  common: { heading: 'Common errors', category: 'any system of the platform', rows: COMMON },
  'op-auth': { heading: 'Authentication server', category: '`op-auth`', rows: AUTH },
  'op-exco': { heading: 'Linkage server', category: '`op-exco`', rows: EXCO },
  broker: { heading: "A broker's server", category: "the broker's alias", rows: BROKER },
};

/** One row of a Markdown table; a bar inside a cell would end it. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(tableRow).join('\n');
}

/** Code, status and message of a fault; where the code is the broker's or the item's, that is said instead. */
function statedBy({ code }: FaultRow): string[] {
  if (code === 'broker') return ["the broker's", "the row's, else 500", "the row's, else the broker's"];
  if (code === 'item') return ['5004 to 5007', '500', "the row's"];
  const { httpStatus, message } = excoRow(code);
  return [String(code), String(httpStatus), message];
}

function faultCells(fault: Fault): string[] {
  const row = faultRow(fault);
  const { when, todo } = ADVICE[fault];
  const repeats = `${REPEAT_WORDS[row.read].en} / ${REPEAT_WORDS[row.write].en}`;
  const meaning = [BLAME_WORDS[row.blame].en, EVIDENCE_WORDS[row.evidence].en, repeats];
  return [`\`${fault}\``, ...statedBy(row), ...meaning, when.en, todo.en];
}

function codeCells(row: CatalogRow, category: string): string[] {
  const advice = codeAdvice(row.code);
  const fixed = [String(row.code), String(row.httpStatus), category, row.message, row.detail ?? ''];
  return [...fixed, advice?.when ?? '', advice?.todo.en ?? ''];
}

function section({ heading, category, rows }: (typeof SECTIONS)[Section]): string {
  const head = ['Code', 'HTTP', 'Category', 'Message', 'Detail', 'When', 'What to do'];
  return `### ${heading}\n\n${table(
    head,
    rows.map((row) => codeCells(row, category)),
  )}`;
}

/** The text of `docs/errors.md`: every fault and every code, with what to do. Pure. */
export function errorsPage(): string {
  const head = [
    'Fault',
    'Code',
    'HTTP',
    'Message',
    'Whose fault',
    'Says of the broker',
    'Repeat',
    'How it shows',
    'What to do',
  ];
  const faults = table(head, FAULT_NAMES.map(faultCells));
  const codes = Object.values(SECTIONS).map(section);
  return `${[INTRODUCTION, FAULTS_INTRODUCTION, faults, CODES_INTRODUCTION, ...codes].join('\n\n')}\n`;
}
