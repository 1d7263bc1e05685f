import { withLiveEchoes } from '../fixture/live.ts';
import type { Fixture } from '../fixture/format.ts';
import { nearestOf, type Asked } from '../fixture/match.ts';
import type { JsonObject } from '../model/json.ts';
import { METHODS } from '../model/operation.ts';
import { messageOfQuery } from '../model/query.ts';
import { doorOf, whyNot } from './faults.ts';
import type { Line } from './line.ts';
import { messageOf } from './message.ts';
import { labelOf } from '../fixture/label.ts';
import type { SimulatorOptions } from './options.ts';
import { answerJson, playAttempt, type Behind } from './play.ts';
import type { HttpRequest } from './requests.ts';
import type { Due, Stage } from './stage.ts';
import type { Tally } from './tally.ts';

/** All that an answer depends on. */
export interface Scene {
  /** By alias in lower case. */
  readonly stages: ReadonlyMap<string, Stage>;
  readonly fixtures: readonly Fixture[];
  readonly tally: Tally;
  readonly onRequest: SimulatorOptions['onRequest'];
  /** What is due on a port that plays one fixture. */
  readonly at?: { readonly stage: Stage; readonly due: Due };
}

const TARGET = /^\/v1\/([^/?]+)(\/[^?]*)(\?.*)?/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A request for a broker, as far as it was understood. */
interface Serving {
  readonly scene: Scene;
  readonly stage: Stage;
  readonly operation: string;
  readonly line: Line;
  readonly behind: Behind;
}

function played(
  { scene, stage, operation, line, behind }: Serving,
  { fixture, attempt }: Due,
  message: JsonObject,
): void {
  const recorded = fixture.attempts[attempt];
  if (recorded === undefined) return;
  // A connection that met a door was counted when it came.
  if (recorded.fault === undefined || doorOf(recorded.fault) === undefined) scene.tally.played(fixture);
  scene.onRequest?.({ broker: stage.alias, operation, fixture: labelOf(fixture), attempt: attempt + 1 });
  playAttempt(line, withLiveEchoes(recorded, fixture.request, message), stage.latencyMs, behind);
}

function missed(scene: Scene, asked: Asked, line: Line, behind: Behind): void {
  const { broker, operation } = asked;
  const nearest = nearestOf(scene.fixtures, asked);
  scene.tally.misses += 1;
  scene.onRequest?.({ broker, operation });
  const body = {
    error: 'No fixture answers to this request.',
    broker,
    operation,
    ...(nearest !== undefined && { nearest: labelOf(nearest.fixture), why: whyNot(nearest) }),
  };
  answerJson(line, 501, body, behind);
}

/** What is due to a request: what the connection is for, or what the broker's fixtures say. */
function dueOf({ scene, stage, operation }: Serving, asked: Asked, call: string | undefined): Due | undefined {
  const { at } = scene;
  return at?.due.fixture.operation === operation ? at.due : stage.take(asked, call);
}

/** What is wrong with a request, whatever it asks for. */
function mistakeOf(method: string, methods: readonly string[], message: JsonObject | undefined) {
  if (!methods.includes(method)) return { status: 405, error: `method: expected ${methods.join(' or ')}` };
  return message === undefined ? { status: 400, error: 'body: expected a JSON object' } : undefined;
}

/** Plays what is due to a request, or says that nothing is. */
function answered(serving: Serving, asked: Asked, call: string | undefined): void {
  const { scene, stage, operation, line, behind } = serving;
  const due = dueOf(serving, asked, call);
  if (due === undefined) {
    missed(scene, { ...asked, message: stage.untagged(operation, asked.message) }, line, behind);
  } else played(serving, due, asked.message);
}

/** Answers to a request for a broker. */
export function serveBroker(scene: Scene, request: HttpRequest, line: Line, behind: Behind): void {
  const { tally } = scene;
  const { method, headers } = request;
  const [, alias = '', path = request.target, query = ''] = TARGET.exec(request.target) ?? [];
  const stage = scene.stages.get(decoded(alias).toLowerCase());
  const broker = stage?.alias ?? decoded(alias);
  const parsed = method === 'GET' ? messageOfQuery(query) : messageOf(request.body);
  const asking = { method, headers, message: parsed ?? {} };
  const known = stage?.operationAt(path, asking);
  const operation = known ?? path;
  tally.received({ broker, operation, headers, message: asking.message });
  const methods = stage === undefined || known === undefined ? METHODS : [stage.methodOf(known)];
  const mistake = mistakeOf(method, methods, parsed);
  if (mistake !== undefined) answerJson(line, mistake.status, { error: mistake.error }, behind);
  else if (stage === undefined) missed(scene, { broker, operation, message: asking.message }, line, behind);
  else if (stage.draws500()) {
    tally.errors += 1;
    scene.onRequest?.({ broker, operation });
    line.after(stage.latencyMs, () => {
      answerJson(line, 500, {}, behind);
    });
  } else {
    const serving = { scene, stage, operation, line, behind };
    answered(serving, stage.asked(operation, asking), headers['x-request-id']);
  }
}
