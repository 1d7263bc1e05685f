import diagnostics from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { openWire } from '../../src/transport/choose-wire.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers } from '../support/scripts.ts';

/** Node's client writes `Host`, our own connections `host`. */
const NODES_CLIENT = /\r\nHost: /;

const STARTED = 'http.client.request.start';

describe('the wire of a request', () => {
  it('is our own connection', async () => {
    nock.restore();
    const server = await openBroker({}, answers(BALANCE));
    expect(await callOf(connectTo(server.baseUrl, {}, { wire: openWire }), 'read')).toMatchObject({ ok: true });
    expect(server.requests[0]?.head).not.toMatch(NODES_CLIENT);
  });

  it("is Node's client while a tracing agent listens to it, and not any more when it has left", async () => {
    nock.restore();
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl, {}, { wire: openWire });
    const listener = () => undefined;
    diagnostics.subscribe(STARTED, listener);
    await callOf(exco, 'read');
    diagnostics.unsubscribe(STARTED, listener);
    await callOf(exco, 'read');
    expect(server.requests.map(({ head }) => NODES_CLIENT.test(head))).toEqual([true, false]);
  });

  it("is Node's client while nock is active, which then answers", async () => {
    nock.activate();
    atEnd(() => {
      nock.restore();
    });
    const server = await openBroker({}, answers('', 404));
    nock(new URL(server.baseUrl).origin)
      .post(() => true)
      .reply(200, BALANCE);
    expect(await callOf(connectTo(server.baseUrl, {}, { wire: openWire }), 'read')).toMatchObject({ ok: true });
    expect(server.requests).toEqual([]);
  });
});
