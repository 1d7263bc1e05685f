import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { momentMs } from '../../src/records/moment.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** What is true of a moment, found the slow way. */
function truth(at: string): number {
  return ISO.test(at) ? Date.parse(at) : Number.NaN;
}

describe('a moment of a record', () => {
  it.each([
    '2026-11-25T00:00:12.345Z',
    '2026-11-25T00:00:12Z',
    '2026-11-25T00:00:12.3Z',
    '2026-11-25T00:00:12.345678901Z',
    '2026-11-25T24:00:00.000Z',
    '2026-11-25T24:00:12.000Z',
    '2026-11-25T00:00:60.000Z',
    '2026-11-25T00:00:1x.345Z',
    '2026-11-25T00:00:12,345Z',
    '2026-11-25T00:00:12.345z',
    '2026-13-25T00:00:12.345Z',
    '2026-11-25T00:00:12.345+09:00',
    '',
  ])('reads %j as a date is read, whatever was read before', (at) => {
    for (const before of ['2026-11-25T00:00:01.000Z', '2026-11-25T24:00:00.000Z', '2026-11-25T00:01:01.000Z']) {
      momentMs(before);
      expect(momentMs(at)).toBe(truth(at));
    }
  });

  it('is the same in rows of times, one character wrong now and then', () => {
    const time = fc
      .date({ min: new Date('1999-12-31T23:58:00Z'), max: new Date('2000-01-01T00:02:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const spoilt = fc
      .tuple(time, fc.nat(23), fc.constantFrom('0', '6', ':', ' ', 'Z', '٣'))
      .map(([text, place, letter]) => text.slice(0, place) + letter + text.slice(place + 1));
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: time }, spoilt), { maxLength: 50 }), (times) => {
        expect(times.map(momentMs)).toEqual(times.map(truth));
      }),
    );
  });
});
