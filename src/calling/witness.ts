import type { BrokerProfile } from '../model/broker.ts';
import type { JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { Settled } from '../model/reply.ts';
import type { Outcome, WireRequest } from '../model/wire.ts';

/**
 * Under this key a connector keeps the witnesses of its own calls, and `globalThis` those of every call in the process:
 * recording and replay reach every copy of the package by it.
 */
export const WITNESSES = Symbol.for('op-exco-connector.witnesses');

/** A call as a witness sees it: with everything in it, personal data included. Never for logs. */
export interface WitnessedCall {
  readonly broker: BrokerProfile;
  readonly operation: Operation;
  readonly message: JsonObject;
  readonly requestId: string;
}

/** An attempt that is about to be sent. */
export interface WitnessedSending {
  readonly call: WitnessedCall;
  readonly request: WireRequest;
  /** First is 1. */
  readonly attempt: number;
}

/** A call that is over, and what each of its attempts came to. */
export interface WitnessedEnd {
  readonly call: WitnessedCall;
  readonly outcomes: readonly Outcome[];
  readonly settled: Settled;
}

/** Sees calls from within, for tests and recordings. */
export interface Witness {
  /** Told before every attempt. What it throws is what the call rejects with, and nothing is sent. */
  readonly sending?: (sending: WitnessedSending) => void;
  /** Told of every call that had reached its broker's gate, when it is over; not of one that its caller gave up. */
  readonly settled?: (end: WitnessedEnd) => void;
}

/** Nobody else writes under the key. */
function isWitnesses(kept: unknown): kept is Set<Witness> {
  return kept instanceof Set;
}

/** The witnesses kept by `owner`: a connector, or `globalThis`. */
export function witnessesOf(owner: object): Set<Witness> {
  const kept: unknown = Reflect.get(owner, WITNESSES);
  if (isWitnesses(kept)) return kept;
  const witnesses = new Set<Witness>();
  Object.defineProperty(owner, WITNESSES, { value: witnesses });
  return witnesses;
}

/** Everybody who sees the calls of a connector with `own` witnesses. */
export function allWitnesses(own: ReadonlySet<Witness>): readonly Witness[] {
  const kept: unknown = Reflect.get(globalThis, WITNESSES);
  return kept instanceof Set && kept.size > 0 ? [...own, ...witnessesOf(globalThis)] : [...own];
}
