import { parseHeaders } from '../brokers/header-schema.ts';
import { refusal } from '../flow/classify.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { HookCall } from '../model/hook.ts';
import type { Operation } from '../model/operation.ts';
import type { Failure, Verdict } from '../model/verdict.ts';
import type { WireRequest } from '../model/wire.ts';
import { Pace } from '../resilience/pace.ts';
import type { Clock } from '../runtime/clock.ts';
import type { NextAttempt } from '../transport/sending.ts';
import { Credentials, type Generation } from './credentials.ts';

/** A call that is to be cleared. */
export interface Clearing {
  readonly operation: Operation;
  readonly request: WireRequest;
  readonly requestId: string;
  readonly deadlineAtMs: number;
  /** Whether the same call may be sent once more behind a renewal. */
  readonly mayRepeat: () => boolean;
  /** Whether nobody waits for the call any more. */
  readonly isStopped: () => boolean;
  /** Ends what is waited for; asked for only by a call that waits. */
  readonly signal: () => AbortSignal;
  readonly send: (request: WireRequest) => Promise<Verdict | undefined>;
}

/** A request with its headers, and the credentials it goes out with. */
interface Cleared {
  readonly request: WireRequest;
  readonly generation: Generation;
}

/** What went wrong in a hook is ours; what it threw may hold a secret and is kept for a debugger only. */
function hookFailed(cause: unknown): Failure {
  return { kind: 'fault', fault: 'internal', phase: 'local', sent: 'no', cause };
}

/** What some brokers want beside the message: their turn, headers made for the call, credentials that end. */
export class Clearance {
  readonly #profile: BrokerProfile;
  readonly #clock: Clock;
  readonly #paces = new Map<string, Pace>();
  readonly #credentials: Credentials | undefined;

  constructor(profile: BrokerProfile, clock: Clock) {
    const { credentials } = profile;
    this.#profile = profile;
    this.#clock = clock;
    this.#credentials =
      credentials === undefined ? undefined : new Credentials(credentials.hook, credentials.renewEveryMs, clock);
  }

  /** Sends in turn and with credentials; once more, where they were refused and newer ones are there. */
  async through(clearing: Clearing): Promise<Verdict | undefined> {
    const first = await this.#clear(clearing);
    if (first === undefined || 'kind' in first) return first;
    const verdict = await this.#send(first, clearing);
    if (!(await this.#isWorthRepeating(verdict, first, clearing))) return verdict;
    const second = await this.#clear(clearing);
    return second === undefined || 'kind' in second ? verdict : this.#send(second, clearing);
  }

  /** A repeat, no earlier than the broker's next turn; `undefined` where that comes too late. */
  paced<Plan extends NextAttempt>(plan: Plan, operation: Operation, deadlineAtMs: number): Plan | undefined {
    const waitMs = this.#turnIn(operation, deadlineAtMs);
    return typeof waitMs === 'number' ? { ...plan, delayMs: Math.max(plan.delayMs, waitMs) } : undefined;
  }

  /** Asked in the step in which it is sent: whoever gives a call up is told that it was not. */
  #send({ request }: Cleared, { isStopped, send }: Clearing): Promise<Verdict | undefined> {
    return isStopped() ? Promise.resolve(undefined) : send(request);
  }

  async #clear(clearing: Clearing): Promise<Cleared | Failure | undefined> {
    const { operation, request, requestId, deadlineAtMs, signal } = clearing;
    const waitMs = this.#turnIn(operation, deadlineAtMs);
    if (typeof waitMs !== 'number') return waitMs;
    if (waitMs > 0) await this.#sleep(waitMs, signal());
    const generation = this.#credentials?.generation ?? 0;
    const call: HookCall = { broker: this.#profile.alias, operation: operation.name, requestId };
    try {
      if (clearing.isStopped()) return undefined;
      const made = parseHeaders((await this.#profile.headersHook?.(call)) ?? {});
      const credentials = parseHeaders((await this.#credentials?.headers(call)) ?? {});
      const headers = { ...request.headers, ...made, ...credentials };
      return { request: { ...request, headers }, generation };
    } catch (error) {
      return hookFailed(error);
    }
  }

  /** Milliseconds until the turn that was taken, or why none was: it comes behind the deadline. */
  #turnIn(operation: Operation, deadlineAtMs: number): number | Failure {
    const { pace } = this.#profile;
    if (pace === undefined) return 0;
    const own = this.#paceOf(pace.per === 'operation' ? this.#keyOf(operation) : '');
    const nowMs = this.#clock.nowMs();
    const waitMs = own.waitMs(nowMs);
    if (nowMs + waitMs >= deadlineAtMs)
      return refusal({ kind: 'refused', fault: 'deadline-exceeded', retryAfterMs: Math.ceil(waitMs) });
    own.take(nowMs);
    return waitMs;
  }

  #keyOf({ name, trCode }: Operation): string {
    const code = this.#profile.operations.get(name)?.trCode ?? trCode;
    return (typeof code === 'string' ? code : code?.request) ?? name;
  }

  #paceOf(key: string): Pace {
    const known = this.#paces.get(key);
    if (known !== undefined) return known;
    const pace = new Pace({ perSecond: this.#profile.pace?.perSecond ?? Infinity });
    this.#paces.set(key, pace);
    return pace;
  }

  #sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(delayMs, () => {
        signal.removeEventListener('abort', wake);
        resolve();
      });
      function wake(): void {
        timer.cancel();
        resolve();
      }
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  async #isWorthRepeating(verdict: Verdict | undefined, { generation }: Cleared, clearing: Clearing): Promise<boolean> {
    const isRefused = verdict?.kind === 'fault' && verdict.fault === 'credentials-refused' && verdict.retry !== 'fix';
    if (!isRefused || this.#credentials === undefined) return false;
    const isRenewed = await this.#credentials.renewed(generation, this.#profile.alias);
    return isRenewed && clearing.mayRepeat();
  }
}

/** What stands between a call and the wire at this broker; `undefined` where nothing does. */
export function clearanceOf(profile: BrokerProfile, clock: Clock): Clearance | undefined {
  const { pace, credentials, headersHook } = profile;
  const isNeeded = pace !== undefined || credentials !== undefined || headersHook !== undefined;
  return isNeeded ? new Clearance(profile, clock) : undefined;
}
