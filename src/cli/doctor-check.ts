import type { Language, Words } from '../catalog/advice.ts';
import { emphasisOf, columns } from './table.ts';
import type { Io } from './io.ts';
import { EXIT } from './refusal.ts';
import { CHECK_WORDS, DOCTOR_WORDS } from './doctor-words.ts';

export type CheckName = keyof typeof CHECK_WORDS;

/** One thing that was looked at. */
export interface Check {
  readonly check: CheckName;
  /** Alias; absent where it is about this machine. */
  readonly broker?: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: Words;
  /** What to type or do. */
  readonly next?: Words;
}

/** A text that is the same in every language, such as a path or a command. */
export function plain(text: string): Words {
  return { en: text, ko: text };
}

/** Checks as lines of a table, each with what to do next. */
export function checkLines(checks: readonly Check[], io: Io): string[] {
  const { lang } = io;
  const emphasis = emphasisOf(io);
  const rows = checks.map(({ check, broker = '', state, found, next }) => {
    const todo = next === undefined ? '' : ` ${DOCTOR_WORDS.next[lang]}: ${next[lang]}`;
    return [state, broker, CHECK_WORDS[check][lang], `${found[lang]}${todo}`];
  });
  return columns(rows).map((line, index) => (checks[index]?.state === 'fail' ? emphasis(line) : line));
}

/** A check as `--json` prints it, in one language. */
export function checkRecord({ check, broker, state, found, next }: Check, lang: Language) {
  return { check, broker: broker ?? null, state, found: found[lang], next: next?.[lang] ?? null };
}

/** What `doctor` exits with: a mistake in the configuration goes before anything else that failed. */
export function exitOfChecks(checks: readonly Check[]): number {
  const failed = checks.filter(({ state }) => state === 'fail');
  if (failed.some(({ check }) => check === 'config')) return EXIT.config;
  return failed.length > 0 ? EXIT.error : EXIT.ok;
}
