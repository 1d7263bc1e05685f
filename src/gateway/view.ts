import type { Fault } from '../catalog/faults.ts';
import { isTroubled } from '../health/judgement.ts';
import { partOf, type Part } from '../health/part.ts';
import type { BrokerHealth, ConnectorHealth } from '../model/health.ts';

/** Calls of one minute, by what they say. */
export interface Minute {
  /** Answered, a broker's own business error included. */
  readonly good: number;
  /** Failed on the broker's side or on the way there. */
  readonly bad: number;
  /** Failed on our side. */
  readonly ours: number;
}

/** One broker as it is shown: its health, and what is only for people. Nothing in it is personal. */
export interface BrokerView extends BrokerHealth {
  /** Name for people. */
  readonly name?: string;
  /** The last hour, oldest first, one entry a minute. */
  readonly strip: readonly Minute[];
}

/** All brokers at one moment, by alias. */
export interface HealthView extends ConnectorHealth {
  readonly brokers: Readonly<Record<string, BrokerView>>;
}

/** Where the gateway's page and paths get the brokers' health from. */
export interface HealthSource {
  view(): HealthView;
  /** One broker by any of its names; `undefined` for none of that name. */
  of(name: string): BrokerView | undefined;
}

const COLUMNS: Readonly<Record<Part, keyof Minute | undefined>> = {
  success: 'good',
  business: 'good',
  broker: 'bad',
  path: 'bad',
  platform: 'ours',
  refused: undefined,
  nothing: undefined,
};

/** What the end of a call counts as in its minute; `undefined` for one that says nothing of the connection. */
export function columnOf(part: Part): keyof Minute | undefined {
  return COLUMNS[part];
}

/**
 * The fault that a troubled broker is shown with: the most frequent failure of the window, since the blame is that of
 * most; else the announced maintenance, or the last failure.
 */
export function standingFault({ state, faults, maintenanceUntil, lastBad }: BrokerHealth): Fault | undefined {
  if (!isTroubled(state)) return undefined;
  if (maintenanceUntil !== undefined) return 'maintenance-window';
  return faults.find(({ fault }) => partOf(fault) !== 'refused')?.fault ?? lastBad?.fault ?? faults[0]?.fault;
}
