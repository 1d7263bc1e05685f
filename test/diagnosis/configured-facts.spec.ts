import { expect, it } from '@jest/globals';
import { createRegistry } from '../../src/brokers/registry.ts';
import { configuredFacts } from '../../src/diagnosis/configured-facts.ts';
import { NOW_MS, recordsOf } from './given.ts';

const [BROKER] = createRegistry({
  brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1', timeouts: { headMs: 1_000 } }],
}).brokers;

it.each([
  [499, 0],
  [500, 1],
])('an answer of %d ms is slow where half of 1,000 ms for its head are slow: %d', (elapsedMs, slow) => {
  if (BROKER === undefined) throw new Error('expected the broker that is configured');
  const records = recordsOf({ count: 1, agoS: 10, elapsedMs });
  const facts = configuredFacts(BROKER, records, NOW_MS, { maintenanceLeftMs: 60_000 });
  expect(facts).toMatchObject({ name: '삼성증권', address: 'broker.example', maintenanceLeftMs: 60_000 });
  expect(facts.operations.map(({ recent }) => recent)).toEqual([{ good: 1, bad: 0, slow }]);
});
