import { BALANCE, MESSAGES } from './messages.ts';

/** A balance read and answered, as the smallest fixture file has it. */
export const READ_FIXTURE = {
  format: 1,
  broker: 'samsung',
  operation: 'account.balance',
  request: MESSAGES['account.balance'],
  attempts: [{ response: { status: 200, json: BALANCE } }],
  expect: { ok: true },
};
