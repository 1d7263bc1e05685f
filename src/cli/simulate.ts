import { FixtureError } from '../brokers/config-error.ts';
import { createRegistry } from '../brokers/registry.ts';
import { speechOf } from '../fixture/settings.ts';
import { SimulatorError } from '../simulator/error.ts';
import type { PlayedRequest } from '../simulator/options.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { loadFixtures, type LoadedFixture } from '../testing/load.ts';
import type { Given } from './arguments.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { configOf } from './fixtures-task.ts';
import type { Io } from './io.ts';
import { numberFrom } from './number-option.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, LABELS } from './words.ts';

function heard({ broker, operation, fixture, attempt = 1 }: PlayedRequest, io: Io): void {
  const answered = fixture === undefined ? LABELS.noFixture[io.lang] : `${fixture} #${String(attempt)}`;
  io.err(`${broker} ${operation}: ${answered}`);
}

function show(simulator: Simulator, given: Given, io: Io): void {
  const { aliases, controlUrl, ca } = simulator;
  if (given.isSet('json')) {
    const brokers = Object.fromEntries(aliases.map((alias) => [alias, simulator.baseUrl(alias)]));
    io.out(JSON.stringify({ schema: JSON_SCHEMA, brokers, control: controlUrl, ...(ca !== undefined && { ca }) }));
    return;
  }
  const rows = aliases.map((alias) => [alias, simulator.baseUrl(alias)]);
  for (const line of columns([...rows, [LABELS.control[io.lang], controlUrl]])) io.out(line);
  if (ca !== undefined) io.out(ca.trim());
}

/** The fixtures of a folder, those without settings of their own with what `--config` says of their broker. */
async function fixturesIn(dir: string, given: Given, io: Io): Promise<LoadedFixture[]> {
  const config = await configOf({ dir, given, io });
  const registry = config === undefined ? undefined : createRegistry(config);
  return loadFixtures(dir).map((fixture) =>
    fixture.settings === undefined ? { ...fixture, ...speechOf(registry?.find(fixture.broker)?.configured) } : fixture,
  );
}

/** Starts it; what is wrong with the folder, the port or the host ends the command. */
async function started(given: Given, io: Io): Promise<Simulator> {
  const [dir = ''] = given.names;
  const [port, seed, host] = [numberFrom(given, 'port'), numberFrom(given, 'seed'), given.text('host')];
  try {
    return await startSimulator({
      fixtures: await fixturesIn(dir, given, io),
      tls: given.isSet('tls'),
      onRequest: (request) => {
        heard(request, io);
      },
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(seed !== undefined && { seed }),
    });
  } catch (error) {
    if (error instanceof FixtureError) {
      throw new Refusal(EXIT.config, ...error.issues.map(({ path, expected }) => same(`${path}: ${expected}`)));
    }
    if (error instanceof SimulatorError) throw new Refusal(EXIT.usage, same(error.message));
    throw error;
  }
}

function same(text: string): { en: string; ko: string } {
  return { en: text, ko: text };
}

async function execute(given: Given, io: Io): Promise<number> {
  const simulator = await started(given, io);
  try {
    show(simulator, given, io);
    await io.untilStopped();
  } finally {
    await simulator.close();
  }
  return EXIT.ok;
}

/** `op-exco simulate`: brokers on a real port that play the fixtures of a folder, until it is stopped. */
export const simulate = defineCommand({
  name: 'simulate',
  summary: SUMMARIES.simulate,
  takes: ['DIR'],
  options: {
    port: { value: 'N', words: HELP.port },
    host: { value: 'H', words: HELP.host },
    tls: { words: HELP.tls },
    seed: { value: 'N', words: HELP.seed },
  },
  examples: [
    'op-exco simulate fixtures --port 8080',
    `curl -X PUT localhost:8080/__simulator/scenario -d '{"broker":"sk","fixture":"body-cut"}'`,
  ],
  execute,
});
