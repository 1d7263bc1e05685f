import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DetailKind } from '../../src/catalog/tables.ts';
import { detailOf } from '../../src/flow/detail.ts';

const ISSUE = 'Failure To Issue an vtAccNo';
const MANY = 'Result Too Many';
const RANGE = 'Date Range Exceeded';

function reason(text: string) {
  return { kind: 'reason', text };
}

function count(number: number) {
  return { kind: 'count', count: number };
}

function days(number: number) {
  return { kind: 'days', days: number };
}

const ROWS: readonly (readonly [text: string, fixedText: string, DetailKind | null, detail: object | undefined])[] = [
  // a reason, in the three comma forms of the standard and in those of the wire
  [`${ISSUE}, [중복 신청]`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE},[중복 신청]`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE} [중복 신청]`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}[중복 신청]`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, 중복 신청`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}: 중복 신청`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE} - 중복 신청`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, [ 중복 신청 ]`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, [중복 신`, ISSUE, 'reason', reason('중복 신')],
  [`${ISSUE}, ［중복 신청］`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, 【중복 신청】`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, [중복 신청］`, ISSUE, 'reason', reason('중복 신청')],
  [`${ISSUE}, [중복 [신청]]`, ISSUE, 'reason', reason('중복 [신청]')],
  [`${ISSUE}, [중복] 신청 [2건]`, ISSUE, 'reason', reason('중복] 신청 [2건')],
  ['failure to issue AN vtAccNo, [중복 신청]', ISSUE, 'reason', reason('중복 신청')],
  ['발급 실패 [중복 신청]', ISSUE, 'reason', reason('중복 신청')],
  ['중복 신청', ISSUE, 'reason', reason('중복 신청')],
  ['[중복 신청]', ISSUE, 'reason', reason('중복 신청')],
  [ISSUE, ISSUE, 'reason', undefined],
  [`${ISSUE},`, ISSUE, 'reason', undefined],
  [`${ISSUE}, []`, ISSUE, 'reason', undefined],
  [`${ISSUE}, [`, ISSUE, 'reason', undefined],
  ['', ISSUE, 'reason', undefined],

  // a count, with brackets or none, with a unit or none
  [`${MANY}, 15000`, MANY, 'count', count(15_000)],
  [`${MANY}, [15000]`, MANY, 'count', count(15_000)],
  [`${MANY}, [15,000]`, MANY, 'count', count(15_000)],
  [`${MANY}, 15,000건`, MANY, 'count', count(15_000)],
  [`${MANY} 총 15000 건`, MANY, 'count', count(15_000)],
  [`${MANY}, ［１５０００］`, MANY, 'count', count(15_000)],
  [`${MANY}, [15000`, MANY, 'count', count(15_000)],
  [`${MANY}, 0`, MANY, 'count', count(0)],
  [`${MANY}, 999999999`, MANY, 'count', count(999_999_999)],
  [`${MANY}, 1000000000`, MANY, 'count', undefined],
  [MANY, MANY, 'count', undefined],
  [`${MANY}, 많음`, MANY, 'count', undefined],
  [`${MANY}, [많음]`, MANY, 'count', reason('많음')],
  [`${MANY}, 999900000000000001`, MANY, 'count', undefined],

  // a number of days
  [`${RANGE}, [90]`, RANGE, 'days', days(90)],
  [`${RANGE}, 90`, RANGE, 'days', days(90)],
  [`${RANGE}, [90일]`, RANGE, 'days', days(90)],
  [`${RANGE}, 최대 365일`, RANGE, 'days', days(365)],
  [`${RANGE}, 90 days`, RANGE, 'days', days(90)],

  // a code whose text has no detail: only what a broker put in brackets all the same
  ['Account Not Found', 'Account Not Found', null, undefined],
  ['해당 계좌 없음', 'Account Not Found', null, undefined],
  ['Account Not Found, 5', 'Account Not Found', null, undefined],
  ['Account Not Found [해지 계좌]', 'Account Not Found', null, reason('해지 계좌')],
];

describe('detailOf', () => {
  it.each(ROWS)('"%s" after "%s" as a %s', (text, fixedText, kind, detail) => {
    expect(detailOf(text, fixedText, kind)).toEqual(detail);
  });

  it('never throws, and never gives an empty reason or a number that is none', () => {
    const bracket = fc.constantFrom('[', ']', '［', '］', '【', '】', ',', ' ', '0', '１', '가', '\u{1F600}');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(bracket).map((chars) => chars.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('reason', 'count', 'days', null), (words, kind) => {
        const detail = detailOf(words, MANY, kind);
        if (detail?.kind === 'reason') expect(detail.text.trim()).not.toBe('');
        if (detail?.kind === 'count') expect(Number.isSafeInteger(detail.count)).toBe(true);
        if (detail?.kind === 'days') expect(Number.isSafeInteger(detail.days)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
