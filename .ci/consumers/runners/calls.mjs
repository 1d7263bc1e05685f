import { createConnector } from 'op-exco-connector';
import { isFixtureMissError, loadFixtures, replayFixtures } from 'op-exco-connector/testing';

/** What a suite of any runner sees of a replay: an answer, a time-out that takes no time, a miss; and nothing is left. */
export async function callsUnderReplay() {
  const fixtures = loadFixtures('fixtures');
  const replay = replayFixtures(fixtures);
  const brokers = ['samsung', 'hanyang'].map((alias) => ({ alias, baseUrl: `https://broker.example/v1/${alias}` }));
  const exco = createConnector({ brokers });
  const ask = async (name, change = {}) => {
    const { broker, operation, request } = fixtures.find(({ file }) => file === `fixtures/${name}.json`);
    const settled = await exco.settle(broker, operation, { ...request, ...change });
    return settled.ok ? 'answer' : settled.error.fault;
  };
  const seen = [await ask('samsung/account.balance/answered'), await ask('hanyang/account.balance/stall')];
  const missed = await ask('samsung/account.balance/answered', { accInfo: { vtAccNo: 'FAKE' } }).catch(
    isFixtureMissError,
  );
  await exco.close();
  replay.stop();
  return [...seen, missed, replay.misses().length];
}

export const EXPECTED = ['answer', 'response-timeout', true, 1];
