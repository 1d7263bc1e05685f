import { openBroker, type Script } from '../../support/broker-server.ts';
import { BALANCE } from '../../support/messages.ts';
import { answers, responseOf } from '../../support/scripts.ts';
import type { BrokerOptions } from '../../../src/brokers/options.ts';
import { atOnce, inTurn, oneByOne, serves, type Judgement, type Scene, type Staged } from '../stage.ts';

/** Longer than a prompt answer takes, shorter than the limit for a response head, in milliseconds. */
const SLOWLY_MS = 500;

const slowly: Script = (peer) => {
  setTimeout(() => peer.write(responseOf(JSON.stringify(BALANCE))), SLOWLY_MS);
};

const good = answers(BALANCE);
const bad = answers('', 503);

async function broker(script: Script, options: Partial<BrokerOptions> = {}): Promise<Staged> {
  const { baseUrl } = await openBroker({}, script);
  return { baseUrl, broker: options };
}

function times(count: number, script: Script): Script[] {
  return Array.from({ length: count }, () => script);
}

const DEGRADED: Judgement = { verdict: 'broker-degraded', blame: 'broker', phase: 'message' };
const SLOW: Judgement = { verdict: 'broker-degraded', blame: 'broker', phase: 'head' };

/** What changes with time, or depends on us. */
export const COURSE: readonly Scene[] = [
  { what: 'slow', stage: () => broker(slowly), calls: atOnce(6, 'account.balance'), expected: SLOW },
  {
    what: 'half of the calls slow',
    stage: () => broker(inTurn(slowly, good, slowly, good, slowly, good, slowly, good)),
    calls: atOnce(8, 'account.balance'),
    expected: SLOW,
  },
  {
    what: 'a third of the calls fails',
    stage: () => broker(inTurn(good, good, bad, good, good, bad, good, good, bad)),
    calls: oneByOne(9),
    expected: DEGRADED,
    fault: 'http-unavailable',
  },
  {
    what: 'flapping',
    stage: () => broker(inTurn(...[0, 1, 2].flatMap(() => [good, good, bad, bad]))),
    calls: oneByOne(12),
    expected: DEGRADED,
    fault: 'http-unavailable',
  },
  {
    what: 'recovering',
    stage: () => broker(inTurn(...times(5, bad), good)),
    calls: oneByOne(10),
    expected: DEGRADED,
    fault: 'http-unavailable',
  },
  {
    what: 'recovered',
    stage: () => broker(inTurn(...times(4, bad), good)),
    calls: oneByOne(15),
    expected: { verdict: 'healthy', blame: 'none', phase: 'none' },
  },
  {
    what: 'gone down a while ago',
    stage: () => broker(inTurn(...times(10, good), bad), { breaker: false }),
    calls: oneByOne(20),
    expected: { verdict: 'broker-down', blame: 'broker', phase: 'message' },
    fault: 'http-unavailable',
  },
  {
    what: 'no traffic',
    stage: () => broker(serves),
    calls: [],
    expected: { verdict: 'inconclusive', blame: 'none', phase: 'none' },
  },
  {
    what: 'no traffic, and a read that is answered',
    stage: () => broker(serves),
    calls: [],
    read: 'account.balance',
    expected: { verdict: 'healthy', blame: 'none', phase: 'none' },
    alone: { verdict: 'inconclusive' },
  },
  {
    what: 'our own limit of calls at once is reached',
    stage: () => broker(serves, { concurrency: { inFlight: 1, queue: 1 } }),
    calls: atOnce(12, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'local' },
    fault: 'bulkhead-full',
  },
  {
    what: 'our own limit is reached because the broker is slow',
    stage: () => broker(slowly, { concurrency: { inFlight: 2, queue: 1 } }),
    calls: atOnce(12, 'account.balance'),
    expected: { verdict: 'broker-degraded', blame: 'broker', phase: 'local' },
    fault: 'bulkhead-full',
  },
  {
    what: 'announced maintenance',
    stage: () => broker(serves, { maintenance: { windows: [{ from: '00:00', to: '00:00' }] } }),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'maintenance', blame: 'broker', phase: 'none' },
  },
];
