import type { Words } from '../catalog/advice.ts';

const KOREA_OFFSET_MS = 9 * 3_600_000;
const MINUTE_MS = 60_000;

/** Date and time in Korea with its zone: `2026-11-25 09:02:14 KST`. Korea keeps UTC+9 all year. */
export function inKorea(atMs: number): string {
  return `${new Date(atMs + KOREA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')} KST`;
}

/** Time of day in Korea: `09:02:14`. */
export function clockInKorea(atMs: number): string {
  return new Date(atMs + KOREA_OFFSET_MS).toISOString().slice(11, 19);
}

/** A length of time in the unit a person would take: seconds, minutes, hours. */
export function lengthOf(ms: number): Words {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return { en: `${seconds} s`, ko: `${seconds}초` };
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return { en: `${minutes} min`, ko: `${minutes}분` };
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return { en: `${hours} h${rest === 0 ? '' : ` ${rest} min`}`, ko: `${hours}시간${rest === 0 ? '' : ` ${rest}분`}` };
}
