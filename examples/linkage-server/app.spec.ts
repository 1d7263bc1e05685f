import { afterAll, expect, it } from '@jest/globals';
import { createConnector } from 'op-exco-connector';
import { loadFixtures, replayFixtures } from 'op-exco-connector/testing';
import { createApp } from './app.ts';

const fixtures = loadFixtures('fixtures');
const replay = replayFixtures(fixtures);
const brokers = ['samsung', 'shinhan', 'hanyang', 'sk'].map((alias) => ({ alias, baseUrl: 'https://broker.example' }));
const app = createApp(createConnector({ brokers }));
const url = await app.listen();
afterAll(async () => {
  replay.stop();
  await app.close();
});

it.each([
  ['an answer', 'samsung/account.balance/answered', 200, { resp: { respCode: '200', respMsg: 'OK' } }],
  ['its own 4001', 'shinhan/account.balance/account-not-found', 500, { category: 'shinhan', code: 4001 }],
  ['nothing in time', 'hanyang/account.balance/stall', 500, { category: 'op-exco', code: 3005 }],
  ['half a body', 'sk/account.balance/body-cut', 500, { category: 'op-exco', code: 3004 }],
])('hands on %s', async (_what, name, status, told) => {
  const fixture = fixtures.find(({ file }) => file === `fixtures/${name}.json`);
  const response = await fetch(`${url}/${String(fixture?.broker)}/account/balance/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fixture?.request),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status, body: told });
});
