import net from 'node:net';
import type { BrokerProfile } from '../model/broker.ts';
import type { HttpStepResult, ProbeReport, ReadStepResult } from '../model/probe.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Address } from '../transport/address.ts';
import { ask } from './ask.ts';
import { connect, resolve, since } from './dial.ts';
import { handshake } from './handshake.ts';
import type { Patience } from './watch.ts';

/** Longest a probe takes unless it is told otherwise, in milliseconds. */
export const PROBE_DEADLINE_MS = 9_000;

/** What is probed, and by what means. */
export interface ProbeOrder {
  readonly broker: BrokerProfile;
  /** The way that calls take. */
  readonly address: Address;
  readonly clock: Clock;
  /** Time for all steps, in milliseconds. Default `PROBE_DEADLINE_MS`. */
  readonly deadlineMs?: number;
  /** Ends the probe at once; what it found then is worth nothing. The read has to be ended by whoever makes it. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Makes the configured read, as a call of the connector's own that ends within the milliseconds given; `undefined`
   * where it was not sent, as behind an open circuit. Absent: no read is made.
   */
  readonly read?: (leftMs: number) => Promise<ReadStepResult | undefined>;
}

type Steps = { -readonly [Name in keyof ProbeReport['steps']]: ProbeReport['steps'][Name] };

/** Dials and shakes hands, noting each step; the socket that is ready for a request, or `undefined`. */
async function open(order: ProbeOrder, steps: Steps, patience: Patience): Promise<net.Socket | undefined> {
  const { address, broker, clock } = order;
  const isName = net.isIP(address.host) === 0;
  const found = isName ? await resolve(address, patience) : undefined;
  if (found !== undefined) steps.dns = found.result;
  if (isName && found?.value === undefined) return undefined;
  const dialled = await connect(address, found?.value, patience);
  steps.tcp = dialled.result;
  if (dialled.value === undefined || !address.isTls) return dialled.value;
  const secured = await handshake(broker, address, dialled.value, patience, clock.wallMs());
  steps.tls = secured.result;
  return secured.value;
}

/**
 * Asks one broker step by step: name, TCP, TLS, one GET of its base path and, beside that, one read where it is given.
 * The limits are those of a call: connect for everything up to the ready socket, head for the answer, and the deadline
 * over all of them. A step that fails keeps those behind it from running. Never a write; never rejects.
 */
export async function probe(order: ProbeOrder): Promise<ProbeReport> {
  const { broker, clock, deadlineMs = PROBE_DEADLINE_MS, read, signal } = order;
  const startMs = clock.nowMs();
  const at = new Date(clock.wallMs()).toISOString();
  const endMs = startMs + deadlineMs;
  const within = (limitMs: number): Patience => ({ clock, untilMs: Math.min(clock.nowMs() + limitMs, endMs), signal });
  const steps: Steps = {};
  const socket = await open(order, steps, within(broker.timeouts.connectMs));
  if (socket !== undefined) {
    const [http, answered]: [HttpStepResult, ReadStepResult | undefined] = await Promise.all([
      ask(broker, socket, within(broker.timeouts.headMs)),
      read?.(Math.max(1, endMs - clock.nowMs())),
    ]);
    steps.http = http;
    if (answered !== undefined) steps.read = answered;
  }
  return { at, totalMs: since(startMs, { clock, untilMs: endMs }), steps };
}
