import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Limit, Outcome, Phase, ResponseHead, Sent, WireRequest } from '../model/wire.ts';
import type { Clock, Timer } from '../runtime/clock.ts';
import { AnswerReader } from './answer-reader.ts';
import { watchDial, type DialStep } from './dial.ts';
import type { Exchanged, PhaseMarks, StopReason } from './exchanged.ts';
import type { Line } from './line.ts';
import { replayedOutcome } from './replayed.ts';
import { systemCode, tlsReason } from './system-code.ts';

/**
 * One request on one socket, seen through to an `Outcome`. Settles exactly once; every limit that fires, and every
 * failure, closes the socket on the spot and leaves no timer behind.
 */
export class Exchange {
  readonly #request: WireRequest;
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #done: (exchanged: Exchanged) => void;
  readonly #startMs: number;
  readonly #marks: PhaseMarks = {};
  #req: http.ClientRequest | undefined;
  #timer: Timer | undefined;
  #phase: Phase = 'connect';
  #isReady = false;
  #isFlushed = false;
  #isKeyed = false;
  #isSettled = false;
  #answer: AnswerReader | undefined;

  constructor(request: WireRequest, line: Line, clock: Clock, done: (exchanged: Exchanged) => void) {
    this.#request = request;
    this.#line = line;
    this.#clock = clock;
    this.#done = done;
    this.#startMs = clock.nowMs();
  }

  /** Sends the request. `freshSocket` forbids one that was used before. */
  start(freshSocket: boolean): void {
    const { timeouts, body } = this.#request;
    this.#arm(timeouts.connectMs, 'connect');
    if (isIP(this.#line.host) === 0) this.#phase = 'dns';
    try {
      const req = this.#open(freshSocket);
      this.#req = req;
      this.#listen(req);
      req.end(body);
    } catch {
      this.#settle({ kind: 'unanswered', phase: 'local', sent: 'no', code: 'ERR_INTERNAL' });
    }
  }

  /** Ends it now. The socket is closed, and the outcome is delivered before this returns. */
  stop(reason: StopReason): void {
    if (reason === 'deadline') this.#expire('deadline');
    else this.#settle({ kind: 'aborted', phase: this.#phase, sent: this.#sent() });
  }

  /** Closes the socket of an exchange that is over, before another request can get it. */
  dropSocket(): void {
    this.#req?.socket?.destroy();
  }

  #open(freshSocket: boolean): http.ClientRequest {
    const { method = 'POST', path, headers, body, limits } = this.#request;
    const { isTls, host, port, kept, fresh, lookup } = this.#line;
    return (isTls ? https : http).request({
      method,
      host,
      port,
      path,
      headers: method === 'GET' ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: freshSocket ? fresh : kept,
      maxHeaderSize: limits.headBytes,
      lookup,
    });
  }

  #listen(req: http.ClientRequest): void {
    req.once('socket', (socket) => {
      watchDial(socket, this.#line.isTls, req.reusedSocket, (step) => {
        this.#onDial(step);
      });
    });
    req.once('finish', () => {
      this.#isFlushed = true;
      this.#onSent();
    });
    req.once('response', (res) => {
      this.#onResponse(res);
    });
    req.once('upgrade', (_res, socket) => {
      socket.destroy();
      this.#fail('ERR_HTTP_UPGRADE');
    });
    req.on('error', (error) => {
      this.#onError(error);
    });
    req.once('close', () => {
      if (this.#answer === undefined) this.#fail('ECONNRESET');
    });
  }

  #onDial(step: DialStep): void {
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
    if (this.#isSettled || this.#isReady) return;
    this.#isReady = true;
    if (this.#line.isTls && this.#isKeyed) this.#mark('tlsMs');
    this.#phase = 'send';
    this.#arm(this.#request.timeouts.headMs, 'head');
    this.#onSent();
  }

  /** Sent means: the whole request was handed to the system, on a socket that was ready for it. */
  #onSent(): void {
    if (!this.#isFlushed || !this.#isReady || this.#phase !== 'send') return;
    this.#mark('sentMs');
    this.#phase = 'head';
  }

  #onResponse(res: http.IncomingMessage): void {
    if (this.#isSettled) {
      res.destroy();
      return;
    }
    this.#mark('headMs');
    this.#phase = 'body';
    this.#arm(this.#request.timeouts.bodyIdleMs, 'body-idle');
    this.#answer = new AnswerReader(res, this.#request.limits.bodyBytes, this.#clock.wallMs(), {
      progress: () => this.#timer?.restart(),
      oversized: (outcome) => {
        this.#settle(outcome);
      },
      complete: (outcome) => {
        this.#mark('bodyMs');
        this.#settle(outcome);
      },
      cut: () => {
        this.#fail('ECONNRESET');
      },
    });
  }

  #onError(error: unknown): void {
    // Octets behind a complete answer poison the socket, not the answer: it still ends in order.
    if (this.#answer?.isComplete === true) return;
    const replayed = replayedOutcome(error);
    if (replayed !== undefined) {
      this.#settle(replayed);
      return;
    }
    this.#fail(systemCode(error), tlsReason(error, this.#isKeyed));
  }

  #fail(code: string, reason?: string): void {
    const told = { ...(reason !== undefined && { reason }), ...this.#came() };
    const isUnsure = this.#sent() === 'yes' && this.#answer === undefined && this.#req?.reusedSocket === true;
    const sent = isUnsure ? 'maybe' : this.#sent();
    this.#settle({ kind: 'unanswered', phase: this.#phase, sent, code, ...told });
  }

  #expire(limit: Limit): void {
    this.#settle({ kind: 'expired', limit, phase: this.#phase, sent: this.#sent(), ...this.#came() });
  }

  /** What of the response had come. */
  #came(): { head?: ResponseHead; bodyBytes?: number } {
    return this.#answer === undefined ? {} : { head: this.#answer.head, bodyBytes: this.#answer.octets };
  }

  #sent(): Sent {
    return this.#phase === 'head' || this.#phase === 'body' ? 'yes' : 'no';
  }

  #mark(phase: keyof PhaseMarks): void {
    this.#marks[phase] = this.#clock.nowMs() - this.#startMs;
  }

  #arm(delayMs: number, limit: Limit): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(delayMs, () => {
      this.#expire(limit);
    });
  }

  #settle(outcome: Outcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#timer?.cancel();
    // Where the answer was complete before the request had left, nobody waits for the rest to be taken.
    if (outcome.kind !== 'answered' || !this.#isFlushed) this.#req?.destroy();
    const reusedSocket = this.#req?.reusedSocket === true;
    this.#done({ outcome, marks: this.#marks, reusedSocket });
  }
}
