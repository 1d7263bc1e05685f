import * as v from 'valibot';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import { DialectSchema } from './dialect-schema.ts';
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

/** What was expected, in words; checks of ours carry their own, plain type mismatches get theirs here. */
function expectedOf({ expected, message, received, type }: Issue): string {
  if (expected === 'never') return 'expected no such option';
  if (message.startsWith('expected')) return message;
  if (received === 'undefined' && type === 'strict_object') return 'expected a value, and there is none';
  return `expected ${expected ?? 'another value'}`;
}

/** A union says what it takes; where one of its members came close, that member's own issues say it better. */
export function issuesOf(root: string, issue: Issue, outer: readonly unknown[] = []): ConfigIssue[] {
  const keys = [...outer, ...keysOf(issue)];
  const inner = (issue.issues ?? []).filter((each) => each.path !== undefined);
  if (inner.length > 0) return inner.flatMap((each) => issuesOf(root, each, keys));
  return [{ path: writtenPath(root, keys), expected: expectedOf(issue) }];
}

/**
 * A configuration of the right shape.
 *
 * @throws ConfigError with every mistake, its path and what was expected.
 */
export function parseConfig(input: unknown): ConnectorOptions {
  const result = v.safeParse(ConfigSchema, input);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.flatMap((issue) => issuesOf('config', issue)));
}

/**
 * A dialect of the right shape, from a file of its own.
 *
 * @throws ConfigError with every mistake, its path and what was expected.
 */
export function parseDialect(input: unknown): DialectOptions {
  const result = v.safeParse(DialectSchema, input);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.flatMap((issue) => issuesOf('dialect', issue)));
}
