import { systemClock, type Clock } from '../../src/runtime/clock.ts';

/** A clock that stands still until the test moves it. */
export function manualClock() {
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  let nowMs = 0;
  const clock: Clock = {
    ...systemClock,
    nowMs: () => nowMs,
    after: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return { cancel: () => timers.delete(timer), restart: () => undefined };
    },
  };
  /** Fires what is due until then, in order. */
  const advance = (byMs: number) => {
    const untilMs = nowMs + byMs;
    for (;;) {
      const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs);
      if (next === undefined) break;
      timers.delete(next);
      nowMs = next.atMs;
      next.run();
    }
    nowMs = untilMs;
  };
  return { clock, advance, pending: () => timers.size };
}
