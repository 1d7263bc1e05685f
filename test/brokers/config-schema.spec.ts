import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { ConnectorOptions } from '../../src/brokers/options.ts';
import { ConfigSchema } from '../../src/brokers/schema.ts';

type Checked = v.InferInput<typeof ConfigSchema>;

/** The keys of a type at every level, as if all of them were there; the values are left aside. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Shape<Exclude<T[Key], undefined>> }
    : 'value';

/** `true` where two types are the same; anything else does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

const PUBLISHED = JSON.parse(readFileSync('docs/config.schema.json', 'utf8')) as unknown;

describe('the published JSON Schema', () => {
  it('is the schema that configurations are checked with, and takes the path of a file for a dialect', () => {
    const schema = toJsonSchema(ConfigSchema, { errorMode: 'ignore', target: 'draft-07' });
    const written = JSON.stringify(PUBLISHED);
    const file = ',{"type":"string","pattern":"\\\\.json$"}';
    expect(written.split(file)).toHaveLength(2);
    expect(JSON.parse(written.replace(file, ''))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('knows every option at every level, and no other', () => {
    const open: string[] = [];
    (function look(schema: unknown, path: string): void {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false))
        open.push(path);
      for (const [key, inner] of Object.entries(schema)) look(inner, `${path}/${key}`);
    })(PUBLISHED, '');
    expect(open).toEqual([]);
  });
});

describe('the documented types', () => {
  it('and the schema have the same keys at every level', () => {
    const same: [Same<Shape<ConnectorOptions>, Shape<Checked>>] = [true];
    expect(same).toEqual([true]);
  });

  it('allow no more and no less than the schema', () => {
    const typed: ConnectorOptions = { brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1' }] };
    const checked: Checked = typed;
    const back: ConnectorOptions = checked;
    expect(back).toBe(typed);
  });
});
