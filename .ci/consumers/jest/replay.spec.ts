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
  const { meta } = await exco.call('samsung', operation, request);
  expect(meta.httpStatus).toBe(200);
  const error: unknown = await exco
    .call('samsung', operation, { ...request, accInfo: { vtAccNo: 'FAKE' } })
    .catch((reason: unknown) => reason);
  expect([isFixtureMissError(error), isExcoError(error)]).toEqual([true, false]);
});

it('plays it on a real port', async () => {
  replay.stop();
  const simulator = await startSimulator({ fixtures: [answered] });
  const exco = createConnector({ brokers: simulator.brokers() });
  // An open simulator keeps the process from ending, so it is closed before anything here can fail.
  const { meta } = await exco.call('samsung', operation, request).finally(async () => {
    await exco.close();
    await simulator.close();
  });
  expect(meta.httpStatus).toBe(200);
});
