import { readFileSync } from 'node:fs';
import type { OperationName } from '../../src/model/operations.ts';
import type { Expectation } from '../../src/model/verdict.ts';
import type { Answered } from '../../src/model/wire.ts';
import { answered, expecting, REQUESTS } from './given.ts';

interface IndexRow {
  readonly file: string;
  /** Absent for the two that did not come by HTTP; they are judged as if they had come with 200. */
  readonly httpStatus?: number;
  readonly contentType: string;
}

function read(file: string): Buffer {
  return readFileSync(new URL(`../samples/${file}`, import.meta.url));
}

/** The index of the sample bodies: what each is and what it teaches. */
export const INDEX = (JSON.parse(read('index.json').toString()) as { samples: readonly IndexRow[] }).samples;

/** What each sample answers: the operation, and the request's own id, which comes back. */
const ASKED: Readonly<Record<string, readonly [OperationName, reqIdConsumer: string]>> = {
  '01-portfolio-ok-docs-shape.json': ['account.portfolio', 'TEST-0001'],
  '02-portfolio-ok-array-shape.json': ['account.portfolio', 'TEST-0002'],
  '03-balance-ok-object-sci-numbers.json': ['account.balance', 'TEST-0003'],
  '04-balance-ok-array-shape.json': ['account.balance', 'string'],
  '05-balance-ok-flat-shape.json': ['account.balance', 'string'],
  '06-transaction-ok-next-page.json': ['account.transaction', 'TEST-0006'],
  '07-transaction-ok-last-page-null.json': ['account.transaction', 'TEST-0007'],
  '08-transaction-resp-missing.json': ['account.transaction', 'TEST-0008'],
  '09-interest-ok.json': ['account.interest', 'TEST-0009'],
  '10-interest-ok-resp-inside-body.json': ['account.interest', 'TEST-0010'],
  '11-b2b-orderdetail-ok.json': ['b2b.orderDetail', 'TEST-0011'],
  '12-b2b-balancelist-ok-misspelt-key.json': ['b2b.balanceList', 'TEST-0012'],
  '13-b2b-settlelist-ok.json': ['b2b.settleList', 'TEST-0013'],
  '14-b2b-accountlist-ok.json': ['b2b.accountList', 'TEST-0014'],
  '15-b2b-tradebook-ok.json': ['b2b.tradeBook', 'TEST-0015'],
  '20-broker-real-account-list.json': ['account.realAccounts', 'TEST-0020'],
  '21-broker-virtual-account-ack.json': ['virtualAccount.request', 'TEST-0021'],
  '22-broker-virtual-account-partial-failure.json': ['virtualAccount.request', 'TEST-0022'],
  '23-broker-virtual-account-wrong-trcode.json': ['virtualAccount.discard', 'TEST-0023'],
  '24-linkage-vtnumber-ok.json': ['virtualAccount.request', 'TEST-0024'],
  '25-linkage-vtnumber-item-failed.json': ['virtualAccount.request', 'TEST-0025'],
  '26-linkage-real-accounts.json': ['account.realAccounts', 'TEST-0026'],
  '27-guide-source-reply-rescode.json': ['account.portfolio', 'TEST-0027'],
  '33-fault-5006-reason.json': ['virtualAccount.request', 'TEST-33'],
  '34-fault-5004-reason-no-comma.json': ['virtualAccount.enrol', 'TEST-34'],
  '35-fault-6005-count.json': ['account.transaction', 'TEST-35'],
  '36-fault-6006-days-bracket.json': ['account.transaction', 'TEST-36'],
  '39-fault-padded-code.json': ['account.transaction', 'TEST-39'],
  '46-standard-error-broker.json': ['virtualAccount.discard', 'TEST-0001'],
};

/** A sample body as it comes over the wire, and what was asked for. */
export interface Sample {
  readonly file: string;
  readonly outcome: Answered;
  readonly expected: Expectation;
}

function requestOf(name: OperationName, reqIdConsumer: string, file: string) {
  const request = REQUESTS[name];
  const commonHeader = { ...(request['commonHeader'] as object), reqIdConsumer };
  const item = { trCode: 'REQ', realAccNo: '0000-FAKE-0001', vtAccAlias: '가상계좌1' };
  return file.startsWith('22-')
    ? {
        ...request,
        commonHeader,
        virtualAccountList: { virtualAccount: [item, { ...item, realAccNo: '0000-FAKE-0002' }] },
      }
    : { ...request, commonHeader };
}

function sampleOf({ file, httpStatus = 200, contentType }: IndexRow): Sample {
  const fallback = ['account.balance', /fault/.test(file) ? `TEST-${file.slice(0, 2)}` : 'TEST-0001'] as const;
  const [name, reqIdConsumer] = ASKED[file] ?? fallback;
  const headers = { 'content-type': contentType };
  return {
    file,
    outcome: answered(read(file), { status: httpStatus, headers }),
    expected: expecting(name, {}, requestOf(name, reqIdConsumer, file)),
  };
}

/** The 57 sample bodies, in the order of their index. */
export const SAMPLES: readonly Sample[] = INDEX.map(sampleOf);
