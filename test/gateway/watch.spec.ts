import { describe, expect, it } from '@jest/globals';
import { MinuteStrip } from '../../src/gateway/minute-strip.ts';
import { Watch } from '../../src/gateway/watch.ts';
import type { CallRecord } from '../../src/model/record.ts';
import { systemClock, type Clock } from '../../src/runtime/clock.ts';

const MINUTE_MS = 60_000;

/** A watch on a clock that is set by hand. */
function watching(...aliases: string[]) {
  let nowMs = Date.parse('2026-01-05T00:00:00Z');
  const clock: Clock = { ...systemClock, wallMs: () => nowMs };
  const watch = new Watch(clock);
  const follow = (...names: string[]) => watch.follow(names.map((alias) => ({ alias })));
  follow(...aliases);
  const saw = (fields: Partial<CallRecord> = {}, times = 1) => {
    const record: CallRecord = {
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
    };
    for (let time = 0; time < times; time += 1) watch.saw(record);
  };
  return { watch, saw, follow, passMs: (ms: number) => void (nowMs += ms), state: () => watch.of('samsung')?.state };
}

const BAD = { fault: 'connect-refused', blame: 'broker', evidence: 'down' } as const;
const BUSINESS = { fault: 'broker-error', blame: 'caller', evidence: 'up' } as const;
const OURS = { fault: 'dns-not-found', blame: 'platform', evidence: 'self' } as const;
const REFUSED = { fault: 'breaker-open', blame: 'broker', evidence: 'none' } as const;

describe('the state of a broker', () => {
  it.each([
    ['nothing seen', [], 'unknown'],
    ['answers', [[{}, 5]], 'up'],
    ['its own business errors', [[BUSINESS, 5]], 'up'],
    [
      'one bad call in ten',
      [
        [{}, 9],
        [BAD, 1],
      ],
      'degraded',
    ],
    [
      'one bad call in twenty',
      [
        [{}, 19],
        [BAD, 1],
      ],
      'up',
    ],
    [
      'every second call bad',
      [
        [{}, 2],
        [BAD, 2],
      ],
      'down',
    ],
    [
      'calls that fail on our side',
      [
        [{}, 2],
        [OURS, 9],
      ],
      'up',
    ],
    [
      'calls refused before they left',
      [
        [{}, 2],
        [REFUSED, 9],
      ],
      'up',
    ],
    [
      'an announced maintenance',
      [[{ fault: 'maintenance-window', blame: 'broker', evidence: 'none' }, 1]],
      'maintenance',
    ],
    ['calls that were given up', [[{ ...BAD, result: 'aborted' }, 5]], 'unknown'],
  ] as const)('after %s', (_what, seen, state) => {
    const { saw, state: stateNow } = watching('samsung');
    for (const [fields, times] of seen) saw(fields, times);
    expect(stateNow()).toBe(state);
  });

  it('is forgotten a minute later, and says since when', () => {
    const { saw, passMs, state, watch } = watching('samsung');
    passMs(1_000);
    saw(BAD);
    passMs(1_000);
    saw(BAD);
    expect(watch.of('samsung')).toMatchObject({
      state: 'down',
      since: '2026-01-05T00:00:01.000Z',
      fault: 'connect-refused',
    });
    passMs(MINUTE_MS);
    expect(state()).toBe('unknown');
  });

  it('follows the circuit, with the time of the next probe', () => {
    const { watch } = watching('samsung');
    const change = { schema: 1, at: '', broker: 'samsung' } as const;
    watch.changed({ ...change, from: 'closed', to: 'open', retryAfterMs: 15_000 });
    expect(watch.of('samsung')).toMatchObject({
      state: 'down',
      circuit: 'open',
      nextProbeAt: '2026-01-05T00:00:15.000Z',
    });
    watch.changed({ ...change, from: 'open', to: 'half-open' });
    watch.changed({ ...change, from: 'half-open', to: 'closed' });
    expect(watch.of('samsung')).not.toHaveProperty('nextProbeAt');
  });

  it('of one operation alone opens no circuit of the broker', () => {
    const { watch, state } = watching('samsung');
    watch.changed({ schema: 1, at: '', broker: 'samsung', operation: 'account.balance', from: 'closed', to: 'open' });
    expect(state()).toBe('unknown');
  });

  it('is kept for brokers that stay over a reload, and gone with those that go', () => {
    const { saw, follow, watch, state } = watching('samsung', 'sk');
    saw({}, 3);
    follow('samsung');
    expect([state(), watch.of('sk')]).toEqual(['up', undefined]);
  });
});

describe('the suspicion that it is us', () => {
  it('rises with the same fault of ours at two brokers, and falls a minute later', () => {
    const { saw, watch, passMs } = watching('samsung', 'sk');
    saw(OURS, 5);
    expect(watch.view().suspicion).toBeUndefined();
    saw({ ...OURS, broker: 'sk' });
    expect(watch.view().suspicion).toEqual({ fault: 'dns-not-found', brokers: ['samsung', 'sk'] });
    passMs(MINUTE_MS);
    expect(watch.view().suspicion).toBeUndefined();
  });

  it('does not rise with two faults, or with a fault of the brokers', () => {
    const { saw, watch } = watching('samsung', 'sk');
    saw(OURS);
    saw({ ...OURS, fault: 'tls-untrusted', broker: 'sk' });
    saw(BAD);
    saw({ ...BAD, broker: 'sk' });
    expect(watch.view().suspicion).toBeUndefined();
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
      { good: 1, bad: 0, ours: 0 },
      { good: 0, bad: 2, ours: 0 },
    ]);
    expect(strip.minutes(60 * MINUTE_MS)[0]).toEqual({ good: 0, bad: 2, ours: 0 });
    strip.add(61 * MINUTE_MS, 'ours');
    expect(strip.minutes(61 * MINUTE_MS).filter(({ bad }) => bad > 0)).toEqual([]);
  });
});
