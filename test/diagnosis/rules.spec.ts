import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { decide, matches, printedRules, RULES, type Rule, type RuleName } from '../../src/diagnosis/rules.ts';
import type { Signals } from '../../src/diagnosis/signals.ts';

/** A broker with enough good calls beside others that serve. */
const FINE: Signals = {
  announced: 'off',
  traffic: 'enough',
  extent: 'none',
  reach: 'several',
  course: 'steady',
  cause: 'none',
  pace: 'normal',
  others: 'fine',
  probe: 'absent',
};

/** Signals that reach each row, as they differ from `FINE`. */
const CASES: readonly (readonly [RuleName, Partial<Signals>])[] = [
  ['announced', { announced: 'on', extent: 'all', cause: 'broker' }],
  ['says-maintenance', { extent: 'all', cause: 'maintenance' }],
  ['same-everywhere', { extent: 'all', cause: 'broker', others: 'same' }],
  ['ours', { extent: 'part', cause: 'ours' }],
  ['credentials', { extent: 'operation', cause: 'credentials' }],
  ['overloaded-by-slowness', { extent: 'part', cause: 'load', pace: 'slow' }],
  ['overloaded', { extent: 'part', cause: 'load' }],
  ['operation', { extent: 'operation', cause: 'path' }],
  ['only-operation-called', { extent: 'all', reach: 'one', cause: 'answer' }],
  ['address-or-request', { extent: 'all', cause: 'address' }],
  ['path-to-this-one', { extent: 'part', cause: 'path' }],
  ['path', { extent: 'all', cause: 'path', others: 'unknown' }],
  ['all-fails', { extent: 'all', cause: 'broker' }],
  ['recovering', { extent: 'part', cause: 'broker', course: 'recovering' }],
  ['flapping', { extent: 'part', cause: 'broker', course: 'flapping' }],
  ['part-fails', { extent: 'part', cause: 'broker' }],
  ['slow', { pace: 'slow' }],
  ['calls-succeed', {}],
  ['few-calls-succeed', { traffic: 'thin' }],
  ['read-answered', { traffic: 'none', probe: 'answered' }],
  ['only-reached', { traffic: 'none', probe: 'reached' }],
  ['nothing-known', { traffic: 'none' }],
];

describe('the decision table', () => {
  it.each(CASES)('decides by the row %s', (name, signals) => {
    expect(decide({ ...FINE, ...signals }).name).toBe(name);
  });

  it('has a case for every row, in its order', () => {
    expect(CASES.map(([name]) => name)).toEqual(RULES.map(({ name }) => name));
  });

  it('ends with a row that asks for nothing', () => {
    expect(RULES.at(-1)?.when).toEqual({});
  });

  it('can be printed: a line for every row', () => {
    const printed = printedRules();
    expect(printed).toHaveLength(RULES.length);
    expect(printed[1]).toEqual(['says-maintenance', 'cause: maintenance, extent: all or part', 'maintenance', 'high']);
    expect(printed.at(-1)).toEqual(['nothing-known', 'anything else', 'inconclusive', 'low']);
  });

  it('stands in docs/diagnosis.md, row by row', () => {
    const page = readFileSync('docs/diagnosis.md', 'utf8');
    const rows = page
      .slice(page.indexOf('## Decision table'))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const cells = rows.slice(2).map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
    expect(cells).toEqual(printedRules());
  });

  const anySignals = fc.record<Signals>({
    announced: fc.constantFrom('on', 'off'),
    traffic: fc.constantFrom('none', 'thin', 'enough'),
    extent: fc.constantFrom('none', 'operation', 'part', 'all'),
    reach: fc.constantFrom('one', 'several'),
    course: fc.constantFrom('steady', 'flapping', 'recovering'),
    cause: fc.constantFrom(
      'ours',
      'credentials',
      'address',
      'request',
      'load',
      'maintenance',
      'path',
      'broker',
      'none',
    ),
    pace: fc.constantFrom('normal', 'slow'),
    others: fc.constantFrom('fine', 'same', 'mixed', 'unknown'),
    probe: fc.constantFrom('absent', 'stopped', 'refused', 'reached', 'answered'),
  });

  it('decides by the first row that matches, whatever the signals', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        const rows: readonly Rule[] = RULES;
        const { name } = decide(signals);
        const index = rows.findIndex((row) => row.name === name);
        expect(rows.slice(0, index).some((row) => matches(row, signals))).toBe(false);
      }),
    );
  });

  it('blames nobody where every call succeeds', () => {
    const fine = anySignals.map((signals) => ({ ...signals, ...FINE, others: signals.others, probe: signals.probe }));
    fc.assert(
      fc.property(fine, (signals) => {
        const isCommon = signals.others === 'same';
        expect(decide(signals).verdict).toBe(isCommon ? 'our-side' : 'healthy');
      }),
    );
  });
});
