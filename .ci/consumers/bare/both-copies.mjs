import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'op-exco-connector';

const cjs = createRequire(import.meta.url)('op-exco-connector');
assert.notEqual(cjs.isExcoError, esm.isExcoError, 'one copy only: this shows nothing');

const [ours, theirs] = [esm, cjs].map((copy) => copy.standardError(3006, { description: 'x' }));
assert.ok(esm.isExcoError(theirs), 'the ESM copy does not know an error of the CommonJS copy');
assert.ok(cjs.isExcoError(ours), 'the CommonJS copy does not know an error of the ESM copy');
assert.deepEqual(esm.toErrorResponse(theirs), cjs.toErrorResponse(ours));
