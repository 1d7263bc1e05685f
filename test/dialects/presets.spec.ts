import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDialect } from '../../src/brokers/config.ts';
import type { DialectOptions } from '../../src/brokers/options.ts';
import { faultRow } from '../../src/catalog/faults.ts';
import { isExcoCode } from '../../src/catalog/lookup.ts';
import { explainCode, listedCodes, listedPatterns, successCodes } from '../../src/dialects/explain.ts';
import { PRESET_NAMES, type PresetName } from '../../src/dialects/preset-names.ts';
import { PRESETS } from '../../src/dialects/presets.ts';
import { checkDialect, judgeSample } from '../../src/fixture/dialect-check.ts';
import { withValueAt } from '../../src/flow/prepare.ts';
import type { JsonObject } from '../../src/model/json.ts';

const FOREIGN = PRESET_NAMES.filter((name) => name !== 'platform');

/** A refusal of the preset's main envelope with this code in it, the finer place first. */
function refusal(name: PresetName, code: string | number, text = '거부'): JsonObject {
  const { result } = PRESETS[name];
  if (result === undefined || typeof result.code !== 'string') throw new TypeError(`${name} has no single code`);
  const coarse = result.detail === undefined ? {} : withValueAt({}, result.code.split('.'), 'REFUSED');
  const coded = withValueAt(coarse, (result.detail ?? result.code).split('.'), code);
  return result.message === undefined ? coded : withValueAt(coded, result.message.split('.'), text);
}

function judged(name: PresetName, body: JsonObject, status = 200) {
  return judgeSample({ name: '', status, body, expect: 'success' }, PRESETS[name]);
}

describe('every preset', () => {
  it.each(PRESET_NAMES)('%s has the form that a file of one’s own has', (name) => {
    const file: unknown = JSON.parse(JSON.stringify(PRESETS[name]));
    expect(parseDialect(file)).toEqual(file);
  });

  it.each(PRESET_NAMES)('%s contradicts itself nowhere', (name) => {
    expect(checkDialect(PRESETS[name]).issues).toEqual([]);
  });

  it.each(FOREIGN)('%s says of every code its meaning, fault, advice, source and how sure it is', (name) => {
    const rows = [...listedCodes(PRESETS[name]), ...listedPatterns(PRESETS[name])];
    const bare = rows.filter(({ row, source }) => {
      const { ko = '', en = '', fault, retry, confidence } = row;
      return ko === '' || en === '' || source === undefined || [fault, retry, confidence].includes(undefined);
    });
    expect(bare.map(({ theirs }) => theirs)).toEqual([]);
  });

  it.each(FOREIGN)('%s names the key words of its advice in its faults', (name) => {
    const odd = listedCodes(PRESETS[name]).filter(({ mapped: { fault, retry, code } }) => {
      if (fault === 'credentials-refused') return code !== 3999 || !['token', 'fix'].includes(retry ?? '');
      if (retry === 'token') return true;
      return retry === 'verify' && faultRow(fault).effect === 'not-executed';
    });
    expect(odd.map(({ theirs }) => theirs)).toEqual([]);
  });
});

const SAMPLES = PRESET_NAMES.flatMap((name) =>
  checkDialect(PRESETS[name]).samples.map((sample) => [name, sample.name, sample] as const),
);

describe('every sample, through the pure core', () => {
  it.each(SAMPLES)('%s: %s', (_name, _sample, { found, expected }) => {
    expect(found).toEqual(expected === 'success' ? expected : expect.objectContaining(expected));
  });

  it.each(PRESET_NAMES)('%s has a success and a refusal among them', (name) => {
    const kinds = (PRESETS[name].samples ?? []).map((sample) => typeof sample.expect);
    expect(new Set(kinds)).toEqual(new Set(['string', 'object']));
  });
});

const ROWS = FOREIGN.flatMap((name) =>
  listedCodes(PRESETS[name]).map(({ theirs, mapped: { code, fault } }) => [name, theirs, code, fault] as const),
);

describe('every code of every table', () => {
  it.each(ROWS)('%s %s is %i, %s', (name, theirs, code, fault) => {
    const category = isExcoCode(code) ? 'op-exco' : 'broker';
    expect(judged(name, refusal(name, theirs))).toMatchObject({ category, code, fault });
  });

  it('is hundreds of them', () => {
    expect(ROWS.length).toBeGreaterThan(350);
  });
});

const SUCCESSES = FOREIGN.flatMap((name) => {
  const { success, empty } = successCodes({ ...PRESETS[name], alternates: [] });
  return [...success, ...empty].map((code) => [name, code] as const);
});

describe('every code of a success', () => {
  it.each(SUCCESSES)('%s %s', (name, code) => {
    const path = PRESETS[name].result?.code;
    expect(judged(name, withValueAt({}, String(path).split('.'), code))).toBe('success');
  });
});

/** Examples of codes that only a pattern knows. */
const BY_FORM = [
  ['koreainvest', 'EGW00777', 3999, 'broker-unavailable'],
  ['koreainvest', 'OPSQ7777', 3999, 'broker-unavailable'],
  ['koreainvest', '40570000', 7000, 'broker-error'],
  ['kiwoom', '1599', 7000, 'broker-error'],
  ['kiwoom', '8077', 3999, 'credentials-refused'],
  ['ebest', 'IGW50077', 3999, 'broker-unavailable'],
  ['ebest', 'IGW00777', 3999, 'broker-unavailable'],
  ['dongbu', 'IGW50077', 3999, 'broker-unavailable'],
  ['dongbu', 'IGW00777', 3999, 'broker-unavailable'],
  ['dongbu', 'M177', 7000, 'broker-error'],
  ['nhinvest', 'IGW50077', 3999, 'broker-unavailable'],
  ['nhinvest', 'IGW00777', 3999, 'broker-unavailable'],
  ['nhinvest', 'IGW42977', 3600, 'throttled'],
  ['toss', 'already-settled', 7000, 'broker-error'],
  ['toss', 'position-not-found', 7000, 'broker-error'],
  ['toss', 'session-not-supported', 7000, 'broker-error'],
  ['mydata', '40077', 7000, 'broker-error'],
  ['mydata', '40177', 3999, 'credentials-refused'],
  ['mydata', '40377', 7000, 'broker-error'],
  ['mydata', '40477', 4001, 'broker-error'],
  ['mydata', '42977', 3600, 'throttled'],
  ['mydata', '50077', 3600, 'broker-unavailable'],
  ['alpaca', '40017777', 7000, 'broker-error'],
  ['alpaca', '40117777', 3999, 'credentials-refused'],
  ['alpaca', '40317777', 7000, 'broker-error'],
  ['alpaca', '40417777', 7000, 'broker-error'],
  ['alpaca', '42217777', 7000, 'broker-error'],
  ['alpaca', '42917777', 3600, 'throttled'],
  ['alpaca', '50017777', 3600, 'broker-unavailable'],
] as const;

describe('a code that only its form gives away', () => {
  it.each(BY_FORM)('%s %s is %i, %s', (name, theirs, code, fault) => {
    expect(judged(name, refusal(name, theirs))).toMatchObject({ code, fault });
  });

  it('is here for every pattern', () => {
    const patterns = FOREIGN.flatMap((name) => listedPatterns(PRESETS[name]).map(({ theirs }) => `${name} ${theirs}`));
    const reached = BY_FORM.map(([name, code]) => {
      const explanation = explainCode(code, PRESETS[name]);
      return explanation.kind === 'pattern' ? `${name} ${explanation.theirs}` : code;
    });
    expect(reached.sort()).toEqual(patterns.sort());
  });
});

const STATUS = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 205);

/** Codes as texts, most of them listed nowhere. */
const UNKNOWN = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{1,8}$/),
  fc.integer({ min: 0, max: 99_999_999 }).map(String),
  fc.integer({ min: 3_000, max: 7_999 }).map(String),
);

describe('a code of no table', () => {
  const CODE = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9]{1,8}$/),
    fc.integer({ min: 0, max: 99_999_999 }).map(String),
    fc.integer({ min: 3_000, max: 7_999 }),
  );

  it.each(FOREIGN)('%s: is 7000 with the code as the reason, under any status', (name) => {
    fc.assert(
      fc.property(CODE, STATUS, (code, status) => {
        fc.pre(explainCode(String(code), PRESETS[name]).kind === 'otherwise');
        expect(judged(name, refusal(name, code), status)).toEqual({
          category: 'broker',
          code: 7000,
          fault: 'broker-error',
          description: `${String(code)} 거부`,
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each(FOREIGN)('%s: no code at all under a failure is what its status map says', (name) => {
    for (const status of [400, 401, 403, 404, 405, 408, 415, 429, 500, 502, 503, 504]) {
      const row = PRESETS[name].statusCodes?.[String(status)];
      const { code, fault } = typeof row === 'object' ? row : { code: row, fault: undefined };
      for (const body of [{ unknown: 1 }, []] as unknown[])
        expect(judged(name, body as JsonObject, status)).toMatchObject({ code, fault });
    }
  });
});

/** Every envelope of every preset, by the path of its code; a finer code stands elsewhere and is looked up first. */
const ENVELOPES = FOREIGN.flatMap((name) => {
  const { result, alternates = [] } = PRESETS[name];
  return [result, ...alternates].flatMap((envelope) =>
    [envelope?.code ?? []].flat().map((path) => [name, path, envelope?.requires ?? []] as const),
  );
});

describe('a code of no table in any envelope', () => {
  it.each(ENVELOPES)(
    '%s %s: is no success, and nothing that it is not mapped to, under any status',
    (name, path, requires) => {
      const allowed = (status: number) => {
        const row = PRESETS[name].statusCodes?.[String(status)];
        return [7000, typeof row === 'object' ? row.code : row];
      };
      fc.assert(
        fc.property(UNKNOWN, STATUS, (code, status) => {
          fc.pre(explainCode(code, PRESETS[name]).kind === 'otherwise');
          const told = requires.reduce<JsonObject>((body, each) => withValueAt(body, each.split('.'), '문구'), {});
          const found = judged(name, withValueAt(told, path.split('.'), code), status);
          expect(found).not.toBe('success');
          expect(allowed(status)).toContain(found === 'success' ? found : found.code);
        }),
        { numRuns: 100 },
      );
    },
  );
});

describe('every status of every status map', () => {
  const ROWS_OF_STATUS = FOREIGN.flatMap((name) =>
    Object.entries(PRESETS[name].statusCodes ?? {}).map(([status, row]) => [name, status, row] as const),
  );

  it.each(ROWS_OF_STATUS)('%s %s', (name, status, row) => {
    const expected = typeof row === 'number' ? { code: row } : { code: row.code, fault: row.fault };
    expect(judged(name, { unknown: 1 }, Number(status))).toMatchObject(expected);
  });
});

describe('a dialect that extends a preset', () => {
  const OWN: DialectOptions = {
    extends: 'kiwoom',
    respCodes: { 2000: 6007, 1700: { code: 3600, fault: 'broker-unavailable' } },
    empty: ['20'],
  };
  const result = (body: JsonObject) => judgeSample({ name: '', body, expect: 'success' }, { ...dialect(OWN) });

  it.each<readonly [string, JsonObject, object | string]>([
    ['adds to its table', { return_code: 2000 }, { code: 6007, fault: 'broker-error' }],
    ['replaces a row', { return_code: 1700 }, { code: 3600, fault: 'broker-unavailable' }],
    ['keeps the others', { return_code: 1634 }, { code: 6005, fault: 'broker-error' }],
    ['adds to its empty codes', { return_code: 20 }, 'success'],
  ])('%s', (_, body, expected) => {
    const found = result(body);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatchObject(expected);
  });
});

/** As a configuration file gives it. */
function dialect(options: DialectOptions): DialectOptions {
  return parseDialect(JSON.parse(JSON.stringify(options)));
}
