import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFixture } from '../../src/cleaning/clean.ts';
import { StandIns } from '../../src/cleaning/stand-in.ts';
import { listedCodes } from '../../src/dialects/explain.ts';
import { PRESET_NAMES, type PresetName } from '../../src/dialects/preset-names.ts';
import { PRESETS } from '../../src/dialects/presets.ts';
import type { Fixture } from '../../src/fixture/format.ts';
import { judgeFixture } from '../../src/fixture/judge.ts';
import { withValueAt } from '../../src/flow/prepare.ts';
import type { JsonObject } from '../../src/model/json.ts';

const FOREIGN = PRESET_NAMES.filter((name) => name !== 'platform');

function codePathOf(name: PresetName): string[] {
  const { result } = PRESETS[name];
  if (result === undefined || typeof result.code !== 'string') throw new TypeError(`${name} has no single code`);
  return (result.detail ?? result.code).split('.');
}

/** A refusal in the preset's main envelope with this code in it, and what else the message holds. */
function refusal(name: PresetName, code: string | number, more: JsonObject, text: string): JsonObject {
  const { result } = PRESETS[name];
  const coarse = result?.detail === undefined ? more : withValueAt(more, String(result.code).split('.'), 'REFUSED');
  const coded = withValueAt(coarse, codePathOf(name), code);
  return result?.message === undefined ? coded : withValueAt(coded, result.message.split('.'), text);
}

function fixtureOf(name: PresetName, json: JsonObject, headers: Record<string, string> = {}): Fixture {
  return {
    format: 1,
    broker: 'house',
    operation: 'own.read',
    settings: { dialect: name },
    request: { accNo: ACCOUNT },
    attempts: [{ response: { status: 200, headers, json } }],
  };
}

const ACCOUNT = '712345678901';

function cleaned(fixture: Fixture): Fixture {
  const made = cleanFixture(fixture, new StandIns());
  if (!('fixture' in made)) throw new TypeError(made.refused.join(', '));
  return made.fixture;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as JsonObject | undefined)?.[key], value);
}

function judged(fixture: Fixture) {
  const settled = judgeFixture(fixture);
  if (settled.ok) return 'an answer';
  const { category, code, fault, brokerCode } = settled.error;
  return { category, code, fault, brokerCode };
}

const CODE = (name: PresetName) =>
  fc.oneof(
    fc.constantFrom(...listedCodes(PRESETS[name]).map(({ theirs }) => theirs), '0'),
    fc.integer({ min: 0, max: 999_999_999 }),
    fc.integer({ min: 0, max: 999_999_999 }).map((code) => String(code).padStart(9, '0')),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,39}$/),
  );

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]{${String(length)}}$`));

/** What looks like an account, a telephone number, an address. */
const DATUM = fc.oneof(
  digits(12),
  digits(8).map((tail) => `010${tail}`),
  digits(9).map((tail) => `user${tail}@mail.example`),
  fc.tuple(digits(3), digits(2), digits(6)).map((parts) => parts.join('-')),
);

describe('a code where the dialect has one', () => {
  it.each(FOREIGN)('%s: stays, and everything planted around it goes', (name) => {
    fc.assert(
      fc.property(CODE(name), DATUM, (code, datum) => {
        const more = { data: { rows: [{ note: datum, korName: '김갑순' }] }, own: { note: `계좌 ${datum}` } };
        const json = refusal(name, code, more, `계좌 ${datum} 김갑순님`);
        const fixture = fixtureOf(name, json, { 'x-note': datum });
        const made = cleaned(fixture);
        expect(valueAt(made.attempts[0]?.response?.json, codePathOf(name))).toBe(code);
        expect(judged(made)).toEqual(judged(fixture));
        const text = JSON.stringify(made);
        expect([datum, '김갑순', ACCOUNT].filter((value) => text.includes(value))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['koreainvest', 'alpaca', 'mydata'] as const)('%s: that is the customer’s account goes', (name) => {
    const made = cleanFixture(fixtureOf(name, refusal(name, ACCOUNT, {}, '')), new StandIns());
    expect(JSON.stringify('fixture' in made ? made.fixture : {})).not.toContain(ACCOUNT);
    const short = '71234567';
    const fixture = { ...fixtureOf(name, refusal(name, short, {}, '')), request: { accNo: short } };
    const again = cleaned(fixture);
    expect(JSON.stringify(again)).not.toContain(short);
    expect(valueAt(again.attempts[0]?.response?.json, codePathOf(name))).toBe(again.request['accNo']);
  });

  it('is no longer than nine digits: a number as long as an account goes', () => {
    const made = cleaned(fixtureOf('alpaca', refusal('alpaca', '7123456780', {}, '')));
    expect(JSON.stringify(made)).not.toContain('7123456780');
  });
});

describe('anywhere else', () => {
  it.each([
    ['under the same name below a list', { rows: [{ msg_cd: '40580001' }] }],
    ['under the same name in a block', { output: { msg_cd: '40580001' } }],
    ['under another name', { rt_no: '40580001' }],
  ])('a number that may be an account goes: %s', (_, more) => {
    const made = cleaned(fixtureOf('koreainvest', refusal('koreainvest', 'EGW00123', more, '')));
    expect(JSON.stringify(made)).not.toContain('40580001');
  });

  it('a number that may be an account goes: in a list where the block with the code would stand', () => {
    const made = cleaned(fixtureOf('kbinvest', { dataHeader: [{ processCode: '712345678' }] }));
    expect(JSON.stringify(made)).not.toContain('712345678');
  });

  it('a code of the table stays, in the text and under its name', () => {
    const json = refusal('koreainvest', '40580000', { output: { msg_cd: '40580000' } }, '장종료 40580000');
    const made = cleaned(fixtureOf('koreainvest', json));
    expect(made.attempts[0]?.response?.json).toEqual(json);
  });
});

describe('what says how a list goes on', () => {
  const KEY = `${ACCOUNT}^20260101`;

  it('stays where it is a sign, and has one stand-in where it is a key', () => {
    const headers = { 'cont-yn': 'Y', 'next-key': KEY, 'api-id': 'kt00018' };
    const asked = { page: { 'cont-yn': 'Y', 'next-key': KEY } };
    const made = cleaned({ ...fixtureOf('kiwoom', { return_code: 0 }, headers), ...asked });
    const { headers: told } = made.attempts[0]?.response ?? {};
    expect(told).toMatchObject({ 'cont-yn': 'Y', 'api-id': 'kt00018' });
    expect(made.page).toEqual({ 'cont-yn': 'Y', 'next-key': told?.['next-key'] });
    expect(JSON.stringify(made)).not.toMatch(/712345678901|20260101/);
  });

  it('also where a key stands in the message, in either letter case', () => {
    const json = { rt_cd: '0', ctx_area_fk100: KEY };
    const fixture = { ...fixtureOf('koreainvest', json), request: { CTX_AREA_FK100: KEY } };
    const made = cleaned(fixture);
    expect(valueAt(made.attempts[0]?.response?.json, ['ctx_area_fk100'])).toBe(made.request['CTX_AREA_FK100']);
    expect(JSON.stringify(made)).not.toContain(KEY);
  });
});
