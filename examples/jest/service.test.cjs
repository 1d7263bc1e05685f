/* global afterAll, describe, expect, it */
const { createConnector, isExcoError } = require('op-exco-connector');
const { isFixtureMissError, loadFixtures, replayFixtures } = require('op-exco-connector/testing');
const { balanceText } = require('./service.cjs');

const fixtures = loadFixtures(`${__dirname}/fixtures`);
const replay = replayFixtures(fixtures);
const brokers = [...new Set(fixtures.map(({ broker }) => broker))];
const exco = createConnector({ brokers: brokers.map((alias) => ({ alias, baseUrl: 'https://broker.example/v1' })) });
afterAll(async () => {
  replay.stop();
  await exco.close();
});

const requestOf = (broker) => fixtures.find((fixture) => fixture.broker === broker).request;

describe('the text of a balance', () => {
  it.each([
    ['the value', 'samsung', '1245400 won'],
    ["the broker's own reason", 'shinhan', '해지된 계좌'],
    ['that it is to be tried later, when half an answer came', 'sk', 'later (3004)'],
    ['the same, without waiting, when nothing came in time', 'hanyang', 'later (3005)'],
  ])('is %s', async (_what, broker, text) => {
    expect(await balanceText(exco, broker, requestOf(broker))).toBe(text);
  });

  it('leaves no fixture unused', () => {
    expect(replay.unused()).toEqual([]);
  });
});

it('a call that nobody recorded fails by that name, not as a fault of the network', async () => {
  const message = { ...requestOf('samsung'), accInfo: { vtAccNo: '999900000000000009' } };
  const error = await exco.call('samsung', 'account.balance', message).catch((reason) => reason);
  expect([isFixtureMissError(error), isExcoError(error)]).toEqual([true, false]);
});
