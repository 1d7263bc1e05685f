import { afterAll, expect, it } from '@jest/globals';
import { createConnector, isExcoError } from 'op-exco-connector';
import { isFixtureMissError, loadFixtures, replayFixtures, startSimulator } from 'op-exco-connector/testing';

const fixtures = loadFixtures('fixtures');
const replay = replayFixtures(fixtures);
afterAll(() => replay.stop());

const [answered] = fixtures.filter(({ file }) => file === 'fixtures/samsung/account.balance/answered.json');
if (answered === undefined) throw new Error('The fixture is not there.');
const { operation, request } = answered;

it('replays a fixture, and names the miss of a call that has none', async () => {
  const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung' }] });
  expect((await exco.settle('samsung', operation, request)).ok).toBe(true);
  const error: unknown = await exco
    .call('samsung', operation, { ...request, accInfo: { vtAccNo: 'FAKE' } })
    .catch((reason: unknown) => reason);
  expect([isFixtureMissError(error), isExcoError(error)]).toEqual([true, false]);
});

it('plays it on a real port', async () => {
  replay.stop();
  const simulator = await startSimulator({ fixtures: [answered] });
  const exco = createConnector({ brokers: simulator.brokers() });
  const settled = await exco.settle('samsung', operation, request).finally(async () => {
    await exco.close();
    await simulator.close();
  });
  expect(settled.ok).toBe(true);
});
