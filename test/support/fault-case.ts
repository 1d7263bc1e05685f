import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { Fault } from '../../src/catalog/faults.ts';
import type { CallOptions } from '../../src/calling/arguments.ts';
import type { Connector } from '../../src/connector.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Settled } from '../../src/model/reply.ts';
import type { BrokerServer } from './broker-server.ts';
import { connectTo, type Surroundings } from './connect.ts';
import { MESSAGES } from './messages.ts';
import { GRACE_MS, Stopwatch } from './stopwatch.ts';

export type Kind = 'read' | 'write';

/** What stands at the other end, and how it is called. */
export interface Scene {
  /** The broker; counted are its requests. */
  readonly server?: BrokerServer;
  /** Where there is no server of ours. */
  readonly baseUrl?: string;
  readonly broker?: Partial<BrokerOptions>;
  readonly surroundings?: Surroundings;
  /** Done first, with the same connector. */
  readonly before?: (exco: Connector) => unknown;
  /** The call, where it is not the usual one. */
  readonly call?: (exco: Connector, kind: Kind, options: CallOptions) => Promise<Settled>;
  /** Where the call is made in another process: what it was told there. */
  readonly told?: (kind: Kind) => Promise<Facts>;
}

/** What everybody is told: the standard's fields and what else the error knows. */
export type Facts = Readonly<Record<string, unknown>>;

/** What differs between a read and a write. */
export interface Ending {
  readonly sent: 'no' | 'yes' | 'maybe';
  readonly outcome: 'not-executed' | 'rejected' | 'unknown';
  readonly attempts: number;
  /** Requests that reached the broker in full. */
  readonly requests: number;
}

/** One way to run into a fault. */
export interface FaultCase {
  readonly what: string;
  readonly fault: Fault;
  readonly scene: (kind: Kind) => Promise<Scene> | Scene;
  readonly error: Facts;
  readonly read?: Ending;
  readonly write?: Ending;
}

const DEADLINE_MS = 3_000;

/** Time for a case, one that starts a process included, on a machine with other things to do. */
const TEST_MS = 20_000;

const OPERATION = { read: 'account.balance', write: 'virtualAccount.request' } as const;

/** The call that a case makes unless it says otherwise; `more` is added to its message. */
export function callOf(
  exco: Connector,
  kind: Kind,
  options: CallOptions = {},
  more: JsonObject = {},
): Promise<Settled> {
  const operation = OPERATION[kind];
  return exco.settle('samsung', operation, { ...MESSAGES[operation], ...more }, options);
}

/** Makes the call of a case and says what came of it. */
async function play(scene: Scene, kind: Kind): Promise<{ told: Facts; requests: number }> {
  if (scene.told !== undefined) return { told: await scene.told(kind), requests: 0 };
  const {
    server,
    baseUrl = server?.baseUrl ?? 'http://127.0.0.1:1',
    broker,
    surroundings,
    before,
    call = callOf,
  } = scene;
  const exco = connectTo(baseUrl, broker, surroundings);
  await before?.(exco);
  const earlier = server?.requests.length ?? 0;
  const watch = new Stopwatch();
  const settled = await call(exco, kind, { deadlineMs: DEADLINE_MS });
  const { elapsedMs, lateMs } = watch.stop();
  expect(elapsedMs).toBeLessThanOrEqual(DEADLINE_MS + GRACE_MS + lateMs);
  if (settled.ok) throw new Error('An answer came where a fault was expected.');
  await exco.close();
  server?.hear();
  await server?.allClosed();
  return { told: settled.error.toLog(), requests: (server?.requests.length ?? 0) - earlier };
}

function rowsOf(cases: readonly FaultCase[]) {
  return cases.flatMap((each) =>
    (['read', 'write'] as const).flatMap((kind) => {
      const ending = each[kind];
      return ending === undefined ? [] : [{ title: `${each.fault} of a ${kind}: ${each.what}`, ...each, kind, ending }];
    }),
  );
}

/** Every case as a test: what the caller is told, and what the broker saw. */
export function describeFaults(group: string, cases: readonly FaultCase[]): void {
  describe(`faults, ${group}`, () => {
    it.each(rowsOf(cases))(
      '$title',
      async ({ fault, scene, error, kind, ending }) => {
        const { told, requests } = await play(await scene(kind), kind);
        const { broker = 'unknown', operation, requestId, ...rest } = told;
        const { requests: expectedRequests, ...outcome } = ending;
        expect(rest).toEqual({ fault, category: 'op-exco', ...error, ...outcome });
        expect(requests).toBe(expectedRequests);
        expect(broker).toBe(fault === 'unknown-broker' ? 'unknown' : 'samsung');
        expect(operation).toMatch(/^(?:account|virtualAccount)\.\w+$/);
        expect(requestId).toMatch(/^[\da-f-]{36}$/);
      },
      TEST_MS,
    );
  });
}
