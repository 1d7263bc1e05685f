import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AUTH, BROKER, COMMON, ERROR_CATALOG, EXCO, type CatalogRow } from '../../src/catalog/tables.ts';

const STANDARD = readFileSync(new URL('../../docs/standard.md', import.meta.url), 'utf8');

/** How the fixed text leads over to what stands in braces: in the code span, behind it, or by a blank alone. */
type Comma = 'inside' | 'behind' | 'none';

/** Placeholders of the document, as the catalog's kinds of detail. */
const PLACEHOLDERS: Readonly<Record<string, CatalogRow['detail']>> = {
  '{상세한 사유를 대괄호안에 명시}': 'reason',
  '{요청한 조회에 대한 결과건수}': 'count',
  '{최대 조회 가능 날짜 수 명시}': 'days',
};

/** Comma forms of the document: it has three of them, and the catalog none. */
const COMMAS: Readonly<Record<number, Comma>> = {
  5004: 'none',
  5005: 'behind',
  5006: 'behind',
  5007: 'inside',
  6004: 'inside',
  6005: 'inside',
  6006: 'inside',
  7000: 'inside',
};

type Documented = Omit<CatalogRow, 'section'> & { readonly comma: Comma | undefined };

function plain(markdown: string): string {
  return markdown
    .replaceAll(/\\([()*_])/g, '$1')
    .replaceAll('-&gt;', '->')
    .trim();
}

function commaOf(inside: string, behind: string, placeholder: string): Comma | undefined {
  if (placeholder === '') return undefined;
  if (inside !== '') return 'inside';
  return behind === '' ? 'none' : 'behind';
}

const ROW = /^\| (\d{3}) \| (\d{3,4}) \| `([^`]*?)(,?)`(,?)(?: (\{[^}]*\}))? \| (.*) \|$/;

function documentedRow(line: string): Documented {
  const [, status, code, message, inside = '', behind = '', placeholder = '', description = ''] = ROW.exec(line) ?? [];
  return {
    httpStatus: Number(status),
    code: Number(code),
    message: message ?? line,
    description: plain(description),
    detail: placeholder === '' ? null : (PLACEHOLDERS[placeholder] ?? null),
    comma: commaOf(inside, behind, placeholder),
  };
}

/** The rows between one heading and the next that begin with a status. */
function documented(heading: string): Documented[] {
  const [, behind = ''] = STANDARD.split(` ${heading}\n`);
  const [section = ''] = behind.split(/\n#+ /);
  return section
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map(documentedRow);
}

const TABLES = [
  ['Common Error', COMMON, 11, 'common'],
  ['A. 오픈플랫폼 인증서버 에러', AUTH, 4, 'op-auth'],
  ['B. 오픈플랫폼 증권사 연계 서버 에러', EXCO, 15, 'op-exco'],
  ['C. 증권사 서버 에러', BROKER, 21, 'broker'],
] as const;

describe('the catalog is the standard', () => {
  it.each(TABLES)('%s: every cell of every row, in order', (heading, table, rows, section) => {
    const cells = table.map((row: CatalogRow) => ({ ...row, comma: COMMAS[row.code] }));
    expect(documented(heading).map((row) => ({ section, ...row }))).toEqual(cells);
    expect(cells).toHaveLength(rows);
  });

  it('has every row of the document and no other: 51', () => {
    const codes = [...STANDARD.matchAll(/^\| \d{3} \| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(ERROR_CATALOG.map(({ code }) => code)).toEqual(codes);
    expect(codes).toHaveLength(51);
  });

  it('has each code once', () => {
    expect(new Set(ERROR_CATALOG.map(({ code }) => code)).size).toBe(51);
  });

  it('knows every placeholder of the document', () => {
    const used = [...STANDARD.matchAll(/^\| \d{3} .*?(\{[^}]*\})/gm)].map(([, placeholder]) => placeholder);
    expect([...new Set(used)].sort()).toEqual(Object.keys(PLACEHOLDERS).sort());
  });
});

describe('the standard', () => {
  it.each(['category', 'code', 'message', 'description'])('names the field %s and its type', (field) => {
    const type = field === 'code' ? 'Integer' : 'String';
    expect(STANDARD).toMatch(new RegExp(`^\\| \\*\\*${field}\\*\\*.* \\| ${type} \\|$`, 'm'));
  });
});
