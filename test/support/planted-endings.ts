import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { Connector } from '../../src/connector.ts';
import type { Settled } from '../../src/index.ts';
import { isExcoError } from '../../src/model/error.ts';
import type { Script } from './broker-server.ts';
import { collect } from './collect.ts';
import { EVERYTHING, HEADERS, item, MESSAGE, PLANTED, saying, WRITE } from './planted.ts';
import { answers, headOf, responseOf, stalls, writes, writesAndEnds } from './scripts.ts';

/** How a call ends at a broker that puts planted values wherever an answer has room for them. */
export interface Ending {
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

/** Every such ending. */
export const ENDINGS: readonly Ending[] = [
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
