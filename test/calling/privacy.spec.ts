import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { toErrorResponse, type ExcoError } from '../../src/index.ts';
import type { Connector } from '../../src/connector.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo } from '../support/connect.ts';
import { closedPort } from '../support/full-backlog.ts';
import { BROKER, EVERYTHING, item, MESSAGE, PLANTED, plantedIn, saying, WRITE } from '../support/planted.ts';
import { ENDINGS } from '../support/planted-endings.ts';
import { answers, stalls } from '../support/scripts.ts';

/** Everything that a program could write down of how a call ended. */
function shownBy(error: ExcoError): string {
  const { body, headers } = toErrorResponse(error);
  const texts = [
    JSON.stringify(error),
    JSON.stringify(error.toLog()),
    String(error),
    error.stack,
    JSON.stringify(headers),
    JSON.stringify(body),
  ];
  return [
    ...texts,
    inspect(error, { depth: 10, showHidden: true }),
    inspect(error),
    JSON.stringify(Object.entries(error)),
  ].join('\n');
}

describe('nobody is shown what is personal or secret', () => {
  it.each(ENDINGS)('when the broker answers with $what', async ({ script, broker, code, call }) => {
    const server = await openBroker({}, script);
    const exco = connectTo(server.baseUrl, { ...BROKER, ...broker });
    const records: unknown[] = [];
    for (const event of ['call', 'attempt', 'state'] as const) exco.on(event, (record) => records.push(record));
    const settled = await (call ?? ((each) => each.settle('samsung', 'account.balance', MESSAGE)))(exco);
    if (settled.ok) throw new Error('It succeeded.');
    expect(settled.error.code).toBe(code);
    expect(plantedIn(shownBy(settled.error))).toEqual([]);
    expect(records.length).toBeGreaterThanOrEqual(2);
    expect(plantedIn(JSON.stringify(records))).toEqual([]);
  });

  it('when only some items failed', async () => {
    const list = {
      virtualAccountResponseList: { virtualAccount: [item('', 'SUCCESS'), item(EVERYTHING), item('', PLANTED.name)] },
    };
    const server = await openBroker({}, answers({ ...saying({ respCode: '200', respMsg: 'OK' }), ...list }));
    const three = {
      virtualAccountList: {
        virtualAccount: [1, 2, 3].map(() => ({ trCode: 'REQ', realAccNo: PLANTED.realAccNo, vtAccAlias: '' })),
      },
    };
    const settled = await connectTo(server.baseUrl, BROKER).settle('samsung', 'virtualAccount.request', {
      ...WRITE,
      ...three,
    });
    if (!settled.ok) throw settled.error;
    const { itemFailures, warnings } = settled.reply.meta;
    expect([itemFailures.length, warnings.length]).toEqual([1, 1]);
    expect(plantedIn(JSON.stringify({ itemFailures, warnings }))).toEqual([]);
  });

  it.each([
    { what: 'the broker', ask: (exco: Connector) => exco.settle(EVERYTHING, 'account.balance', MESSAGE) },
    {
      what: 'the broker, as an account',
      ask: (exco: Connector) => exco.settle(PLANTED.realAccNo, 'account.balance', MESSAGE),
    },
    {
      what: 'the operation',
      ask: (exco: Connector) => exco.settle('samsung', PLANTED.dn as 'account.balance', MESSAGE),
    },
    {
      what: 'a field',
      ask: (exco: Connector) => exco.settle('samsung', 'account.balance', { ...MESSAGE, accInfo: { [EVERYTHING]: 1 } }),
    },
  ])('when a secret stands where the name of $what belongs', async ({ ask }) => {
    const exco = connectTo('http://127.0.0.1:9', BROKER);
    const records: unknown[] = [];
    exco.on('call', (record) => records.push(record));
    const settled = await ask(exco);
    if (settled.ok) throw new Error('It succeeded.');
    expect(plantedIn(shownBy(settled.error))).toEqual([]);
    expect(records).toHaveLength(1);
    expect(plantedIn(JSON.stringify(records))).toEqual([]);
  });

  it('when nobody listens, where, and with which certificate', async () => {
    const baseUrl = await closedPort();
    const exco = connectTo(`${baseUrl.replace('http', 'https')}/loud/path`, {
      ...BROKER,
      tls: { ca: CA, ...CLIENT_IDENTITIES.good, passphrase: PLANTED.apiKey },
    });
    const settled = await exco.settle('samsung', 'account.balance', MESSAGE);
    if (settled.ok) throw new Error('It succeeded.');
    const shown = shownBy(settled.error);
    expect(plantedIn(shown)).toEqual([]);
    for (const secret of ['127.0.0.1', new URL(baseUrl).port, 'loud/path', 'PRIVATE KEY'])
      expect(shown).not.toContain(secret);
  });

  it('when the certificate of the broker is not trusted', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.otherHost }, stalls);
    const exco = connectTo(server.baseUrl, { ...BROKER, tls: { ca: CA } });
    const settled = await exco.settle('samsung', 'account.balance', MESSAGE);
    if (settled.ok) throw new Error('It succeeded.');
    const shown = shownBy(settled.error);
    expect(plantedIn(shown)).toEqual([]);
    for (const secret of ['127.0.0.1', 'broker.example', 'FAKE broker']) expect(shown).not.toContain(secret);
  });

  it('when a message cannot be sent', async () => {
    const exco = connectTo('http://127.0.0.1:9', { ...BROKER, limits: { bodyBytes: 1_024 } });
    const failure: unknown = await exco
      .settle('samsung', 'account.balance', { ...MESSAGE, padding: EVERYTHING.repeat(10) })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(plantedIn(inspect(failure, { depth: 10, showHidden: true }))).toEqual([]);
  });
});
