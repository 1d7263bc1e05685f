import { expect, test } from 'vitest';
import { callsUnderReplay, EXPECTED } from './calls.mjs';

test('a replay in vitest', async () => {
  expect(await callsUnderReplay()).toEqual(EXPECTED);
});
