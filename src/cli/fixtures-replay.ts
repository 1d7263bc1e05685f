import { unmet } from '../fixture/expectation.ts';
import { brokerOf } from '../fixture/settings.ts';
import type { ConfigIssue } from '../brokers/config-error.ts';
import type { BrokerOptions, ConnectorOptions } from '../brokers/options.ts';
import { profileOf } from '../brokers/profile.ts';
import { createConnector } from '../connector.ts';
import { operationAt } from '../model/broker-operation.ts';
import { defineOperation } from '../model/operation.ts';
import type { Settled } from '../model/reply.ts';
import { outcomesOf } from '../testing/file-names.ts';
import { loadFixtures, type LoadedFixture } from '../testing/load.ts';
import { isFixtureMissError } from '../testing/miss-error.ts';
import { replayFixtures, type Replay } from '../testing/replay.ts';
import { JSON_SCHEMA } from './command.ts';
import { configOf, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK, SKIP_WORDS } from './fixtures-words.ts';
import { EXIT, Refusal } from './refusal.ts';

/** A fixture that was played, and where the connector made something else of it. */
interface Played {
  readonly file: string;
  readonly ok: boolean;
  /** A call that its connector refuses before any dial has nothing to play. */
  readonly skipped?: 'refused';
  readonly issues: readonly ConfigIssue[];
}

/** Credentials that can be renewed at any time, and that nobody looks at. */
const RENEWABLE: BrokerOptions['credentials'] = { get: () => ({}), renew: () => undefined };

/** Whether the call went on behind a renewal of credentials, which no setting of a fixture can hold. */
function isRenewed(fixture: LoadedFixture): boolean {
  return fixture.attempts.length > 1 && outcomesOf(fixture)[0] === 'credentials-refused';
}

/** The broker as the fixture assumes it, else as it is configured. Nothing is to be waited for between attempts. */
function brokerFor(fixture: LoadedFixture, config: ConnectorOptions | undefined): BrokerOptions {
  const alias = fixture.broker.toLowerCase();
  const configured = config?.brokers.find((each) => each.alias?.toLowerCase() === alias);
  const options =
    fixture.settings === undefined && configured !== undefined
      ? configured
      : brokerOf(fixture, 'http://fixture.invalid');
  const retry = options.retry === false ? false : { ...options.retry, baseMs: 0, capMs: 0 };
  const page = fixture.page === undefined ? {} : { headers: fixture.page };
  return { ...options, ...page, retry, pace: false, ...(isRenewed(fixture) && { credentials: RENEWABLE }) };
}

function startReplay(fixture: LoadedFixture): Replay {
  try {
    return replayFixtures([fixture]);
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.nockMissing());
    throw error;
  }
}

function issuesOf({ attempts, expect }: LoadedFixture, settled: Settled): ConfigIssue[] {
  const made = settled.ok ? settled.reply.meta.attempts : settled.error.attempts;
  const counted = { path: 'fixture.attempts', expected: `expected ${String(made)}, as the connector made` };
  return [...(expect === undefined ? [] : unmet(expect, settled)), ...(made === attempts.length ? [] : [counted])];
}

async function play(fixture: LoadedFixture, config: ConnectorOptions | undefined): Promise<Played> {
  const { file, broker, operation: name, request, refused } = fixture;
  if (refused !== undefined) return { file, ok: true, skipped: 'refused', issues: [] };
  const options = brokerFor(fixture, config);
  const known = operationAt(profileOf(options, 'fixture.settings'), name);
  const operation = known ?? defineOperation({ name, path: '/fixture', kind: 'read' });
  const connector = createConnector({ brokers: [options] });
  const replay = startReplay(fixture);
  try {
    const issues = issuesOf(fixture, await connector.settle(broker, operation, request));
    return { file, ok: issues.length === 0, issues };
  } catch (error) {
    if (!isFixtureMissError(error)) throw error;
    return { file, ok: false, issues: [{ path: 'fixture', expected: error.message }] };
  } finally {
    replay.stop();
    await connector.close();
  }
}

function show(played: readonly Played[], { io }: FixturesTask): void {
  const { lang } = io;
  for (const { file, ok, skipped, issues } of played) {
    if (skipped !== undefined) io.out(`skipped ${file}: ${SKIP_WORDS[skipped][lang]}`);
    else io.out(`${ok ? 'ok     ' : 'differs'} ${file}`);
    for (const { path, expected } of issues) io.out(`  ${path}: ${expected}`);
  }
  const count = played.filter(({ skipped }) => skipped === undefined).length;
  io.err(FIXTURES_TALK.replayed(count, played.filter(({ ok }) => !ok).length)[lang]);
}

/** `op-exco fixtures replay`: plays every fixture to a connector, and compares result, fault and attempts with the file. */
export async function replay(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const config = await configOf(task);
  const fixtures = loadFixtures(dir);
  if (fixtures.length === 0) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.noFixtures(dir));
  const played: Played[] = [];
  // One after the other: two fixtures may answer to the same call.
  for (const fixture of fixtures) played.push(await play(fixture, config));
  const ok = played.every((each) => each.ok);
  if (given.isSet('json')) io.out(JSON.stringify({ schema: JSON_SCHEMA, ok, fixtures: played }));
  else show(played, task);
  return ok ? EXIT.ok : EXIT.error;
}
