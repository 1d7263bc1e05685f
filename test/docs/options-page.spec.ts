import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { optionsPage } from '../../.ci/options-page.ts';

const PAGE = readFileSync('docs/options.md', 'utf8');
const HAND_WRITTEN = readFileSync('docs/configuration.md', 'utf8') + readFileSync('docs/gateway.md', 'utf8');

/** Every name of a property in a JSON Schema, at any depth. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
}

function propertiesOf(path: readonly string[]): string[] {
  const schema = JSON.parse(readFileSync('docs/config.schema.json', 'utf8')) as unknown;
  const found = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], schema);
  return Object.keys(found as object);
}

describe('docs/options.md', () => {
  it('is current: `npm run docs` would write the same', () => {
    expect(PAGE).toBe(optionsPage());
  }, 30_000);

  it('has every option of the schema', () => {
    const names = new Set(namesIn(JSON.parse(readFileSync('docs/config.schema.json', 'utf8'))));
    expect(names.size).toBeGreaterThan(60);
    // That of a PEM is said once, of all of them.
    expect([...names].filter((name) => !PAGE.includes(`| \`${name}\``))).toEqual(['file']);
    expect(PAGE).toContain('`{ "file": path }`');
  });

  it('says something of every option', () => {
    expect(PAGE.split('\n').filter((line) => /^\| `.*\|\s*\|$/.test(line))).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  it.each(propertiesOf(['properties', 'brokers', 'items', 'properties']))('explains %s', (name) => {
    expect(HAND_WRITTEN).toMatch(new RegExp(`\`${name}\\b`));
  });
});
