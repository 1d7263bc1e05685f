import type { MaintenanceWindow } from '../model/broker.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Korea keeps UTC+9 all year, so a time of day there is plain arithmetic. */
const KOREA_OFFSET_MS = 9 * 60 * MINUTE_MS;

/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

function dailyEndMs(window: Extract<MaintenanceWindow, { kind: 'daily' }>, nowMs: number): number | undefined {
  const localMs = nowMs + KOREA_OFFSET_MS;
  const today = Math.floor(localMs / DAY_MS);
  const lengthMinutes = (window.toMinute - window.fromMinute + 24 * 60) % (24 * 60) || 24 * 60;
  // A window over midnight belongs to the day it starts, so yesterday's may still be on.
  for (const day of [today, today - 1]) {
    const startMs = day * DAY_MS + window.fromMinute * MINUTE_MS;
    const endMs = startMs + lengthMinutes * MINUTE_MS;
    const isDay = window.days.includes((day + FIRST_WEEKDAY) % 7);
    if (isDay && localMs >= startMs && localMs < endMs) return endMs - KOREA_OFFSET_MS;
  }
  return undefined;
}

/** Milliseconds until the maintenance that is on at `nowMs` (since 1970) ends; `undefined` when none is on. */
export function maintenanceLeftMs(windows: readonly MaintenanceWindow[], nowMs: number): number | undefined {
  if (windows.length === 0) return undefined;
  const ends = windows.map((window) => {
    if (window.kind === 'daily') return dailyEndMs(window, nowMs);
    return nowMs >= window.fromMs && nowMs < window.toMs ? window.toMs : undefined;
  });
  const latest = Math.max(...ends.filter((end) => end !== undefined));
  return Number.isFinite(latest) ? latest - nowMs : undefined;
}
