import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markup } from '../../src/report/markup.ts';
import { pageOf } from '../../src/report/page.ts';
import { clockTime, count, duration, percent } from '../../src/report/figures.ts';
import { SCRIPT, SCRIPT_HASH } from '../../src/report/script.ts';
import { STATE_MARKS } from '../../src/report/words.ts';
import { syntheticLines, tradingDay } from '../support/synthetic-records.ts';
import { failed, every, served, START_MS, summaryOf, summaryOfTexts } from './given.ts';

const DAY = summaryOfTexts(syntheticLines(tradingDay(20_000)));

describe.each(['en', 'ko'] as const)('the page in %s', (lang) => {
  const page = pageOf(DAY, lang);

  it('says so, and names what it is of', () => {
    expect(page.includes(`<html lang="${lang}">`)).toBe(true);
    expect(/<title>(.*)<\/title>/.exec(page)?.[1]).toMatch(/, 2026-11-25 07:30 – 16:29$/);
  });

  it('has a strip for each broker and a row for each outage, which the strip links to', () => {
    expect(page.match(/<svg class="strip"/g)).toHaveLength(40);
    const rows = [...page.matchAll(/<tr id="(o\d+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#(o\d+)"/g)].map(([, id]) => id);
    expect(rows).toHaveLength(DAY.outages.length);
    expect(links.sort()).toEqual(rows.sort());
  });

  it('has no link into nothing, and no name twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('asks for nothing from outside', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|<img|<iframe|<link rel="(?!icon")|url\((?!#)/);
    expect(page.includes('content="default-src &#39;none&#39;; ')).toBe(true);
  });

  it('has no hole where a text or a figure should be', () => {
    expect(page).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });
});

describe('the page', () => {
  it('allows the script it has, and no other', () => {
    const hash = createHash('sha256').update(SCRIPT).digest('base64');
    expect(SCRIPT_HASH).toBe(`sha256-${hash}`);
    expect(pageOf(DAY, 'en').match(/<script[^>]*>/g)).toEqual(['<script>']);
  });

  it('marks what is down or in maintenance by more than a colour', () => {
    const page = pageOf(summaryOf(every(1, 0, 600, (second) => failed(second, 'connect-refused'))), 'en');
    const [, strip = ''] = /(<svg class="strip"[\s\S]*?<\/svg>)/.exec(page) ?? [];
    expect(strip).toMatch(new RegExp(`<g class="down">.*<text[^>]*>${STATE_MARKS.down}</text>`));
    expect(page.includes('id="p-down"')).toBe(true);
  });

  it('says first what its figures lack', () => {
    const summary = {
      ...DAY,
      lost: 12,
      bad: { count: 21, listed: [{ file: '/home/was/secret/calls.jsonl', line: 3 }] },
    };
    const page = pageOf(summary, 'en');
    expect(page).toContain('12 records were dropped');
    expect(page).toContain('21 lines were no records and were skipped: calls.jsonl:3, ….');
    expect(page).not.toContain('secret');
  });

  it('of a single call is whole', () => {
    expect(pageOf(summaryOf([served(0)]), 'en')).toContain('No call failed.');
    expect(pageOf(summaryOf([served(0)]), 'en')).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('markup', () => {
  it('of any text has no tag, quote or entity of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markup`<p title="${text}">${[text]}</p>`.text).toMatch(/^<p title="[^<>"']*">[^<>"']*<\/p>$/s);
      }),
    );
  });

  it('of any name a summary may hold stays text, wherever the page shows it', () => {
    const tagsOf = (broker: string) => {
      const lines = every(1, 0, 10, (second) => failed(second, 'connect-refused', { broker }));
      return pageOf(summaryOf(lines), 'en').match(/<[a-z/]/g)?.length;
    };
    const plain = tagsOf('x');
    const hostile = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `<script>"'&${text}</p>`);
    fc.assert(
      fc.property(hostile, (name) => {
        expect(tagsOf(name)).toBe(plain);
      }),
      { numRuns: 30 },
    );
  });
});

describe('figures', () => {
  it.each([
    [0, '0 ms', '0ms'],
    [999, '999 ms', '999ms'],
    [1_000, '1 s', '1초'],
    [59_600, '1 min', '1분'],
    [3_661_000, '1 h 1 min', '1시간 1분'],
    [86_400_000, '1 d', '1일'],
  ])('%d ms read %s, %s', (ms, en, ko) => {
    expect([duration(ms, 'en'), duration(ms, 'ko')]).toEqual([en, ko]);
  });

  it.each([
    [0, '0 %'],
    [0.00001, '< 0.01 %'],
    [0.0043, '0.43 %'],
    [0.25, '25.0 %'],
    [0.9951, '99.51 %'],
    [0.99999, '> 99.99 %'],
    [1, '100 %'],
  ])('a share of %d reads %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it('are grouped by thousands, and times are those of Korea', () => {
    expect([count(1_234_567), count(999)]).toEqual(['1,234,567', '999']);
    expect(clockTime(START_MS)).toBe('2026-11-25 09:00:00');
  });
});
