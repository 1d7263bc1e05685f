import type { Given } from './arguments.ts';
import { EXIT, Refusal } from './refusal.ts';

/**
 * The value of an option that takes a whole number; `undefined` where it was not given.
 *
 * @throws Refusal naming the option.
 */
export function numberFrom(given: Given, option: string): number | undefined {
  const text = given.text(option);
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Refusal(EXIT.usage, {
    en: `--${option}: expected a whole number.`,
    ko: `--${option}: 0 이상의 정수여야 함.`,
  });
}
