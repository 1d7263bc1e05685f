import { profileOf } from '../brokers/profile.ts';
import { parseJson } from '../flow/parse-json.ts';
import { bodyOf } from '../fixture/judge.ts';
import type { Fixture, FixtureAttempt, FixtureResponse } from '../fixture/format.ts';
import { SECRET_HEADERS } from '../fixture/personal.ts';
import { brokerOf } from '../fixture/settings.ts';
import { isJsonObject } from '../model/json.ts';
import { personalValues } from '../model/redact.ts';
import { cleanMessage } from './clean-message.ts';
import { cleanOctets } from './clean-octets.ts';
import { cleanText } from './clean-text.ts';
import { dialectFields } from './dialect-fields.ts';
import { Disguise } from './disguise.ts';
import { remainsIn } from './remains.ts';
import { isPersonalName, sensitivityOf } from './sensitive.ts';
import type { StandIns } from './stand-in.ts';

/** What cleaning makes of a fixture: one without personal data, or the places that it cannot clean. */
export type Cleaned = { readonly fixture: Fixture } | { readonly refused: readonly string[] };

/** Stands for the broker's address in a profile that is never dialled. */
const NOWHERE = 'http://fixture.invalid';

/** Headers that say how a body is to be read, or when to come again. */
const STRUCTURAL_HEADERS: ReadonlySet<string> = new Set([
  ...['content-type', 'content-encoding', 'content-length', 'transfer-encoding', 'connection', 'retry-after'],
  ...['date', 'server', 'allow', 'vary', 'cache-control'],
]);

/** The message in a body, where one can be read. */
function messageIn({ json, text }: FixtureResponse): unknown {
  if (text === undefined) return json;
  const parsed = parseJson(text);
  return parsed.kind === 'value' ? parsed.value : undefined;
}

/** Every personal value that a field of the fixture states. */
function valuesIn({ request, attempts }: Fixture): string[] {
  const responses = attempts.flatMap(({ response }) => response ?? []);
  const headers = responses.map((response) => response.headers).filter(isJsonObject);
  return personalValues(request, ...responses.map(messageIn), ...headers);
}

/** Where the cleaning of one fixture has come to, and what it does there. */
class Cleaner {
  readonly #disguise: Disguise;

  constructor(disguise: Disguise) {
    this.#disguise = disguise;
  }

  attempt({ response, fault }: FixtureAttempt, path: string): FixtureAttempt {
    const reason = fault?.reason;
    return {
      ...(response !== undefined && { response: this.#response(response, `${path}.response`) }),
      ...(fault !== undefined && { fault }),
      ...(fault !== undefined &&
        reason !== undefined && {
          fault: { ...fault, reason: cleanText(reason, `${path}.fault.reason`, this.#disguise) },
        }),
    };
  }

  /** Headers that say which page was asked for: the same stand-ins that the answer before gave them. */
  page(headers: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        this.#isPageKey(name, value) ? this.#disguise.value(value, `page.${name}`) : value,
      ]),
    );
  }

  #isPageKey(name: string, value: string): boolean {
    return sensitivityOf({ name, value }, this.#disguise.fields) === 'personal';
  }

  #response(response: FixtureResponse, path: string): FixtureResponse {
    const { headers, json, text, base64 } = response;
    const isPacked = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-encoding');
    return {
      ...response,
      ...(headers !== undefined && { headers: this.#headers(headers, `${path}.headers`) }),
      ...(json !== undefined && { json: cleanMessage(json, `${path}.json`, this.#disguise) }),
      ...(text !== undefined && { text: cleanText(text, `${path}.text`, this.#disguise) }),
      ...(base64 !== undefined && { base64: this.#octets(response, isPacked, `${path}.base64`) }),
    };
  }

  #octets(response: FixtureResponse, isPacked: boolean, path: string): string {
    return cleanOctets(bodyOf(response), isPacked, path, this.#disguise).toString('base64');
  }

  #headers(headers: Readonly<Record<string, string>>, path: string): Record<string, string> {
    const made = Object.entries(headers).map(([name, value]): [string, string] => {
      const key = name.toLowerCase();
      const at = `${path}.${name}`;
      if (isPersonalName(key) || SECRET_HEADERS.has(key)) return [name, this.#disguise.value(value, at)];
      if (STRUCTURAL_HEADERS.has(key) || this.#disguise.fields.kept.has(key)) return [name, value];
      if (this.#isPageKey(key, value)) return [name, this.#disguise.value(value, at)];
      return [name, cleanText(value, at, this.#disguise)];
    });
    return Object.fromEntries(made);
  }
}

/**
 * A fixture without a person's data: every field of the list, what a person holds, and what looks like either in free text
 * has a stand-in; `replaced` names the places. Where something cannot be replaced, or a value is still found afterwards, the
 * fixture is refused. What it states (`expect`) is left out: it is to be judged anew.
 */
export function cleanFixture(fixture: Fixture, standIns: StandIns): Cleaned {
  const profile = profileOf(brokerOf(fixture, NOWHERE), 'fixture.settings');
  const values = valuesIn(fixture);
  const disguise = new Disguise(standIns, dialectFields(profile), values);
  const cleaner = new Cleaner(disguise);
  const request = cleanMessage(fixture.request, 'request', disguise);
  const cleaned: Fixture = {
    ...fixture,
    request: isJsonObject(request) ? request : {},
    ...(fixture.page !== undefined && { page: cleaner.page(fixture.page) }),
    attempts: fixture.attempts.map((attempt, index) => cleaner.attempt(attempt, `attempts[${String(index)}]`)),
  };
  delete cleaned.expect;
  const left = [...disguise.refused, ...remainsIn(cleaned, values, disguise.fields)];
  if (left.length > 0) return { refused: [...new Set(left)] };
  const replaced = [...new Set([...(fixture.replaced ?? []), ...disguise.replaced])].sort();
  return { fixture: { ...cleaned, ...(replaced.length > 0 && { replaced }) } };
}
