import assert from 'node:assert/strict';
import { once } from 'node:events';
import test, { after } from 'node:test';
import { createConnector } from 'op-exco-connector';
import { loadFixtures, startSimulator } from 'op-exco-connector/testing';
import { createApp } from './app.js';

const fixtures = loadFixtures('fixtures');
const simulator = await startSimulator({ fixtures });
const exco = createConnector({ brokers: simulator.brokers() });
const server = createApp(exco).listen(0, '127.0.0.1');
await once(server, 'listening');
after(async () => {
  server.close();
  await exco.close();
  await simulator.close();
});

for (const { broker, request, note, expect } of fixtures) {
  test(`${broker}, which ${note}`, async () => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/${broker}/account/balance/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const body = await response.json();
    if (expect.ok) assert.equal(body.resp.respCode, '200');
    else assert.deepEqual(body, expect.error);
    assert.equal(response.status, expect.ok ? 200 : 500);
  });
}

test('a body that is no JSON is an error of the standard without internals', async () => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/samsung/account/balance/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  assert.deepEqual(await response.json(), { category: 'op-exco', code: 3999, message: 'Unknown error' });
});
