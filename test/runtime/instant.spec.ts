import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '../../src/runtime/instant.ts';

/** The moments that a date of the language has, ECMA-262 section 21.4.1.1. */
const FURTHEST_MS = 8.64e15;

describe('the text of a moment', () => {
  it("is the engine's own, whatever moment was asked for before", () => {
    const moment = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.double({ min: 0, max: FURTHEST_MS, noNaN: true }));
    fc.assert(
      fc.property(fc.array(moment), (moments) => {
        expect(moments.map(instantOf)).toEqual(moments.map((ms) => new Date(ms).toISOString()));
      }),
    );
  });

  it('is there for moments before 1970', () => {
    expect([-1, -1_000, -1_001, -FURTHEST_MS].map(instantOf)).toEqual([
      '1969-12-31T23:59:59.999Z',
      '1969-12-31T23:59:59.000Z',
      '1969-12-31T23:59:58.999Z',
      '-271821-04-20T00:00:00.000Z',
    ]);
  });

  it.each([Number.NaN, Infinity])('refuses %p as the engine does', (ms) => {
    expect(() => instantOf(ms)).toThrow(RangeError);
    expect(instantOf(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});
