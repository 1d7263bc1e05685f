// Writes the pages of docs/ that are made from data. Run by tsx, since it reads the sources themselves.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorsPage } from '../src/cli/errors-page.ts';

writeFileSync(join(dirname(import.meta.dirname), 'docs', 'errors.md'), errorsPage());
