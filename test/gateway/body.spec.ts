import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageOf } from '../../src/gateway/incoming.ts';
import { without } from '../../src/gateway/outgoing.ts';
import { octetsOf } from '../../src/gateway/own-octets.ts';
import { methodsAt, plainPathOf, routesFor } from '../../src/gateway/paths.ts';
import { Withheld } from '../../src/gateway/withheld.ts';
import { parseJson } from '../../src/flow/parse-json.ts';
import { OPERATIONS } from '../../src/model/operations.ts';
import type { JsonObject } from '../../src/model/json.ts';

const UNSAFE = /"(?:__proto__|constructor)":/;
const WITHHELD = ['realAccNo', 'certDn', 'platformFields'];

const anyObject = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => value as JsonObject);
const withFields = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  object: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...WITHHELD, 'REALACCNO')), tie('value'), { maxKeys: 5 }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }),
    tie('object'),
    fc.array(tie('object'), { maxLength: 3 }),
  ),
})).object;

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

describe('a body that is read', () => {
  it('is every JSON object as it was written, unless a key of it is unsafe', () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        const text = JSON.stringify(object);
        const incoming = messageOf(Buffer.from(text));
        if (UNSAFE.test(text)) return;
        expect(incoming.kind).toBe('message');
        if (incoming.kind === 'message') expect(keysOf(incoming.message)).toEqual(keysOf(JSON.parse(text)));
      }),
    );
  });

  it('is refused when any key of it is written twice', () => {
    fc.assert(
      fc.property(anyObject, fc.string(), (object, key) => {
        const twice = `{${JSON.stringify(key)}:1,"inner":${JSON.stringify(object)},${JSON.stringify(key)}:2}`;
        expect(messageOf(Buffer.from(twice)).kind).toBe('wrong');
      }),
    );
  });

  it('whatever the octets: never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => ['message', 'wrong'].includes(messageOf(Buffer.from(octets)).kind)),
    );
  });
});

const blank = fc.constantFrom('', '', ' ', '\n\t');
const anyKey = fc.oneof(
  fc.constantFrom(
    ...['a', 'b', 'realAccNo', 'REALACCNO', 'certDn', 'platformFields', '__proto__', '키'].map((key) => `"${key}"`),
  ),
  fc.constantFrom('"\\u0061"', '"cert\\u0044n"', '"a\\"b:"'),
  fc.string().map((key) => JSON.stringify(key)),
);

/** JSON as people and libraries write it: blanks where they may stand, letters as escapes, keys in any order and more than once. */
const anyText = fc.letrec<{ value: string; object: string }>((tie) => ({
  object: fc
    .tuple(blank, fc.array(fc.tuple(anyKey, blank, tie('value')), { maxLength: 5 }), blank)
    .map(([before, members, behind]) => {
      const written = members.map(([key, space, value]) => `${space}${key}${space}:${space}${value}`);
      return `{${before}${written.join(',')}${behind}}`;
    }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
    fc.constantFrom('12345678901234567890', '1.0', '-0', '1e3', '"\\u0041"', '"1,2:{}[]"', '"정상"'),
    tie('object'),
    fc.tuple(blank, fc.array(tie('object'), { maxLength: 3 })).map(([space, items]) => `[${items.join(`${space},`)}]`),
  ),
})).object;

function withoutNames(value: unknown): unknown {
  const names = new Set(WITHHELD.map((name) => name.toLowerCase()));
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !names.has(key.toLowerCase()));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNames(inner)]));
}

/** What the gateway hands on of a broker's text, in the broker's own octets; `undefined` where it is written anew. */
function handedOn(text: string, fields: readonly string[] = WITHHELD): string | undefined {
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') throw new TypeError(`expected JSON: ${text}`);
  return octetsOf(Buffer.from(text), parsed.value as JsonObject, new Withheld(fields))?.toString();
}

describe('an answer that is handed on', () => {
  const fields = new Withheld(WITHHELD);

  it('has none of the withheld keys at any depth, every other one, and is itself not changed', () => {
    fc.assert(
      fc.property(withFields, (object) => {
        const before = JSON.stringify(object);
        expect(JSON.parse(JSON.stringify(without(fields, object)))).toEqual(
          JSON.parse(JSON.stringify(withoutNames(object))),
        );
        expect(JSON.stringify(object)).toBe(before);
      }),
    );
  });

  it('is not copied where nothing is withheld', () => {
    const data = { a: [{ b: 1 }] };
    expect(without(fields, data)).toBe(data);
    expect(without(new Withheld([]), { certDn: 1 })).toEqual({ certDn: 1 });
  });

  it('says in its own octets what it says written anew, whatever they are', () => {
    let own = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const octets = handedOn(text);
        if (octets === undefined) return;
        own += 1;
        const parsed = parseJson(text);
        expect(JSON.parse(octets)).toEqual(withoutNames(parsed.kind === 'value' ? parsed.value : undefined));
      }),
      { numRuns: 1_000 },
    );
    expect(own).toBeGreaterThan(100);
  });

  it.each([
    ['as it came', '{"a": 1.0,\n "b":"정상"} ', '{"a": 1.0,\n "b":"정상"} '],
    ['without the first member', '{"realAccNo":"1","b":2}', '{"b":2}'],
    ['without the last member', '{"b":2 , "CERTDN" : {"x":[1,2]} }', '{"b":2 }'],
    [
      'without members side by side',
      '{"certDn":1,"b":2,"realAccNo":[],"platformFields":{"certDn":1},"c":3}',
      '{"b":2,"c":3}',
    ],
    ['without its only member', '{"realAccNo":"a,b:{"}', '{}'],
    ['without members of its members', '{"a":[{"certDn":1},{"b":{"realAccNo":1,"certDn":2}}]}', '{"a":[{},{"b":{}}]}'],
    ['without nothing that is only like a key', '{"a":"realAccNo","b":["certDn"]}', '{"a":"realAccNo","b":["certDn"]}'],
  ])('%s', (_how, text, own) => {
    expect(handedOn(text)).toBe(own);
  });

  it.each([
    ['a key that came twice', '{"a":1,"a":2}'],
    ['a key that came twice, a number as text in its place', '{"a":1,"a":12345678901234567890}'],
    ['a key that came twice, once as an escape', '{"a":1,"\\u0061":2}'],
    ['a withheld key as an escape', '{"real\\u0041ccNo":"1"}'],
    ['an unsafe key', '{"__proto__":{"a":1}}'],
    ['a number that would lose digits', '{"a":12345678901234567890}'],
    ['blanks before it', ' {"a":1}'],
  ])('is written anew for %s', (_why, text) => {
    expect(handedOn(text)).toBeUndefined();
  });
});

describe('a path', () => {
  it('that is plain holds nothing that two readers could read in two ways', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, more) => {
        const plain = plainPathOf(path + more);
        if (plain === undefined) return;
        expect(plain).toMatch(/^[A-Za-z0-9._~/-]+$/);
        expect(new URL(plain, 'http://x').pathname).toBe(plain);
      }),
    );
  });

  it.each([
    ['/healthz', ['GET', 'HEAD']],
    ['/v1/anything/account/number', ['POST']],
    ['/v1/fan-out', ['POST']],
    ['/v1/health/sk', ['GET', 'HEAD']],
    ['/v1/health/sk/more', []],
  ])('%s takes %j', (path, methods) => {
    expect(methodsAt(path, routesFor(Object.values(OPERATIONS)))).toEqual(methods);
  });
});
