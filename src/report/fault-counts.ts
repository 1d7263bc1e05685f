import { faultRow, type Fault } from '../catalog/faults.ts';
import type { FaultCount } from './summary.ts';

/** Most pairs of fault and code counted one by one. */
const MOST_FAULTS = 300;

interface Counting {
  readonly fault: Fault;
  readonly code: number | undefined;
  calls: number;
  readonly brokers: Map<string, number>;
  firstMs: number;
  lastMs: number;
}

function isCallers({ fault }: Counting): boolean {
  return faultRow(fault).blame === 'caller';
}

/** Calls that failed, by fault and code. */
export class FaultCounts {
  readonly #counts = new Map<string, Counting>();
  leftOut = 0;

  add(fault: Fault, code: number | undefined, broker: string, atMs: number): void {
    const key = `${fault} ${String(code)}`;
    let counting = this.#counts.get(key);
    if (counting === undefined) {
      if (this.#counts.size >= MOST_FAULTS) {
        this.leftOut += 1;
        return;
      }
      counting = { fault, code, calls: 0, brokers: new Map(), firstMs: atMs, lastMs: atMs };
      this.#counts.set(key, counting);
    }
    counting.calls += 1;
    counting.brokers.set(broker, (counting.brokers.get(broker) ?? 0) + 1);
    counting.firstMs = Math.min(counting.firstMs, atMs);
    counting.lastMs = Math.max(counting.lastMs, atMs);
  }

  /** Most calls first; behind them what is the caller's, as a broker's business errors are. */
  all(): FaultCount[] {
    return [...this.#counts.values()]
      .sort((a, b) => Number(isCallers(a)) - Number(isCallers(b)) || b.calls - a.calls)
      .map(({ fault, code, calls, brokers, firstMs, lastMs }) => ({
        fault,
        ...(code !== undefined && { code }),
        blame: faultRow(fault).blame,
        calls,
        brokers: [...brokers].sort(([, a], [, b]) => b - a),
        firstMs,
        lastMs,
      }));
  }
}
