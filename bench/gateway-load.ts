import { performance } from 'node:perf_hooks';
import autocannon, { type Options, type Result } from 'autocannon';
import { PATH, REQUEST } from './message.ts';

/** How long an answer may take, in seconds: a machine with other work must not be taken for a gateway that is silent. */
const TIMEOUT_S = 60;

/** What a load came to. */
export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** What came of the requests, and when the last answer came: the tool's own end is that of a tick, a second apart. */
function fired(options: Options): Promise<{ result: Result; elapsedMs: number }> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    let endMs = startMs;
    const run = autocannon(options, (error: Error | null, result) => {
      if (error === null) resolve({ result, elapsedMs: endMs - startMs });
      else reject(error);
    });
    run.on('response', () => {
      endMs = performance.now();
    });
  });
}

/** Asks a gateway for `amount` balances over `connections`; anything but an answer to each of them is an error. */
export async function load(url: string, amount: number, connections: number): Promise<Load> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(REQUEST);
  const asked = { url: url + PATH, method: 'POST', headers, body, amount, connections, timeout: TIMEOUT_S } as const;
  const { result, elapsedMs } = await fired(asked);
  if (result['2xx'] !== amount) {
    const { non2xx, errors, timeouts } = result;
    throw new Error(`expected ${amount} answers: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  return { perSecond: (amount * 1_000) / elapsedMs, p99Ms: result.latency.p99 };
}
