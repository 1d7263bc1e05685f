import type { CredentialsHook, HookCall } from '../model/hook.ts';
import type { Clock } from '../runtime/clock.ts';

/** Longest time a renewal is waited for, in milliseconds; one that hangs must not hold calls for ever. */
const RENEWAL_MS = 10_000;

/** Which credentials a call was sent with: first is 0, one more with every renewal. */
export type Generation = number;

/** The renewals of one broker's credentials: one at a time, for everybody, and never too often. Keeps no secret. */
export class Credentials {
  readonly #hook: CredentialsHook;
  readonly #everyMs: number;
  readonly #clock: Clock;
  #generation: Generation = 0;
  #renewing: Promise<boolean> | undefined;
  #notBeforeMs = -Infinity;

  constructor(hook: CredentialsHook, everyMs: number, clock: Clock) {
    this.#hook = hook;
    this.#everyMs = everyMs;
    this.#clock = clock;
  }

  /** The generation that a call about to ask for credentials will get, or an older one. */
  get generation(): Generation {
    return this.#generation;
  }

  /** The credentials of today, as headers; rejects as the hook does. */
  async headers(call: HookCall): Promise<unknown> {
    return this.#hook.get(call);
  }

  /** Whether there are newer credentials than those that were refused; renews them where nobody has. Never rejects. */
  renewed(refused: Generation, broker: string): Promise<boolean> {
    if (refused < this.#generation) return Promise.resolve(true);
    if (this.#renewing !== undefined) return this.#renewing;
    const nowMs = this.#clock.nowMs();
    if (nowMs < this.#notBeforeMs) return Promise.resolve(false);
    this.#notBeforeMs = nowMs + this.#everyMs;
    const renewing = this.#renew(broker).finally(() => {
      this.#renewing = undefined;
    });
    this.#renewing = renewing;
    return renewing;
  }

  #renew(broker: string): Promise<boolean> {
    return new Promise((resolve) => {
      const limit = this.#clock.after(RENEWAL_MS, () => resolve(false));
      void this.#attempt(broker).then((isDone) => {
        limit.cancel();
        if (isDone) this.#generation += 1;
        resolve(isDone);
      });
    });
  }

  async #attempt(broker: string): Promise<boolean> {
    try {
      await this.#hook.renew({ broker });
      return true;
    } catch {
      return false;
    }
  }
}
