import { openBroker } from '../../support/broker-server.ts';
import type { BrokerOptions } from '../../../src/brokers/options.ts';
import type { Ending, FaultCase } from '../../support/fault-case.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { BALANCE, FAKE, ISSUED, refusing } from '../../support/messages.ts';
import { answers } from '../../support/scripts.ts';
import { WRONG_TRCODE } from './words.ts';

const READ_REPEATED: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 2, requests: 2 };
const WRITE: Ending = { sent: 'yes', outcome: 'unknown', attempts: 1, requests: 1 };

const [ITEM] = ISSUED.virtualAccountResponseList?.virtualAccount ?? [];
const OTHER_CI = `OTHERCI002${'B'.repeat(76)}==`;

function foreign(
  what: string,
  body: JsonObject,
  headers: Record<string, string>,
  broker: Partial<BrokerOptions>,
  kinds: object,
): FaultCase {
  return {
    what,
    fault: 'trcode-mismatch',
    scene: async () => ({ server: await openBroker({}, answers(body, 200, headers)), broker }),
    error: { ...WRONG_TRCODE, phase: 'message', blame: 'broker', brokerHttpStatus: 200 },
    ...kinds,
  };
}

const TAGGED_BY_HEADER = {
  trCodeAt: 'header:TRCODE',
  operations: { 'account.balance': { trCode: { request: 'PF01', response: 'PF02' } } },
} as const;
const TAGGED_BY_FIELD = {
  trCodeAt: 'commonHeader.trCode',
  operations: { 'account.balance': { trCode: 'PF01' } },
} as const;

const BY_READ = { read: READ_REPEATED } as const;
const BY_WRITE = { write: WRITE } as const;

function acks(...virtualAccount: readonly JsonObject[]): JsonObject {
  return { ...ISSUED, virtualAccountResponseList: { virtualAccount } };
}

function echo(what: string, body: JsonObject, kinds: object): FaultCase {
  return { ...foreign(what, body, {}, {}, kinds), fault: 'echo-mismatch' };
}

function header(fields: JsonObject): JsonObject {
  return { ...BALANCE, commonHeader: { ...BALANCE.commonHeader, ...fields } };
}

export const IDENTITY: readonly FaultCase[] = [
  foreign('another one in the header', BALANCE, { TRCODE: 'PF01' }, TAGGED_BY_HEADER, BY_READ),
  foreign('none in the header', BALANCE, {}, TAGGED_BY_HEADER, BY_READ),
  foreign(
    'another one in the header, beside an error',
    refusing('4001', 'FAKE'),
    { TRCODE: 'XX99' },
    TAGGED_BY_HEADER,
    BY_READ,
  ),
  foreign('another one in the message', header({ trCode: 'PF99' }), {}, TAGGED_BY_FIELD, BY_READ),
  foreign('none in the message', BALANCE, {}, TAGGED_BY_FIELD, BY_READ),
  foreign('an item with another one', acks({ ...ITEM, trCode: 'DIS' }), {}, {}, BY_WRITE),
  foreign('an item with none', acks({ ...ITEM, trCode: null }), {}, {}, BY_WRITE),
  foreign('an item with one that nobody knows', acks({ ...ITEM, trCode: 'ZZZ' }), {}, {}, BY_WRITE),
  foreign('no item', acks(), {}, {}, BY_WRITE),
  foreign('an item too many', acks({ ...ITEM }, { ...ITEM }), {}, {}, BY_WRITE),
  foreign('no list of items', { resp: { respCode: '200' } }, {}, {}, BY_WRITE),

  echo('another CI', header({ ci: OTHER_CI }), BY_READ),
  echo('another reqIdConsumer', header({ reqIdConsumer: 'OTHER-REQ-0002' }), BY_READ),
  echo('another virtual account', { ...BALANCE, accInfo: { vtAccNo: '999900000000000002' } }, BY_READ),
  echo('another CI, beside an error', { commonHeader: { ci: OTHER_CI }, ...refusing('4001', 'FAKE') }, BY_READ),
  echo('another reqIdPlatform', { ...ISSUED, commonHeader: { reqIdPlatform: 'OTHER-PLATFORM-2' } }, BY_WRITE),
  echo(
    'another CI, of a write',
    { ...ISSUED, commonHeader: { ci: OTHER_CI, reqIdConsumer: FAKE.reqIdConsumer } },
    BY_WRITE,
  ),
];
