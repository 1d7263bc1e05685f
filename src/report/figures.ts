import type { Language } from '../catalog/advice.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Korea's time is nine hours ahead of UTC, all the year round. */
const KST_MS = 9 * HOUR_MS;

/** A moment as Korea's clocks show it: `2026-11-25 09:00:00`. */
export function clockTime(ms: number): string {
  return new Date(ms + KST_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** A moment without the parts that the whole range shares: the day, where all lies within one. */
export function shortTime(ms: number, rangeMs: number): string {
  return rangeMs <= DAY_MS ? clockTime(ms).slice(11) : clockTime(ms).slice(5);
}

/** A moment for the axis of a plot. */
export function axisTime(ms: number, rangeMs: number): string {
  const time = clockTime(ms);
  if (rangeMs <= MINUTE_MS * 10) return time.slice(11);
  if (rangeMs <= DAY_MS) return time.slice(11, 16);
  return rangeMs <= DAY_MS * 3 ? time.slice(5, 16) : time.slice(5, 10);
}

const UNITS = {
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', ms: ' ms' },
  ko: { day: '일', hour: '시간', minute: '분', second: '초', ms: 'ms' },
} as const satisfies Record<Language, Record<string, string>>;

/** A length of time in its two largest units: `2 h 5 min`. */
export function duration(ms: number, lang: Language): string {
  const { day, hour, minute, second, ms: milli } = UNITS[lang];
  if (ms < 1_000) return `${String(Math.round(ms))}${milli}`;
  const all = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(all / 86_400), day],
    [Math.floor(all / 3_600) % 24, hour],
    [Math.floor(all / 60) % 60, minute],
    [all % 60, second],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)}${unit}`)
    .join(' ');
}

/** A whole number with commas between its thousands. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A share in [0, 1] as a percentage; what is not nothing never reads as nothing, nor what is not all as all. */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '< 0.01 %';
  if (share === 1) return '100 %';
  if (share > 0.9999) return '> 99.99 %';
  const digits = share < 0.01 || share > 0.99 ? 2 : 1;
  return `${(share * 100).toFixed(digits)} %`;
}

/** A latency; a dash where there were no answers. */
export function milliseconds(ms: number | undefined): string {
  if (ms === undefined) return '–';
  return ms < 10 ? ms.toFixed(1) : count(ms);
}

/** The next round figure of an axis: 1, 2 or 5 times a power of ten. */
export function roundedUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => value <= factor * power * (1 + 1e-9)) ?? 10;
  return step * power;
}
