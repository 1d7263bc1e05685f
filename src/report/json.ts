import { lostOf } from './summarise.ts';
import type { Summary } from './summary.ts';

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The report without its columns of time, for programs; schema 1. Times ISO 8601 in UTC. */
export function jsonOf(summary: Summary) {
  const { fromMs, toMs, columnMs, calls, classes, percentiles, brokers, outages, faults } = summary;
  const { outagesLeftOut, faultsLeftOut, brokersLeftOut, unknownWrites, lost, bad } = summary;
  return {
    schema: 1,
    from: iso(fromMs),
    to: iso(toMs),
    columnMs,
    calls,
    lostCalls: lostOf(classes),
    classes,
    latencyMs: percentiles,
    brokers: brokers.map(
      ({ broker, calls: own, classes: ownClasses, state, sinceMs, states, outages: count, p50, p95, p99 }) => ({
        broker,
        state,
        ...(sinceMs !== undefined && { since: iso(sinceMs) }),
        calls: own,
        lostCalls: lostOf(ownClasses),
        classes: ownClasses,
        states,
        outages: count,
        latencyMs: { p50, p95, p99 },
      }),
    ),
    outages: outages.map(({ fromMs: start, toMs: end, ...outage }) => ({
      ...outage,
      from: iso(start),
      ...(end !== undefined && { to: iso(end) }),
    })),
    faults: faults.map(({ firstMs, lastMs, brokers: named, ...fault }) => ({
      ...fault,
      brokers: Object.fromEntries(named),
      first: iso(firstMs),
      last: iso(lastMs),
    })),
    unknownWrites: {
      count: unknownWrites.count,
      listed: unknownWrites.listed.map(({ atMs, ...write }) => ({ at: iso(atMs), ...write })),
    },
    leftOut: { outages: outagesLeftOut, faultCalls: faultsLeftOut, brokerCalls: brokersLeftOut },
    recordsLost: lost,
    badLines: bad,
  };
}
