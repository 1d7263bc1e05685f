import { describe, expect, it } from '@jest/globals';
import { MinuteStrip } from '../../src/gateway/minute-strip.ts';
import { standingFault } from '../../src/gateway/view.ts';
import { Watch } from '../../src/gateway/watch.ts';
import type { Fault } from '../../src/catalog/faults.ts';
import type { CallRecord } from '../../src/model/record.ts';
import type { BrokerHealth } from '../../src/model/health.ts';
import { systemClock, type Clock } from '../../src/runtime/clock.ts';
import { forceOf } from '../../src/gateway/force.ts';
import { atEnd } from '../support/release.ts';

const MINUTE_MS = 60_000;
const NOTHING = { good: 0, bad: 0, ours: 0 };

/** A watch on a clock that is set by hand. */
function watching(...aliases: string[]) {
  const nowMs = Date.parse('2026-01-05T00:00:00Z');
  const clock: Clock = { ...systemClock, wallMs: () => nowMs };
  const forceWith = (names: readonly string[]) => {
    const brokers = names.map((alias) => ({ alias, baseUrl: 'http://127.0.0.1:9/v1' }));
    const made = forceOf({ brokers }, { clock });
    atEnd(() => made.connector.close());
    return made;
  };
  let force = forceWith(aliases);
  const watch = new Watch(clock, () => force);
  const follow = (...names: string[]) => {
    force = forceWith(names);
    watch.follow(names);
  };
  watch.follow(aliases);
  const saw = (fields: Partial<CallRecord>) => {
    watch.saw({
      schema: 1,
      at: new Date(nowMs).toISOString(),
      broker: 'samsung',
      operation: 'account.balance',
      requestId: 'abc',
      kind: 'read',
      result: fields.fault === undefined ? 'ok' : 'error',
      attempts: 1,
      elapsedMs: 1,
      ...fields,
    });
  };
  return { watch, saw, follow, lastMinute: (alias = 'samsung') => watch.of(alias)?.strip.at(-1) };
}

describe('a call on the strip', () => {
  it.each([
    ['an answer', {}, { good: 1 }],
    ["a broker's business error", { fault: 'broker-error' }, { good: 1 }],
    ['an outage of the broker', { fault: 'connect-refused' }, { bad: 1 }],
    ['a broken way', { fault: 'connect-reset' }, { bad: 1 }],
    ['a fault of ours', { fault: 'dns-not-found' }, { ours: 1 }],
    ['a refusal of ours', { fault: 'breaker-open' }, {}],
    ["a caller's mistake", { fault: 'missing-field' }, {}],
    ['a call that was given up', { fault: 'connect-refused', result: 'aborted' }, {}],
    ['a broker that is not ours', { broker: 'kiwoom' }, {}],
  ] as const)('%s', (_what, fields, counted) => {
    const { saw, lastMinute } = watching('samsung');
    saw(fields);
    expect(lastMinute()).toEqual({ ...NOTHING, ...counted });
  });

  it('is kept for brokers that stay over a reload, and gone with those that go', () => {
    const { saw, follow, watch, lastMinute } = watching('samsung', 'sk');
    saw({});
    saw({ broker: 'sk' });
    follow('samsung');
    expect([lastMinute(), watch.of('sk')]).toEqual([{ ...NOTHING, good: 1 }, undefined]);
    follow('samsung', 'sk');
    expect(lastMinute('sk')).toEqual(NOTHING);
  });
});

describe('the fault that stands', () => {
  const counts = (...faults: Fault[]) => faults.map((fault, at) => ({ fault, calls: 9 - at, phase: 'local' as const }));
  const lastBad = { at: '', operation: 'x', requestId: 'x', elapsedMs: 1, fault: 'body-cut' } as const;

  it.each([
    ['up', { faults: counts('connect-refused') }, undefined],
    ['unknown', { faults: counts('connect-refused') }, undefined],
    ['down', { faults: counts('connect-refused', 'body-cut') }, 'connect-refused'],
    ['degraded', { faults: counts('body-cut'), lastBad }, 'body-cut'],
    ['down', { faults: counts('breaker-open', 'http-server-error') }, 'http-server-error'],
    ['down', { faults: counts('breaker-open'), lastBad }, 'body-cut'],
    ['maintenance', { faults: counts('connect-refused'), maintenanceUntil: '' }, 'maintenance-window'],
    ['maintenance', { faults: counts('maintenance-window') }, 'maintenance-window'],
    ['down', { faults: [] }, undefined],
  ] as const)('%s, %j: %s', (state, told, fault) => {
    const { watch } = watching('samsung');
    const health = watch.of('samsung') as BrokerHealth;
    expect(standingFault({ ...health, state, ...told })).toBe(fault);
  });
});

describe('the strip of an hour', () => {
  it('has sixty minutes, the present one last, and writes over what is older', () => {
    const strip = new MinuteStrip();
    strip.add(0, 'good');
    strip.add(MINUTE_MS, 'bad');
    strip.add(MINUTE_MS, 'bad');
    const hour = strip.minutes(MINUTE_MS);
    expect(hour).toHaveLength(60);
    expect(hour.slice(-2)).toEqual([
      { ...NOTHING, good: 1 },
      { ...NOTHING, bad: 2 },
    ]);
    expect(strip.minutes(60 * MINUTE_MS)[0]).toEqual({ ...NOTHING, bad: 2 });
    strip.add(61 * MINUTE_MS, 'ours');
    expect(strip.minutes(61 * MINUTE_MS).filter(({ bad }) => bad > 0)).toEqual([]);
  });

  it('does not change once it was told', () => {
    const strip = new MinuteStrip();
    strip.add(0, 'good');
    const told = strip.minutes(0);
    strip.add(0, 'good');
    expect(told.at(-1)).toEqual({ ...NOTHING, good: 1 });
    expect(strip.minutes(0).at(-1)).toEqual({ ...NOTHING, good: 2 });
  });
});
