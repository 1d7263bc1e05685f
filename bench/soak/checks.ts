import { coverageOf } from './coverage.ts';
import type { Check } from './report.ts';
import type { Soaked } from './soak.ts';
import { GRACE_MS } from './timeliness.ts';

/** How much more of the heap may be in use at the end than after the first part, without what the engine has compiled. */
const FLAT = 0.05;
/** Calls of the first part below which nothing can be said: not all that is kept of calls is there yet. */
const WARM_UP = 5_000;
/** Calls from which every row of the fault table is seen, the rarest included. */
const WHOLE_TABLE = 50_000;

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

/** By how much the last of them is more than the first, and all of them in MiB. */
function courseOf(octets: readonly number[]): { growth: number; seen: string } {
  const [first = Number.NaN, last = Number.NaN] = [octets[0], octets.at(-1)];
  const growth = last / first - 1;
  const all = octets.map((each) => (each / 2 ** 20).toFixed(2)).join(', ');
  return { growth, seen: `${(growth * 100).toFixed(2)} % from the first fifth to the end (${all} MiB)` };
}

function endings({ ledger, allCalls }: Soaked): Check[] {
  return [
    {
      name: 'every outcome classified',
      isKept: ledger.unclassifiedCount === 0,
      seen: `${ledger.unclassifiedCount} of ${ledger.ended} are no standard error of the table`,
      against: ledger.unclassified,
    },
    {
      name: 'every call ended once',
      isKept: ledger.ended === allCalls,
      seen: `${ledger.ended} ends of ${allCalls} calls`,
    },
    {
      name: 'every answer is the one to its call',
      isKept: ledger.foreignCount === 0,
      seen: `${ledger.foreignCount} are another call's`,
      against: ledger.foreign,
    },
  ];
}

function seenOfTable({ ledger, table, allCalls }: Soaked): Check {
  const { rows, seen, missed, outOfReach } = coverageOf(table, ledger.faults);
  const isJudged = allCalls >= WHOLE_TABLE;
  const all = missed.length === 0 ? '' : `; ${isJudged ? '' : 'so few calls need not show '}${missed.join(', ')}`;
  return {
    name: 'every row of the fault table that can be had here',
    isKept: missed.length === 0 || !isJudged,
    seen: `${seen} of ${rows} (${((seen * 100) / rows).toFixed(0)} %)${all}`,
    against: outOfReach,
  };
}

function worstOf({ onTheClockMs, ofOwnTimeMs }: Soaked['timeliness']['worst']): string {
  return `${ms(ofOwnTimeMs)} (${ms(onTheClockMs)} on the clock)`;
}

function timely({ timeliness, loop }: Soaked): Check {
  const { worst, worstAfterAbort, late, lateCount, excused } = timeliness;
  const others = `others had the processors for ${(loop.waitedShare * 100).toFixed(0)} % of the time, the soak for ${(loop.busyShare * 100).toFixed(0)} %`;
  const beyond = excused === 0 ? '' : `; ${excused} more only for what others took`;
  return {
    name: `none past its deadline + ${GRACE_MS} ms`,
    isKept: lateCount === 0,
    seen:
      `${lateCount}${beyond}; worst ${worstOf(worst)} past the deadline, ${worstOf(worstAfterAbort)} after an abort; ` +
      `${others}; event loop late by ${ms(loop.worstMs)} at worst`,
    against: late,
  };
}

function written({ books }: Soaked): Check[] {
  const { carriedOut, turnedAway, twice, untrue } = books;
  return [
    {
      name: 'no write sent twice',
      isKept: twice.length === 0,
      seen: `${twice.length} of ${carriedOut} writes that reached a handler; ${turnedAway} turned away with 429`,
      against: twice,
    },
    {
      name: 'no caller misled about a write',
      isKept: untrue.length === 0,
      seen: `${untrue.length} not-executed that were carried out, or answered that were not`,
      against: untrue,
    },
  ];
}

function kept({ ledger, warmUpCalls, heaps, gone, isCloseEnded, afterClose }: Soaked): Check[] {
  const left = gone.flatMap((each) => each.left);
  const isWarm = warmUpCalls >= WARM_UP;
  const whole = courseOf(heaps.map(({ used }) => used));
  const own = courseOf(heaps.map(({ used, compiled }) => used - compiled));
  return [
    {
      name: `heap flat within ${FLAT * 100} %`,
      isKept: own.growth <= FLAT || !isWarm,
      seen: `${isWarm ? '' : `not judged after ${warmUpCalls} calls: `}${own.seen}; with what the engine has compiled ${whole.seen}`,
    },
    {
      name: 'nothing left when calls are over, nor after close()',
      isKept: left.length === 0,
      seen: `${left.length === 0 ? 'no socket, timer or listener' : 'something is'}, in ${gone.length} looks`,
      against: left,
    },
    {
      name: "nothing listens to a caller's signal behind its call",
      isKept: ledger.listening.length === 0,
      seen: `${ledger.listening.length} do`,
      against: ledger.listening,
    },
    {
      name: 'close() under way ends',
      isKept: isCloseEnded,
      seen: isCloseEnded ? 'with all calls that were under way' : 'not at all',
    },
    {
      name: 'a closed connector says so',
      isKept: afterClose instanceof TypeError,
      seen: String(afterClose),
    },
  ];
}

function quiet({ troubles: { rejections, warnings } }: Soaked): Check[] {
  return [
    {
      name: 'no unhandled rejection or exception',
      isKept: rejections.length === 0,
      seen: `${rejections.length} kinds`,
      against: rejections,
    },
    {
      name: 'no warning of the runtime',
      isKept: warnings.length === 0,
      seen: `${warnings.length} kinds`,
      against: warnings,
    },
  ];
}

/** All that must hold of a soak. */
export function checksOf(soaked: Soaked): Check[] {
  return [
    ...endings(soaked),
    seenOfTable(soaked),
    timely(soaked),
    ...written(soaked),
    ...kept(soaked),
    ...quiet(soaked),
  ];
}
