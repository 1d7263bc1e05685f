import { ConfigError, type ConfigIssue } from './config-error.ts';
import { writtenPath } from './config.ts';

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `$${` for the characters themselves, or `${NAME}`; the closing brace may be missing by mistake. */
const PLACEHOLDER = /\$\$\{|\$\{([^}]*)(\}?)/g;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What is wrong with a placeholder; `undefined` for nothing. Never shows a value, since it may be a secret. */
function mistakeOf(name: string, brace: string, env: Environment): string | undefined {
  if (brace === '' || !NAME.test(name))
    return 'expected ${NAME} with the name of an environment variable, or $${ for the characters';
  return Object.hasOwn(env, name) && env[name] !== undefined
    ? undefined
    : `expected the environment variable ${name} to be set`;
}

function filled(text: string, keys: readonly (string | number)[], env: Environment, issues: ConfigIssue[]): string {
  return text.replace(PLACEHOLDER, (whole: string, name: string | undefined, brace: string) => {
    if (name === undefined) return '${';
    const expected = mistakeOf(name, brace, env);
    if (expected !== undefined) issues.push({ path: writtenPath('config', keys), expected });
    return env[name] ?? whole;
  });
}

function walk(value: unknown, keys: readonly (string | number)[], env: Environment, issues: ConfigIssue[]): unknown {
  if (typeof value === 'string') return filled(value, keys, env, issues);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, [...keys, index], env, issues));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, walk(inner, [...keys, key], env, issues)]),
  );
}

/**
 * A configuration with every `${NAME}` inside its texts replaced from `env`, at any depth; `$${` stands for `${`.
 * Keys are left alone, and what a variable holds is not looked at again. Pure.
 *
 * @throws ConfigError naming every path and variable that cannot be filled.
 */
export function withEnvironment(value: unknown, env: Environment): unknown {
  const issues: ConfigIssue[] = [];
  const result = walk(value, [], env, issues);
  if (issues.length > 0) throw new ConfigError(issues);
  return result;
}
