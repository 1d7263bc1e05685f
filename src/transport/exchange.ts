import { isIP } from 'node:net';
import type { Limit, Outcome, Phase, ResponseHead, Sent, WireRequest } from '../model/wire.ts';
import type { Clock } from '../runtime/clock.ts';
import { Body } from './body.ts';
import type { DialStep } from './dial.ts';
import type { Exchanged, PhaseMarks, StopReason } from './exchanged.ts';
import { LimitWatch, type Limited, type LimitWatches } from './limit-watch.ts';
import type { Line } from './line.ts';
import { replayedOutcome } from './replayed.ts';
import { systemCode, tlsReason } from './system-code.ts';
import type { OpenWire } from './open-wire.ts';
import type { Wire, WireEvents } from './wire.ts';

/** What of a response has come. */
interface Answer {
  readonly head: ResponseHead;
  readonly body: Body;
  readonly receivedAtMs: number;
}

/** What exchanges need of their surroundings. */
export interface Means {
  readonly open: OpenWire;
  readonly clock: Clock;
  readonly limits: LimitWatches;
}

/** Hears what an exchange has come to, once. */
export interface ExchangeEnd {
  exchanged(result: Exchanged): void;
}

/**
 * One request on one socket, seen through to an `Outcome`. Settles exactly once; every limit that fires, and every
 * failure, closes the socket on the spot and leaves no timer behind.
 */
export class Exchange implements WireEvents, Limited {
  readonly #request: WireRequest;
  readonly #line: Line;
  readonly #means: Means;
  #end: ExchangeEnd | undefined;
  readonly #startMs: number;
  readonly #marks: PhaseMarks = {};
  readonly #limits: LimitWatch;
  #wire: Wire | undefined;
  #phase: Phase = 'connect';
  #isReady = false;
  #isFlushed = false;
  #isKeyed = false;
  #answer: Answer | undefined;

  constructor(request: WireRequest, line: Line, means: Means, end: ExchangeEnd) {
    this.#request = request;
    this.#line = line;
    this.#means = means;
    this.#end = end;
    this.#startMs = means.clock.nowMs();
    this.#limits = new LimitWatch(means.limits, this);
  }

  /** Sends the request. `freshSocket` forbids one that was used before. */
  start(freshSocket: boolean): void {
    this.#limits.arm(this.#request.timeouts.connectMs, 'connect');
    if (isIP(this.#line.host) === 0) this.#phase = 'dns';
    try {
      this.#wire = this.#means.open(this.#line, this.#request, freshSocket, this);
    } catch {
      this.#settle({ kind: 'unanswered', phase: 'local', sent: 'no', code: 'ERR_INTERNAL' });
    }
  }

  /** Ends it now. The socket is closed, and the outcome is delivered before this returns. */
  stop(reason: StopReason): void {
    if (reason === 'deadline') this.expire('deadline');
    else this.#settle({ kind: 'aborted', phase: this.#phase, sent: this.#sent() });
  }

  /** Closes the socket of an exchange that is over, before another request can get it. */
  dropSocket(): void {
    this.#wire?.destroy();
  }

  reached(step: DialStep): void {
    switch (step) {
      case 'resolved':
        this.#mark('dnsMs');
        this.#phase = 'connect';
        return;
      case 'connected':
        this.#mark('connectMs');
        this.#phase = 'tls';
        return;
      case 'keyed':
        this.#isKeyed = true;
        return;
      case 'ready':
        this.#onReady();
    }
  }

  #onReady(): void {
    if (this.#end === undefined || this.#isReady) return;
    this.#isReady = true;
    if (this.#line.isTls && this.#isKeyed) this.#mark('tlsMs');
    this.#phase = 'send';
    this.#limits.arm(this.#request.timeouts.headMs, 'head');
    this.#onSent();
  }

  flushed(): void {
    this.#isFlushed = true;
    this.#onSent();
  }

  /** Sent means: the whole request was handed to the system, on a socket that was ready for it. */
  #onSent(): void {
    if (!this.#isFlushed || !this.#isReady || this.#phase !== 'send') return;
    this.#mark('sentMs');
    this.#phase = 'head';
  }

  head(head: ResponseHead): void {
    if (this.#end === undefined) return;
    this.#mark('headMs');
    this.#phase = 'body';
    this.#limits.arm(this.#request.timeouts.bodyIdleMs, 'body-idle');
    const limit = this.#request.limits.bodyBytes;
    this.#answer = { head, body: new Body(limit), receivedAtMs: this.#means.clock.wallMs() };
    if (Number(head.headers['content-length']) > limit) this.#onOversized(this.#answer);
  }

  body(octets: Buffer): void {
    const answer = this.#answer;
    if (this.#end === undefined || answer === undefined) return;
    if (answer.body.add(octets)) this.#limits.arm(this.#request.timeouts.bodyIdleMs, 'body-idle');
    else this.#onOversized(answer);
  }

  complete(): void {
    if (this.#end === undefined || this.#answer === undefined) return;
    this.#mark('bodyMs');
    const { head, body, receivedAtMs } = this.#answer;
    this.#settle({ kind: 'answered', ...head, body: body.octets, receivedAtMs });
  }

  failed(error: unknown): void {
    const replayed = replayedOutcome(error);
    if (replayed === undefined) this.#fail(systemCode(error), tlsReason(error, this.#isKeyed));
    else this.#settle(replayed);
  }

  #onOversized({ head, receivedAtMs }: Answer): void {
    this.#settle({ kind: 'oversized', ...head, receivedAtMs });
  }

  #fail(code: string, reason?: string): void {
    const told = { ...(reason !== undefined && { reason }), ...this.#came() };
    const isUnsure = this.#sent() === 'yes' && this.#answer === undefined && this.#wire?.reusedSocket === true;
    const sent = isUnsure ? 'maybe' : this.#sent();
    this.#settle({ kind: 'unanswered', phase: this.#phase, sent, code, ...told });
  }

  expire(limit: Limit): void {
    this.#settle({ kind: 'expired', limit, phase: this.#phase, sent: this.#sent(), ...this.#came() });
  }

  /** What of the response had come. */
  #came(): { head?: ResponseHead; bodyBytes?: number } {
    return this.#answer === undefined ? {} : { head: this.#answer.head, bodyBytes: this.#answer.body.length };
  }

  #sent(): Sent {
    return this.#phase === 'head' || this.#phase === 'body' ? 'yes' : 'no';
  }

  #mark(phase: keyof PhaseMarks): void {
    this.#marks[phase] = this.#means.clock.nowMs() - this.#startMs;
  }

  #settle(outcome: Outcome): void {
    const end = this.#end;
    if (end === undefined) return;
    // From Node 22 on a kept TLS socket of Node's client holds its first request, and what that holds, as long as it lives.
    this.#end = undefined;
    this.#answer = undefined;
    this.#limits.cancel();
    // Where the answer was complete before the request had left, nobody waits for the rest to be taken.
    if (outcome.kind !== 'answered' || !this.#isFlushed) this.#wire?.destroy();
    const reusedSocket = this.#wire?.reusedSocket === true;
    end.exchanged({ outcome, marks: this.#marks, reusedSocket });
  }
}
