import type { FanOutCall } from '../calling/switchboard.ts';
import type { FanOutArrival } from '../calling/fan-out.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { CallSignal } from '../model/signal.ts';
import type { Exchange } from './exchange.ts';
import { deadlineOf, type Force } from './force.ts';
import { without } from './outgoing.ts';
import { refuse } from './refusal.ts';

/** One call of the list, its shape checked; names are the connector's to judge. */
interface Item {
  readonly broker: string;
  readonly operation: string;
  readonly message: JsonObject;
}

const FIELDS: ReadonlySet<string> = new Set(['broker', 'operation', 'message']);

function itemOf(value: unknown, index: number): Item {
  const place = `calls[${String(index)}]`;
  if (!isJsonObject(value)) throw refuse(400, `${place}: expected an object`);
  if (Object.keys(value).some((key) => !FIELDS.has(key)))
    throw refuse(400, `${place}: expected broker, operation and message, and nothing else`);
  const { broker, operation, message } = value;
  if (typeof broker !== 'string') throw refuse(400, `${place}: broker: expected a name`);
  if (typeof operation !== 'string') throw refuse(400, `${place}: operation: expected a name`);
  if (!isJsonObject(message)) throw refuse(400, `${place}: message: expected an object`);
  return { broker, operation, message };
}

/**
 * The calls in the body of a fan-out.
 *
 * @throws GatewayRefusal 400 naming the place that is wrong, before any of them is made.
 */
export function itemsOf(body: JsonObject, most: number): readonly Item[] {
  const { calls, ...others } = body;
  if (Object.keys(others).length > 0) throw refuse(400, 'expected calls, and nothing else');
  if (!Array.isArray(calls) || calls.length === 0) throw refuse(400, 'calls: expected a list with a call in it');
  if (calls.length > most) throw refuse(400, `calls: expected at most ${String(most)}`);
  return calls.map(itemOf);
}

/** What a fan-out is made with. */
export interface FanOutAsked {
  readonly items: readonly Item[];
  readonly operations: readonly Operation[];
  readonly leftMs: number | undefined;
  readonly signal: CallSignal;
}

function callOf(
  { broker, operation, message }: Item,
  index: number,
  { operations, leftMs, signal }: FanOutAsked,
  force: Force,
  { requestId }: Exchange,
): FanOutCall {
  const known = operations.find(({ name }) => name === operation);
  const deadlineMs = known === undefined ? leftMs : deadlineOf(force, broker, known, leftMs);
  const options = { requestId: `${requestId}.${String(index)}`, deadlineMs, signal };
  return { broker, operation: known ?? operation, message, options };
}

/**
 * Makes the calls side by side and gives the text of the answer: answers as they are handed on and standard errors, each
 * in the order given. `arrived` hears of each as it ends.
 *
 * @throws the reason of `signal`; TypeError for a message that cannot be sent.
 */
export async function answerToAll(
  asked: FanOutAsked,
  force: Force,
  exchange: Exchange,
  arrived: (arrival: FanOutArrival) => void,
): Promise<string> {
  const fanOut = force.connector.fanOut(asked.items.map((item, index) => callOf(item, index, asked, force, exchange)));
  for await (const arrival of fanOut) arrived(arrival);
  const { succeeded, failed } = fanOut.toJSON();
  return JSON.stringify({
    succeeded: succeeded.map(({ data, ...place }) => ({ ...place, data: without(force.withheld, data) })),
    failed,
  });
}
