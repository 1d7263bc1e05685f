import { faultRow, type Blame, type Fault } from '../catalog/faults.ts';
import { isOfMaintenance } from '../health/part.ts';
import type { Outage, OutageVerdict } from './summary.ts';

/** Most outages kept; beyond, the half that cost least goes. */
const MOST_OUTAGES = 1_000;

/** Our own refusals: what follows from an outage, not what caused it. */
const CONSEQUENCES: ReadonlySet<Fault> = new Set<Fault>(['breaker-open', 'bulkhead-full']);

const CREDENTIAL_FAULTS: ReadonlySet<Fault> = new Set<Fault>([
  'credentials-refused',
  'http-denied',
  'tls-client-rejected',
]);

const BLAMED: Readonly<Record<Blame, OutageVerdict>> = {
  broker: 'broker-down',
  path: 'path',
  platform: 'our-side',
  caller: 'our-side',
};

/** Faults of a trouble under way, before it is known whether it becomes an outage. */
export class Trouble {
  readonly #faults = new Map<Fault, number>();
  #common = 0;
  #lost = 0;
  #lastMs: number;

  constructor(sinceMs: number) {
    this.#lastMs = sinceMs;
  }

  get lost(): number {
    return this.#lost;
  }

  /** When the last call of it failed. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** @param isCommon whether the same fault is met at several brokers at once. */
  add(fault: Fault, isCommon: boolean, atMs: number): void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    this.#lost += 1;
    if (isCommon) this.#common += 1;
    this.#lastMs = Math.max(this.#lastMs, atMs);
  }

  /** The fault behind it, and whose it is. */
  judged(): Pick<Outage, 'fault' | 'blame' | 'verdict'> {
    const ranked = [...this.#faults].sort(([, a], [, b]) => b - a);
    const causes = ranked.filter(([fault]) => !CONSEQUENCES.has(fault));
    const [fault, calls] = causes[0] ?? ranked[0] ?? (['breaker-open', 0] as const);
    const { blame, evidence } = faultRow(fault);
    if (calls > 0 && this.#common * 2 >= calls) return { fault, blame: 'platform', verdict: 'our-side' };
    if (isOfMaintenance(fault)) return { fault, blame, verdict: 'maintenance' };
    if (CREDENTIAL_FAULTS.has(fault)) return { fault, blame, verdict: 'our-credentials' };
    return { fault, blame, verdict: evidence === 'operation' ? 'operation-broken' : BLAMED[blame] };
  }
}

/** The outages of all brokers, as many as are worth showing. */
export class OutageLog {
  #outages: Outage[] = [];
  #leftOut = 0;

  add(outage: Outage): void {
    this.#outages.push(outage);
    if (this.#outages.length <= MOST_OUTAGES) return;
    this.#outages.sort((a, b) => b.lost - a.lost);
    this.#leftOut += this.#outages.length - MOST_OUTAGES / 2;
    this.#outages = this.#outages.slice(0, MOST_OUTAGES / 2);
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  /** By their begin. */
  all(): Outage[] {
    return [...this.#outages].sort((a, b) => a.fromMs - b.fromMs || (a.broker < b.broker ? -1 : 1));
  }
}
