import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { createConnector } from 'op-exco-connector';
import { loadFixtures, startSimulator } from 'op-exco-connector/testing';
import { createApp } from './app.js';

const fixtures = loadFixtures('fixtures');
const simulator = await startSimulator({ fixtures });
const app = createApp(createConnector({ brokers: simulator.brokers() }));
after(async () => {
  await app.close();
  await simulator.close();
});

for (const { broker, request, note, expect } of fixtures) {
  test(`${broker}, which ${note}`, async () => {
    const response = await app.inject({ method: 'POST', url: `/${broker}/account/balance/search`, payload: request });
    if (expect.ok) assert.equal(response.json().resp.respCode, '200');
    else assert.deepEqual(response.json(), expect.error);
    assert.equal(response.statusCode, expect.ok ? 200 : 500);
  });
}

test('health names every broker', async () => {
  const { brokers } = (await app.inject('/health')).json();
  assert.deepEqual(Object.keys(brokers).sort(), ['samsung', 'shinhan', 'sk']);
});
