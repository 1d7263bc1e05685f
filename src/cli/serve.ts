import { parseConfig } from '../brokers/config.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import { isConfigError } from '../brokers/config-error.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Given } from './arguments.ts';
import { defineCommand } from './command.ts';
import { reasonOf, type Io } from './io.ts';
import { readConfig } from './json-file.ts';
import { LineBatch } from './line-batch.ts';
import { numberFrom } from './number-option.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, LABELS, MISTAKES } from './words.ts';

async function configIn(path: string, io: Io): Promise<ConnectorOptions> {
  return parseConfig(await readConfig(path, io));
}

/** Events of every request. */
const OFTEN: ReadonlySet<string> = new Set(['request', 'call']);

/** Opens the door; a port or an address that cannot be had ends the command. */
async function listen(gateway: Gateway, given: Given): Promise<string> {
  const [port, host] = [numberFrom(given, 'port'), given.text('host')];
  try {
    return await gateway.listen({ port, host });
  } catch (error) {
    const reason = reasonOf(error);
    throw new Refusal(EXIT.usage, {
      en: `port ${String(port ?? '')}: expected one that can be listened on (${reason})`,
      ko: `포트 ${String(port ?? '')}: 수신할 수 없음(${reason})`,
    });
  }
}

/** Says on the spot why a configuration was not taken; the log has it too. */
function sayWhy(error: unknown, io: Io): void {
  const lines = error instanceof Refusal ? error.lines.map((line) => line[io.lang]) : [];
  const issues = isConfigError(error) ? error.issues.map(({ path, expected }) => `${path}: ${expected}`) : [];
  for (const line of [...lines, ...issues, LABELS.reloadKept[io.lang]]) io.err(line);
}

/** Reads the file anew whenever the program is told to, one time after the other. */
function followReloads(gateway: Gateway, path: string, io: Io): void {
  let last: Promise<void> = Promise.resolve();
  io.onReload(() => {
    last = last
      .then(() => gateway.reload(configIn(path, io)))
      .catch((error: unknown) => {
        sayWhy(error, io);
      });
  });
}

async function execute(given: Given, io: Io): Promise<number> {
  const path = given.text('config');
  if (path === undefined) throw new Refusal(EXIT.usage, MISTAKES.configMissing());
  const lines = new LineBatch((text) => io.out(text), systemClock);
  const gateway = createGateway(await configIn(path, io), {
    log: (line) => {
      lines.add(JSON.stringify(line));
      // Only what goes well and comes often may wait: a trouble is written before a worse one can end the process.
      if (line.level !== 'info' || !OFTEN.has(line.event)) lines.flush();
    },
    processMetrics: true,
  });
  followReloads(gateway, path, io);
  try {
    const url = await listen(gateway, given);
    io.err(`${LABELS.serving[io.lang]}: ${url}/v1/...`);
    io.err(`${LABELS.statusPage[io.lang]}: ${url}/status`);
    io.err(LABELS.signals[io.lang]);
    await io.untilStopped();
  } finally {
    await gateway.close();
  }
  return EXIT.ok;
}

/** `op-exco serve`: the gateway, its log as JSON lines on the standard output, until it is stopped. */
export const serve = defineCommand({
  name: 'serve',
  summary: SUMMARIES.serve,
  takes: [],
  options: { port: { value: 'N', words: HELP.servePort }, host: { value: 'H', words: HELP.serveHost } },
  examples: ['op-exco serve --config exco.json', 'op-exco serve --config exco.json --port 8080 --host 0.0.0.0'],
  execute,
});
