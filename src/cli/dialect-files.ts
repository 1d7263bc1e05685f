import { dirname, isAbsolute, join } from 'node:path';
import { parseDialect, writtenPath } from '../brokers/config.ts';
import { ConfigError, type ConfigIssue } from '../brokers/config-error.ts';
import { jsonErrorAt } from '../fixture/json-position.ts';
import { parseJson } from '../flow/parse-json.ts';
import { fieldOf, isJsonObject, type JsonObject } from '../model/json.ts';
import { reasonOf, type Io } from './io.ts';

/** What names a file where a dialect stands; no preset is called so. */
const FILE = /\.json$/i;

/** An address; one letter in front of a colon is a drive. */
const ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/** What stands in a file, or why nothing can be read in it. */
async function contentOf(path: string, io: Io): Promise<{ readonly value: unknown } | { readonly mistake: string }> {
  let text: string;
  try {
    text = await io.readText(path);
  } catch (error) {
    return { mistake: `${path}: expected a file that can be read (${reasonOf(error)})` };
  }
  const parsed = parseJson(text);
  if (parsed.kind !== 'invalid') {
    return isJsonObject(parsed.value) ? { value: parsed.value } : { mistake: `${path}: expected a JSON object` };
  }
  const { line, column } = jsonErrorAt(text) ?? {};
  if (line === undefined || column === undefined) return { mistake: `${path}: expected JSON of at most 100 levels` };
  return { mistake: `${path}: line ${String(line)}, column ${String(column)}: expected JSON, which ends here` };
}

/** Mistakes as they stand behind the place in the configuration: the file, and the path in it. */
function within(path: string, error: unknown): string[] {
  if (!(error instanceof ConfigError)) throw error;
  return error.issues.map((issue) => `${path}: ${issue.path}: ${issue.expected}`);
}

/** A broker with the content of its dialect's file in the place of the path, or the mistakes of either. */
async function filled(broker: JsonObject, named: string, folder: string, io: Io): Promise<JsonObject | string[]> {
  if (ADDRESS.test(named)) return ['expected the path of a file, and this is an address'];
  const path = isAbsolute(named) ? named : join(folder, named);
  const content = await contentOf(path, io);
  if ('mistake' in content) return [content.mistake];
  try {
    return { ...broker, dialect: parseDialect(content.value) };
  } catch (error) {
    return within(path, error);
  }
}

/**
 * A configuration with every dialect that it names by a file (`"dialect": "./house.json"`, from the configuration's own
 * folder) read from there. Anything else is left as it is.
 *
 * @throws ConfigError naming the place in the configuration, the file and the place in it: `config.brokers[0].dialect:
 *   house.json: dialect.result.code: expected …`.
 */
export async function withDialectFiles(config: unknown, configPath: string, io: Io): Promise<unknown> {
  const brokers: unknown = fieldOf(config, 'brokers');
  if (!isJsonObject(config) || !Array.isArray(brokers)) return config;
  const issues: ConfigIssue[] = [];
  const made: unknown[] = [];
  for (const [index, broker] of (brokers as readonly unknown[]).entries()) {
    const named = fieldOf(broker, 'dialect');
    const isNamed = typeof named === 'string' && FILE.test(named) && isJsonObject(broker);
    const found = isNamed ? await filled(broker, named, dirname(configPath), io) : broker;
    if (isNamed && Array.isArray(found)) {
      const path = writtenPath('config', ['brokers', index, 'dialect']);
      issues.push(...found.map((expected: string) => ({ path, expected })));
    } else made.push(found);
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return { ...config, brokers: made };
}
