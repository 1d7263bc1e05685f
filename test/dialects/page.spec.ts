import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toJsonSchema } from '@valibot/to-json-schema';
import { DialectSchema } from '../../src/brokers/dialect-schema.ts';
import { dialectsPage } from '../../src/cli/dialects-page.ts';
import { listedCodes, listedPatterns } from '../../src/dialects/explain.ts';
import { PRESETS } from '../../src/dialects/presets.ts';

const PAGE = readFileSync('docs/dialects.md', 'utf8');

describe('docs/dialects.md', () => {
  it('is current: `npm run docs` would write the same', () => {
    expect(PAGE).toBe(dialectsPage());
  });

  it.each(Object.entries(PRESETS))('has a row for every code and pattern of %s', (name, preset) => {
    const section = PAGE.split(/^## /m).find((each) => each.startsWith(`${name}\n`)) ?? '';
    const rows = [...listedCodes(preset), ...listedPatterns(preset)].map(({ theirs }) => theirs);
    expect(rows.filter((code) => !section.includes(`| \`${code.replaceAll('|', '\\|')}\` |`))).toEqual([]);
  });
});

describe('docs/dialect.schema.json', () => {
  it('is the schema that dialects are checked with', () => {
    const published: unknown = JSON.parse(readFileSync('docs/dialect.schema.json', 'utf8'));
    const schema = toJsonSchema(DialectSchema, { errorMode: 'ignore', target: 'draft-07' });
    expect(published).toEqual({
      ...JSON.parse(JSON.stringify(schema)),
      title: 'A dialect of op-exco-connector: how a broker words its results',
    });
  });
});
