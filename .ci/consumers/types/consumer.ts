// Only compiled, never run: what a program may write against the published types, once for each kind of consumer.
import {
  createConnector,
  defineOperation,
  ERROR_CATALOG,
  ExcoError,
  findError,
  isExcoError,
  standardError,
  toErrorResponse,
} from 'op-exco-connector';
import { observeCalls, type ObserveOptions } from 'op-exco-connector/opentelemetry';
import {
  FixtureMissError,
  loadFixtures,
  replayFixtures,
  startSimulator,
  type LoadedFixture,
  type Replay,
} from 'op-exco-connector/testing';

const exco = createConnector({
  brokers: [{ alias: 'samsung', comId: '00030', baseUrl: 'https://broker.example/v1/samsung' }],
});
const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: 'T-1', ci: 'CI' },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};

export async function balance(signal: AbortSignal): Promise<unknown> {
  const { data, meta } = await exco.call('samsung', 'account.balance', MESSAGE, { deadlineMs: 8_000, signal });
  const elapsedMs: number = meta.elapsedMs;
  const requestId: string = meta.requestId;
  return { data, elapsedMs, requestId };
}

export async function settled(): Promise<number | undefined> {
  const result = await exco.settle('samsung', 'account.balance', MESSAGE);
  if (result.ok) return result.reply.meta.httpStatus;
  return result.error.code;
}

export function describe(caught: unknown): string {
  if (!isExcoError(caught)) return 'not ours';
  const error: ExcoError = caught;
  const category: string = error.category;
  const code: number = error.code;
  const description: string | undefined = error.description;
  const httpStatus: number = error.httpStatus;
  const retryAfterMs: number | undefined = error.retryAfterMs;
  const wire: object = error.toJSON();
  return [
    category,
    code,
    error.message,
    description,
    httpStatus,
    retryAfterMs,
    error.fault,
    JSON.stringify(wire),
  ].join();
}

export function respond(caught: unknown): number {
  const { status, headers, body } = toErrorResponse(caught);
  const reply: object = { headers, body };
  return Object.keys(reply).length + status;
}

const messages: string[] = ERROR_CATALOG.map((row) => row.message);
const message: string | undefined = findError(4001)?.message;
const unauthorised: ExcoError = standardError(3006, { description: 'x' });
const quote = defineOperation({ name: 'quote.get', path: '/quote/search', kind: 'read' });
export const custom = exco.call('samsung', quote, MESSAGE);
export { message, messages, unauthorised };

// @ts-expect-error the alias and the address are what a broker cannot be without
createConnector({ brokers: [{}] });
// @ts-expect-error there is no such operation
void exco.call('samsung', 'account.nothing', MESSAGE);

export function observed(options: ObserveOptions): () => void {
  return observeCalls(exco, options);
}

export async function replayed(): Promise<readonly string[]> {
  const fixtures = loadFixtures('fixtures');
  const replay: Replay = replayFixtures(fixtures);
  const simulator = await startSimulator({ fixtures, port: 0 });
  await simulator.close();
  replay.stop();
  const files: string[] = fixtures.map(({ file }: LoadedFixture) => file);
  return [...files, ...replay.misses().map((miss: FixtureMissError) => miss.message)];
}
