import type { Fixture } from '../fixture/format.ts';
import type { JsonObject } from '../model/json.ts';
import { SimulatorError } from './error.ts';
import { cannotPlay, needsDoor } from './faults.ts';
import { messageOf } from './message.ts';
import { labelOf } from '../fixture/label.ts';
import type { HttpRequest } from './requests.ts';

/** Path of the control endpoint. */
export const CONTROL = '/__simulator';

/** What the control endpoint does and tells. */
export interface Controlled {
  readonly aliases: readonly string[];
  readonly fixtures: readonly Fixture[];
  baseUrl(alias: string): string;
  scenario(alias: string, name: string | undefined): Promise<void>;
  latency(alias: string | undefined, ms: number): void;
  errorShare(alias: string | undefined, share: number): void;
  counts(): object;
  received(): readonly object[];
  reset(): void;
}

/** An answer of the control endpoint. */
export interface Told {
  readonly status: number;
  readonly body: unknown;
}

type Action = (simulator: Controlled, body: JsonObject | undefined) => unknown;

/** A mistake in a body: what was expected, and where. */
class Unexpected extends Error {}

function textAt(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Unexpected(`${key}: expected a text`);
  return value;
}

function numberAt(body: JsonObject, key: string): number {
  const value = body[key];
  if (typeof value !== 'number') throw new Unexpected(`${key}: expected a number`);
  return value;
}

function given(body: JsonObject | undefined): JsonObject {
  if (body === undefined) throw new Unexpected('body: expected a JSON object');
  return body;
}

function described(fixture: Fixture): JsonObject {
  const { broker, operation, note, attempts } = fixture;
  const why = cannotPlay(fixture);
  return {
    broker,
    operation,
    fixture: labelOf(fixture),
    ...(note !== undefined && { note }),
    attempts: attempts.length,
    ownPort: needsDoor(fixture),
    ...(why !== undefined && { cannotPlay: why }),
  };
}

async function scenario(simulator: Controlled, body: JsonObject | undefined): Promise<JsonObject> {
  const asked = given(body);
  const broker = textAt(asked, 'broker');
  if (broker === undefined) throw new Unexpected('broker: expected a text');
  await simulator.scenario(broker, textAt(asked, 'fixture'));
  return { broker, baseUrl: simulator.baseUrl(broker) };
}

const DONE = { done: true };

const ACTIONS: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  fixtures: {
    GET: (simulator) => ({
      brokers: Object.fromEntries(simulator.aliases.map((alias) => [alias, simulator.baseUrl(alias)])),
      fixtures: simulator.fixtures.map(described),
    }),
  },
  counts: { GET: (simulator) => simulator.counts() },
  received: { GET: (simulator) => simulator.received() },
  scenario: { PUT: scenario },
  latency: {
    PUT: (simulator, body) => {
      const asked = given(body);
      simulator.latency(textAt(asked, 'broker'), numberAt(asked, 'ms'));
      return DONE;
    },
  },
  errors: {
    PUT: (simulator, body) => {
      const asked = given(body);
      simulator.errorShare(textAt(asked, 'broker'), numberAt(asked, 'share'));
      return DONE;
    },
  },
  reset: {
    POST: (simulator) => {
      simulator.reset();
      return DONE;
    },
  },
};

/** What is wrong with what was asked; anything else is a fault of ours, of which nothing is shown. */
function refusal(error: unknown): Told {
  const isTheirs = error instanceof Unexpected || error instanceof SimulatorError || error instanceof TypeError;
  return isTheirs ? { status: 400, body: { error: error.message } } : { status: 500, body: { error: 'internal' } };
}

/** Does what a request to the control endpoint asks for. Never rejects. */
export async function control(simulator: Controlled, { method, target, body }: HttpRequest): Promise<Told> {
  const name = target.slice(CONTROL.length + 1).replace(/\?.*$/, '');
  const methods = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (methods === undefined) {
    const paths = Object.keys(ACTIONS).map((each) => `${CONTROL}/${each}`);
    return { status: 404, body: { error: `path: expected one of ${paths.join(', ')}` } };
  }
  const action = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (action === undefined) return { status: 405, body: { error: `method: expected ${Object.keys(methods).join()}` } };
  try {
    return { status: 200, body: await action(simulator, messageOf(body)) };
  } catch (error) {
    return refusal(error);
  }
}
