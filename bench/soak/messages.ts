import { REQUEST } from '../message.ts';
import type { PlannedCall } from './plan.ts';

const HOLDER = {
  reqIdPlatform: 'FAKE-PLATFORM-0001',
  certDn: 'cn=FAKE-USER-0001,ou=TEST,o=FakeCA,c=KR',
  ci: REQUEST.commonHeader.ci,
};

/** A balance of a customer who does not exist. */
function balance(id: string) {
  return { ...REQUEST, commonHeader: { ...REQUEST.commonHeader, reqIdConsumer: id } };
}

/** One virtual account asked for; its real account's number is the call's own, by which the broker tells a repeat. */
function newAccount(id: string) {
  const item = { trCode: 'REQ', realAccNo: `FAKE-${id}`, vtAccNo: '', vtAccAlias: '가상계좌' };
  return { commonHeader: { ...HOLDER, reqIdConsumer: id }, virtualAccountList: { virtualAccount: [item] } };
}

/** What a planned call is called with. */
export interface CallArguments {
  readonly broker: string;
  readonly operation: string;
  readonly message: Record<string, unknown>;
}

/** A planned call, with its mistake where it has one. */
export function argumentsOf({ id, broker, isWrite, mistake }: PlannedCall): CallArguments {
  const operation = isWrite ? 'virtualAccount.request' : 'account.balance';
  const message: Record<string, unknown> = isWrite ? newAccount(id) : balance(id);
  switch (mistake) {
    case 'unknown-broker':
      return { broker: 'nobody', operation, message };
    case 'unknown-operation':
      return { broker, operation: 'account.none', message };
    case 'missing-field':
      return { broker, operation, message: { ...message, commonHeader: {} } };
    default:
      return { broker, operation, message };
  }
}
