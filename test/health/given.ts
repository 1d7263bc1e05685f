import type { Fault } from '../../src/catalog/faults.ts';
import { HealthWindow } from '../../src/health/window.ts';
import type { CallEnd } from '../../src/model/health.ts';

/** Where the tests' time begins; the start of a slice, and of a turn of the histograms. */
export const START_MS = Date.UTC(2026, 10, 25, 0, 0, 0);

/** The end of a call that went well, or as `changes` say. */
export function endOf(changes: Partial<CallEnd> = {}): CallEnd {
  return {
    broker: 'samsung',
    operation: 'account.balance',
    kind: 'read',
    requestId: 'FAKE-1',
    atMs: START_MS,
    elapsedMs: 20,
    result: changes.fault === undefined ? 'ok' : 'error',
    fault: undefined,
    phase: changes.fault === undefined ? undefined : 'message',
    ...changes,
  };
}

/** Letters that stand for calls in a scene. */
const LETTERS: Readonly<Record<string, Fault | undefined>> = {
  g: undefined,
  b: 'broker-error',
  f: 'http-server-error',
  p: 'maintenance-page',
  u: 'broker-unavailable',
  w: 'maintenance-window',
  o: 'breaker-open',
  n: 'dns-not-found',
};

/** Plays a scene such as `10g 5f 60s g`: calls of `samsung`, one each `stepMs`, or seconds that pass without any. */
export function played(scene: string, stepMs = 100): { window: HealthWindow; nowMs: number } {
  const window = new HealthWindow();
  let nowMs = START_MS;
  for (const word of scene.split(' ')) {
    const count = Number.parseInt(word, 10);
    const letter = word.slice(-1);
    if (letter === 's') nowMs += count * 1_000;
    else {
      for (let call = 0; call < (Number.isNaN(count) ? 1 : count); call += 1) {
        nowMs += stepMs;
        window.record(endOf({ fault: LETTERS[letter], atMs: nowMs }));
      }
    }
  }
  return { window, nowMs };
}
