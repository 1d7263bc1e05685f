import { profileOf } from '../brokers/profile.ts';
import type { Connector } from '../connector.ts';
import { codeNames, driftOf, type Drift } from '../fixture/drift.ts';
import { judgeFixture } from '../fixture/judge.ts';
import { isLaterPage } from '../fixture/page.ts';
import { brokerOf } from '../fixture/settings.ts';
import type { BrokerProfile } from '../model/broker.ts';
import { operationAt } from '../model/broker-operation.ts';
import type { Operation } from '../model/operation.ts';
import type { Settled } from '../model/reply.ts';
import { loadFixtures, type LoadedFixture } from './load.ts';

/** Which fixtures are held against the live brokers. */
export interface VerifyOptions {
  /** Folder of the fixtures. */
  readonly dir: string;
  /** Aliases of the brokers to ask; all of them where nothing is said. */
  readonly brokers?: readonly string[];
}

/**
 * Why a fixture was not held against the live broker: it is a write, an operation whose kind is not known, a call that never
 * left, a fault that no broker shows on demand, one that states nothing, a page behind the first one, whose key no broker
 * knows any more, or a broker that was not asked for.
 */
export type SkipReason =
  'write' | 'unknown-operation' | 'refused' | 'fault' | 'nothing-stated' | 'later-page' | 'other-broker';

/** One fixture and what the live broker made of it. */
export interface VerifiedFixture {
  readonly file: string;
  /** Whether the broker still answers as recorded; true for one that was skipped. */
  readonly ok: boolean;
  readonly skipped?: SkipReason;
  /** Every place that differs; types and codes only, no value of a field. */
  readonly drift: readonly Drift[];
}

/** What became of the fixtures of a folder. */
export interface VerifyReport {
  /** Whether no drift was found. */
  readonly ok: boolean;
  /** How many were held against a live broker. */
  readonly checked: number;
  readonly fixtures: readonly VerifiedFixture[];
}

/** Faults that are the broker's own word, and come again as long as the request is the same. */
const REPEATABLE: ReadonlySet<string> = new Set(['broker-error', 'item-failed']);

/** A fixture with what its settings say of its broker and its operation. */
interface Subject {
  readonly fixture: LoadedFixture;
  readonly profile: BrokerProfile;
  readonly operation: Operation | undefined;
  readonly recorded: Settled;
}

function subjectOf(fixture: LoadedFixture): Subject {
  const profile = profileOf(brokerOf(fixture, 'http://fixture.invalid'), 'fixture.settings');
  const operation = operationAt(profile, fixture.operation);
  return { fixture, profile, operation, recorded: judgeFixture(fixture, profile) };
}

function skipReason({ fixture, profile, operation, recorded }: Subject, brokers: readonly string[] | undefined) {
  const isAsked = brokers?.some((alias) => alias.toLowerCase() === fixture.broker.toLowerCase()) ?? true;
  const reasons: readonly (readonly [boolean, SkipReason])[] = [
    [!isAsked, 'other-broker'],
    [operation === undefined, 'unknown-operation'],
    [operation?.kind === 'write', 'write'],
    [fixture.refused !== undefined, 'refused'],
    [fixture.expect === undefined, 'nothing-stated'],
    [!recorded.ok && !REPEATABLE.has(recorded.error.fault), 'fault'],
    [isLaterPage(fixture, profile.paging), 'later-page'],
  ];
  return reasons.find(([applies]) => applies)?.[1];
}

async function verified(connector: Connector, fixture: LoadedFixture, brokers: readonly string[] | undefined) {
  const { file, broker, operation: name, request } = fixture;
  const subject = subjectOf(fixture);
  const skipped = skipReason(subject, brokers);
  if (skipped !== undefined) return { file, ok: true, skipped, drift: [] };
  const { operation = name, profile, recorded } = subject;
  const drift = driftOf(recorded, await connector.settle(broker, operation, request), codeNames(profile));
  return { file, ok: drift.length === 0, drift };
}

/**
 * Asks the live brokers of `connector` what the fixtures of reads ask, one after the other, and compares field by field. A
 * write is never sent. Ids and times are ignored.
 *
 * @throws FixtureError (as a rejection) for a folder or a fixture that cannot be read; nothing is sent then.
 * @example
 * const { ok, fixtures } = await verifyFixtures(exco, { dir: 'fixtures' });
 * if (!ok) console.error(fixtures.filter((each) => !each.ok).map(({ file, drift }) => [file, drift]));
 */
export async function verifyFixtures(connector: Connector, { dir, brokers }: VerifyOptions): Promise<VerifyReport> {
  const fixtures: VerifiedFixture[] = [];
  for (const fixture of loadFixtures(dir)) fixtures.push(await verified(connector, fixture, brokers));
  return {
    ok: fixtures.every(({ ok }) => ok),
    checked: fixtures.filter(({ skipped }) => skipped === undefined).length,
    fixtures,
  };
}
