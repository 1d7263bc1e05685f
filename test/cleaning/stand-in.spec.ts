import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StandIns } from '../../src/cleaning/stand-in.ts';

/** Letters of the kinds that Korean messages hold, blanks and signs among them. */
const valueOf = fc
  .array(fc.constantFrom(...Array.from('0123456789abcxyzABCXYZ가나힣김이박０９- @./=漢é')), {
    minLength: 4,
    maxLength: 40,
  })
  .map((chars) => chars.join(''))
  .filter((value) => value.trim() !== '');

/** What a text looks like: a sign for each kind of character. */
function shapeOf(text: string): string {
  return text
    .replace(/\d/g, '9')
    .replace(/[가-힣]/g, '가')
    .replace(/[０-９]/g, '０')
    .replace(/\p{Script=Han}/gu, '漢')
    .replace(/[a-zé]/g, 'a')
    .replace(/[A-Z]/g, 'A');
}

describe('a stand-in', () => {
  it('has the shape and the length of its value, and is another text', () => {
    fc.assert(
      fc.property(valueOf, (value) => {
        const standIn = new StandIns().of(value);
        expect(shapeOf(standIn ?? '')).toBe(shapeOf(value));
        expect(standIn === value).toBe(!/[\p{L}\p{N}]/u.test(value));
      }),
    );
  });

  it('is the same for equal values, blanks around them aside, and another for every other value', () => {
    fc.assert(
      fc.property(fc.uniqueArray(valueOf, { selector: (value) => value.trim(), maxLength: 60 }), (values) => {
        const standIns = new StandIns();
        standIns.avoid(values);
        const disguised = values.filter((value) => /[\p{L}\p{N}]/u.test(value));
        const made = disguised.map((value) => standIns.of(value)?.trim());
        const given = made.filter((each) => each !== undefined);
        expect(new Set(given).size).toBe(given.length);
        expect(given.filter((each) => values.includes(each))).toEqual([]);
        expect(disguised.map((value) => standIns.of(` ${value.trim()} `)?.trim())).toEqual(made);
      }),
    );
  });

  it('says nothing of its value but the shape, so that nobody can try values until one fits', () => {
    expect(new StandIns().of('110-234-567890')).toBe(new StandIns().of('333-999-000001'));
  });

  it('is none where every text of its shape is taken', () => {
    const standIns = new StandIns(Array.from({ length: 10 }, (_, digit) => String(digit)));
    expect(standIns.of('7')).toBeUndefined();
  });

  it('is none that is in use already', () => {
    const [first = ''] = [new StandIns().of('12345678')];
    expect(new StandIns([first]).of('12345678')).not.toBe(first);
  });
});

describe('a figure', () => {
  it.each(['0', '0.00', '1250000', '-15.75', '+3', '1.5E7', '1,250,000'])(
    '%s keeps sign, point, zeros and exponent',
    (text) => {
      const made = new StandIns().figure(text);
      expect(made.replace(/[1-9]/g, '9').replace(/E9$/, 'E7')).toBe(text.replace(/[1-9]/g, '9').replace(/E9$/, 'E7'));
      expect(made === text).toBe(!/[1-9]/.test(text));
    },
  );
});
