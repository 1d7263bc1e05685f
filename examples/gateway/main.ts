import { once } from 'node:events';
import { createGateway } from '../../src/gateway/index.ts';
import { loadFixtures, startSimulator, type Fixture } from '../../src/testing/index.ts';

const FIXTURES = 'fixtures';

/** An answer, a broker's own no, and half a body: what each of the three lines below asks for. */
const SCENES = [
  'samsung/account.balance/answered',
  'shinhan/account.balance/account-not-found',
  'sk/account.balance/body-cut',
];

/** Brokers that only stand on the page, and those who answer. */
const OTHERS = ['hanwha/account.balance/reset', 'kbinvest/account.balance/maintenance-page'];

const PORT = 8_080;

function lineFor({ broker, request }: Fixture, url: string): string {
  const body = JSON.stringify(request).replaceAll("'", String.raw`'\''`);
  return `curl -s ${url}/v1/${broker}/account/balance/search -H 'content-type: application/json' -d '${body}'`;
}

/** What the line will answer: the fixture knows. */
function promiseOf({ expect }: Fixture): string {
  return expect !== undefined && 'error' in expect
    ? JSON.stringify(expect.error)
    : "the broker's message, without the real account";
}

async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/** The gateway before simulated brokers, until it is stopped. */
async function main(): Promise<void> {
  const all = loadFixtures(FIXTURES);
  const named = (names: readonly string[]) =>
    all.filter(({ file }) => names.some((name) => file === `${FIXTURES}/${name}.json`));
  const scenes = named(SCENES);
  const simulator = await startSimulator({ fixtures: [...scenes, ...named(OTHERS)] });
  const gateway = createGateway({ brokers: simulator.brokers(), gateway: { drain: { noticeMs: 0 } } });
  const url = await gateway.listen({ port: Number(process.env['PORT'] ?? PORT) });
  for (const scene of scenes) console.log(`${lineFor(scene, url)}\n    answers ${promiseOf(scene)}\n`);
  console.log(`For people: ${url}/status\nCtrl-C stops it.`);
  await untilStopped();
  await gateway.close();
  await simulator.close();
}

await main();
