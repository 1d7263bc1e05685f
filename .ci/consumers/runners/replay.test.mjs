import assert from 'node:assert/strict';
import test from 'node:test';
import { callsUnderReplay, EXPECTED } from './calls.mjs';

test('a replay in node:test', async () => {
  assert.deepEqual(await callsUnderReplay(), EXPECTED);
});
