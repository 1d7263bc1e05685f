import type { Settled } from '../model/reply.ts';
import type { Outcome, WireRequest } from '../model/wire.ts';
import { allWitnesses, type Witness, type WitnessedCall } from './witness.ts';

/** What the witnesses of one call are told. */
export class Testimony {
  readonly #witnesses: readonly Witness[];
  readonly #call: WitnessedCall;
  readonly #outcomes: Outcome[] = [];

  constructor(witnesses: readonly Witness[], call: WitnessedCall) {
    this.#witnesses = witnesses;
    this.#call = call;
  }

  sending(request: WireRequest, attempt: number): void {
    for (const witness of this.#witnesses) witness.sending?.({ call: this.#call, request, attempt });
  }

  seen(outcome: Outcome): void {
    this.#outcomes.push(outcome);
  }

  settled(settled: Settled): void {
    const end = { call: this.#call, outcomes: this.#outcomes, settled };
    for (const witness of this.#witnesses) witness.settled?.(end);
  }
}

/** The testimony on a call of a connector with `own` witnesses; `undefined` where nobody sees it. */
export function testimonyOf(own: ReadonlySet<Witness>, callOf: () => WitnessedCall): Testimony | undefined {
  const witnesses = allWitnesses(own);
  return witnesses.length === 0 ? undefined : new Testimony(witnesses, callOf());
}
