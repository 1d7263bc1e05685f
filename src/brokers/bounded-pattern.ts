/** Longest pattern. */
const LONGEST = 100;

/** Most ways in which a pattern may be tried at one place of a text; with that, a search stays linear in the text. */
const MOST_WAYS = 64;

/** One step of a pattern: a class, an escape, a group's beginning or end, a repeat, an alternative, or a plain character. */
const STEP =
  /\[\^?(?:\\.|[^\]\\])+\]|\\[bBdDwWsS]|\\[^\w\s]|\(\?:|\(|\)|\{\d{1,3}(?:,\d{0,3})?\}|[|*+?{}.^$]|[^\\[\]]/gy;

const COUNTED = /^\{(\d+)(?:,(\d*))?\}$/;

/** Why a pattern may not be used, in words; `undefined` where it may. */
type Objection = string | undefined;

const NO_PATTERN = 'expected a regular expression of classes, groups, alternatives and repeats with an end';
const ENDLESS = 'expected repeats with an end such as {1,8}: no *, no + and no {1,}';
const TOO_MANY_WAYS = `expected a pattern with at most ${String(MOST_WAYS)} ways to match at one place`;

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}

function stepsOf(pattern: string): string[] | undefined {
  const steps = pattern.match(STEP) ?? [];
  return steps.join('') === pattern ? steps : undefined;
}

/** How many ways a repeat adds; `undefined` for one without an end. */
function waysOf(step: string): number | undefined {
  if (step === '?') return 2;
  const [, least = '', most = least] = COUNTED.exec(step) ?? [];
  return least === '' || most === '' ? undefined : Number(most) - Number(least) + 1;
}

function isRepeat(step: string): boolean {
  return /^[*+?{]/.test(step);
}

/**
 * What is wrong with a pattern that will run over text from outside: it has to be a regular expression whose every repeat
 * ends and whose groups are not repeated, so that no text can keep it busy. Pure.
 */
export function objectionTo(pattern: string, groups?: number): Objection {
  if (pattern === '' || pattern.length > LONGEST) return `expected a pattern of at most ${String(LONGEST)} characters`;
  const steps = compiles(pattern) ? stepsOf(pattern) : undefined;
  if (steps === undefined || /\(\?[^:]/.test(pattern)) return NO_PATTERN;
  if (groups !== undefined && steps.filter((step) => step === '(').length !== groups)
    return `expected a pattern with ${String(groups)} group around the code`;
  let ways = 1;
  for (const [index, step] of steps.entries()) {
    if (step === '|') ways *= 2;
    if (!isRepeat(step)) continue;
    const own = waysOf(step);
    if (own === undefined) return ENDLESS;
    if (steps[index - 1] === ')' && step !== '?') return 'expected no repeat of a group';
    ways *= own;
  }
  return ways > MOST_WAYS ? TOO_MANY_WAYS : undefined;
}
