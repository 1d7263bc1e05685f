/** One client in a process of its own: makes the calls that it is told to, and says what they cost. */
import { performance } from 'node:perf_hooks';
import { CLIENTS, IN_FLIGHT, type Call } from './clients.ts';

/** What `count` calls cost: CPU of this process, and time. */
async function measured(call: Call, count: number) {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  const before = process.cpuUsage();
  const startMs = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const elapsedMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / count, perSecond: (count * 1_000) / elapsedMs };
}

const [name = '', baseUrl = ''] = process.argv.slice(2);
const call = CLIENTS[name]?.(baseUrl);
if (call === undefined) throw new Error(`expected a client: ${Object.keys(CLIENTS).join(', ')}`);
process.on('message', (count: number) => {
  void measured(call, count).then((figures) =>
    process.send?.({ ...figures, peakMb: process.resourceUsage().maxRSS / 1_024 }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
