import { profileOf } from '../brokers/profile.ts';
import type { BrokerOptions } from '../brokers/options.ts';
import type { Fixture } from '../fixture/format.ts';
import { differences, Playlist, type Asked } from '../fixture/match.ts';
import { pageOf } from '../fixture/page.ts';
import { brokerOf } from '../fixture/settings.ts';
import type { BrokerProfile } from '../model/broker.ts';
import { fieldOf, isJsonObject, textOf, type JsonObject } from '../model/json.ts';
import { operationAt } from '../model/broker-operation.ts';
import type { Method, Operation } from '../model/operation.ts';
import { OPERATIONS } from '../model/operations.ts';
import { cannotPlay, needsDoor } from './faults.ts';
import { Progress } from './progress.ts';
import { hashOf, seeded } from '../fixture/random.ts';

/** The fixture that answers to a request, and which of its attempts is due. */
export interface Due {
  readonly fixture: Fixture;
  /** First is 0. */
  readonly attempt: number;
}

/** A request for a broker, as far as it tells what is asked. */
export interface Asking {
  readonly method: string;
  readonly message: JsonObject;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Stands for the address of a broker whose settings are only read. */
const NOWHERE = 'http://simulator.invalid';

/** `settings` of several fixtures as one; where two differ the later one counts, `operations` one by one. */
function merged(fixtures: readonly Fixture[]): JsonObject {
  const operations = Object.assign(
    {},
    ...fixtures.map(({ settings }) => fieldOf(settings, 'operations')),
  ) as JsonObject;
  const all = Object.assign({}, ...fixtures.map(({ settings }) => settings)) as JsonObject;
  return Object.keys(operations).length === 0 ? all : { ...all, operations };
}

function without(message: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const { [key]: inner, ...others } = message;
  if (inner === undefined || rest.length === 0) return others;
  return isJsonObject(inner) ? { ...message, [key]: without(inner, rest) } : message;
}

function valueAt(message: unknown, path: readonly string[]): unknown {
  return path.reduce(fieldOf, message);
}

/** The TRCODE of the first virtual account, which tells apart the operations that share a path. */
function itemTrCodeOf(message: JsonObject): string | undefined {
  const items = valueAt(message, ['virtualAccountList', 'virtualAccount']);
  return textOf(fieldOf(Array.isArray(items) ? items[0] : undefined, 'trCode'));
}

/** One broker: its fixtures, which of them is in force, and how far each call has come. */
export class Stage {
  readonly alias: string;
  readonly fixtures: readonly Fixture[];
  readonly #seed: number;
  readonly #progress = new Progress();
  #lists = new Map<string, Playlist<Fixture>>();
  #draw: () => number;
  #inForce: Fixture | undefined;
  #profile: BrokerProfile | undefined;
  latencyMs = 0;
  errorShare = 0;

  constructor(alias: string, fixtures: readonly Fixture[], seed: number) {
    this.alias = alias;
    this.fixtures = fixtures;
    this.#seed = (seed ^ hashOf(alias)) >>> 0;
    this.#draw = seeded(this.#seed);
  }

  /** The one fixture for all requests of its operation, where one was chosen. */
  get inForce(): Fixture | undefined {
    return this.#inForce;
  }

  /** Puts one fixture in force, or with `undefined` all of them again. */
  play(fixture: Fixture | undefined): void {
    this.#inForce = fixture;
    this.#profile = undefined;
    this.#progress.clear();
  }

  /** Forgets calls, plays and chance; what was chosen stays. */
  rewind(): void {
    this.#progress.clear();
    this.#lists = new Map();
    this.#draw = seeded(this.#seed);
  }

  /** Whether the request that is on is one of those that end in HTTP 500. */
  draws500(): boolean {
    return this.errorShare > 0 && this.#draw() < this.errorShare;
  }

  /** What a connector is to know of this broker, served at `baseUrl`. */
  options(baseUrl: string): BrokerOptions {
    const settings = this.#inForce === undefined ? merged(this.fixtures) : (this.#inForce.settings ?? {});
    return brokerOf({ broker: this.alias, settings }, baseUrl);
  }

  /** The operation that a request asks for; one that nothing says the path of takes every other path. */
  operationAt(path: string, asking: Asking): string | undefined {
    const all = this.#inForce === undefined ? this.fixtures : [...this.fixtures, this.#inForce];
    const names = [...new Set([...Object.keys(OPERATIONS), ...all.map(({ operation }) => operation)])];
    const here = names.filter((name) => this.#pathOf(name) === path);
    const [first] = here;
    if (first === undefined) return names.find((name) => this.#pathOf(name) === undefined);
    const byMethod = here.filter((name) => this.methodOf(name) === asking.method);
    return this.#chosen(byMethod, asking) ?? byMethod[0] ?? first;
  }

  /** The method that an operation is asked for with. */
  methodOf(operation: string): Method {
    const override = this.#settings().operations.get(operation);
    return override?.method ?? this.#operation(operation)?.method ?? 'POST';
  }

  /** What a request for an operation asks, as it is looked for among the fixtures. */
  asked(operation: string, { method, message, headers }: Asking): Asked {
    const page = pageOf(this.#settings().paging, headers);
    return { broker: this.alias, operation, message, page, isQuery: method === 'GET' };
  }

  /** The attempt that answers to a request, counted as played. */
  take(asked: Asked, call: string | undefined): Due | undefined {
    const plain = { ...asked, message: this.untagged(asked.operation, asked.message) };
    const key = call === undefined ? undefined : `${asked.operation} ${call}`;
    const inForce = this.#inForce?.operation === asked.operation ? this.#inForce : undefined;
    const fixture = inForce ?? this.#matching(plain, key);
    if (fixture === undefined || fixture.attempts.length === 0) return undefined;
    return { fixture, attempt: this.#progress.advance(key, fixture) };
  }

  #operation(name: string): Operation | undefined {
    return operationAt(this.#settings(), name);
  }

  #pathOf(name: string): string | undefined {
    return this.#settings().operations.get(name)?.path ?? this.#operation(name)?.path;
  }

  /** Of several operations on one path the one whose TRCODE came: in an item, in a header or in the message. */
  #chosen(names: readonly string[], { message, headers }: Asking): string | undefined {
    const place = this.#settings().trCodeAt?.request;
    const sent = place?.kind === 'header' ? headers[place.name] : valueAt(message, place?.path ?? ['']);
    const [item, code] = [itemTrCodeOf(message), textOf(sent)];
    return names.find((name) => {
      const known = this.#operation(name);
      const trCode = this.#settings().operations.get(name)?.trCode ?? known?.trCode;
      const expected = typeof trCode === 'string' ? trCode : trCode?.request;
      return (item !== undefined && known?.itemTrCode === item) || (code !== undefined && expected === code);
    });
  }

  /** The settings as a connector reads them. */
  #settings(): BrokerProfile {
    this.#profile ??= profileOf(this.options(NOWHERE), 'fixture.settings');
    return this.#profile;
  }

  #matching(asked: Asked, call: string | undefined): Fixture | undefined {
    const underWay = this.#progress.underWay(call, (fixture) => differences(fixture, asked).length === 0);
    if (underWay !== undefined) return underWay;
    let list = this.#lists.get(asked.operation);
    if (list === undefined) {
      const playable = this.fixtures.filter(
        (each) =>
          each.operation === asked.operation &&
          each.attempts.length > 0 &&
          !needsDoor(each) &&
          cannotPlay(each) === undefined,
      );
      list = new Playlist(playable);
      this.#lists.set(asked.operation, list);
    }
    return list.take(asked);
  }

  /** The message without the TRCODE that the connector has put into it. */
  untagged(operation: string, message: JsonObject): JsonObject {
    const place = this.#settings().trCodeAt?.request;
    if (place?.kind !== 'path') return message;
    const isRecorded = this.fixtures.some(
      (each) => each.operation === operation && valueAt(each.request, place.path) !== undefined,
    );
    return isRecorded ? message : without(message, place.path);
  }
}
