// Writes the pages of docs/ that are made from data. Run by tsx, since it reads the sources themselves.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { ConfigSchema } from '../src/brokers/schema.ts';
import { FixtureSchema } from '../src/fixture/format.ts';
import { errorsPage } from '../src/cli/errors-page.ts';

const docs = join(dirname(import.meta.dirname), 'docs');
writeFileSync(join(docs, 'errors.md'), errorsPage());
// Checks that JSON Schema has no words for are made when the configuration is read.
const schema = toJsonSchema(ConfigSchema, { errorMode: 'ignore', target: 'draft-07' });
writeFileSync(join(docs, 'config.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);

const fixtureSchema = {
  ...toJsonSchema(FixtureSchema, { errorMode: 'ignore', target: 'draft-07' }),
  title: 'A fixture of op-exco-connector: one call to a broker as recorded',
};
writeFileSync(join(docs, 'fixture.schema.json'), `${JSON.stringify(fixtureSchema, null, 2)}\n`);
