import type { WitnessedSending } from '../calling/witness.ts';
import type { FixtureAttempt } from '../fixture/format.ts';
import { bodyOf, headOf, outcomeOf } from '../fixture/judge.ts';
import { ReplayedError } from '../transport/replayed.ts';
import { loadNock, type Nock } from './nock-loader.ts';

/** Hosts that the rest of the process may still talk to: its own servers. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/;

/** Headers that say how the octets were framed, which nock does for itself. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

/** Statuses that come without a body, whatever was recorded. */
const BODILESS: readonly number[] = [204, 205, 304];

/** Names and values of headers that can be told; nock ends the process over any other. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

type Interceptor = ReturnType<ReturnType<Nock>['post']>;

/** Whether nock can answer with it as it came; all else is played as the outcome that it was. */
function isAnswerable({ response, fault }: FixtureAttempt): boolean {
  if (response === undefined || fault !== undefined) return false;
  const { status, headers } = headOf(response);
  if (status < 200 || status > 599 || (BODILESS.includes(status) && bodyOf(response).length > 0)) return false;
  return Object.entries(headers).every(([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value));
}

/** nock for as long as a replay runs: one interceptor for every attempt, and no way out of the process. */
export class NockStage {
  readonly #nock: Nock;
  readonly #staysActive: boolean;
  readonly #set = new Set<Interceptor>();

  /** @throws TypeError where nock is not installed. */
  constructor() {
    const { nock, wasLoaded } = loadNock();
    this.#nock = nock;
    this.#staysActive = wasLoaded && nock.isActive();
    nock.disableNetConnect();
    nock.enableNetConnect(LOOPBACK);
    if (!nock.isActive()) nock.activate();
  }

  /** Has the request that is about to be sent answered with a recorded attempt. */
  play({ call, request }: WitnessedSending, attempt: FixtureAttempt): void {
    // A test that restores nock behind its own mocks must not open the network to ours.
    if (!this.#nock.isActive()) this.#nock.activate();
    const id = request.headers['x-request-id'];
    const scope = this.#nock(
      call.broker.baseUrl.origin,
      id === undefined ? {} : { reqheaders: { 'x-request-id': id } },
    );
    const { method = 'POST', path, body } = request;
    const isAtPath = (asked: string) => asked === path;
    const interceptor =
      method === 'GET' ? scope.get(isAtPath) : scope.post(isAtPath, (message) => JSON.stringify(message) === body);
    this.#set.add(interceptor);
    scope.once('request', () => this.#set.delete(interceptor));
    const { response } = attempt;
    if (response === undefined || !isAnswerable(attempt)) {
      interceptor.replyWithError(new ReplayedError(outcomeOf(attempt)));
      return;
    }
    const { status, headers } = headOf(response);
    const told = Object.entries(headers).filter(([name]) => !FRAMING.has(name));
    interceptor.reply(status, bodyOf(response), Object.fromEntries(told));
  }

  /** Takes back what was set, and gives the process its network again. */
  clear(): void {
    for (const interceptor of this.#set) this.#nock.removeInterceptor(interceptor);
    this.#nock.enableNetConnect();
    if (!this.#staysActive) this.#nock.restore();
  }
}
