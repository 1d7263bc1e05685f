import type { Fault } from '../catalog/faults.ts';
import type { CallRecord, StateRecord } from '../model/record.ts';
import type { Clock } from '../runtime/clock.ts';
import { MinuteStrip } from './minute-strip.ts';
import type { BrokerState, BrokerView, HealthSource, HealthView, Suspicion } from './view.ts';

/** How long a call counts for the state, in milliseconds. */
const WINDOW_MS = 60_000;
/** Calls kept for it; of a busy broker the last ones say enough. */
const MOST_CALLS = 1_000;
/** Shares of bad calls from which a broker is down, and from which it is not quite well. */
const DOWN_SHARE = 0.5;
const DEGRADED_SHARE = 0.1;
/** Brokers that must show one fault of ours before it is called ours. */
const SUSPICIOUS_BROKERS = 2;

interface Seen {
  readonly atMs: number;
  readonly isBad: boolean;
}

interface Broker {
  readonly name: string | undefined;
  readonly strip: MinuteStrip;
  seen: Seen[];
  state: BrokerState;
  sinceMs: number;
  last?: CallRecord;
  lastGoodAt?: string;
  lastBadAt?: string;
  ownFault?: { readonly fault: Fault; readonly atMs: number };
  circuit: BrokerView['circuit'];
  probeAtMs?: number;
}

function isMaintenance(record: CallRecord | undefined): boolean {
  return record?.fault === 'maintenance-window' || record?.fault === 'maintenance-page';
}

function stateOf(broker: Broker): BrokerState {
  if (isMaintenance(broker.last)) return 'maintenance';
  if (broker.circuit === 'open') return 'down';
  if (broker.seen.length === 0) return broker.circuit === 'half-open' ? 'down' : 'unknown';
  const share = broker.seen.filter(({ isBad }) => isBad).length / broker.seen.length;
  if (share >= DOWN_SHARE) return 'down';
  return share >= DEGRADED_SHARE ? 'degraded' : 'up';
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** What a connector's records say of its brokers, kept for an hour. Bounded: so many brokers, so many entries each. */
export class Watch implements HealthSource {
  readonly #clock: Clock;
  #brokers = new Map<string, Broker>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The brokers there are; what is known of those that stay is kept. */
  follow(brokers: readonly { readonly alias: string; readonly name?: string }[]): void {
    const nowMs = this.#clock.wallMs();
    this.#brokers = new Map(
      brokers.map(({ alias, name }) => {
        const fresh: Broker = this.#brokers.get(alias) ?? {
          name,
          strip: new MinuteStrip(),
          seen: [],
          state: 'unknown',
          sinceMs: nowMs,
          circuit: 'closed',
        };
        // A new configuration begins with closed circuits.
        fresh.circuit = 'closed';
        delete fresh.probeAtMs;
        return [alias, fresh];
      }),
    );
  }

  saw(record: CallRecord): void {
    const broker = this.#brokers.get(record.broker);
    if (broker === undefined || record.result === 'aborted') return;
    const nowMs = this.#clock.wallMs();
    const { evidence = 'up', fault } = record;
    if (evidence === 'self') {
      if (fault !== undefined) broker.ownFault = { fault, atMs: nowMs };
      broker.strip.add(nowMs, 'ours');
    } else if (evidence === 'none' && !isMaintenance(record)) return;
    else {
      const isBad = evidence === 'down' || evidence === 'operation';
      broker.last = record;
      if (isBad) broker.lastBadAt = record.at;
      else if (evidence === 'up') broker.lastGoodAt = record.at;
      broker.strip.add(nowMs, evidence === 'up' ? 'good' : 'bad');
      broker.seen.push({ atMs: nowMs, isBad });
      if (broker.seen.length > MOST_CALLS) broker.seen.splice(0, broker.seen.length - MOST_CALLS / 2);
    }
    this.#judge(broker, nowMs);
  }

  changed(record: StateRecord): void {
    const broker = this.#brokers.get(record.broker);
    if (broker === undefined || record.operation !== undefined) return;
    const nowMs = this.#clock.wallMs();
    broker.circuit = record.to;
    if (record.to === 'open') broker.probeAtMs = nowMs + (record.retryAfterMs ?? 0);
    else delete broker.probeAtMs;
    this.#judge(broker, nowMs);
  }

  of(alias: string): BrokerView | undefined {
    const broker = this.#brokers.get(alias);
    return broker === undefined ? undefined : this.#viewOf(alias, broker, this.#clock.wallMs());
  }

  view(): HealthView {
    const nowMs = this.#clock.wallMs();
    const brokers = [...this.#brokers].map(([alias, broker]) => this.#viewOf(alias, broker, nowMs));
    const suspicion = this.#suspicion(nowMs);
    return { at: isoOf(nowMs), brokers, ...(suspicion !== undefined && { suspicion }) };
  }

  #judge(broker: Broker, nowMs: number): void {
    if ((broker.seen[0]?.atMs ?? nowMs) <= nowMs - WINDOW_MS) {
      broker.seen = broker.seen.filter(({ atMs }) => atMs > nowMs - WINDOW_MS);
    }
    const state = stateOf(broker);
    if (state === broker.state) return;
    broker.state = state;
    broker.sinceMs = nowMs;
  }

  #viewOf(alias: string, broker: Broker, nowMs: number): BrokerView {
    this.#judge(broker, nowMs);
    const { name, state, sinceMs, last, lastGoodAt, lastBadAt, circuit, probeAtMs, strip } = broker;
    const { fault, blame } = state === 'up' || state === 'unknown' ? {} : (last ?? {});
    return {
      broker: alias,
      ...(name !== undefined && { name }),
      state,
      since: isoOf(sinceMs),
      ...(fault !== undefined && { fault }),
      ...(blame !== undefined && { blame }),
      circuit,
      ...(probeAtMs !== undefined && { nextProbeAt: isoOf(probeAtMs) }),
      ...(lastGoodAt !== undefined && { lastGoodAt }),
      ...(lastBadAt !== undefined && { lastBadAt }),
      strip: strip.minutes(nowMs),
    };
  }

  #suspicion(nowMs: number): Suspicion | undefined {
    const byFault = new Map<Fault, string[]>();
    for (const [alias, { ownFault }] of this.#brokers) {
      if (ownFault === undefined || ownFault.atMs <= nowMs - WINDOW_MS) continue;
      byFault.set(ownFault.fault, [...(byFault.get(ownFault.fault) ?? []), alias]);
    }
    const [worst] = [...byFault].sort(([, a], [, b]) => b.length - a.length);
    if (worst === undefined || worst[1].length < SUSPICIOUS_BROKERS) return undefined;
    return { fault: worst[0], brokers: worst[1] };
  }
}
