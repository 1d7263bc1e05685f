// Writes the pages of docs/ that are made from data. Run by tsx, since it reads the sources themselves.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { DialectSchema } from '../src/brokers/dialect-schema.ts';
import { ConfigSchema } from '../src/brokers/schema.ts';
import { FixtureSchema } from '../src/fixture/format.ts';
import { dialectsPage } from '../src/cli/dialects-page.ts';
import { errorsPage } from '../src/cli/errors-page.ts';
import { optionsPage } from './options-page.ts';

const docs = join(dirname(import.meta.dirname), 'docs');
writeFileSync(join(docs, 'errors.md'), errorsPage());
writeFileSync(join(docs, 'dialects.md'), dialectsPage());
// Checks that JSON Schema has no words for are made when the configuration is read.
const schema = toJsonSchema(ConfigSchema, { errorMode: 'ignore', target: 'draft-07' });
// In a configuration file, which is what an editor checks, the path of a file may stand for a dialect.
schema.properties.brokers.items.properties.dialect.anyOf.push({ type: 'string', pattern: '\\.json$' });
writeFileSync(join(docs, 'config.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);

const fixtureSchema = {
  ...toJsonSchema(FixtureSchema, { errorMode: 'ignore', target: 'draft-07' }),
  title: 'A fixture of op-exco-connector: one call to a broker as recorded',
};
writeFileSync(join(docs, 'fixture.schema.json'), `${JSON.stringify(fixtureSchema, null, 2)}\n`);

const dialectSchema = {
  ...toJsonSchema(DialectSchema, { errorMode: 'ignore', target: 'draft-07' }),
  title: 'A dialect of op-exco-connector: how a broker words its results',
};
writeFileSync(join(docs, 'dialect.schema.json'), `${JSON.stringify(dialectSchema, null, 2)}\n`);

// Reads the schema that is written above.
writeFileSync(join(docs, 'options.md'), optionsPage());
