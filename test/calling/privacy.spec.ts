import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { toErrorResponse, type ExcoError, type Settled } from '../../src/index.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Connector } from '../../src/connector.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, SERVER_IDENTITIES } from '../support/certificates.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { closedPort } from '../support/full-backlog.ts';
import { MESSAGES } from '../support/messages.ts';
import { answers, headOf, responseOf, stalls, writes, writesAndEnds } from '../support/scripts.ts';
import { isExcoError } from '../../src/model/error.ts';

/** Personal data and secrets, each to be found nowhere but on the wire. */
const PLANTED = {
  ci: `LOUDCI${'Q'.repeat(80)}==`,
  dn: 'cn=홍길동LOUD(HONG)0000,ou=personal,o=FakeCA,c=KR',
  name: '홍길동',
  reqIdConsumer: 'LOUDREQ0001',
  realAccNo: '123-45-678901',
  realAccPlain: '12345678901',
  vtAccNo: '999900000000000007',
  alias: '내월급통장LOUD',
  phone: '010-1234-5678',
  email: 'hong.loud@example.kr',
  ipAddr: '192168000077',
  macAddr: 'LOUDMAC00A1B',
  token: 'LOUDTOKEN.abc-def_ghi',
  apiKey: 'LOUDAPIKEY0123456789',
  page: 'LOUDPAGEKEY0001',
  address: '10.11.12.13:8443',
  host: 'was01.loud.internal',
  path: '/home/was/loud/conf/db.properties',
  trace: 'at kr.co.loud.Account.find(Account.java:77)',
  other: `OTHERLOUD${'Z'.repeat(77)}==`,
} as const;

/** All that a reason can be cleaned of: values of the message's own fields, and what looks like what it is. */
const EVERYTHING = Object.entries(PLANTED)
  .filter(([name]) => name !== 'page')
  .map(([, value]) => value)
  .join(' ');

const MESSAGE: JsonObject = {
  ...MESSAGES['account.balance'],
  partner: { comId: 'F9999', srvId: '000' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn, ci: PLANTED.ci },
  devInfo: { ipAddr: PLANTED.ipAddr, macAddr: PLANTED.macAddr },
  accInfo: { vtAccNo: PLANTED.vtAccNo, realAccNo: PLANTED.realAccNo, vtAccAlias: PLANTED.alias, accName: PLANTED.name },
  platformFields: { apiAccessToken: PLANTED.token, customerPhone: PLANTED.phone, customerEmail: PLANTED.email },
};

const WRITE: JsonObject = {
  ...MESSAGES['virtualAccount.request'],
  commonHeader: { reqIdPlatform: 'P', reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn, ci: PLANTED.ci },
  devInfo: { ipAddr: PLANTED.ipAddr, macAddr: PLANTED.macAddr },
  accName: PLANTED.name,
  apiAccessToken: PLANTED.token,
  virtualAccountList: {
    virtualAccount: [
      { trCode: 'REQ', realAccNo: PLANTED.realAccNo, vtAccAlias: PLANTED.alias, vtAccNo: PLANTED.vtAccNo },
    ],
  },
};

const BROKER: Partial<BrokerOptions> = {
  headers: { Authorization: `Bearer ${PLANTED.token}`, apiKey: PLANTED.apiKey },
  retry: { baseMs: 0 },
};

/** Headers that a broker answers with, none of which is anybody's business. */
const HEADERS = {
  'Set-Cookie': `JSESSIONID=${PLANTED.apiKey}`,
  Location: `http://${PLANTED.address}/?ci=${PLANTED.ci}`,
  Server: PLANTED.host,
  'X-Trace': PLANTED.path,
  'Retry-After': '3600',
};

/** An answer that holds every planted value in its fields, and says this. */
function saying(resp: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    commonHeader: { ci: PLANTED.ci, reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn },
    accInfo: { realAccNo: PLANTED.realAccPlain, vtAccNo: PLANTED.vtAccNo, accName: PLANTED.name },
    customerPhone: PLANTED.phone,
    customerEmail: PLANTED.email,
    ...more,
    resp,
  };
}

function item(message: string, status = 'FAILURE'): JsonObject {
  return {
    trCode: 'REQ',
    realAccNo: PLANTED.realAccNo,
    vtAccNo: PLANTED.vtAccNo,
    vtAccAlias: PLANTED.alias,
    status,
    message,
  };
}

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

function plantedIn(text: string): string[] {
  return Object.entries(PLANTED)
    .filter(([, value]) => text.includes(value))
    .map(([name]) => name);
}

interface Ending {
  readonly what: string;
  readonly script: Script;
  readonly code: number;
  readonly broker?: Partial<BrokerOptions>;
  readonly call?: (exco: Connector) => Promise<Settled>;
}

const write = (exco: Connector) => exco.settle('samsung', 'virtualAccount.request', WRITE);

const walk = async (exco: Connector): Promise<Settled> => {
  try {
    await collect(exco.pages('samsung', 'account.balance', MESSAGE));
  } catch (error) {
    if (isExcoError(error)) return { ok: false, error };
  }
  throw new Error('The pages came to an end.');
};

const ENDINGS: readonly Ending[] = [
  {
    what: 'a listed code with everything as its reason',
    script: answers(saying({ respCode: '5006', respMsg: `Failure To Issue an vtAccNo, [${EVERYTHING}]` })),
    code: 5006,
  },
  {
    what: 'a listed code with everything as its text',
    script: answers(saying({ respCode: '4001', respMsg: EVERYTHING })),
    code: 4001,
  },
  {
    what: 'a code that no table has, with everything as its text',
    script: answers(saying({ respCode: '4999', respMsg: EVERYTHING })),
    code: 4999,
  },
  {
    what: 'the four fields of the standard',
    script: answers({ category: PLANTED.name, code: 7000, message: EVERYTHING, description: EVERYTHING }, 500),
    code: 7000,
  },
  {
    what: 'a code of a dialect',
    script: answers({ rt_cd: '1', msg_cd: PLANTED.realAccPlain, msg1: EVERYTHING, ...saying({}) }),
    broker: {
      dialect: { result: { code: 'rt_cd', detail: 'msg_cd', message: 'msg1', success: ['0'] }, otherwise: 7000 },
    },
    code: 7000,
  },
  {
    what: 'a respCode that is an account',
    script: answers(saying({ respCode: PLANTED.realAccPlain, respMsg: EVERYTHING })),
    code: 3011,
  },
  {
    what: 'a respCode that is an account, as a number',
    script: answers(saying({ respCode: Number(PLANTED.realAccPlain), respMsg: '' })),
    code: 3011,
  },
  {
    what: 'a respCode that is a name',
    script: answers(saying({ respCode: PLANTED.name, respMsg: EVERYTHING })),
    code: 3011,
  },
  {
    what: 'a respCode that is a request id',
    script: answers(saying({ respCode: PLANTED.reqIdConsumer, respMsg: EVERYTHING })),
    code: 3011,
  },
  {
    what: "an item's message",
    script: answers({
      ...saying({ respCode: '200' }),
      virtualAccountResponseList: { virtualAccount: [item(EVERYTHING)] },
    }),
    code: 5006,
    call: write,
  },
  {
    what: "an item's reason",
    script: answers({
      ...saying({ respCode: '200' }),
      virtualAccountResponseList: { virtualAccount: [item(`Failure To Issue an vtAccNo, [${EVERYTHING}]`)] },
    }),
    code: 5006,
    call: write,
  },
  {
    what: "somebody else's answer",
    script: answers(saying({ respCode: '200', respMsg: 'OK' }, { commonHeader: { ci: PLANTED.other } })),
    code: 3001,
  },
  {
    what: 'an answer without a result block',
    script: answers({ ...saying({}), resp: null, error: EVERYTHING }),
    code: 3011,
  },
  { what: 'text that is no JSON', script: answers(`${EVERYTHING} {"ci":"${PLANTED.ci}"`), code: 3011 },
  {
    what: 'JSON that is cut',
    script: answers(JSON.stringify(saying({ respMsg: EVERYTHING })).slice(0, -2)),
    code: 3011,
  },
  { what: 'a page', script: answers(`<html><body>${EVERYTHING}</body></html>`), code: 3011 },
  {
    what: 'octets of no charset',
    script: answers(Buffer.concat([Buffer.from(EVERYTHING), Buffer.from([0xff, 0xfe, 0xff])])),
    code: 3011,
  },
  { what: 'a corrupt compression', script: answers(EVERYTHING, 200, { 'Content-Encoding': 'gzip' }), code: 3011 },
  { what: 'a success under 500', script: answers(saying({ respCode: '200', respMsg: EVERYTHING }), 500), code: 3011 },
  {
    what: 'a page key that comes twice',
    script: answers(
      saying({ respCode: '200', respMsg: 'OK' }, { balanceResponseBody: { queryResult: { page: PLANTED.page } } }),
    ),
    code: 3011,
    call: walk,
  },
  { what: 'a redirect', script: answers(EVERYTHING, 302, HEADERS), code: 3600 },
  { what: '503', script: answers(EVERYTHING, 503, HEADERS), code: 3600 },
  {
    what: '500 with a trace',
    script: answers({ error: EVERYTHING, ...saying({}), resp: undefined }, 500, HEADERS),
    code: 3600,
  },
  { what: '429', script: answers({ message: EVERYTHING }, 429, HEADERS), code: 3600 },
  {
    what: '401',
    script: answers({ error: EVERYTHING }, 401, { ...HEADERS, 'WWW-Authenticate': `Bearer ${PLANTED.token}` }),
    code: 3999,
  },
  { what: '404', script: answers(EVERYTHING, 404, HEADERS), code: 3002 },
  {
    what: 'the maintenance page',
    script: answers(`<html>점검 ${EVERYTHING}</html>`),
    broker: { maintenance: { pageMatches: '점검' } },
    code: 3600,
  },
  {
    what: 'a status line of its own',
    script: writes(`HTTP/1.1 500 ${PLANTED.token}\r\nContent-Length: 0\r\n\r\n`),
    code: 3600,
  },
  { what: 'no HTTP at all', script: writes(EVERYTHING), code: 3004 },
  {
    what: 'a head that is too long',
    script: writes(headOf(200, { 'X-Trace': PLANTED.path.repeat(1_000) })),
    code: 3004,
  },
  { what: 'nothing', script: stalls, broker: { timeouts: { headMs: 30 } }, code: 3005 },
  { what: 'a hang-up', script: writesAndEnds(), code: 3004 },
  {
    what: 'a body that is cut',
    script: writesAndEnds(responseOf(JSON.stringify(saying({ respMsg: EVERYTHING }))).subarray(0, -5)),
    code: 3004,
  },
];

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
