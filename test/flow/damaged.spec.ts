import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { classify } from '../../src/flow/classify.ts';
import type { Answer, Verdict } from '../../src/model/verdict.ts';
import { answered, expecting } from './given.ts';
import { agrees } from './reading.ts';
import { SAMPLES, type Sample } from './samples.ts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** What a strict reader of the very same octets makes of them; `undefined` where it refuses. */
function strictly(octets: Uint8Array): unknown {
  try {
    return JSON.parse(UTF_8.decode(octets));
  } catch {
    return legacy(octets);
  }
}

function legacy(octets: Uint8Array): unknown {
  const text = iconv.decode(Buffer.from(octets), 'cp949');
  try {
    return text.includes('\uFFFD') ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Said {
  readonly result: unknown;
  readonly echoes: readonly unknown[];
  readonly trCodes: unknown;
}

function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined | null)?.[key], value);
}

/** What a message says of itself at the places the standard has for it. */
function saidBy(message: unknown): Said {
  const inBody = Object.entries(message ?? {}).find(([key]) => key.endsWith('ResponseBody'))?.[1] as unknown;
  const repeated = field(message, 'portfolioRequest');
  const headers = [field(message, 'commonHeader'), field(repeated, 'commonHeader')];
  const accounts = [field(message, 'accInfo'), field(inBody, 'accInfo'), field(repeated, 'body', 'accInfo')];
  const items = field(message, 'virtualAccountResponseList', 'virtualAccount');
  return {
    result: field(message, 'resp') ?? field(inBody, 'resp') ?? message,
    echoes: [
      ...headers.flatMap((header) => [field(header, 'reqIdConsumer'), field(header, 'ci')]),
      ...accounts.flatMap((account) => [field(account, 'vtAccNo'), field(account, 'vtAccNp')]),
    ],
    trCodes: Array.isArray(items) ? items.map((item) => field(item, 'trCode')) : undefined,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

const ORIGINALS = new Map<Uint8Array, Said>(SAMPLES.map(({ outcome: { body } }) => [body, saidBy(strictly(body))]));

/** Whether an answer says the same of itself as the original, or says nothing where the original said something. */
function isOurs(answer: Answer, original: Uint8Array): boolean {
  const came = saidBy(answer.data);
  const { echoes = [], trCodes } = ORIGINALS.get(original) ?? {};
  const code =
    textOf(field(came.result, 'respCode')) ||
    textOf(field(came.result, 'resCode')) ||
    textOf(field(came.result, 'code'));
  const isEchoed = came.echoes.every((echo, at) => ['', 'null', textOf(echoes[at])].includes(textOf(echo)));
  return Number(code) === 200 && isEchoed && JSON.stringify(came.trCodes) === JSON.stringify(trCodes);
}

/** Judges octets and says what is wrong with the verdict; `undefined` for nothing. */
function wrongWith({ outcome, expected }: Sample, octets: Uint8Array): string | undefined {
  const verdict = classify({ ...outcome, body: octets }, expected);
  if (verdict.kind !== 'answer') return verdict.kind === 'fault' ? undefined : 'neither answer nor fault';
  if (!agrees(verdict.data, strictly(octets))) return 'the data is not what the octets say';
  return isOurs(verdict, outcome.body) ? undefined : 'the answer is not the answer to this request';
}

const NAMED = SAMPLES.map((sample) => [sample.file, sample] as const);

function changed(octets: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(octets);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}

describe('a body cut anywhere is never an answer', () => {
  it.each(NAMED)('%s', (_, { outcome, expected }) => {
    const { body } = outcome;
    const whole = Buffer.from(body).lastIndexOf('}') + 1;
    const lengths = Array.from({ length: whole }, (_each, length) => length);
    const passed = lengths.filter((length) => {
      return classify({ ...outcome, body: body.subarray(0, length) }, expected).kind !== 'fault';
    });
    expect(passed).toEqual([]);
  });
});

describe('a body with one octet changed says what its octets say, or is a fault', () => {
  it.each(NAMED)('%s', (_, sample) => {
    const wrong: string[] = [];
    for (let at = 0; at < sample.outcome.body.length; at += 1) {
      for (const by of [0x01, 0xff]) {
        const what = wrongWith(sample, changed(sample.outcome.body, at, by));
        if (what !== undefined) wrong.push(`octet ${String(at)} ^ ${String(by)}: ${what}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a body with one octet lost or doubled says what its octets say, or is a fault', () => {
  it.each(NAMED)('%s', (_, sample) => {
    const body = Buffer.from(sample.outcome.body);
    const wrong: string[] = [];
    for (let at = 0; at < body.length; at += 1) {
      const lost = Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]);
      const doubled = Buffer.concat([body.subarray(0, at + 1), body.subarray(at)]);
      for (const octets of [lost, doubled]) {
        const what = wrongWith(sample, octets);
        if (what !== undefined) wrong.push(`octet ${String(at)}: ${what}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

const ANSWERS = SAMPLES.filter(({ outcome, expected }) => classify(outcome, expected).kind === 'answer');

const CONTENT_TYPES = [
  ...[
    '',
    'text/html',
    'text/plain',
    'application/octet-stream',
    'application/json; charset=',
    'application/json; charset="',
  ],
  ...['application/json; charset=utf-16', 'application/json; charset=utf-16le', 'application/json;charset=EUC-KR'],
  ...[
    'application/json; charset="ks_c_5601-1987"',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-7',
  ],
  ...[
    'application/json; charset=\u0000',
    'charset=utf-8',
    '; ; charset=utf-8; charset=euc-kr',
    'application/json; charset=shift_jis',
  ],
];
const CONTENT_ENCODINGS = [
  ...[
    'identity',
    'Identity, identity',
    ' , ,',
    'gzip',
    'GZIP',
    'x-gzip',
    'deflate',
    'br',
    'zstd',
    'compress',
    'aes128gcm',
  ],
  ...['gzip, gzip', 'gzip, br, deflate', 'identity, identity, identity, identity', '\u0000', 'utf-8', '*'],
];

function isSameOrFault(verdict: Verdict, original: unknown): boolean {
  return verdict.kind === 'answer' ? agrees(verdict.data, original) : verdict.kind === 'fault';
}

describe('an answer under a mangled header is the same answer, or a fault', () => {
  it.each([
    ['content-type', CONTENT_TYPES],
    ['content-encoding', CONTENT_ENCODINGS],
    ['content-length', ['0', '-1', 'NaN', '99999999999999999999']],
    ['transfer-encoding', ['chunked', 'gzip, chunked', 'identity']],
    ['retry-after', ['-1', '1e9', 'Infinity', 'tomorrow', 'Fri, 31 Dec 9999 23:59:59 GMT', '99999999999999999999']],
    ['trcode', ['', 'PF01', '\u0000']],
    ['location', ['http://127.0.0.1/', 'javascript:alert(1)']],
    ['__proto__', ['polluted']],
    ['constructor', ['polluted']],
  ] as const)('%s', (name, values) => {
    for (const { outcome, expected } of ANSWERS) {
      const original = strictly(outcome.body);
      for (const value of values) {
        const headers = Object.fromEntries([...Object.entries(outcome.headers), [name, value]]);
        expect(isSameOrFault(classify({ ...outcome, headers }, expected), original)).toBe(true);
      }
    }
  });

  it('or none at all', () => {
    for (const { outcome, expected } of ANSWERS) {
      expect(classify({ ...outcome, headers: {} }, expected)).toMatchObject({
        kind: 'answer',
        data: strictly(outcome.body),
      });
    }
  });

  it('for any names and values', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...CONTENT_TYPES, ...CONTENT_ENCODINGS));
    const name = fc.oneof(fc.string(), fc.constantFrom('content-type', 'content-encoding', 'retry-after'));
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.constantFrom(...ANSWERS), (headers, { outcome, expected }) => {
        const verdict = classify({ ...outcome, headers }, expected);
        return isSameOrFault(verdict, strictly(outcome.body));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('random octets', () => {
  const BALANCE = expecting();

  it('are no answer, whatever status and headers say', () => {
    const headers = fc.record({
      'content-type': fc.constantFrom(...CONTENT_TYPES),
      'content-encoding': fc.constantFrom('identity', 'gzip', 'deflate', 'br', 'zstd'),
    });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 100, max: 999 }),
        headers,
        (body, status, named) => {
          expect(classify(answered(body, { status, headers: named }), BALANCE).kind).toBe('fault');
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('inside a message say what they say, or are a fault', () => {
    const [balance] = SAMPLES.filter(({ file }) => file.startsWith('03'));
    if (balance === undefined) throw new TypeError('sample 03 is missing');
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        fc.nat(balance.outcome.body.length - 1),
        (octets, at) => {
          const body = Buffer.from(balance.outcome.body);
          body.set(octets.subarray(0, body.length - at), at);
          expect(wrongWith(balance, body)).toBeUndefined();
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
