import { virtualAccountsOf } from '../flow/fields.ts';
import { fieldOf, textOf, type JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { CallSignal } from '../model/signal.ts';
import type { Exchange } from './exchange.ts';
import { deadlineOf, type Force } from './force.ts';
import { octetsWithout } from './outgoing.ts';
import { GatewayRefusal } from './refusal.ts';

/** A call as it came in. */
export interface Asked {
  readonly alias: string;
  /** Operations of the path; more than one where the message's items tell which. */
  readonly operations: readonly [Operation, ...Operation[]];
  readonly message: JsonObject;
  /** What is left of the caller's time, in milliseconds. */
  readonly leftMs: number | undefined;
  readonly signal: CallSignal;
}

/** The operation that the items of a message ask for. One that names none is refused by what the first of them needs. */
function operationOf({ operations, message }: Asked): Operation {
  const [first, ...others] = operations;
  if (others.length === 0) return first;
  const items = virtualAccountsOf(message) ?? [];
  const named = items.map((item) => textOf(fieldOf(item, 'trCode')));
  return operations.find(({ itemTrCode }) => itemTrCode !== undefined && named[0] === itemTrCode) ?? first;
}

function note(exchange: Exchange, force: Force, alias: string, operation: Operation): void {
  const broker = force.registry.find(alias)?.alias;
  if (broker !== undefined) exchange.broker = broker;
  exchange.operation = operation.name;
}

/**
 * Makes the call and gives the broker's message as it is handed on, in octets.
 *
 * @throws GatewayRefusal with the standard's error; the reason of `signal`; TypeError for a message that cannot be sent.
 */
export async function answerTo(asked: Asked, force: Force, exchange: Exchange): Promise<Buffer> {
  const { alias, message, signal, leftMs } = asked;
  const operation = operationOf(asked);
  note(exchange, force, alias, operation);
  const settled = await force.connector.settle(alias, operation, message, {
    requestId: exchange.requestId,
    deadlineMs: deadlineOf(force, alias, operation, leftMs),
    signal,
  });
  exchange.attempts = settled.ok ? settled.reply.meta.attempts : settled.error.attempts;
  if (!settled.ok) throw new GatewayRefusal(settled.error);
  return octetsWithout(force.withheld, settled.reply, force.ownOctets);
}
