import type { Words } from '../catalog/advice.ts';
import { OPERATIONS } from '../model/operations.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { MISTAKES, mistake } from './words.ts';

/** What the names stand for that could have been typed, in the order in which they are listed. */
const LISTS = {
  brokers: { en: 'Configured brokers', ko: '설정된 증권사' },
  recorded: { en: 'Brokers in the records', ko: '기록에 있는 증권사' },
  presets: { en: 'Presets', ko: '프리셋' },
  operations: { en: 'Operations', ko: '업무' },
} as const satisfies Record<string, Words>;

const KINDS = ['brokers', 'recorded', 'presets', 'operations'] as const satisfies (keyof typeof LISTS)[];

/** The names there are, by what they stand for. */
export type KnownNames = { readonly [Kind in keyof typeof LISTS]?: readonly string[] };

/** `Presets: platform, krx.` in both languages. */
function listed(head: Words, names: readonly string[]): Words {
  const [en, ko] = names.length === 0 ? ['none', '없음'] : [names.join(', '), names.join(', ')];
  return { en: `${head.en}: ${en}.`, ko: `${head.ko}: ${ko}.` };
}

/**
 * One line on a name that is not there: what is said of it, the names nearest to it, and all there are.
 *
 * @example
 * unknownName(MISTAKES.noBroker('mien'), 'mien', { brokers: ['mine', 'tr'] }).en;
 * // 'No broker "mien". Did you mean mine? Configured brokers: mine, tr.'
 */
export function unknownName(said: Words, typed: string, known: KnownNames): Words {
  const near = nearest(typed, [...new Set(Object.values(known).flat())]);
  const lists = KINDS.flatMap((kind) => (known[kind] === undefined ? [] : [listed(LISTS[kind], known[kind])]));
  const all = [mistake(said.en, said.ko, near), ...lists];
  return { en: all.map(({ en }) => en).join(' '), ko: all.map(({ ko }) => ko).join(' ') };
}

/** Ends a command that was given a broker that is in none of the lists. */
export function brokerRefusal(typed: string, known: KnownNames): Refusal {
  return new Refusal(EXIT.usage, unknownName(MISTAKES.noBroker(typed), typed, known));
}

/** Ends a command that was given an operation that the standard does not have. */
export function operationRefusal(typed: string): Refusal {
  const operations = Object.keys(OPERATIONS);
  return new Refusal(EXIT.usage, unknownName(MISTAKES.noOperation(typed), typed, { operations }));
}
