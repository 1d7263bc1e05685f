import type { HealthState } from '../model/health.ts';
import { latencyAt } from './latency.ts';
import type { BrokerSummary, ClassCounts, Percentiles, Summary } from './summary.ts';
import {
  addCell,
  BROKER_STATES,
  emptyCell,
  LOST_CLASSES,
  type CallClass,
  CALL_CLASSES,
  type Cell,
  type Timeline,
} from './timeline.ts';

type Rest = Omit<
  Summary,
  'fromMs' | 'toMs' | 'columnMs' | 'columnsFromMs' | 'calls' | 'classes' | 'percentiles' | 'cells' | 'brokers'
>;

/** What is known of a broker besides its columns. */
type BrokerEnd = Pick<BrokerSummary, 'broker' | 'state' | 'sinceMs' | 'outages'>;

function countOf({ calls }: Cell, name: CallClass): number {
  return calls[CALL_CLASSES.indexOf(name)] ?? 0;
}

/** Calls of a cell by class. */
export function classesOf(cell: Cell): ClassCounts {
  return {
    ok: countOf(cell, 'ok'),
    caller: countOf(cell, 'caller'),
    broker: countOf(cell, 'broker'),
    path: countOf(cell, 'path'),
    platform: countOf(cell, 'platform'),
    aborted: countOf(cell, 'aborted'),
  };
}

/** All calls of a cell. */
export function callsOf({ calls }: Cell): number {
  return calls.reduce((sum, count) => sum + count, 0);
}

/** Calls that a fault cost. */
export function lostOf(classes: ClassCounts): number {
  return LOST_CLASSES.reduce((sum, name) => sum + classes[name], 0);
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 10) / 10;
}

export function percentilesOf({ latency }: Cell): Percentiles {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => rounded(latencyAt(latency, share)));
  return p50 === undefined || p95 === undefined || p99 === undefined ? {} : { p50, p95, p99 };
}

/** All of the cells in one. */
export function sumOf(cells: Iterable<Cell | undefined>): Cell {
  const sum = emptyCell();
  for (const cell of cells) if (cell !== undefined) addCell(sum, cell);
  return sum;
}

function stateShares({ stateMs }: Cell): Record<HealthState, number> {
  const all = stateMs.reduce((sum, ms) => sum + ms, 0);
  const share = (state: HealthState) => (all === 0 ? 0 : (stateMs[BROKER_STATES.indexOf(state)] ?? 0) / all);
  const known = {
    up: share('up'),
    degraded: share('degraded'),
    maintenance: share('maintenance'),
    down: share('down'),
  };
  return { ...known, unknown: all === 0 ? 1 : share('unknown') };
}

/** The most troubled first: by time not served, then by calls lost, then by name. */
function byTrouble(a: BrokerSummary, b: BrokerSummary): number {
  return (
    b.states.down - a.states.down ||
    lostOf(b.classes) - lostOf(a.classes) ||
    b.states.maintenance - a.states.maintenance ||
    (a.broker < b.broker ? -1 : 1)
  );
}

/** What the columns of time and the rest come to. */
export function summaryOf(timeline: Timeline, brokers: readonly BrokerEnd[], rest: Rest): Summary {
  const { fromMs, toMs, widthMs } = timeline;
  const first = Math.floor(fromMs / widthMs);
  const columns = Array.from({ length: Math.floor(toMs / widthMs) - first + 1 }, (_, index) => first + index);
  const summaries = brokers.map((end): BrokerSummary => {
    const found = timeline.cellsOf(end.broker);
    const cells = columns.map((column) => found.get(column));
    const sum = sumOf(cells);
    const figures = { calls: callsOf(sum), classes: classesOf(sum), ...percentilesOf(sum) };
    return { ...end, ...figures, states: stateShares(sum), cells };
  });
  const cells = columns.map((_, index) => sumOf(summaries.map((summary) => summary.cells[index])));
  const sum = sumOf(cells);
  return {
    fromMs,
    toMs,
    columnMs: widthMs,
    columnsFromMs: first * widthMs,
    calls: callsOf(sum),
    classes: classesOf(sum),
    percentiles: percentilesOf(sum),
    cells,
    brokers: summaries.sort(byTrouble),
    ...rest,
  };
}
