import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES, type Fault } from '../../src/catalog/faults.ts';
import { HealthWindow } from '../../src/health/window.ts';
import { endOf, START_MS } from './given.ts';

/** Five calls at each broker, `a`, `b` and so on, each with its fault, a second apart. */
function windowWith(faults: readonly (Fault | undefined)[]): HealthWindow {
  const window = new HealthWindow();
  for (let round = 0; round < 5; round += 1) {
    for (const [index, fault] of faults.entries()) {
      window.record(endOf({ broker: 'abcdefgh'.charAt(index), fault, atMs: START_MS + index * 1_000 }));
    }
  }
  return window;
}

const LATER_MS = START_MS + 8_000;

const DNS = 'dns-unavailable';

describe('it is us', () => {
  it.each([
    ['where three of three show the same fault of ours', [DNS, DNS, DNS], ['a', 'b', 'c']],
    ['where it is three of six', [undefined, DNS, DNS, undefined, DNS, undefined], ['b', 'c', 'e']],
    ['where the fault is of the path', ['connect-timeout', 'connect-timeout', 'connect-timeout'], ['a', 'b', 'c']],
    ['where everybody refuses at once', ['connect-refused', 'connect-refused', 'connect-refused'], ['a', 'b', 'c']],
    ['not where one fails alone', [DNS, undefined, undefined, undefined], undefined],
    ['not where two fail', [DNS, DNS], undefined],
    ['not where it is three of seven', [DNS, DNS, DNS, undefined, undefined, undefined, undefined], undefined],
    ['not where each has a fault of its own', [DNS, 'connect-timeout', 'body-cut'], undefined],
    ['not where several are slow', ['response-timeout', 'response-timeout', 'response-timeout'], undefined],
    [
      'not where several are under maintenance',
      ['maintenance-page', 'maintenance-page', 'maintenance-page'],
      undefined,
    ],
    ['not where we refuse', ['bulkhead-full', 'bulkhead-full', 'bulkhead-full'], undefined],
  ] as const)('%s', (_, faults, expected) => {
    expect(windowWith(faults).suspicion(LATER_MS)?.brokers).toEqual(expected);
  });

  it('since the third of them, with the fault and how many were called', () => {
    expect(windowWith([DNS, DNS, undefined, DNS, DNS]).suspicion(LATER_MS)).toEqual({
      fault: DNS,
      since: '2026-11-25T00:00:03.000Z',
      brokers: ['a', 'b', 'd', 'e'],
      called: 5,
    });
  });

  it('for half a minute after the last of them', () => {
    const window = windowWith([DNS, DNS, DNS]);
    expect([30_000, 30_001].map((laterMs) => window.suspicion(START_MS + laterMs) !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  it('as long as open circuits keep calls from going', () => {
    const window = windowWith(['connect-refused', 'connect-refused', 'connect-refused']);
    for (const broker of ['a', 'b', 'c'])
      window.record(endOf({ broker, fault: 'breaker-open', atMs: START_MS + 25_000 }));
    expect(window.suspicion(START_MS + 50_000)?.brokers).toEqual(['a', 'b', 'c']);
  });

  it('until they answer', () => {
    const window = windowWith([DNS, DNS, DNS]);
    window.record(endOf({ broker: 'b', fault: 'broker-error', atMs: LATER_MS }));
    expect(window.suspicion(LATER_MS)).toBeUndefined();
  });

  it('and the blame is ours where a row alone would blame the path', () => {
    const faults = ['connect-timeout', 'connect-timeout', 'connect-timeout', 'body-cut'] as const;
    const window = windowWith(faults);
    expect(['a', 'd'].map((broker) => window.broker(broker, LATER_MS).blame)).toEqual(['platform', 'path']);
    const alone = windowWith(['connect-timeout', undefined, undefined]);
    expect(alone.broker('a', LATER_MS).blame).toBe('path');
  });

  it('only for faults below the broker’s application, and of our own side', () => {
    const local = FAULT_NAMES.filter((fault) => windowWith([fault, fault, fault]).suspicion(LATER_MS) !== undefined);
    expect(local).toEqual([
      'dns-not-found',
      'dns-unavailable',
      'local-resources',
      'network-unreachable',
      'host-unreachable',
      'connect-refused',
      'connect-reset',
      'connect-timeout',
      'tls-certificate',
      'tls-untrusted',
      'tls-client-rejected',
      'tls-handshake',
      'reset-before-response',
      'body-cut',
      'http-denied',
      'credentials-refused',
      'internal',
    ]);
  });
});
