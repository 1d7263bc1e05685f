import type { BrokerHealth, CircuitHealth, ConnectorHealth } from '../model/health.ts';
import { isoOf } from './series.ts';
import type { HealthWindow } from './window.ts';

/** What calls alone do not tell of a broker: its circuits, and what it has announced. */
export interface Guarded {
  readonly profile: { readonly alias: string };
  /** The circuit of the whole broker, or of an operation. */
  circuit(operation?: string): CircuitHealth;
  /** Milliseconds until announced maintenance ends; `undefined` when none is on. */
  maintenanceLeftMs(): number | undefined;
}

/** One broker at `nowMs`, in milliseconds since 1970. */
export function brokerHealth(window: HealthWindow, broker: Guarded, nowMs: number): BrokerHealth {
  const { alias } = broker.profile;
  const leftMs = broker.maintenanceLeftMs();
  if (leftMs !== undefined) window.announced(alias, nowMs);
  const { operations, ...health } = window.broker(alias, nowMs);
  const guarded = Object.entries(operations).map(
    ([name, operation]) => [name, { ...operation, breaker: broker.circuit(name) }] as const,
  );
  return {
    ...health,
    breaker: broker.circuit(),
    ...(leftMs !== undefined && { maintenanceUntil: isoOf(nowMs + leftMs) }),
    operations: Object.fromEntries(guarded),
  };
}

/** All of `brokers` at `nowMs`, and what their faults have in common. */
export function connectorHealth(window: HealthWindow, brokers: readonly Guarded[], nowMs: number): ConnectorHealth {
  const suspicion = window.suspicion(nowMs);
  const each = brokers.map((broker) => [broker.profile.alias, brokerHealth(window, broker, nowMs)] as const);
  return { at: isoOf(nowMs), ...(suspicion !== undefined && { suspicion }), brokers: Object.fromEntries(each) };
}
