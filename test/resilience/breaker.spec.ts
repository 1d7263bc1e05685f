import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES, faultRow } from '../../src/catalog/faults.ts';
import {
  admit,
  brokerEnding,
  CLOSED,
  operationEnding,
  settle,
  type BreakerState,
  type Ending,
} from '../../src/resilience/breaker.ts';

const SETTINGS = { windowMs: 60_000, minCalls: 10, failureShare: 0.5, openMs: 15_000, maxOpenMs: 300_000 };
const OPEN: BreakerState = { state: 'open', untilMs: 15_000, openMs: 15_000 };
const HALF_OPEN: BreakerState = { state: 'half-open', openMs: 15_000 };

/** Ends calls that were let through while closed, one after the other, `everyMs` apart. */
function after(
  endings: readonly Ending[],
  { fromMs = 0, everyMs = 1, from = CLOSED }: { fromMs?: number; everyMs?: number; from?: BreakerState } = {},
) {
  return endings.reduce<BreakerState>(
    (state, ending, at) => settle(state, false, ending, fromMs + at * everyMs, SETTINGS),
    from,
  );
}

function times(count: number, ending: Ending): Ending[] {
  return Array.from({ length: count }, () => ending);
}

describe('a closed circuit', () => {
  it('lets every call through', () => {
    for (const kind of ['read', 'write'] as const)
      expect(admit(CLOSED, kind, 0)).toEqual({ admitted: true, state: CLOSED, isProbe: false });
  });

  it.each([
    ['nine failures', 'closed', times(9, 'failed')],
    ['ten failures', 'open', times(10, 'failed')],
    ['ten calls, half of them failed', 'open', [...times(5, 'alive'), ...times(5, 'failed')]],
    ['ten calls, four of them failed', 'closed', [...times(6, 'alive'), ...times(4, 'failed')]],
    ['nine calls, eight of them failed', 'closed', ['alive', ...times(8, 'failed')]],
    ['a hundred successes and ninety-nine failures', 'closed', [...times(100, 'alive'), ...times(99, 'failed')]],
    ['a hundred successes and a hundred failures', 'open', [...times(100, 'alive'), ...times(100, 'failed')]],
    ['a thousand calls that say nothing', 'closed', times(1_000, 'abandoned')],
    ['ten failures behind calls that say nothing', 'open', [...times(50, 'abandoned'), ...times(10, 'failed')]],
    ['nine failures among calls that say nothing', 'closed', [...times(20, 'abandoned'), ...times(9, 'failed')]],
  ] as const)('given %s is %s', (_, state, endings) => {
    expect(after(endings).state).toBe(state);
  });

  it('opens on a failure, never on a success that completes the count', () => {
    expect(after([...times(9, 'failed'), 'alive']).state).toBe('closed');
    expect(after([...times(9, 'failed'), 'alive', 'failed']).state).toBe('open');
  });

  it('opens for the time of the settings, from the failure on', () => {
    expect(after(times(10, 'failed'), { fromMs: 1_000, everyMs: 10 })).toEqual({
      state: 'open',
      untilMs: 16_090,
      openMs: 15_000,
    });
  });

  it.each([
    ['inside one window', 5_000, 'open'],
    ['over just less than a window', 5_990, 'open'],
    ['over more than a window', 7_000, 'closed'],
  ])('counts ten failures %s', (_, everyMs, state) => {
    expect(after(times(10, 'failed'), { everyMs }).state).toBe(state);
  });

  it('forgets calls older than its window', () => {
    const busy = after(times(9, 'failed'));
    expect(settle(busy, false, 'failed', 59_000, SETTINGS).state).toBe('open');
    expect(settle(busy, false, 'failed', 66_000, SETTINGS).state).toBe('closed');
    const quiet = after(times(100, 'alive'));
    expect(after(times(10, 'failed'), { fromMs: 66_000, from: quiet }).state).toBe('open');
    expect(after(times(10, 'failed'), { fromMs: 30_000, from: quiet }).state).toBe('closed');
  });

  it.each([
    ['for nine tenths of its window at least', 5_999, 59_999, 'open'],
    ['for nine tenths of its window at least, wherever it began', 29_999, 83_999, 'open'],
    ['no longer than its window', 0, 60_000, 'closed'],
    ['no longer than its window, wherever it began', 29_999, 89_999, 'closed'],
  ])('remembers a call %s', (_, fromMs, nowMs, state) => {
    const busy = after(times(9, 'failed'), { fromMs, everyMs: 0 });
    expect(settle(busy, false, 'failed', nowMs, SETTINGS).state).toBe(state);
  });

  it('keeps no more than ten slices, however many calls there are', () => {
    const state = after(times(5_000, 'alive'), { everyMs: 100 });
    expect(state.state === 'closed' && state.past.length).toBeLessThanOrEqual(10);
  });
});

describe('an open circuit', () => {
  it.each([
    [0, 15_000],
    [14_999, 1],
    [14_999.5, 1],
  ])('at %d ms refuses every call for %d ms more', (nowMs, retryAfterMs) => {
    for (const kind of ['read', 'write'] as const)
      expect(admit(OPEN, kind, nowMs)).toEqual({ admitted: false, retryAfterMs });
  });

  it('lets one read through when its time is over, as a probe', () => {
    expect(admit(OPEN, 'read', 15_000)).toEqual({ admitted: true, state: HALF_OPEN, isProbe: true });
  });

  it('never risks a write as a probe', () => {
    expect(admit(OPEN, 'write', 15_000)).toEqual({ admitted: false, retryAfterMs: 1_000 });
    expect(admit(OPEN, 'write', 999_000)).toEqual({ admitted: false, retryAfterMs: 1_000 });
  });

  it.each(['alive', 'failed', 'abandoned'] as const)(
    'is not changed by a call that was let through before: %s',
    (ending) => {
      expect(settle(OPEN, false, ending, 100, SETTINGS)).toBe(OPEN);
    },
  );
});

describe('a half-open circuit', () => {
  it('refuses every other call while the probe is out', () => {
    for (const kind of ['read', 'write'] as const)
      expect(admit(HALF_OPEN, kind, 20_000)).toEqual({ admitted: false, retryAfterMs: 1_000 });
  });

  it('closes with a clean count when the probe comes back', () => {
    expect(settle(HALF_OPEN, true, 'alive', 20_000, SETTINGS)).toEqual(CLOSED);
  });

  it('opens for twice the time when the probe fails', () => {
    expect(settle(HALF_OPEN, true, 'failed', 20_000, SETTINGS)).toEqual({
      state: 'open',
      untilMs: 50_000,
      openMs: 30_000,
    });
  });

  it('gives an abandoned probe back: the next read goes at once', () => {
    const given = settle(HALF_OPEN, true, 'abandoned', 20_000, SETTINGS);
    expect(given).toEqual({ state: 'open', untilMs: 20_000, openMs: 15_000 });
    expect(admit(given, 'read', 20_000)).toMatchObject({ admitted: true, isProbe: true });
  });

  it('keeps its doubled time when a probe is given back, so that the next one doubles that', () => {
    const given = settle({ state: 'half-open', openMs: 60_000 }, true, 'abandoned', 20_000, SETTINGS);
    expect(given).toEqual({ state: 'open', untilMs: 20_000, openMs: 60_000 });
    const admission = admit(given, 'read', 20_000);
    if (!admission.admitted) throw new TypeError('expected a probe');
    expect(settle(admission.state, true, 'failed', 20_000, SETTINGS)).toMatchObject({ openMs: 120_000 });
  });

  it.each(['alive', 'failed', 'abandoned'] as const)(
    'is not changed by a call that was let through before: %s',
    (ending) => {
      expect(settle(HALF_OPEN, false, ending, 20_000, SETTINGS)).toBe(HALF_OPEN);
    },
  );

  it('doubles its time with every failed probe, up to five minutes', () => {
    const times: number[] = [];
    let state: BreakerState = OPEN;
    let nowMs = 15_000;
    for (let probe = 0; probe < 7; probe += 1) {
      const admission = admit(state, 'read', nowMs);
      if (!admission.admitted) throw new TypeError('expected a probe');
      state = settle(admission.state, admission.isProbe, 'failed', nowMs, SETTINGS);
      if (state.state !== 'open') throw new TypeError('expected an open circuit');
      times.push(state.openMs);
      nowMs = state.untilMs;
    }
    expect(times).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
  });

  it('starts from the first time again after it was closed', () => {
    const closed = settle({ state: 'half-open', openMs: 300_000 }, true, 'alive', 0, SETTINGS);
    expect(after(times(10, 'failed'), { from: closed })).toMatchObject({ openMs: 15_000 });
  });
});

describe('what a call says of it', () => {
  it.each([
    ['up', 'alive', 'alive'],
    ['down', 'failed', 'abandoned'],
    ['operation', 'alive', 'failed'],
    ['self', 'abandoned', 'abandoned'],
    ['none', 'abandoned', 'abandoned'],
  ] as const)('%s: the broker is %s, the operation is %s', (evidence, broker, operation) => {
    expect(brokerEnding(evidence)).toBe(broker);
    expect(operationEnding(evidence)).toBe(operation);
  });

  it('is nothing for our own refusals and for what is our own fault', () => {
    const own = [
      'breaker-open',
      'bulkhead-full',
      'maintenance-window',
      'missing-field',
      'deadline-exceeded',
      'throttled',
      'internal',
      'tls-untrusted',
      'dns-not-found',
      'http-denied',
    ] as const;
    for (const fault of own) expect(brokerEnding(faultRow(fault).evidence)).toBe('abandoned');
  });

  it("is life for the broker's own errors", () => {
    expect(brokerEnding(faultRow('broker-error').evidence)).toBe('alive');
    expect(brokerEnding(faultRow('item-failed').evidence)).toBe('alive');
  });

  it('opens only one of the two circuits', () => {
    for (const fault of FAULT_NAMES) {
      const { evidence } = faultRow(fault);
      expect([brokerEnding(evidence), operationEnding(evidence)]).not.toEqual(['failed', 'failed']);
    }
  });
});

interface Model {
  state: BreakerState;
  nowMs: number;
  /** Calls under way; the one probe among them, if any. */
  underWay: boolean[];
}

const STEP = fc.oneof(
  fc.record({ do: fc.constant('enter' as const), kind: fc.constantFrom('read' as const, 'write' as const) }),
  fc.record({
    do: fc.constant('end' as const),
    which: fc.nat(),
    ending: fc.constantFrom<Ending>('alive', 'failed', 'failed', 'abandoned'),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.oneof(fc.nat(100), fc.nat(100_000)) }),
);

function enter(model: Model, kind: 'read' | 'write'): void {
  const admission = admit(model.state, kind, model.nowMs);
  if (!admission.admitted) {
    expect(model.state.state).not.toBe('closed');
    expect(admission.retryAfterMs).toBeGreaterThan(0);
    return;
  }
  if (model.state.state === 'open') expect([kind, model.state.untilMs <= model.nowMs]).toEqual(['read', true]);
  model.state = admission.state;
  model.underWay.push(admission.isProbe);
}

function end(model: Model, which: number, ending: Ending): void {
  if (model.underWay.length === 0) return;
  const [isProbe = false] = model.underWay.splice(which % model.underWay.length, 1);
  const before = model.state;
  model.state = settle(before, isProbe, ending, model.nowMs, SETTINGS);
  if (before.state !== 'closed' && !isProbe) expect(model.state).toBe(before);
  if (before.state === 'closed' && model.state.state === 'open') expect(ending).toBe('failed');
  if (isProbe) expect(model.state.state).toBe(ending === 'alive' ? 'closed' : 'open');
}

describe('any run of calls', () => {
  it('has at most one probe out, never refuses while closed, and never stays open for good', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 150 }), (steps) => {
        const model: Model = { state: CLOSED, nowMs: 0, underWay: [] };
        for (const step of steps) {
          if (step.do === 'wait') model.nowMs += step.ms;
          else if (step.do === 'enter') enter(model, step.kind);
          else end(model, step.which, step.ending);
          const probes = model.underWay.filter(Boolean).length;
          expect(probes).toBe(model.state.state === 'half-open' ? 1 : 0);
          if (model.state.state === 'open') expect(model.state.openMs).toBeLessThanOrEqual(300_000);
        }
        if (model.state.state === 'open') expect(admit(model.state, 'read', model.nowMs + 300_000).admitted).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
