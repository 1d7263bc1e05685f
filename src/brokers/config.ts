import * as v from 'valibot';
import { isJsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import { DialectSchema } from './dialect-schema.ts';
import { knownOptions } from './known-options.ts';
import type { ConnectorOptions, DialectOptions } from './options.ts';
import { ConfigSchema } from './schema.ts';

type Issue = v.BaseIssue<unknown>;

function keysOf(issue: Issue): unknown[] {
  return (issue.path ?? []).map(({ key }) => key);
}

/** Keys as they are written in a program: `brokers[0].operations["account.balance"]`. */
export function writtenPath(root: string, keys: readonly unknown[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${String(key)}]`;
    const name = String(key);
    return /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
  }, root);
}

/** Every option of an object that is not known there: valibot ends at the first. */
function unknownOptions(issue: Issue, schema: unknown, keys: readonly unknown[]): unknown[][] {
  const [outer, own] = [keys.slice(0, -1), keys.at(-1)];
  const known = knownOptions(schema, outer);
  const input: unknown = issue.path?.at(-1)?.input;
  const given = isJsonObject(input) ? Object.keys(input) : [];
  return given.filter((key) => key === own || !known.includes(key)).map((key) => [...outer, key]);
}

/** The option that one which is not known may have been meant for, as the end of a sentence. */
function meant(schema: unknown, keys: readonly unknown[]): string {
  const [near] = nearest(String(keys.at(-1)), knownOptions(schema, keys.slice(0, -1)));
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** What was expected, in words; checks of ours carry their own, plain type mismatches get theirs here. */
function expectedOf({ expected, message, received, type }: Issue): string {
  if (message.startsWith('expected')) return message;
  if (received === 'undefined' && type === 'strict_object') return 'expected a value, and there is none';
  return `expected ${expected ?? 'another value'}`;
}

/** A union says what it takes; where one of its members came close, that member's own issues say it better. */
export function issuesOf(root: string, issue: Issue, schema: unknown, outer: readonly unknown[] = []): ConfigIssue[] {
  const keys = [...outer, ...keysOf(issue)];
  const inner = (issue.issues ?? []).filter((each) => each.path !== undefined);
  if (inner.length > 0) return inner.flatMap((each) => issuesOf(root, each, schema, keys));
  if (issue.expected !== 'never') return [{ path: writtenPath(root, keys), expected: expectedOf(issue) }];
  return unknownOptions(issue, schema, keys).map((unknown) => ({
    path: writtenPath(root, unknown),
    expected: `expected no such option${meant(schema, unknown)}`,
  }));
}

/**
 * A configuration of the right shape.
 *
 * @throws ConfigError with every mistake, its path and what was expected.
 */
export function parseConfig(input: unknown): ConnectorOptions {
  const result = v.safeParse(ConfigSchema, input);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.flatMap((issue) => issuesOf('config', issue, ConfigSchema)));
}

/**
 * A dialect of the right shape, from a file of its own.
 *
 * @throws ConfigError with every mistake, its path and what was expected.
 */
export function parseDialect(input: unknown): DialectOptions {
  const result = v.safeParse(DialectSchema, input);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.flatMap((issue) => issuesOf('dialect', issue, DialectSchema)));
}
