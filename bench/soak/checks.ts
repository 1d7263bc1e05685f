import type { Check } from './report.ts';
import type { Soaked } from './soak.ts';
import { GRACE_MS } from './timeliness.ts';

/** How much more of the heap may be in use at the end than after the first part. */
const FLAT = 0.05;
/** Calls of the first part below which nothing can be said: the heap still grows by what the engine compiles. */
const WARM_UP = 5_000;

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
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

function timely({ timeliness, loop }: Soaked): Check {
  const { worstMs, worstAbortMs, late, excused } = timeliness;
  const loopLate = excused === 0 ? '' : `; ${excused} more while the event loop itself was as late`;
  const worst = `worst ${ms(worstMs)} past the deadline, ${ms(worstAbortMs)} after an abort`;
  return {
    name: `none past its deadline + ${GRACE_MS} ms`,
    isKept: late.length === 0,
    seen: `${late.length}${loopLate}; ${worst}; event loop late by ${ms(loop.worstMs)} at worst`,
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

function kept({ warmUpCalls, heaps, left, goneAfterMs, afterClose }: Soaked): Check[] {
  const [first = Number.NaN, last = Number.NaN] = [heaps[0], heaps.at(-1)];
  const growth = last / first - 1;
  const isWarm = warmUpCalls >= WARM_UP;
  const all = heaps.map((heap) => (heap / 2 ** 20).toFixed(2)).join(', ');
  return [
    {
      name: `heap flat within ${FLAT * 100} %`,
      isKept: growth <= FLAT || !isWarm,
      seen: `${isWarm ? '' : `not judged after ${warmUpCalls} calls: `}${(growth * 100).toFixed(2)} % from the first fifth to the end (${all} MiB)`,
    },
    {
      name: 'nothing left after close()',
      isKept: left.length === 0,
      seen:
        goneAfterMs === undefined
          ? 'something is'
          : `no socket, timer or listener, ${ms(goneAfterMs)} after calls and close() had ended`,
      against: left,
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
  return [...endings(soaked), timely(soaked), ...written(soaked), ...kept(soaked), ...quiet(soaked)];
}
