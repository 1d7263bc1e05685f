import { describe, expect, it } from '@jest/globals';
import { BROKER_DEFAULTS } from '../../src/brokers/defaults.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { createRegistry } from '../../src/brokers/registry.ts';

const BASE = 'https://broker.example/v1';

function registry(...brokers: readonly Partial<BrokerOptions>[]) {
  return createRegistry({ brokers: brokers.map((broker) => ({ baseUrl: BASE, ...broker })) });
}

describe('a broker is found', () => {
  it.each<readonly [string, Partial<BrokerOptions>, string]>([
    ['its alias', { alias: 'samsung' }, 'samsung'],
    ['its alias in capitals', { alias: 'samsung' }, 'SAMSUNG'],
    ['its alias as somebody else writes it', { alias: 'Samsung' }, 'samsunG'],
    ['its comId', { alias: 'samsung' }, '00030'],
    ['a comId of its own', { alias: 'acme', comId: '12345' }, '12345'],
    ['a synonym of its own', { alias: 'acme', synonyms: ['ac-me'] }, 'AC-ME'],
    ['a synonym of the listed company', { alias: 'hi' }, 'HiInvest'],
    ['the listed alias, given a synonym of it', { alias: 'miraeasset' }, 'miraeassetdaewoo'],
    ['the listed alias, given its comId under another name', { alias: 'acme', comId: '00030' }, 'samsung'],
    ['the listed alias, given its comId alone', { comId: '00050' }, 'kiwoom'],
  ])('by %s', (_, options, name) => {
    const given = registry(options);
    expect(given.find(name)).toBe(given.brokers[0]);
  });

  it.each(['', ' samsung', '30', '0030', 'sams', 'hi', '00046', 'toString', '__proto__', 'constructor'])(
    'not by "%s"',
    (name) => {
      expect(registry({ alias: 'samsung' }).find(name)).toBeUndefined();
    },
  );

  it('by the name it has in the configuration, before one it would have by the list', () => {
    const given = registry({ alias: 'acme', comId: '00046' }, { alias: 'hiinvest', comId: '11111' });
    expect(given.find('hiinvest')).toBe(given.brokers[1]);
    expect(given.find('hi')).toBe(given.brokers[0]);
  });
});

describe('a listed company brings', () => {
  it.each([
    ['by alias', { alias: 'samsung' }, { alias: 'samsung', comId: '00030', name: '삼성증권' }],
    [
      'by alias in another letter case, which stays',
      { alias: 'SAMSUNG' },
      { alias: 'SAMSUNG', comId: '00030', name: '삼성증권' },
    ],
    ['by comId', { comId: '00030' }, { alias: 'samsung', comId: '00030', name: '삼성증권' }],
    ['by synonym', { alias: 'hiinvest' }, { alias: 'hiinvest', comId: '00046', name: '하이투자증권' }],
    [
      'by comId under an alias of its own',
      { alias: 'ss', comId: '00030' },
      { alias: 'ss', comId: '00030', name: '삼성증권' },
    ],
    ['a sandbox broker by alias', { alias: 'diamond' }, { comId: '00992', name: '다이아몬드 증권' }],
  ])('what the configuration leaves out, %s', (_, options, profile) => {
    expect(registry(options).brokers[0]).toMatchObject(profile);
  });

  it('nothing over what the configuration says', () => {
    expect(registry({ alias: 'samsung', comId: '12345', name: '삼성' }).brokers[0]).toMatchObject({
      comId: '12345',
      name: '삼성',
    });
  });

  it('nothing to a broker that is not listed', () => {
    const [profile] = registry({ alias: 'acme' }).brokers;
    expect(profile).not.toHaveProperty('comId');
    expect(profile).not.toHaveProperty('name');
  });
});

describe('two brokers under one name are refused', () => {
  it.each([
    ['the same alias', { alias: 'acme' }, { alias: 'acme' }, 'acme'],
    ['the same alias in another letter case', { alias: 'acme' }, { alias: 'ACME' }, 'acme'],
    ['an alias that is a synonym', { alias: 'acme', synonyms: ['foo'] }, { alias: 'foo' }, 'foo'],
    ['the same synonym', { alias: 'acme', synonyms: ['foo'] }, { alias: 'bar', synonyms: ['FOO'] }, 'foo'],
    ['the same comId', { alias: 'acme', comId: '12345' }, { alias: 'bar', comId: '12345' }, '12345'],
    ["a listed company's comId", { alias: 'samsung' }, { alias: 'acme', comId: '00030' }, '00030'],
    ['a listed company under both its names', { alias: 'hi' }, { alias: 'hiinvest' }, '00046'],
  ])('%s', (_, first, second, name) => {
    expect(() => registry(first, second)).toThrow(
      `config.brokers[1]: expected a name of its own, and "${name}" names another broker too`,
    );
  });

  it('but one broker may repeat its own name', () => {
    expect(registry({ alias: 'acme', synonyms: ['ACME', 'acme'] }).brokers).toHaveLength(1);
  });
});

describe('a window', () => {
  it.each([
    ['sun', 0],
    ['mon', 1],
    ['tue', 2],
    ['wed', 3],
    ['thu', 4],
    ['fri', 5],
    ['sat', 6],
  ] as const)('on %s is one on day %d', (day, number) => {
    const [profile] = registry({
      alias: 'acme',
      maintenance: { windows: [{ from: '01:05', to: '02:00', days: [day] }] },
    }).brokers;
    expect(profile?.maintenance.windows).toEqual([{ kind: 'daily', days: [number], fromMinute: 65, toMinute: 120 }]);
  });
});

describe('a profile', () => {
  it('has every default where the configuration says nothing', () => {
    expect(registry({ alias: 'acme' }).brokers[0]).toEqual({
      configured: { alias: 'acme', baseUrl: 'https://broker.example/v1' },
      alias: 'acme',
      synonyms: [],
      baseUrl: new URL(BASE),
      basePath: '/v1',
      headers: {},
      echoes: ['reqIdConsumer', 'reqIdPlatform', 'vtAccNo', 'ci'],
      operations: new Map(),
      timeouts: { connectMs: 3_000, headMs: 5_000, bodyIdleMs: 2_000 },
      concurrency: { inFlight: 64, queue: 256 },
      breaker: { windowMs: 60_000, minCalls: 10, failureShare: 0.5, openMs: 15_000, maxOpenMs: 300_000 },
      retry: { repeats: 1, baseMs: 200, capMs: 2_000, budget: 0.2 },
      faultCodes: {},
      maintenance: { windows: [], pageMatches: [] },
      limits: { headBytes: 16_384, bodyBytes: 8_388_608 },
    });
  });

  it.each<readonly [string, Partial<BrokerOptions>, object]>([
    [
      'one limit of several',
      { timeouts: { headMs: 1 } },
      { timeouts: { connectMs: 3_000, headMs: 1, bodyIdleMs: 2_000 } },
    ],
    ['nothing, which is no queue', { concurrency: { queue: 0 } }, { concurrency: { inFlight: 64, queue: 0 } }],
    ['no breaker', { breaker: false }, { breaker: false }],
    ['no repeats', { retry: false }, { retry: false }],
    [
      'one setting of a breaker',
      { breaker: { minCalls: 1 } },
      { breaker: { ...BROKER_DEFAULTS.breaker, minCalls: 1 } },
    ],
    ['no echoes', { echoes: [] }, { echoes: [] }],
    ['headers by their names in lower case', { headers: { 'X-Tenant': 'A' } }, { headers: { 'x-tenant': 'A' } }],
    [
      'one place for a TRCODE',
      { trCodeAt: 'header:TR-Code' },
      { trCodeAt: { request: { kind: 'header', name: 'tr-code' }, response: { kind: 'header', name: 'tr-code' } } },
    ],
    [
      'two places for a TRCODE',
      { trCodeAt: { request: 'header:TR', response: 'a.b' } },
      { trCodeAt: { request: { kind: 'header', name: 'tr' }, response: { kind: 'path', path: ['a', 'b'] } } },
    ],
    ['an operation switched off', { operations: { a: false } }, { operations: new Map([['a', { enabled: false }]]) }],
    [
      'an operation elsewhere',
      { operations: { a: { path: '/x', timeouts: {} } } },
      { operations: new Map([['a', { enabled: true, path: '/x', timeouts: {} }]]) },
    ],
    [
      'one page matcher',
      { maintenance: { pageMatches: '점검' } },
      { maintenance: { windows: [], pageMatches: ['점검'] } },
    ],
    [
      'a daily window',
      { maintenance: { windows: [{ from: '23:30', to: '00:30', days: ['sun', 'sat'] }] } },
      { maintenance: { windows: [{ kind: 'daily', days: [0, 6], fromMinute: 1_410, toMinute: 30 }] } },
    ],
    [
      'a window of every day',
      { maintenance: { windows: [{ from: '00:00', to: '24:00' }] } },
      { maintenance: { windows: [{ kind: 'daily', days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 0, toMinute: 1_440 }] } },
    ],
    [
      'a window once',
      { maintenance: { windows: [{ start: '2026-01-31T22:00:00+09:00', end: '2026-02-01T02:00:00+09:00' }] } },
      { maintenance: { windows: [{ kind: 'once', fromMs: 1_769_864_400_000, toMs: 1_769_878_800_000 }] } },
    ],
  ])('takes from the configuration %s', (_, options, profile) => {
    expect(registry({ alias: 'acme', ...options }).brokers[0]).toMatchObject(profile);
  });
});
