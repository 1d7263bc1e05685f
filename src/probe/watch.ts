import type { Socket } from 'node:net';
import type { Phase, Sent } from '../model/wire.ts';
import type { StepFault } from '../model/probe.ts';
import { expiredFault, unansweredFault } from '../flow/connection-fault.ts';
import type { Clock } from '../runtime/clock.ts';
import { systemCode, tlsReason } from '../transport/system-code.ts';

/** Where a step stands when it fails. */
export interface Stage {
  readonly phase: Phase;
  readonly sent: Sent;
  /** Whether the keys of TLS were agreed. */
  readonly isKeyed?: boolean;
}

/** The fault of an error, judged as one of a call is. */
export function faultOf(error: unknown, { phase, sent, isKeyed = false }: Stage): StepFault {
  const code = systemCode(error);
  const reason = tlsReason(error, isKeyed);
  const fault = unansweredFault({
    kind: 'unanswered',
    phase,
    sent,
    code,
    ...(reason !== undefined && { reason }),
  });
  return { fault, phase, code };
}

/** The fault of a step whose time is over. */
export function lateFault({ phase, sent }: Stage): StepFault {
  return { fault: expiredFault({ kind: 'expired', limit: 'connect', phase, sent }), phase };
}

/** How a step ended: with what it waited for, or with its fault. */
export type Ended<T> = { readonly value: T } | { readonly failed: StepFault };

/** Time for a step. */
export interface Patience {
  readonly clock: Clock;
  /** On the clock of `nowMs`. */
  readonly untilMs: number;
  /** Ends the step at once, as if its time were over. */
  readonly signal?: AbortSignal | undefined;
}

/** Settles once: with the value, with the fault of an error, or at the end of the step's time. Never rejects. */
export function patiently<T>(
  { clock, untilMs, signal }: Patience,
  stage: () => Stage,
  start: (done: (value: T) => void, fail: (error: unknown) => void) => void,
): Promise<Ended<T>> {
  return new Promise((resolve) => {
    const late = () => {
      end({ failed: lateFault(stage()) });
    };
    const timer = clock.after(signal?.aborted === true ? 0 : untilMs - clock.nowMs(), late);
    signal?.addEventListener('abort', late, { once: true });
    const end = (ended: Ended<T>) => {
      timer.cancel();
      signal?.removeEventListener('abort', late);
      resolve(ended);
    };
    const fail = (error: unknown) => {
      end({ failed: faultOf(error, stage()) });
    };
    try {
      start((value) => {
        end({ value });
      }, fail);
    } catch (error) {
      fail(error);
    }
  });
}

/** Waits for `event` of `socket`, as against its error or its end. */
export function reached(
  patience: Patience,
  socket: Socket,
  event: string,
  stage: () => Stage,
): Promise<Ended<undefined>> {
  return patiently<undefined>(patience, stage, (done, fail) => {
    socket.once(event, () => {
      done(undefined);
    });
    socket.once('error', fail);
    socket.once('close', () => {
      fail({ code: 'ECONNRESET' });
    });
  });
}
