import { describe, expect, it } from '@jest/globals';
import { HealthWindow } from '../../src/health/window.ts';
import type { HealthChange } from '../../src/model/health.ts';
import { endOf, played, START_MS } from './given.ts';

function stateAfter(scene: string): string {
  const { window, nowMs } = played(scene);
  return window.broker('samsung', nowMs).state;
}

describe('the state of a broker', () => {
  it.each([
    ['no call is no knowledge', '0g', 'unknown'],
    ['nine successes are too few', '9g', 'unknown'],
    ['ten are enough', '10g', 'up'],
    ['business errors are successes', '10b', 'up'],
    ['two failures are too few for anything', '2f', 'unknown'],
    ['three failures are trouble', '3f', 'degraded'],
    ['five that fail, and nothing else, are an outage', '5f', 'down'],
    ['one call in ten that fails is trouble', '27g 3f', 'degraded'],
    ['less than one in ten is not', '28g 3f', 'up'],
    ['two in ten are too few in number', '8g 2f', 'up'],
    ['half of the calls is an outage', '5g 5f', 'down'],
    ['less than half is trouble', '6g 5f', 'degraded'],
    ['faults of our own side keep calls from getting through as well', '5n', 'down'],
    ['ten failures in a row within five seconds may be one hiccup', '1000g 10f', 'up'],
    ['ten in a row for five seconds are an outage, whatever went before', '1000g 5f 5s 5f', 'down'],
    ['nine in a row are not', '1000g 5f 5s 4f', 'up'],
    [
      'time alone makes nothing worse, though half of the last minute is lost now',
      '100g 40s f g f g f g f g f g 15s',
      'up',
    ],
    ['the next failure does', '100g 40s f g f g f g f g f g 15s f', 'down'],
  ])('%s: %s', (_, scene, expected) => {
    expect(stateAfter(scene)).toBe(expected);
  });
});

describe('an outage', () => {
  it.each([
    ['is not over with four successes', '5f 4g', 'down'],
    ['nor with four after each failure', '5f 4g f 4g f 4g', 'down'],
    ['is followed by trouble after five in a row', '5f 5g', 'degraded'],
    ['is over after twenty in a row', '5f 19g', 'degraded'],
    ['and what failed before is not held against it', '5f 20g', 'up'],
    ['comes back on five new failures, not on one', '5f 20g f', 'up'],
    ['comes back on new failures of a share', '5f 10g 10f', 'down'],
    ['outlasts its own minute', '5f 100s g', 'down'],
    ['outlasts the window while calls are refused', '5f 200s o 200s o 200s o', 'down'],
    ['is forgotten when nobody called for five minutes', '5f 300s', 'unknown'],
    ['and its failures with it', '9f 300s f', 'unknown'],
    ['is ended by no refusal', '5f 30o', 'down'],
  ])('%s: %s', (_, scene, expected) => {
    expect(stateAfter(scene)).toBe(expected);
  });
});

describe('trouble', () => {
  it.each([
    ['is not over with nineteen successes', '27g 3f 19g', 'degraded'],
    ['is over with twenty in a row', '27g 3f 20g', 'up'],
    ['is over when its failures have left the window', '3f 299s 10g 12s', 'up'],
    ['is over then for a quiet broker too, and unknown where too little came since', '3f 299s 4g 12s', 'unknown'],
    ['turns into an outage', '27g 3f 27f', 'down'],
    ['turns into maintenance', '27g 3f 3p', 'maintenance'],
  ])('%s: %s', (_, scene, expected) => {
    expect(stateAfter(scene)).toBe(expected);
  });
});

describe('maintenance', () => {
  it.each([
    ['is told from three pages in a row', '20g 3p', 'maintenance'],
    ['not from two', '20g 2p', 'up'],
    ['not from three that were apart', '20g p g p g p', 'degraded'],
    ['from a code of the broker as well', '20g p u u', 'maintenance'],
    ['from one refusal for an announced window', '20g w', 'maintenance'],
    ['from pages during an outage', '10f 3p', 'maintenance'],
    ['holds through four successes', '3p 4g', 'maintenance'],
    ['is over after five', '3p 5g', 'up'],
    ['holds through two other faults', '20p 2f', 'maintenance'],
    ['is an outage after three others, where most failed', '20p 3f', 'down'],
    ['is forgotten when nobody called for five minutes', '3p 300s', 'unknown'],
  ])('%s: %s', (_, scene, expected) => {
    expect(stateAfter(scene)).toBe(expected);
  });
});

describe('a quiet broker', () => {
  it.each([
    ['stays up with five calls in five minutes', '6g 280s 5g 25s', 'up'],
    ['is unknown with four', '6g 280s 4g 25s', 'unknown'],
    ['is unknown, not up, on the first call after a silence', '10g 900s g', 'unknown'],
  ])('%s: %s', (_, scene, expected) => {
    expect(stateAfter(scene)).toBe(expected);
  });

  it('says how many calls are missing', () => {
    const { window, nowMs } = played('4g');
    expect(window.broker('samsung', nowMs)).toMatchObject({ state: 'unknown', missingCalls: 6 });
    expect(window.broker('nobody', nowMs)).toMatchObject({ state: 'unknown', missingCalls: 10, calls: 0 });
  });

  it('that is up misses none', () => {
    const { window, nowMs } = played('10g');
    expect(window.broker('samsung', nowMs)).not.toHaveProperty('missingCalls');
  });
});

describe('changes of a state', () => {
  /** What is told while every `nth` call fails, a hundred calls a second. */
  function told(nth: number, calls: number): HealthChange[] {
    const changes: HealthChange[] = [];
    const window = new HealthWindow((change) => changes.push(change));
    for (let call = 1; call <= calls; call += 1) {
      const fault = call % nth === 0 ? ('http-server-error' as const) : undefined;
      window.record(endOf({ fault, atMs: START_MS + call * 10 }));
    }
    return changes.filter(({ operation }) => operation === undefined);
  }

  it.each([
    ['one failure in two', 2, ['degraded', 'down']],
    ['one in three', 3, ['degraded']],
    ['one in ten', 10, ['up', 'degraded']],
    ['one in fifteen', 15, ['up']],
  ])('are few where the failures are steady: %s', (_, nth, expected) => {
    expect(told(nth, 60_000).map(({ to }) => to)).toEqual(expected);
  });

  it('are told of the broker and of the operation, with the time of the call that brought them', () => {
    const changes: HealthChange[] = [];
    const window = new HealthWindow((change) => changes.push(change));
    for (let call = 1; call <= 10; call += 1) window.record(endOf({ atMs: START_MS + call }));
    expect(changes).toEqual([
      { broker: 'samsung', from: 'unknown', to: 'up', atMs: START_MS + 10, sinceMs: START_MS + 10 },
      {
        broker: 'samsung',
        operation: 'account.balance',
        from: 'unknown',
        to: 'up',
        atMs: START_MS + 10,
        sinceMs: START_MS + 10,
      },
    ]);
  });

  it('are told of time that passes', () => {
    const changes: HealthChange[] = [];
    const window = new HealthWindow((change) => changes.push(change));
    for (let call = 0; call < 5; call += 1) window.record(endOf({ fault: 'body-cut' }));
    changes.length = 0;
    window.passTo(START_MS + 299_999);
    expect(changes).toEqual([]);
    window.passTo(START_MS + 300_000);
    expect(changes.map(({ from, to }) => [from, to])).toEqual([
      ['down', 'unknown'],
      ['down', 'unknown'],
    ]);
  });

  it.each([
    ['trouble: its first failure in a row', '10g 3f 5g', '2026-11-25T00:00:01.100Z'],
    ['trouble that was no run: the call that proved it', '10g f g f g f g', '2026-11-25T00:00:01.500Z'],
    ['an outage: its first failure', '10g 12f 3g', '2026-11-25T00:00:01.100Z'],
    ['maintenance: its first page', '10g 6p', '2026-11-25T00:00:01.100Z'],
    ['announced maintenance: the call that was refused', '10g 2w', '2026-11-25T00:00:01.100Z'],
    ['an outage that became maintenance: its first page', '10f 4p', '2026-11-25T00:00:01.100Z'],
    ['maintenance that became an outage: its first other failure', '20p 4f', '2026-11-25T00:00:02.100Z'],
    ['a recovery: its first success', '5f 9g', '2026-11-25T00:00:00.600Z'],
    ['its end: the call that proved it', '5f 22g', '2026-11-25T00:00:02.500Z'],
    ['silence after an outage: the last call', '5f 400s', '2026-11-25T00:00:00.500Z'],
  ])('move `since`, and other calls do not; %s', (_, scene, since) => {
    const { window, nowMs } = played(scene);
    expect(window.broker('samsung', nowMs).since).toBe(since);
  });
});
