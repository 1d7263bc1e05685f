import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
for (const door of Object.keys(require('op-exco-connector/package.json').exports)) {
  const name = door.replace('.', 'op-exco-connector');
  for (const target of [fileURLToPath(import.meta.resolve(name)), require.resolve(name)]) {
    assert.ok(existsSync(target), `${name} leads to ${target}, which is not in the package`);
  }
}
assert.throws(() => require.resolve('op-exco-connector/dist/cjs/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
