import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Child } from './child.ts';
import type { Control, Exit, Report, ZoneReport } from './name-servers/report.ts';
import { NAME_SERVERS, type Counts } from './name-servers/town.ts';
import { openNetwork, type Network } from './network.ts';

/** Far above what a name that is served takes on a busy machine, far below the 5 s that the system waits for a name server. */
const PROMPT_MS = 1_500;
const DEADLINE_MS = 4_000;
/** For a machine that is busy. */
const GRACE_MS = 500;
/** Longest look-up of the system: a question of 5 s, asked twice. */
const SYSTEM_MS = 10_000;
/** Longest wait of a look-up for its thread. */
const WAIT_MS = 3_000;

const { serving, silent, dead } = NAME_SERVERS;
const SOME_SILENT: Counts = { silent: 5, served: 35, failing: 1, unknown: 1 };
const ALL_SERVED: Counts = { served: 40 };

const figures: string[] = [];
let network: Network | undefined;
let control: Child;
let exitMs: Promise<number>;

function start(script: string, nameServers: readonly string[], counts: Counts = {}): Child {
  const url = new URL(`./name-servers/${script}`, import.meta.url);
  if (network === undefined) throw new Error('There is no network to start it in.');
  return network.start(url, nameServers, [JSON.stringify(counts), String(DEADLINE_MS)]);
}

/** What a caller saw of each zone; noted for the end of the run. */
async function reportOf(caller: Child, scene: string): Promise<Report> {
  const report = (await caller.next()) as Report;
  for (const [zone, { endings, calls, lookUps, dials }] of Object.entries(report.zones)) {
    const times = [calls, lookUps, dials].map(({ medianMs, p99Ms, longestMs }) => `${medianMs}/${p99Ms}/${longestMs}`);
    figures.push(`${scene}, ${zone}: ${times.join(' ')} ${JSON.stringify(endings)}`);
  }
  return report;
}

/** Time from the word of a process that it exits until it is gone, in milliseconds. */
async function exitOf(child: Child): Promise<number> {
  expect(await child.next()).toEqual({ isExiting: true });
  const startMs = performance.now();
  await child.gone;
  return Math.round(performance.now() - startMs);
}

function seen({ zones }: Report, zone: string): ZoneReport {
  const found = zones[zone];
  if (found === undefined) throw new Error(`No broker of ${zone} was called.`);
  return found;
}

beforeAll(async () => {
  network = openNetwork();
  expect(await start('servers.ts', [serving]).next()).toEqual({ isReady: true });
  control = start('control.ts', [serving], SOME_SILENT);
  exitMs = exitOf(start('exit.ts', [serving]));
});

afterAll(async () => {
  process.stderr.write(`\nmedian/p99/longest ms of calls, look-ups, dials:\n${figures.join('\n')}\n`);
  await network?.close();
});

describe('a name server that is silent for five of forty brokers', () => {
  const callers: Child[] = [];
  let without: Report;
  let report: Report;

  beforeAll(async () => {
    without = await reportOf(call(ALL_SERVED), 'all served');
    report = await reportOf(call(SOME_SILENT), 'five silent');
  });

  function call(counts: Counts): Child {
    const caller = start('caller.ts', [serving], counts);
    callers.push(caller);
    return caller;
  }

  it('fails no call to the others', () => {
    expect(Object.keys(seen(without, 'served').endings)).toEqual(['ok']);
    expect(Object.keys(seen(report, 'served').endings)).toEqual(['ok']);
  });

  it('slows the look-ups and dials of the others as little as no silent one does', () => {
    for (const { lookUps, dials } of [seen(without, 'served'), seen(report, 'served')]) {
      expect(lookUps.count).toBeGreaterThan(35);
      expect(lookUps.p99Ms).toBeLessThan(PROMPT_MS);
      expect(dials.p99Ms).toBeLessThan(PROMPT_MS);
    }
  });

  it('is dns-unavailable, 3004, for callers of the five, within their deadline', () => {
    const { endings, calls } = seen(report, 'silent');
    expect(Object.keys(endings)).toEqual(['dns-unavailable 3004']);
    expect(calls.longestMs).toBeLessThan(DEADLINE_MS + GRACE_MS);
  });

  it.each([
    ['a name that does not exist', 'unknown', 'dns-not-found 3004'],
    ['a name whose server fails', 'failing', 'dns-unavailable 3004'],
  ])('gives %s its own fault at once', (_what, zone, ending) => {
    const { endings, calls } = seen(report, zone);
    expect(Object.keys(endings)).toEqual([ending]);
    expect(calls.p99Ms).toBeLessThan(PROMPT_MS);
  });

  it('keeps a process behind close() for no longer than the look-up that has the thread, and without it for nothing', async () => {
    const [other, own] = await Promise.all(callers.map(async (caller) => ((await caller.next()) as Exit).livedOnMs));
    figures.push(`lived on behind close(): all served ${other} ms, five silent ${own} ms (${report.open.join(', ')})`);
    expect(without.open).toEqual([]);
    expect(other).toBeLessThan(PROMPT_MS);
    expect(['GetAddrInfoReqWrap', 'Timeout']).toEqual(expect.arrayContaining([...report.open]));
    expect(own).toBeLessThan(SYSTEM_MS + WAIT_MS + GRACE_MS);
  });
});

describe('two name servers, of which the first', () => {
  it.each([
    ['is dead, nothing listening there', dead, PROMPT_MS],
    // Every look-up waits for the first one, but not for the 5 s that the system does.
    ['is silent', silent, 2 * PROMPT_MS],
  ])('%s, serve all forty brokers', async (what, first, limitMs) => {
    const report = await reportOf(start('caller.ts', [first, serving], ALL_SERVED), `first ${what}`);
    const { endings, dials } = seen(report, 'served');
    expect(Object.keys(endings)).toEqual(['ok']);
    expect(dials.p99Ms).toBeLessThan(limitMs);
  });
});

describe('no name server', () => {
  it('is dns-unavailable, 3004, for every caller, before the deadline is near', async () => {
    const report = await reportOf(start('caller.ts', [dead], ALL_SERVED), 'all dead');
    const { endings, calls } = seen(report, 'served');
    expect(Object.keys(endings)).toEqual(['dns-unavailable 3004']);
    expect(calls.p99Ms).toBeLessThan(DEADLINE_MS - 1_000);
  });
});

describe('dns.lookup alone, in the same network', () => {
  it('holds every other name up for seconds', async () => {
    const { servedMs } = (await control.next()) as Control;
    const [first, last] = [Math.min(...servedMs), Math.max(...servedMs)];
    figures.push(`dns.lookup alone, five silent, served: ${first} to ${last} ms`);
    expect(servedMs).toHaveLength(35);
    expect(first).toBeGreaterThan(5_000);
  });

  it('holds even process.exit() up, until the thread is done', async () => {
    figures.push(`dns.lookup alone, one silent: process.exit() took ${await exitMs} ms`);
    expect(await exitMs).toBeGreaterThan(5_000);
  });
});
