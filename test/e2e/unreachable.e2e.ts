import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAR, openNetwork, type Network } from './network.ts';
import type { Judgement, Scene, Told } from './unreachable/scene.ts';

/** Most milliseconds from the start of the steps to a verdict. */
const VERDICT_MS = 10_000;

const PORT = 8_080;

const OURS: Omit<Judgement, 'fault'> = { verdict: 'our-side', blame: 'platform', phase: 'connect' };
const PATH: Omit<Judgement, 'fault'> = { verdict: 'path', blame: 'path', phase: 'connect' };

interface Row {
  readonly what: string;
  readonly host: string;
  /** Whether the other brokers are there too. */
  readonly isShared?: true;
  /** Calls to each broker; where a router is to answer all of them, fewer than it does. */
  readonly calls?: number;
  readonly expected: Judgement;
  /** The system's word, where it has one. */
  readonly code?: string;
}

/** Enough to be sure. */
const CALLS = 6;

const NO_ROUTE = { expected: { ...OURS, fault: 'network-unreachable' }, code: 'ENETUNREACH' } as const;
const UNREACHABLE = { expected: { ...PATH, fault: 'host-unreachable' }, code: 'EHOSTUNREACH' } as const;
const NOBODY_IS = { expected: { ...OURS, fault: 'host-unreachable' }, code: 'EHOSTUNREACH' } as const;

const SCENES: readonly Row[] = [
  { what: 'no route leads to the broker', host: FAR.noRoute, ...NO_ROUTE },
  { what: 'nobody answers at its address', host: FAR.nobody, ...UNREACHABLE },
  { what: 'a router says that it finds no such host', host: FAR.hostUnreachable, calls: 1, ...UNREACHABLE },
  { what: 'a firewall says that it forbids it', host: FAR.prohibited, calls: 1, ...UNREACHABLE },
  { what: 'a firewall drops what is sent', host: FAR.dropped, expected: { ...PATH, fault: 'connect-timeout' } },
  { what: 'no route leads to any broker', host: FAR.noRoute, isShared: true, ...NO_ROUTE },
  { what: 'nobody answers at the address of any', host: FAR.nobody, isShared: true, ...NOBODY_IS },
  {
    what: 'a firewall drops what is sent to any',
    host: FAR.dropped,
    isShared: true,
    expected: { ...OURS, fault: 'connect-timeout' },
  },
  {
    what: 'a router says that it finds none of them',
    host: FAR.hostUnreachable,
    isShared: true,
    calls: 1,
    ...NOBODY_IS,
  },
];

let network: Network | undefined;
const right = { active: 0, alone: 0 };
const figures: string[] = [];

beforeAll(() => {
  network = openNetwork();
  network.addFar();
});

afterAll(async () => {
  process.stderr.write(
    `\nscenes judged rightly: ${right.active} of ${SCENES.length} with a probe, ${right.alone} by calls alone\n${figures.join('\n')}\n`,
  );
  await network?.close();
});

async function judged(scene: Scene): Promise<Told> {
  if (network === undefined) throw new Error('There is no network to judge it in.');
  const judge = network.start(new URL('./unreachable/judge.ts', import.meta.url), [], [JSON.stringify(scene)]);
  return (await judge.next()) as Told;
}

describe('a broker that cannot be reached', () => {
  it.each(SCENES)(
    'is judged rightly, with a probe and by calls alone: $what',
    async ({ what, host, isShared = false, calls = CALLS, expected, code }) => {
      const told = await judged({ baseUrl: `http://${host}:${PORT}`, isShared, calls });
      figures.push(`${what}: ${told.code ?? 'no answer'}, ${told.tookMs} ms`);
      expect(told.active).toEqual(expected);
      right.active += 1;
      expect(told.alone).toEqual(expected);
      right.alone += 1;
      expect(told.code).toBe(code);
      expect(told.tookMs).toBeLessThan(VERDICT_MS);
    },
  );
});
