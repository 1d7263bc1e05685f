import autocannon from 'autocannon';
import { PATH, REQUEST } from './message.ts';

/** How long an answer may take, in seconds: a machine with other work must not be taken for a gateway that is silent. */
const TIMEOUT_S = 60;

/** What a load came to. */
export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Asks a gateway for `amount` balances over `connections`; anything but an answer to each of them is an error. */
export async function load(url: string, amount: number, connections: number): Promise<Load> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(REQUEST);
  const options = { url: url + PATH, headers, body, amount, connections, timeout: TIMEOUT_S };
  const result = await autocannon({ ...options, method: 'POST' });
  if (result['2xx'] !== amount) {
    const { non2xx, errors, timeouts } = result;
    throw new Error(`expected ${amount} answers: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  return {
    perSecond: (amount * 1_000) / (result.finish.getTime() - result.start.getTime()),
    p99Ms: result.latency.p99,
  };
}
