import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { cleanFixture } from '../../src/cleaning/clean.ts';
import { StandIns } from '../../src/cleaning/stand-in.ts';
import { wordsOf } from '../../src/fixture/expectation.ts';
import type { Fixture, FixtureResponse } from '../../src/fixture/format.ts';
import { bodyOf, judgeFixture } from '../../src/fixture/judge.ts';
import { leavesOf } from '../../src/fixture/leaves.ts';
import { fieldOf } from '../../src/model/json.ts';
import { PERSONAL_FIELDS } from '../../src/model/redact.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';

/** A fixture of a balance with this answer. */
function fixtureWith(response: FixtureResponse, request: object = MESSAGES['account.balance']): Fixture {
  return {
    format: 1,
    broker: 'samsung',
    operation: 'account.balance',
    request: { ...request },
    attempts: [{ response }],
  };
}

function cleaned(fixture: Fixture): Fixture {
  const made = cleanFixture(fixture, new StandIns());
  if ('refused' in made) throw new TypeError(`refused: ${made.refused.join(', ')}`);
  return made.fixture;
}

/** Everything a fixture says, in every way it can be read. */
function everything(fixture: Fixture): string {
  const bodies = fixture.attempts.flatMap(({ response }) => (response === undefined ? [] : [bodyOf(response)]));
  const read = bodies.flatMap((body) => [body.toString('utf8'), iconv.decode(body, 'cp949')]);
  const leaves = leavesOf({ request: fixture.request, attempts: fixture.attempts });
  return [...leaves.flatMap(({ keys, value }) => [...keys.map(String), String(value)]), ...read].join('\n');
}

const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...Array.from('123456789')), { minLength: length, maxLength: length })
    .map((each) => each.join(''));

/** Accounts, names, addresses, tokens and numbers of people, each unlike anything else in a message. */
const datum = fc.oneof(
  digits(14),
  fc.tuple(digits(3), digits(3), digits(6)).map((parts) => parts.join('-')),
  fc.tuple(digits(6), digits(7)).map((parts) => parts.join('-')),
  digits(8).map((tail) => `010${tail}`),
  digits(9).map((tail) => `user${tail}@mail.example`),
  digits(12).map((tail) => `Zq${tail}Xk`),
  fc.tuple(fc.constantFrom('김', '박', '최'), fc.constantFrom('갑순', '을동', '병수')).map((parts) => parts.join('')),
);

/** Those that patterns alone find, wherever they stand. */
const patterned = fc.oneof(
  digits(14),
  fc.tuple(digits(3), digits(3), digits(6)).map((parts) => parts.join('-')),
  fc.tuple(digits(6), digits(7)).map((parts) => parts.join('-')),
  digits(8).map((tail) => `010${tail}`),
  digits(9).map((tail) => `user${tail}@mail.example`),
  digits(20).map((tail) => `Bearer abc${tail}`),
);

const fieldName = fc
  .constantFrom(...PERSONAL_FIELDS)
  .chain((name) => fc.constantFrom(name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)));

const BALANCE_JSON = JSON.parse(JSON.stringify(BALANCE)) as Record<string, unknown>;

describe('cleaning leaves nothing of a person', () => {
  it('in fields of the list, at any depth and in any case, nor where the answer repeats them in words', () => {
    fc.assert(
      fc.property(fieldName, datum, fc.integer({ min: 0, max: 5 }), (name, value, depth) => {
        let planted: unknown = { [name]: value };
        for (let level = 0; level < depth; level += 1) planted = level % 2 === 0 ? [planted] : { inner: planted };
        const resp = { respCode: '4001', respMsg: `Account Not Found [계좌 ${value} 없음]` };
        const fixture = fixtureWith({ status: 500, json: { planted, resp } });
        const made = cleaned(fixture);
        expect(everything(made)).not.toContain(value);
        expect(made.replaced).toContain('attempts[].response.json.resp.respMsg');
        expect(wordsOf(judgeFixture(made))).toBe(wordsOf(judgeFixture(fixture)));
      }),
    );
  });

  it('in headers, by their name or by what they look like', () => {
    fc.assert(
      fc.property(
        patterned,
        datum,
        fc.constantFrom('set-cookie', 'X-Api-Key', 'authorization'),
        (found, value, name) => {
          const headers = { [name]: value, 'x-trace': `call of ${found};`, 'content-type': 'application/json' };
          const made = cleaned(fixtureWith({ status: 200, headers, json: BALANCE_JSON }));
          expect(everything(made)).not.toContain(value);
          expect(everything(made)).not.toContain(found);
          expect(made.attempts[0]?.response?.headers?.['content-type']).toBe('application/json');
        },
      ),
    );
  });

  it('in free text and in HTML, also in the charset of the broker', () => {
    fc.assert(
      fc.property(patterned, fc.constantFrom('utf-8', 'cp949'), (found, charset) => {
        const page = `<html><body><h1>점검 안내</h1><p>김갑순 고객님, ${found} 계좌 1,234,567원</p></body></html>`;
        const made = cleaned(fixtureWith({ status: 200, text: page, charset }));
        expect(everything(made)).not.toContain(found);
        expect(everything(made)).not.toMatch(/김갑순|1,234,567/);
        expect(everything(made)).toContain('점검 안내');
        expect(wordsOf(judgeFixture(made))).toBe('3011 body-html');
      }),
    );
  });

  it('in JSON that is cut off, in XML and in forms, where the fields have their names', () => {
    fc.assert(
      fc.property(fieldName, datum, (name, value) => {
        for (const text of [
          `{"resp":{"${name}":"${value}","x":`,
          `{"resp":{"${name}":"${value}`,
          `<?xml version="1.0"?><a><${name}>${value}</${name}></a>`,
          `x=1&${name}=${value}&y=2`,
          `{"${name}" : ${JSON.stringify(value).replace(/[가-힣]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)}, `,
        ]) {
          const made = cleanFixture(fixtureWith({ status: 200, text }), new StandIns());
          if ('fixture' in made) expect(everything(made.fixture)).not.toContain(value);
          expect('fixture' in made).toBe(true);
        }
      }),
    );
  });

  it('in the other ways a text can be written: percent, escapes, entities, base64', () => {
    const name = '김갑순아무개';
    const forms = [
      encodeURIComponent(name),
      Array.from(name, (char) => `\\u${char.charCodeAt(0).toString(16)}`).join(''),
      Array.from(name, (char) => `&#${String(char.charCodeAt(0))};`).join(''),
      Buffer.from(name).toString('base64'),
    ];
    const text = `<html>${forms.join(' ')}</html>`;
    const made = cleaned(fixtureWith({ status: 200, text }, { ...MESSAGES['account.balance'], korName: name }));
    expect(forms.filter((form) => everything(made).includes(form))).toEqual([]);
  });

  it('in octets that no charset can read, which stay unreadable', () => {
    fc.assert(
      fc.property(patterned, (found) => {
        const octets = Buffer.concat([
          Buffer.from(`{"resp":{"respMsg":"정상 처리 ${found} 김갑순`),
          Buffer.of(0xeb, 0x22, 0xec, 0x98),
          Buffer.from('"}}'),
        ]);
        const fixture = fixtureWith({ status: 200, base64: octets.toString('base64') });
        const made = cleaned(fixture);
        expect(everything(made)).not.toContain(found);
        expect(wordsOf(judgeFixture(made))).toBe('3011 body-encoding');
      }),
    );
  });

  it('in a key of a map, nor in amounts, orders and holdings', () => {
    const holdings = {
      isinCode: 'KR7005930003',
      orderNo: 'A-77123',
      cashBalance: 51234567,
      qty: '13',
      page: 'P20260101',
    };
    const made = cleaned(fixtureWith({ status: 200, json: { ...BALANCE_JSON, '110-234-567890': holdings } }));
    expect(everything(made)).not.toMatch(/110-234-567890|KR7005930003|A-77123|51234567|P20260101/);
    const json = made.attempts[0]?.response?.json;
    const [kept = {}] = Object.entries(json ?? {}).flatMap(([key, value]) =>
      /^\d{3}-/.test(key) ? [value as object] : [],
    );
    expect(fieldOf(kept, 'cashBalance')).toEqual(expect.any(Number));
    expect(fieldOf(kept, 'qty')).toMatch(/^[1-9]{2}$/);
  });
});

describe('cleaning keeps', () => {
  it('what the answer is judged by: codes, counts, dates, echoes', () => {
    const made = cleaned(fixtureWith({ status: 200, json: BALANCE_JSON }));
    expect(judgeFixture(made).ok).toBe(true);
    expect(fieldOf(fieldOf(made.attempts[0]?.response?.json, 'resp'), 'respCode')).toBe('200');
    const vtAccNo = fieldOf(fieldOf(made.request, 'accInfo'), 'vtAccNo');
    expect(vtAccNo).not.toBe(fieldOf(fieldOf(MESSAGES['account.balance'], 'accInfo'), 'vtAccNo'));
    expect(fieldOf(fieldOf(made.attempts[0]?.response?.json, 'accInfo'), 'vtAccNo')).toBe(vtAccNo);
  });

  it('stand-ins as they are where one recording meets the same account again', () => {
    const standIns = new StandIns();
    const twice = [1, 2].map(() => cleanFixture(fixtureWith({ status: 200, json: BALANCE_JSON }), standIns));
    expect(twice[1]).toEqual(twice[0]);
  });
});

describe('cleaning refuses', () => {
  it('a value that it finds again where it may change nothing, and says where', () => {
    const request = { ...MESSAGES['account.balance'], customerId: 'broker-desk-7' };
    const fixture = fixtureWith({ status: 200, headers: { server: 'broker-desk-7' }, json: BALANCE_JSON }, request);
    expect(cleanFixture(fixture, new StandIns())).toEqual({ refused: ['attempts[0].response.headers.server'] });
  });
});
