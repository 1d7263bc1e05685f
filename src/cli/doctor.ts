import { isConfigError, type ConfigIssue } from '../brokers/config-error.ts';
import { parseConfig } from '../brokers/config.ts';
import type { BrokerOptions } from '../brokers/options.ts';
import { profileOf } from '../brokers/profile.ts';
import { createRegistry } from '../brokers/registry.ts';
import type { BrokerProfile } from '../model/broker.ts';
import { probe } from '../probe/probe.ts';
import { systemClock } from '../runtime/clock.ts';
import { addressOf } from '../transport/address.ts';
import { CONFIG_FILE } from './config-talk.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { checkLines, checkRecord, exitOfChecks, plain, type Check } from './doctor-check.ts';
import { identityChecks } from './doctor-identity.ts';
import { clockChecks, nodeCheck, openFilesCheck, type Offset } from './doctor-machine.ts';
import { probeChecks } from './doctor-probe.ts';
import { DOCTOR_TEXTS } from './doctor-words.ts';
import type { Io } from './io.ts';
import { readConfig } from './json-file.ts';
import { manifest } from './manifest.ts';
import { Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';

/** An environment variable that a mistake names. */
const VARIABLE = /environment variable ([A-Za-z_]\w*) to be set/;

function issueCheck({ path, expected }: ConfigIssue, file: string): Check {
  const variable = VARIABLE.exec(expected)?.[1];
  const next = variable === undefined ? DOCTOR_TEXTS.configNext(file) : DOCTOR_TEXTS.variableNext(variable);
  return { check: 'config', state: 'fail', found: plain(`${path}: ${expected}.`), next };
}

/** What ended the reading of a configuration, each mistake a check of its own. */
function configFaults(error: unknown, file: string): Check[] {
  if (isConfigError(error)) return error.issues.map((issue) => issueCheck(issue, file));
  if (!(error instanceof Refusal)) throw error;
  const [found = plain(file), next = DOCTOR_TEXTS.configNext(file)] = error.lines;
  return [{ check: 'config', state: 'fail', found, next }];
}

interface Configured {
  readonly checks: readonly Check[];
  readonly profiles: readonly BrokerProfile[];
}

/** Every broker by itself, so that one whose certificates are at fault hides none of the others. */
async function configuredOf(brokers: readonly BrokerOptions[], file: string, io: Io): Promise<Configured> {
  const checks: Check[] = [];
  const profiles: BrokerProfile[] = [];
  for (const [index, options] of brokers.entries()) {
    const { alias, comId, tls } = options;
    const name = alias ?? comId ?? '';
    if (tls !== undefined) checks.push(...(await identityChecks(tls, name, io, systemClock.wallMs())));
    try {
      profiles.push(profileOf(options, `config.brokers[${String(index)}]`));
    } catch (error) {
      checks.push(...configFaults(error, file));
    }
  }
  return { checks, profiles };
}

async function configured(file: string, io: Io): Promise<Configured> {
  try {
    const config = parseConfig(await readConfig(file, io));
    const { checks, profiles } = await configuredOf(config.brokers, file, io);
    if (profiles.length === config.brokers.length) createRegistry(config);
    const fits: Check = { check: 'config', state: 'ok', found: DOCTOR_TEXTS.configFits(file, profiles.length) };
    const isFit = checks.every(({ check }) => check !== 'config');
    return { checks: isFit ? [fits, ...checks] : checks, profiles };
  } catch (error) {
    return { checks: configFaults(error, file), profiles: [] };
  }
}

/** Asks every broker for its name, port, handshake and base path, all side by side; never makes a call. */
async function reached(profiles: readonly BrokerProfile[]): Promise<Check[]> {
  const asked = await Promise.all(
    profiles.map(async (broker) => {
      const report = await probe({ broker, address: addressOf(broker), clock: systemClock });
      return { broker: broker.alias, report };
    }),
  );
  const offsets = asked.flatMap(({ broker, report }): Offset[] => {
    const offsetMs = report.steps.http?.clockOffsetMs;
    return offsetMs === undefined ? [] : [{ broker, offsetMs }];
  });
  const clock = profiles.length === 0 ? [] : clockChecks(offsets);
  return [...clock, ...asked.flatMap(({ broker, report }) => probeChecks(broker, report))];
}

async function limitsOf(io: Io): Promise<string | undefined> {
  try {
    return await io.readText('/proc/self/limits');
  } catch {
    return undefined;
  }
}

/** `op-exco doctor`: whether this machine can call the brokers of the configuration, and what to do where it cannot. */
export const doctor = defineCommand({
  name: 'doctor',
  summary: SUMMARIES.doctor,
  takes: [],
  options: {},
  examples: ['op-exco doctor', 'op-exco doctor --config exco.json --lang ko'],
  async execute(given, io) {
    const file = given.text('config') ?? CONFIG_FILE;
    const { checks: own, profiles } = await configured(file, io);
    const inFlight = profiles.reduce((sum, { concurrency }) => sum + concurrency.inFlight, 0);
    const checks = [
      nodeCheck(io.nodeVersion, manifest().oldestNode),
      openFilesCheck(await limitsOf(io), inFlight),
      ...own,
      ...(await reached(profiles)),
    ];
    const exit = exitOfChecks(checks);
    if (given.isSet('json')) {
      const records = checks.map((check) => checkRecord(check, io.lang));
      io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: exit === 0, checks: records }));
    } else for (const line of checkLines(checks, io)) io.out(line);
    return exit;
  },
});
