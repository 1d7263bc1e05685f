import { findError } from '../catalog/lookup.ts';
import { explainCode, listedCodes, listedPatterns, successCodes, type ExplainedRow } from '../dialects/explain.ts';
import type { DialectOptions, EnvelopeOptions } from '../dialects/form.ts';
import { PRESETS } from '../dialects/presets.ts';

/** The command that writes the page. */
const COMMAND = 'npm run docs';

const INTRODUCTION = `<!-- Generated from src/dialects by \`${COMMAND}\`; a change by hand is lost. -->

# Dialects

Generated from the presets by \`${COMMAND}\`. \`op-exco codes --broker NAME CODE\` explains one code on a terminal, and
\`op-exco dialect show NAME\` prints a preset as a file to start from. How to write one:
[adding a broker](add-your-broker.md).

*Becomes* is the code of the standard, *advice* what the broker recommends after its code. *Sure* is how good the source is: the
broker's own document or several that agree (high), one good source (medium), a conclusion (low). A code in no table is a
refusal: 7000 with the broker's code and text as the reason, and on a write its outcome is unknown.`;

/** One row of a Markdown table; a bar inside a cell would end it. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(tableRow).join('\n');
}

function quoted(codes: readonly string[]): string {
  return codes.map((code) => `\`${code}\``).join(', ');
}

function codeCells({ theirs, row, mapped }: ExplainedRow): string[] {
  const meaning = [row.ko, row.en].filter((words) => words !== undefined).join(' / ');
  const becomes = `${String(mapped.code)} ${findError(mapped.code)?.message ?? ''}`;
  const told = [row.retry ?? '', row.source ?? '', row.confidence ?? ''];
  return [quoted([theirs]), meaning, becomes, `\`${mapped.fault}\``, ...told];
}

function envelopeWords({ block, code, detail, message }: EnvelopeOptions): string {
  const codes = typeof code === 'string' ? [code] : code;
  const parts = [
    detail === undefined ? '' : `finer code ${quoted([detail])}`,
    message === undefined ? '' : `text ${quoted([message])}`,
  ];
  const at = block === undefined ? '' : ` in ${quoted([block])}`;
  return [`code ${quoted(codes)}${at}`, ...parts.filter((part) => part !== '')].join(', ');
}

function speech({ trCodeAt, paging, pace, renewEveryMs }: DialectOptions): [string, string][] {
  const keys = paging?.keys.map(({ from, to }) => `\`${from}\` back as \`${to}\``).join(', ');
  return [
    ...(trCodeAt === undefined ? [] : [['TRCODE', quoted([trCodeAt.request])] satisfies [string, string]]),
    ...(keys === undefined ? [] : [['Pages', keys] satisfies [string, string]]),
    ...(pace === undefined
      ? []
      : [['Pace', `${String(pace.perSecond)} a second, by ${pace.per ?? 'broker'}`] satisfies [string, string]]),
    ...(renewEveryMs === undefined
      ? []
      : [['Renewal of credentials', `every ${String(renewEveryMs / 1_000)} s at most`] satisfies [string, string]]),
  ];
}

function facts(dialect: DialectOptions): string {
  const { result, alternates = [], detailPatterns = [], successWhenAbsent, requireAnyOf = [] } = dialect;
  const { success, empty } = successCodes(dialect);
  const envelopes = [result, ...alternates].flatMap((each) => (each === undefined ? [] : [envelopeWords(each)]));
  const bare = requireAnyOf.length === 0 ? '2xx without a code' : `2xx without a code, with ${quoted(requireAnyOf)}`;
  const rows = [
    ['Result', envelopes.join('; else ')],
    ['Success', [quoted(success), successWhenAbsent === true ? bare : ''].filter((part) => part !== '').join('; ')],
    ...(empty.length === 0 ? [] : [['No rows', quoted(empty)]]),
    ...(detailPatterns.length === 0 ? [] : [['Code in the text', quoted(detailPatterns)]]),
    ...speech(dialect),
  ];
  return table(['', ''], rows);
}

function codeTable(dialect: DialectOptions): string {
  const head = ['Code', 'Meaning', 'Becomes', 'Fault', 'Advice', 'Source', 'Sure'];
  const rows = [...listedCodes(dialect), ...listedPatterns(dialect)].map(codeCells);
  const rest = explainCode('\u0000', dialect);
  if (rest.kind === 'otherwise') rows.push(['any other', '', ...codeCells(rest).slice(2)]);
  return rows.length === 0 ? 'Codes: those of the standard, see [errors.md](errors.md).' : table(head, rows);
}

function section([name, dialect]: [string, DialectOptions]): string {
  const sources = Object.entries(dialect.sources ?? {}).map(
    ([key, { what, where, confidence }]) => `- \`${key}\` (${confidence}): ${what}: ${where}`,
  );
  const notes = (dialect.notes ?? []).join(' ');
  return [
    `## ${name}`,
    `${dialect.title ?? name}. ${notes}`,
    facts(dialect),
    codeTable(dialect),
    sources.join('\n'),
  ].join('\n\n');
}

/** The text of `docs/dialects.md`: every preset with every code. Pure. */
export function dialectsPage(): string {
  return `${[INTRODUCTION, ...Object.entries(PRESETS).map(section)].join('\n\n')}\n`;
}
