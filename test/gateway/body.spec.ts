import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageOf } from '../../src/gateway/incoming.ts';
import { createOutgoing } from '../../src/gateway/outgoing.ts';
import { methodsAt, plainPathOf, routesFor } from '../../src/gateway/paths.ts';
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

describe('an answer that is written', () => {
  const outgoing = createOutgoing(WITHHELD);

  it('has none of the withheld keys at any depth, every other one, and is itself not changed', () => {
    fc.assert(
      fc.property(withFields, (object) => {
        const before = JSON.stringify(object);
        const names = new Set(WITHHELD.map((name) => name.toLowerCase()));
        const without = (value: unknown): unknown => {
          if (Array.isArray(value)) return value.map(without);
          if (typeof value !== 'object' || value === null) return value;
          const kept = Object.entries(value).filter(([key]) => !names.has(key.toLowerCase()));
          return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner)]));
        };
        expect(JSON.parse(outgoing.octets(object).toString())).toEqual(JSON.parse(JSON.stringify(without(object))));
        expect(JSON.stringify(object)).toBe(before);
      }),
    );
  });

  it('is not copied where nothing is withheld', () => {
    const data = { a: [{ b: 1 }] };
    expect(outgoing.without(data)).toBe(data);
    expect(createOutgoing([]).without({ certDn: 1 })).toEqual({ certDn: 1 });
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
