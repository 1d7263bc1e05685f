import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES } from '../../src/catalog/faults.ts';
import { ERROR_CATALOG } from '../../src/catalog/tables.ts';
import { errorsPage } from '../../src/cli/errors-page.ts';

const PAGE = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

const rows = PAGE.split('\n').filter((line) => line.startsWith('| '));

describe('docs/errors.md', () => {
  it('is current: `npm run docs` would write the same', () => {
    expect(PAGE).toBe(errorsPage());
  });

  it('says in its first lines that it is generated, and by which command', () => {
    const [first, ...others] = PAGE.split('\n').filter((line) => line !== '');
    expect(first).toMatch(/Generated .* `npm run docs`/);
    expect(others.slice(0, 2).join('\n')).toMatch(/Generated .* `npm run docs`/);
  });

  it('has one row a fault and one a code', () => {
    expect(rows.filter((row) => row.startsWith('| `'))).toHaveLength(FAULT_NAMES.length);
    expect(rows.filter((row) => /^\| \d/.test(row))).toHaveLength(ERROR_CATALOG.length);
  });

  it('says of each row when it shows and what to do', () => {
    const advice = rows.map((row) => row.split(/(?<!\\)\|/).slice(-3, -1));
    expect(advice.filter((cells) => cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  it.each([
    [
      "an outage of the broker's server",
      '| `connect-refused` | 3600 | 503 | Target Company Service Unavailable | broker | it is down | yes / yes | ',
    ],
    [
      'a write that may have happened',
      '| `response-timeout` | 3005 | 500 | network timeout | broker | it is down | once / no | ',
    ],
    ['a message with a reason', "| 5006 | 500 | the broker's alias | Failure To Issue an vtAccNo | reason | "],
  ])('has a row for %s', (_, start) => {
    expect(rows.filter((row) => row.startsWith(start))).toHaveLength(1);
  });
});
