import { withEnvironment } from '../brokers/environment.ts';
import { parseJson } from '../flow/parse-json.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { INIT_HINT } from './config-talk.ts';
import { withDialectFiles } from './dialect-files.ts';
import { reasonOf, type Io } from './io.ts';
import { jsonErrorAt } from '../fixture/json-position.ts';
import { EXIT, Refusal } from './refusal.ts';
import { MISTAKES } from './words.ts';

/**
 * The text of a file, or of the standard input for `-`.
 *
 * @throws Refusal with `exit`, naming the path as it was typed.
 */
export async function readTextFile(path: string, io: Io, exit: number = EXIT.usage): Promise<string> {
  try {
    return await io.readText(path);
  } catch (error) {
    const reason = reasonOf(error);
    const hints = exit === EXIT.config && reason === 'ENOENT' ? [INIT_HINT] : [];
    throw new Refusal(exit, MISTAKES.unreadable(path, reason), ...hints);
  }
}

/**
 * The JSON object in a file, or on the standard input for `-`. Numbers beyond 2^53 keep their digits, as text.
 *
 * @throws Refusal with `exit`, naming the path as it was typed and the place of the mistake, but nothing of the content.
 */
export async function readJsonObject(path: string, io: Io, exit: number = EXIT.usage): Promise<JsonObject> {
  const text = await readTextFile(path, io, exit);
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') {
    const place = jsonErrorAt(text);
    const mistake = place === undefined ? MISTAKES.tooDeep(path) : MISTAKES.noJson(path, place.line, place.column);
    throw new Refusal(exit, mistake);
  }
  if (!isJsonObject(parsed.value)) throw new Refusal(exit, MISTAKES.noObject(path));
  return parsed.value;
}

/**
 * What stands in a configuration file, its `${NAME}` filled from the environment and the dialects that it names by a file
 * read from there.
 *
 * @throws Refusal for a file that cannot be read; ConfigError for a variable that is not set, and for a dialect's file that
 *   cannot be read or is of the wrong shape.
 */
export async function readConfig(path: string, io: Io): Promise<unknown> {
  return withDialectFiles(withEnvironment(await readJsonObject(path, io, EXIT.config), io.env), path, io);
}
