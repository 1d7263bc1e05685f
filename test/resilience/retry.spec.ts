import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES, type Fault } from '../../src/catalog/faults.ts';
import { planRepeat, type RepeatQuestion } from '../../src/resilience/retry.ts';

const SETTINGS = { repeats: 1, baseMs: 200, capMs: 2_000, budget: 0.2 };

function plan(
  fault: Fault,
  question: Partial<RepeatQuestion> = {},
  settings: Parameters<typeof planRepeat>[1] = SETTINGS,
) {
  const usual = { kind: 'read', sent: 'yes', attempts: 1, remainingMs: 10_000, random: 0.5 } as const;
  return planRepeat({ ...usual, fault, ...question }, settings);
}

/** Repeated as often as the settings allow. */
const YES: readonly Fault[] = [
  ...(['connect-refused', 'connect-reset', 'connect-timeout', 'dns-unavailable', 'host-unreachable'] as const),
  ...(['reset-before-response', 'body-cut'] as const),
];
const ONCE: readonly Fault[] = [
  ...([
    'http-malformed',
    'response-timeout',
    'body-timeout',
    'http-server-error',
    'broker-timeout',
    'http-timeout',
  ] as const),
  ...(['body-empty', 'body-encoding', 'json-invalid'] as const),
];
const ONCE_ON_A_NEW_SOCKET: readonly Fault[] = ['trcode-mismatch', 'echo-mismatch'];
const WITH_RETRY_AFTER: readonly Fault[] = ['http-unavailable', 'throttled', 'broker-unavailable'];
const WRITES: readonly Fault[] = [
  'connect-refused',
  'connect-reset',
  'connect-timeout',
  'dns-unavailable',
  'host-unreachable',
];

describe('a read is repeated', () => {
  it.each(FAULT_NAMES)('as the fault table says for %s', (fault) => {
    const isRepeated = [...YES, ...ONCE, ...ONCE_ON_A_NEW_SOCKET].includes(fault);
    expect(plan(fault) !== undefined).toBe(isRepeated);
  });

  it.each(FAULT_NAMES)('as often as the settings say only where the table says yes: %s', (fault) => {
    const often = { ...SETTINGS, repeats: 3 };
    const attempts = [1, 2, 3, 4].filter(
      (made) => plan(fault, { attempts: made, retryAfterMs: 100 }, often) !== undefined,
    );
    const isOnce = [...ONCE, ...ONCE_ON_A_NEW_SOCKET, ...WITH_RETRY_AFTER].includes(fault);
    expect(attempts).toEqual(YES.includes(fault) ? [1, 2, 3] : isOnce ? [1] : []);
  });

  it.each(FAULT_NAMES)('on a new socket only where the answer was not its own: %s', (fault) => {
    const given = plan(fault, { retryAfterMs: 100 });
    if (given !== undefined) expect(given.freshSocket).toBe(ONCE_ON_A_NEW_SOCKET.includes(fault));
  });

  it.each(WITH_RETRY_AFTER)('after %s only where the broker names a time', (fault) => {
    expect(plan(fault)).toBeUndefined();
    expect(plan(fault, { retryAfterMs: 1_000 })).toEqual({ delayMs: 1_000, freshSocket: false, isFree: false });
    expect(plan(fault, { retryAfterMs: 0 })).toEqual({ delayMs: 0, freshSocket: false, isFree: false });
  });

  it('whether it left or not', () => {
    for (const sent of ['no', 'yes', 'maybe'] as const) expect(plan('connect-reset', { sent })).toBeDefined();
  });
});

describe('a write is repeated', () => {
  it.each(FAULT_NAMES)('only where it never left: %s', (fault) => {
    expect(plan(fault, { kind: 'write', sent: 'no' }) !== undefined).toBe(WRITES.includes(fault));
    expect(plan(fault, { kind: 'write', sent: 'yes' })).toBeUndefined();
    expect(plan(fault, { kind: 'write', sent: 'maybe' })).toBeUndefined();
  });

  it.each(FAULT_NAMES)('one time at most, whatever the settings say: %s', (fault) => {
    for (const sent of ['no', 'yes', 'maybe'] as const) {
      const question = { kind: 'write', sent, retryAfterMs: 100, attempts: 2 } as const;
      expect(plan(fault, question, { ...SETTINGS, repeats: 3 })).toBeUndefined();
    }
  });

  it('after a refusal for the rate, which proves that nothing was done', () => {
    expect(plan('throttled', { kind: 'write', retryAfterMs: 1_000 })).toEqual({
      delayMs: 1_000,
      freshSocket: false,
      isFree: false,
    });
    expect(plan('throttled', { kind: 'write' })).toBeUndefined();
    expect(plan('http-unavailable', { kind: 'write', retryAfterMs: 1_000 })).toBeUndefined();
    expect(plan('broker-unavailable', { kind: 'write', retryAfterMs: 1_000, sent: 'no' })).toBeUndefined();
  });

  it('never, for any fault, once it may have been executed', () => {
    const fault = fc.constantFrom(...FAULT_NAMES.filter((name) => name !== 'throttled'));
    const sent = fc.constantFrom('yes' as const, 'maybe' as const);
    const pause = fc.option(fc.nat(1_000), { nil: undefined });
    fc.assert(
      fc.property(
        fault,
        sent,
        fc.integer({ min: 1, max: 3 }),
        pause,
        fc.nat(3),
        (name, left, attempts, retryAfterMs, repeats) => {
          const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
          return plan(name, { kind: 'write', sent: left, attempts, ...asked }, { ...SETTINGS, repeats }) === undefined;
        },
      ),
    );
  });
});

describe('nothing is repeated', () => {
  it.each(['read', 'write'] as const)('where repeats are switched off: %s', (kind) => {
    expect(plan('connect-refused', { kind, sent: 'no' }, false)).toBeUndefined();
    expect(plan('connect-refused', { kind, sent: 'no' }, { ...SETTINGS, repeats: 0 })).toBeUndefined();
  });

  it.each([
    ['the broker asks for more time than is left', { retryAfterMs: 10_000, remainingMs: 10_000 }],
    ['the broker asks for all the time but what an attempt needs', { retryAfterMs: 9_981, remainingMs: 10_000 }],
  ])('where %s', (_, question) => {
    expect(plan('http-unavailable', question)).toBeUndefined();
    expect(plan('connect-refused', question)).toBeUndefined();
  });

  it('where the pause leaves no time for an attempt', () => {
    expect(plan('connect-refused', { remainingMs: 119, random: 0.5 })).toBeUndefined();
    expect(plan('connect-refused', { remainingMs: 120, random: 0.5 })).toMatchObject({ delayMs: 100 });
    expect(plan('connect-refused', { remainingMs: 19, random: 0 })).toBeUndefined();
    expect(plan('connect-refused', { remainingMs: -1, random: 0 })).toBeUndefined();
  });
});

describe('the pause', () => {
  it.each([
    ['nothing, at the luckiest', 1, 0, 0],
    ['half of the base', 1, 0.5, 100],
    ['all but the base, at the unluckiest', 1, 0.999999, 199],
    ['twice as much for the second repeat', 2, 0.5, 200],
    ['four times as much for the third', 3, 0.5, 400],
  ])('is %s', (_, attempts, random, delayMs) => {
    expect(plan('connect-refused', { attempts, random }, { ...SETTINGS, repeats: 3 })).toMatchObject({ delayMs });
  });

  it('is never more than its cap', () => {
    expect(
      plan('connect-refused', { attempts: 3, random: 0.999 }, { ...SETTINGS, repeats: 3, capMs: 300 }),
    ).toMatchObject({ delayMs: 299 });
  });

  it('is what the broker asked for, where it asked', () => {
    expect(plan('http-server-error', { retryAfterMs: 5_000, random: 0.999 })).toMatchObject({ delayMs: 5_000 });
  });

  it('stays below base, cap and the time that is left, for any question', () => {
    const question = fc.record({
      fault: fc.constantFrom(...YES),
      attempts: fc.integer({ min: 1, max: 3 }),
      remainingMs: fc.integer({ min: -100, max: 20_000 }),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(question, ({ fault, ...rest }) => {
        const given = plan(fault, rest, { ...SETTINGS, repeats: 3 });
        if (given === undefined) return;
        expect(given.delayMs).toBeGreaterThanOrEqual(0);
        expect(given.delayMs).toBeLessThanOrEqual(Math.min(2_000, 200 * 2 ** (rest.attempts - 1)));
        expect(given.delayMs + 20).toBeLessThanOrEqual(rest.remainingMs);
      }),
    );
  });
});

describe('a socket that died idle', () => {
  it('is no failure of the broker: the read goes at once, on a new one, and costs no budget', () => {
    expect(plan('reset-before-response', { sent: 'maybe', random: 0.9 })).toEqual({
      delayMs: 0,
      freshSocket: true,
      isFree: true,
    });
  });

  it('is known by "maybe" alone', () => {
    expect(plan('reset-before-response', { sent: 'yes', random: 0.5 })).toEqual({
      delayMs: 100,
      freshSocket: false,
      isFree: false,
    });
  });

  it('is no leave to send a write again', () => {
    expect(plan('reset-before-response', { kind: 'write', sent: 'maybe' })).toBeUndefined();
  });
});
