import { describe, expect, it } from '@jest/globals';
import { FixtureError, ConfigError, isConfigError, type ConfigIssue } from '../../src/brokers/config-error.ts';
import { parseConfig, writtenPath } from '../../src/brokers/config.ts';
import type { ConnectorOptions } from '../../src/brokers/options.ts';
import { createRegistry } from '../../src/brokers/registry.ts';

function issuesOf(config: unknown): readonly ConfigIssue[] {
  try {
    createRegistry(config);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
}

/** The one mistake of one broker, as `path: expected`. */
function mistake(options: object): string[] {
  const config = { brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung', ...options }] };
  return issuesOf(config).map(({ path, expected }) => `${path}: ${expected}`);
}

const AT = 'config.brokers[0]';
const NAME = 'expected a broker name: a letter, then letters, digits or hyphens, at most 32';
const URL_WORDS = 'expected an http or https URL without user, query, fragment or dot segments';
const RESERVED =
  'expected no header that the transport sets itself: host, connection, content-length, transfer-encoding, keep-alive, upgrade, te, trailer, expect, proxy-connection, proxy-authorization, accept-encoding, content-type';
const PLACE = "expected 'header:NAME' or a path in the message such as commonHeader.trCode";
const CODE = 'expected a code of the standard, 3001 to 7000';
const MESSAGE_PATH = 'expected a path in the message such as resp.respCode';
const TIME = 'expected a time such as 23:30';
const STAMP = 'expected a time with zone such as 2026-01-31T22:00:00+09:00';
const NOT_EMPTY = 'expected a text that is not empty';

const BAD: readonly (readonly [rule: string, options: object, path: string, expected: string])[] = [
  ['an option it does not know', { colour: 'red' }, `${AT}.colour`, 'expected no such option'],
  [
    'an option that is turned off elsewhere',
    { rejectUnauthorized: false },
    `${AT}.rejectUnauthorized`,
    'expected no such option',
  ],
  [
    'a kind for an operation of the standard',
    { operations: { 'account.balance': { kind: 'read' } } },
    `${AT}.operations["account.balance"].kind`,
    'expected no kind, since the message standard has the operation',
  ],
  [
    'an operation of its own without a path',
    { operations: { 'own.quote': { kind: 'read' } } },
    `${AT}.operations["own.quote"].path`,
    'expected the path of the operation, since the standard has none',
  ],
  [
    'an operation of its own under no name',
    { operations: { 'own quote': { kind: 'read', path: '/q' } } },
    `${AT}.operations["own quote"].kind`,
    'expected a kind only of a name such as account.pension',
  ],
  [
    'needed fields of an operation without a kind',
    { operations: { 'own.quote': { required: ['a'] } } },
    `${AT}.operations["own.quote"].required`,
    'expected it beside kind only',
  ],
  ['no base URL', { baseUrl: undefined }, `${AT}.baseUrl`, 'expected an http or https URL'],
  ['an alias that is no text', { alias: 7 }, `${AT}.alias`, 'expected a broker name'],
  ['an empty alias', { alias: '' }, `${AT}.alias`, NAME],
  ['an alias with a slash', { alias: 'sam/sung' }, `${AT}.alias`, NAME],
  ['an alias that climbs', { alias: '..' }, `${AT}.alias`, NAME],
  ['an alias with a blank', { alias: 'sam sung' }, `${AT}.alias`, NAME],
  ['an alias with a line break', { alias: 'samsung\n' }, `${AT}.alias`, NAME],
  ['an alias of 33 letters', { alias: 'a'.repeat(33) }, `${AT}.alias`, NAME],
  ['an alias of digits, which are comIds', { alias: '00030' }, `${AT}.alias`, NAME],
  ['an alias in Hangul', { alias: '삼성' }, `${AT}.alias`, NAME],
  [
    'the category of the linkage server as alias',
    { alias: 'op-exco' },
    `${AT}.alias`,
    'expected a name that is no category of the platform',
  ],
  [
    'the category of the gateway as alias',
    { alias: 'OP-APIM' },
    `${AT}.alias`,
    'expected a name that is no category of the platform',
  ],
  [
    'the category of the auth server as synonym',
    { synonyms: ['op-auth'] },
    `${AT}.synonyms[0]`,
    'expected a name that is no category of the platform',
  ],
  ['a synonym with a slash', { synonyms: ['ok', 'a/b'] }, `${AT}.synonyms[1]`, NAME],
  ['a comId of four digits', { comId: '0030' }, `${AT}.comId`, 'expected five digits'],
  ['a comId as number', { comId: 30 }, `${AT}.comId`, 'expected string'],
  ['an empty name', { name: '' }, `${AT}.name`, NOT_EMPTY],
  ['a base URL that is none', { baseUrl: 'broker.example' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL of another scheme', { baseUrl: 'ftp://broker.example' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with a user', { baseUrl: 'https://a:b@broker.example' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with a query', { baseUrl: 'https://broker.example/?a=1' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with a fragment', { baseUrl: 'https://broker.example/#a' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with dot segments', { baseUrl: 'https://broker.example/v1/../x' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with hidden dot segments', { baseUrl: 'https://broker.example/%2e%2e/x' }, `${AT}.baseUrl`, URL_WORDS],
  ['a base URL with a blank', { baseUrl: 'https://broker.example/a b' }, `${AT}.baseUrl`, URL_WORDS],
  ['a header name with a blank', { headers: { 'x y': 'a' } }, `${AT}.headers["x y"]`, 'expected an HTTP header name'],
  [
    'a header value with a line break',
    { headers: { a: 'b\r\nc: d' } },
    `${AT}.headers.a`,
    'expected a header value without line breaks',
  ],
  [
    'a header value in Hangul',
    { headers: { a: '가' } },
    `${AT}.headers.a`,
    'expected a header value without line breaks',
  ],
  ['a header value that is no text', { headers: { a: 1 } }, `${AT}.headers.a`, 'expected a text'],
  ['a header of the transport', { headers: { 'Content-Length': '1' } }, `${AT}.headers`, RESERVED],
  ['a trust switch', { tls: { rejectUnauthorized: false } }, `${AT}.tls.rejectUnauthorized`, 'expected no such option'],
  ['a certificate that is no text', { tls: { cert: 1 } }, `${AT}.tls.cert`, 'expected PEM text or { "file": path }'],
  ['a certificate file without its name', { tls: { cert: { file: '' } } }, `${AT}.tls.cert.file`, NOT_EMPTY],
  ['an empty passphrase', { tls: { passphrase: '' } }, `${AT}.tls.passphrase`, NOT_EMPTY],
  ['a charset that is no label', { charset: 'euc kr' }, `${AT}.charset`, 'expected a charset label such as euc-kr'],
  ['a TRCODE place with a blank', { trCodeAt: 'header:TR CODE' }, `${AT}.trCodeAt`, PLACE],
  ['a TRCODE path with an empty step', { trCodeAt: 'commonHeader..trCode' }, `${AT}.trCodeAt`, PLACE],
  ['a TRCODE path that is a number', { trCodeAt: '0.a' }, `${AT}.trCodeAt`, PLACE],
  [
    'half a TRCODE place',
    { trCodeAt: { request: 'header:A' } },
    `${AT}.trCodeAt.response`,
    'expected a value, and there is none',
  ],
  ['a TRCODE in a header of the transport', { trCodeAt: 'header:Content-Length' }, `${AT}.trCodeAt`, RESERVED],
  [
    'an echo it does not know',
    { echoes: ['ci', 'certDn'] },
    `${AT}.echoes[1]`,
    'expected ("reqIdConsumer" | "reqIdPlatform" | "vtAccNo" | "ci")',
  ],
  [
    'an operation switched on',
    { operations: { 'account.balance': true } },
    `${AT}.operations["account.balance"]`,
    'expected false (switched off) or { path, deadlineMs, timeouts, trCode, method, kind, required }',
  ],
  [
    'an option of an operation it does not know',
    { operations: { 'account.balance': { url: '/a' } } },
    `${AT}.operations["account.balance"].url`,
    'expected no such option',
  ],
  [
    'a path of an operation that climbs',
    { operations: { a: { path: '/../x' } } },
    `${AT}.operations.a.path`,
    'expected a path of plain segments such as /account/balance',
  ],
  ['an empty TRCODE', { operations: { a: { trCode: '' } } }, `${AT}.operations.a.trCode`, NOT_EMPTY],
  [
    'a TRCODE with a line break',
    { operations: { a: { trCode: 'A\r\nB: c' } } },
    `${AT}.operations.a.trCode`,
    'expected printable characters without blanks around them',
  ],
  [
    'a TRCODE with a blank before it',
    { operations: { a: { trCode: ' A' } } },
    `${AT}.operations.a.trCode`,
    'expected printable characters without blanks around them',
  ],
  [
    'a deadline of nothing',
    { operations: { a: { deadlineMs: 0 } } },
    `${AT}.operations.a.deadlineMs`,
    'expected at least 1 millisecond',
  ],
  ['a limit as text', { timeouts: { headMs: '5s' } }, `${AT}.timeouts.headMs`, 'expected a number of milliseconds'],
  [
    'a limit of a fraction',
    { timeouts: { headMs: 1.5 } },
    `${AT}.timeouts.headMs`,
    'expected a whole number of milliseconds',
  ],
  [
    'a limit of more than an hour',
    { timeouts: { connectMs: 3_600_001 } },
    `${AT}.timeouts.connectMs`,
    'expected at most 3600000 milliseconds',
  ],
  ['a limit it does not know', { timeouts: { totalMs: 1 } }, `${AT}.timeouts.totalMs`, 'expected no such option'],
  [
    'no calls at once',
    { concurrency: { inFlight: 0 } },
    `${AT}.concurrency.inFlight`,
    'expected a whole number from 1 to 10000',
  ],
  [
    'a queue shorter than none',
    { concurrency: { queue: -1 } },
    `${AT}.concurrency.queue`,
    'expected a whole number from 0 to 100000',
  ],
  ['a breaker switched on', { breaker: true }, `${AT}.breaker`, 'expected false or breaker settings'],
  [
    'a share above one',
    { breaker: { failureShare: 50 } },
    `${AT}.breaker.failureShare`,
    'expected a share from 0.01 to 1',
  ],
  [
    'no calls to conclude from',
    { breaker: { minCalls: 0 } },
    `${AT}.breaker.minCalls`,
    'expected a whole number from 1 to 10000',
  ],
  ['repeats without end', { retry: { repeats: 4 } }, `${AT}.retry.repeats`, 'expected a whole number from 0 to 3'],
  ['a negative pause', { retry: { baseMs: -1 } }, `${AT}.retry.baseMs`, 'expected a whole number from 0 to 60000'],
  ['a negative budget', { retry: { budget: -0.1 } }, `${AT}.retry.budget`, 'expected a share from 0 to 1'],
  [
    'a fault it does not know',
    { faultCodes: { 'connection-refused': 3004 } },
    `${AT}.faultCodes["connection-refused"]`,
    'expected the name of a fault that has a code of its own',
  ],
  [
    "a fault whose code is the broker's",
    { faultCodes: { 'broker-error': 3004 } },
    `${AT}.faultCodes["broker-error"]`,
    'expected the name of a fault that has a code of its own',
  ],
  [
    "a broker's code for a fault",
    { faultCodes: { 'connect-refused': 4001 } },
    `${AT}.faultCodes["connect-refused"]`,
    'expected a code of the linkage server: 3001, 3002, 3003, 3004, 3005, 3006, 3007, 3008, 3009, 3010, 3011, 3012, 3013, 3999, 3600',
  ],
  [
    'a dialect without a code',
    { dialect: { result: { message: 'msg' } } },
    `${AT}.dialect.result.code`,
    'expected a value, and there is none',
  ],
  [
    'a dialect with a path that is none',
    { dialect: { result: { code: 'rt cd' } } },
    `${AT}.dialect.result.code`,
    MESSAGE_PATH,
  ],
  ['a code of no table', { dialect: { respCodes: { 204: 9011 } } }, `${AT}.dialect.respCodes["204"]`, CODE],
  ['the success as a code', { dialect: { respCodes: { 204: 200 } } }, `${AT}.dialect.respCodes["204"]`, CODE],
  ['a common code as a code', { dialect: { otherwise: 500 } }, `${AT}.dialect.otherwise`, CODE],
  [
    'a fault of a code it does not know',
    { dialect: { respCodes: { a: { code: 3600, fault: 'x' } } } },
    `${AT}.dialect.respCodes.a.fault`,
    'expected',
  ],
  [
    'a status that is none',
    { dialect: { statusCodes: { 700: 3600 } } },
    `${AT}.dialect.statusCodes["700"]`,
    'expected an HTTP status',
  ],
  [
    'a success list that is none',
    { dialect: { result: { code: 'a', success: '0' } } },
    `${AT}.dialect.result.success`,
    'expected Array',
  ],
  [
    'another result block',
    { dialect: { resultBlock: 'maybe' } },
    `${AT}.dialect.resultBlock`,
    'expected ("required" | "optional")',
  ],
  [
    'a window from nowhen',
    { maintenance: { windows: [{ from: '25:00', to: '01:00' }] } },
    `${AT}.maintenance.windows[0].from`,
    TIME,
  ],
  [
    'a window past midnight by number',
    { maintenance: { windows: [{ from: '23:00', to: '24:30' }] } },
    `${AT}.maintenance.windows[0].to`,
    TIME,
  ],
  [
    'a window without its end',
    { maintenance: { windows: [{ from: '23:00' }] } },
    `${AT}.maintenance.windows[0].to`,
    'expected a value, and there is none',
  ],
  [
    'a day it does not know',
    { maintenance: { windows: [{ from: '23:00', to: '24:00', days: ['sunday'] }] } },
    `${AT}.maintenance.windows[0].days[0]`,
    'expected',
  ],
  [
    'a time without a zone',
    { maintenance: { windows: [{ start: '2026-01-31T22:00:00', end: '2026-02-01T02:00:00' }] } },
    `${AT}.maintenance.windows[0].start`,
    STAMP,
  ],
  [
    'a span that ends before it starts',
    { maintenance: { windows: [{ start: '2026-02-01T02:00:00Z', end: '2026-01-31T22:00:00Z' }] } },
    `${AT}.maintenance.windows[0]`,
    'expected an end after the start',
  ],
  [
    'a window that is both',
    { maintenance: { windows: [{ from: '23:00', to: '24:00', start: 'x' }] } },
    `${AT}.maintenance.windows[0].start`,
    'expected no such option',
  ],
  ['an empty page matcher', { maintenance: { pageMatches: [''] } }, `${AT}.maintenance.pageMatches[0]`, NOT_EMPTY],
  [
    'a span of no time',
    { maintenance: { windows: [{ start: '2026-02-01T02:00:00Z', end: '2026-02-01T02:00:00Z' }] } },
    `${AT}.maintenance.windows[0]`,
    'expected an end after the start',
  ],
  [
    'a window that is a text',
    { maintenance: { windows: ['23:30-00:30'] } },
    `${AT}.maintenance.windows[0]`,
    "expected { from: '23:30', to: '00:30', days? } in Korean time, or { start, end } as timestamps",
  ],
  [
    'a page matcher that is a number',
    { maintenance: { pageMatches: 503 } },
    `${AT}.maintenance.pageMatches`,
    'expected a text or a list of texts',
  ],
  ['a pfx that is no text', { tls: { pfx: 1 } }, `${AT}.tls.pfx`, 'expected base64 text or { "file": path }'],
  [
    'a TRCODE that is a number',
    { operations: { a: { trCode: 1 } } },
    `${AT}.operations.a.trCode`,
    'expected a text or { request, response }',
  ],
  [
    'a TRCODE place that is a number',
    { trCodeAt: 1 },
    `${AT}.trCodeAt`,
    "expected 'header:NAME', a path, or { request, response }",
  ],
  ['repeats switched on', { retry: true }, `${AT}.retry`, 'expected false or retry settings'],
  [
    'a cap of more than a minute',
    { retry: { capMs: 60_001 } },
    `${AT}.retry.capMs`,
    'expected a whole number from 0 to 60000',
  ],
  ['a head of less than a KiB', { limits: { headBytes: 100 } }, `${AT}.limits.headBytes`, 'expected >=1024'],
];

describe('a configuration names the path and what was expected', () => {
  it.each(BAD)('%s', (_, options, path, expected) => {
    const [first = ''] = mistake(options);
    expect(first.startsWith(`${path}: ${expected}`) ? `${path}: ${expected}` : first).toBe(`${path}: ${expected}`);
  });

  it.each([
    ['nothing', undefined, 'config: expected a value, and there is none'],
    ['a list', [], 'config.brokers: expected a value, and there is none'],
    ['no brokers', {}, 'config.brokers: expected a value, and there is none'],
    ['one broker', { brokers: {} }, 'config.brokers: expected a list of brokers'],
    ['a broker that is a text', { brokers: ['samsung'] }, 'config.brokers[0]: expected Object'],
    ['an option at the top', { brokers: [], deadlineMs: 1 }, 'config.deadlineMs: expected no such option'],
    [
      'nobody',
      { brokers: [{ baseUrl: 'https://a.example' }] },
      'config.brokers[0].alias: expected a broker name, or the comId of a listed company',
    ],
    [
      'an unlisted comId',
      { brokers: [{ comId: '99999', baseUrl: 'https://a.example' }] },
      'config.brokers[0].alias: expected a broker name, or the comId of a listed company',
    ],
  ])('%s', (_, config, words) => {
    expect(issuesOf(config).map(({ path, expected }) => `${path}: ${expected}`)).toEqual([words]);
  });

  it('every mistake at once', () => {
    const config = {
      brokers: [
        { alias: 'a/b', baseUrl: 'x' },
        { comId: '1', baseUrl: 'https://a.example', colour: 1 },
      ],
    };
    expect(issuesOf(config).map(({ path }) => path)).toEqual([
      'config.brokers[0].alias',
      'config.brokers[0].baseUrl',
      'config.brokers[1].comId',
      'config.brokers[1].colour',
    ]);
  });

  it('every option that is not known, and which one may have been meant', () => {
    const broker = { alias: 'house', baseURL: 'x', baseUrl: 'https://a.example', colour: 1, timeout: {} };
    const brokers = [{ ...broker, timeouts: { conectMs: 1 }, tls: { ca: { fil: 'x' } } }];
    expect(issuesOf({ brokers, gatewy: {} }).map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      'config.brokers[0].tls.ca.file: expected a value, and there is none',
      'config.brokers[0].tls.ca.fil: expected no such option; did you mean file?',
      'config.brokers[0].timeouts.conectMs: expected no such option; did you mean connectMs?',
      'config.brokers[0].baseURL: expected no such option; did you mean baseUrl?',
      'config.brokers[0].colour: expected no such option',
      'config.brokers[0].timeout: expected no such option; did you mean timeouts?',
      'config.gatewy: expected no such option; did you mean gateway?',
    ]);
  });

  it('and never what stands there, since it may be a secret', () => {
    const secret = 'SECRET SECRET';
    const fields = [
      'alias',
      'comId',
      'baseUrl',
      'charset',
      'trCodeAt',
      'breaker',
      'retry',
      'timeouts',
      'tls',
      'limits',
      'dialect',
    ];
    for (const field of fields) expect(mistake({ [field]: secret }).join()).not.toContain('SECRET');
    expect(mistake({ headers: { a: `${secret}\n` }, tls: { passphrase: [secret] } }).join()).not.toContain('SECRET');
  });
});

describe('a ConfigError', () => {
  const error = new ConfigError([
    { path: 'config.brokers', expected: 'expected a list of brokers' },
    { path: 'config.a', expected: 'expected no such option' },
  ]);

  it('is a TypeError with one line for every mistake', () => {
    expect(error).toBeInstanceOf(TypeError);
    expect(error.name).toBe('ConfigError');
    expect(error.message).toBe('config.brokers: expected a list of brokers\nconfig.a: expected no such option');
  });

  it.each([
    ['itself', error, true],
    ['one of another copy', { name: 'ConfigError', issues: [] }, true],
    ['another TypeError', new TypeError('x'), false],
    ['one of a fixture', new FixtureError([]), false],
    ['a name alone', { name: 'ConfigError' }, false],
    ['nothing', undefined, false],
  ])('is known by isConfigError: %s is %s', (_, value, is) => {
    expect(isConfigError(value)).toBe(is);
  });
});

describe('writtenPath', () => {
  it.each<readonly [readonly unknown[], string]>([
    [[], 'config'],
    [['brokers', 0, 'baseUrl'], 'config.brokers[0].baseUrl'],
    [['operations', 'account.balance'], 'config.operations["account.balance"]'],
    [['a b', '"'], 'config["a b"]["\\""]'],
  ])('%j is %s', (keys, path) => {
    expect(writtenPath('config', keys)).toBe(path);
  });
});

describe('everything that may be said', () => {
  const FULL: ConnectorOptions = {
    $schema: 'node_modules/op-exco-connector/docs/config.schema.json',
    brokers: [
      {
        alias: 'Samsung-2',
        comId: '00030',
        name: '삼성증권',
        synonyms: ['ss'],
        baseUrl: 'HTTPS://broker.example:8443/v1/samsung/',
        headers: { Authorization: 'Bearer SECRET', 'X-Empty': '' },
        tls: { servername: 'broker.example' },
        charset: 'euc-kr',
        trCodeAt: { request: 'header:TR-CODE', response: 'commonHeader.trCode' },
        echoes: ['reqIdConsumer', 'ci'],
        operations: {
          'account.balance': {
            path: '/b',
            deadlineMs: 8_000,
            timeouts: { headMs: 4_000 },
            trCode: { request: 'A', response: 'B' },
          },
          'account.interest': false,
          'own.operation': { trCode: 'PF 01' },
        },
        timeouts: { connectMs: 1, headMs: 3_600_000, bodyIdleMs: 2_000 },
        concurrency: { inFlight: 1, queue: 0 },
        breaker: { windowMs: 1, minCalls: 1, failureShare: 1, openMs: 1, maxOpenMs: 1 },
        retry: { repeats: 0, baseMs: 0, capMs: 0, budget: 0 },
        faultCodes: { 'connect-refused': 3004, throttled: 3999 },
        dialect: {
          result: { code: 'rt_cd', detail: 'msg_cd', message: 'msg1', success: ['0'] },
          alternates: [{ code: 'error_code' }],
          empty: ['1'],
          respCodes: { EGW00201: { code: 3600, fault: 'throttled' }, 204: 4001 },
          otherwise: 7000,
          statusCodes: { 503: 3600 },
          successWhenAbsent: false,
          requireAnyOf: ['OutBlock_1'],
          resultBlock: 'required',
        },
        maintenance: {
          windows: [
            { from: '23:30', to: '24:00', days: ['sat', 'sun'] },
            { start: '2026-01-31T22:00:00+09:00', end: '2026-02-01T02:00:00Z' },
          ],
          pageMatches: ['점검'],
        },
        limits: { headBytes: 1_024, bodyBytes: 1_073_741_824 },
      },
      {
        alias: 'sk',
        baseUrl: 'http://127.0.0.1',
        breaker: false,
        retry: false,
        maintenance: { pageMatches: '점검' },
        trCodeAt: 'te',
      },
    ],
  };

  it('is accepted as it is', () => {
    expect(parseConfig(FULL)).toEqual(FULL);
    expect(createRegistry(FULL).brokers).toHaveLength(2);
  });

  it('may be undefined, which is as good as absent', () => {
    const [full] = FULL.brokers;
    const bare = Object.fromEntries(Object.keys(full ?? {}).map((key) => [key, undefined]));
    const given = createRegistry({ brokers: [{ ...bare, alias: 'sk', baseUrl: 'https://a.example' }] });
    expect(given.brokers).toEqual(createRegistry({ brokers: [{ alias: 'sk', baseUrl: 'https://a.example' }] }).brokers);
  });

  it('is nothing at all', () => {
    expect(createRegistry({ brokers: [] }).brokers).toEqual([]);
  });
});
