import { openBroker, type Script } from '../../support/broker-server.ts';
import { refusing } from '../../support/messages.ts';
import { answers, byteByByte, headOf, stalls, writes, writesAndResets } from '../../support/scripts.ts';
import type { BrokerOptions } from '../../../src/brokers/options.ts';
import type { Fault } from '../../../src/catalog/faults.ts';
import { atOnce, but, oneByOne, serves, type Judgement, type Scene, type Staged } from '../stage.ts';

const READS = ['account.balance', 'account.portfolio'] as const;

async function broker(script: Script, options: Partial<BrokerOptions> = {}): Promise<Staged> {
  const { baseUrl } = await openBroker({}, script);
  return { baseUrl, broker: options };
}

/** The same script for every call, the GET of a probe included. */
function always(
  what: string,
  script: Script,
  expected: Judgement,
  fault: Fault,
  options: Partial<BrokerOptions> = {},
): Scene {
  return { what, stage: () => broker(script, options), calls: atOnce(6, ...READS), expected, fault };
}

/** The script for every operation, and a base path that is served all the same. */
function behindTheFront(what: string, script: Script, expected: Judgement, fault: Fault): Scene {
  return { what, stage: () => broker(but('/', script)), calls: atOnce(6, ...READS), expected, fault };
}

/** The script for one operation only. */
function only(what: string, path: string, script: Script, expected: Judgement, fault: Fault): Scene {
  return {
    what,
    stage: () => broker(but(path, script)),
    calls: atOnce(6, 'account.balance', 'account.portfolio', 'virtualAccount.request'),
    expected,
    fault,
  };
}

const PAGE = '<html><body>FAKE 시스템 점검 중</body></html>';
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const DOWN: Judgement = { verdict: 'broker-down', blame: 'broker', phase: 'message' };

/** `hangul` in EUC-KR, cut inside a letter, under a charset that it is not. */
const GARBAGE = Buffer.from([0x7b, 0x22, 0xbb, 0xef, 0xbc, 0xff, 0xfe, 0xfd, 0x80, 0x22, 0x7d]);

/** What comes back, or does not. */
export const ANSWERS: readonly Scene[] = [
  always('nothing comes behind the connection', stalls, { ...DOWN, phase: 'head' }, 'response-timeout'),
  behindTheFront('calls hang, and the front page is served', stalls, { ...DOWN, phase: 'head' }, 'response-timeout'),
  always('503 with Retry-After', answers('', 503, { 'Retry-After': '120' }), DOWN, 'http-unavailable'),
  behindTheFront('500 for every call', answers('', 500), DOWN, 'http-server-error'),
  always(
    'a maintenance page',
    answers(PAGE, 200, HTML),
    { verdict: 'maintenance', blame: 'broker', phase: 'message' },
    'maintenance-page',
    { maintenance: { pageMatches: ['시스템 점검'] } },
  ),
  always('HTML with 200', answers('<html><body>FAKE notice</body></html>', 200, HTML), DOWN, 'body-html'),
  only(
    'a wrong TRCODE on one operation',
    '/vtnumber',
    answers({ virtualAccountResponseList: { virtualAccount: [{ trCode: 'DIS' }] }, resp: { respCode: '200' } }),
    { verdict: 'operation-broken', blame: 'broker', phase: 'message' },
    'trcode-mismatch',
  ),
  only(
    '404 on one operation',
    '/portfolio/',
    answers('', 404),
    { verdict: 'operation-broken', blame: 'platform', phase: 'message' },
    'http-not-found',
  ),
  always(
    '404 on all operations',
    answers('', 404),
    { verdict: 'our-side', blame: 'platform', phase: 'message' },
    'http-not-found',
  ),
  behindTheFront(
    'answers are cut off',
    writesAndResets(headOf(200, { 'Content-Length': '900' }), '{"resp":'),
    { verdict: 'path', blame: 'path', phase: 'body' },
    'body-cut',
  ),
  behindTheFront('octets that are no text', answers(GARBAGE), DOWN, 'body-encoding'),
  behindTheFront('answers without their result', answers({ FAKE: 1 }), DOWN, 'envelope-missing'),
  behindTheFront(
    'bodies that drip',
    (peer) => {
      peer.write(headOf(200, { 'Content-Length': '900' }));
      peer.drip(byteByByte('{'), 500);
    },
    { ...DOWN, phase: 'body' },
    'body-timeout',
  ),
  behindTheFront('calls are redirected', answers('', 302, { Location: '/FAKE' }), DOWN, 'http-redirect'),
  always('something that is no HTTP', writes('FAKE-PROTOCOL 1\r\n\r\n'), { ...DOWN, phase: 'head' }, 'http-malformed'),
  only(
    'only writes fail',
    '/vtnumber',
    answers('', 503),
    { verdict: 'operation-broken', blame: 'broker', phase: 'message' },
    'http-unavailable',
  ),
  only(
    'one operation resets its connections',
    '/vtnumber',
    (peer) => peer.reset(),
    { verdict: 'operation-broken', blame: 'broker', phase: 'head' },
    'reset-before-response',
  ),
  behindTheFront(
    'our key is refused',
    answers('', 401),
    { verdict: 'our-credentials', blame: 'platform', phase: 'message' },
    'http-denied',
  ),
  behindTheFront(
    'we call too often',
    answers('', 429),
    { verdict: 'our-side', blame: 'platform', phase: 'message' },
    'throttled',
  ),
  {
    what: 'healthy with many business errors',
    stage: () => broker(but('/', answers(refusing('4002', 'FAKE not found')))),
    calls: oneByOne(30),
    expected: { verdict: 'healthy', blame: 'none', phase: 'none' },
  },
  {
    what: 'healthy',
    stage: () => broker(serves),
    calls: atOnce(6, ...READS),
    expected: { verdict: 'healthy', blame: 'none', phase: 'none' },
  },
];
