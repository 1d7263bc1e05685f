import { statSync } from 'node:fs';
import { isConfigError, FixtureError, type ConfigIssue } from '../brokers/config-error.ts';
import { profileOf } from '../brokers/profile.ts';
import type { Registry } from '../brokers/registry.ts';
import { lintFixture, type LintIssue } from '../fixture/lint.ts';
import { brokerOf } from '../fixture/settings.ts';
import type { BrokerProfile } from '../model/broker.ts';
import { fixtureFiles, readFixture, type LoadedFixture } from './load.ts';

/** A mistake in a file. */
export interface FileIssue extends LintIssue {
  readonly file: string;
}

/** What the rules say of a folder. */
export interface LintReport {
  /** Every fixture file of the folder. */
  readonly files: readonly string[];
  readonly issues: readonly FileIssue[];
}

function profileFor(fixture: LoadedFixture, registry: Registry | undefined): BrokerProfile {
  const configured = fixture.settings === undefined ? registry?.find(fixture.broker) : undefined;
  return configured ?? profileOf(brokerOf(fixture, 'http://fixture.invalid'), 'fixture.settings');
}

/** The file's own name is in front of every path of a loader's issue. */
function formatIssue(file: string, { path, expected }: ConfigIssue): FileIssue {
  return { file, rule: 'format', path: path.slice(file.length).replace(/^: /, ''), expected };
}

function issuesOf(file: string, registry: Registry | undefined): FileIssue[] {
  try {
    const fixture = readFixture(file);
    const [brokerFolder = '', operationFolder = ''] = file.split('/').slice(-3, -1);
    const profile = profileFor(fixture, registry);
    const { size: octets } = statSync(file);
    const subject = { fixture, brokerFolder, operationFolder, octets, profile };
    return lintFixture(subject).map((issue) => ({ file, ...issue }));
  } catch (error) {
    if (error instanceof FixtureError) return error.issues.map((issue) => formatIssue(file, issue));
    if (!isConfigError(error)) throw error;
    return error.issues.map((issue) => ({ file, rule: 'format', ...issue }));
  }
}

/**
 * Every mistake of every fixture below `dir`; a fixture without settings of its own is judged as `registry` has its broker.
 *
 * @throws FixtureError for a folder that is missing or cannot be read.
 * @example lintFixtures('fixtures').issues; // []
 */
export function lintFixtures(dir: string, registry?: Registry): LintReport {
  const files = fixtureFiles(dir);
  return { files, issues: files.flatMap((file) => issuesOf(file, registry)) };
}
