import { describe, expect, it } from '@jest/globals';
import { defineOperation, isOperationPath } from '../../src/model/operation.ts';
import { findOperation, isOperationName, OPERATIONS } from '../../src/model/operations.ts';

const PENSION = { name: 'account.pension', path: '/account/pension/search', kind: 'read' } as const;

/** As a program without types could call it. */
const define = defineOperation as (definition: unknown) => unknown;

describe('the operations of the message standard', () => {
  it.each([
    ['account.portfolio', '/account/portfolio/search', 'read'],
    ['account.balance', '/account/balance/search', 'read'],
    ['account.transaction', '/account/transaction/search', 'read'],
    ['account.interest', '/account/interest/search', 'read'],
    ['b2b.orderDetail', '/b2baccount/orderdetail/search', 'read'],
    ['b2b.balanceList', '/b2baccount/balancelist/search', 'read'],
    ['b2b.settleList', '/b2baccount/settlelist/search', 'read'],
    ['b2b.accountList', '/b2baccount/accountlist/search', 'read'],
    ['b2b.tradeBook', '/b2baccount/tradebook/search', 'read'],
    ['account.realAccounts', '/account/number', 'read'],
    ['virtualAccount.request', '/account/vtnumber', 'write'],
    ['virtualAccount.enrol', '/account/vtnumber', 'write'],
    ['virtualAccount.replace', '/account/vtnumber', 'write'],
    ['virtualAccount.discard', '/account/vtnumber', 'write'],
  ] as const)('%s is a POST to %s, a %s', (name, path, kind) => {
    expect(findOperation(name)).toMatchObject({ name, path, kind });
  });

  it('are fourteen', () => {
    expect(Object.keys(OPERATIONS)).toHaveLength(14);
  });

  it.each(['account.Balance', 'balance', '', 'toString', '__proto__', 'constructor'])('do not know "%s"', (name) => {
    expect(isOperationName(name)).toBe(false);
    expect(findOperation(name)).toBeUndefined();
  });

  it('mark the item code of each write', () => {
    const codes = [
      'virtualAccount.request',
      'virtualAccount.enrol',
      'virtualAccount.replace',
      'virtualAccount.discard',
    ];
    expect(codes.map((name) => findOperation(name)?.itemTrCode)).toEqual(['REQ', 'ISS', 'REP', 'DIS']);
  });
});

describe('defineOperation', () => {
  it('gives back what was defined, and nobody can change it', () => {
    const given = {
      ...PENSION,
      trCode: { request: 'A', response: 'B' },
      timeouts: { connectMs: 1, headMs: 100, bodyIdleMs: 0.5 },
      required: ['accInfo.vtAccNo'],
    };
    const operation = defineOperation(given);
    expect(operation).toEqual(given);
    expect(operation).not.toBe(given);
    expect(Object.isFrozen(operation)).toBe(true);
  });

  it('takes a write', () => {
    expect(defineOperation({ ...PENSION, kind: 'write' }).kind).toBe('write');
  });

  it.each([
    ['nothing', undefined, 'operation: expected an object'],
    ['null', null, 'operation: expected an object'],
    ['a text', 'account.balance', 'operation: expected an object'],
    ['a field it does not know', { ...PENSION, verb: 'GET' }, 'operation.verb: expected no such field'],
    ['another method', { ...PENSION, method: 'PUT' }, "operation.method: expected 'POST' or 'GET'"],
    [
      'the item code of a built-in one',
      { ...PENSION, itemTrCode: 'REQ' },
      'operation.itemTrCode: expected no such field',
    ],
    ['no name', { ...PENSION, name: undefined }, 'operation.name: expected a name such as account.balance'],
    ['an empty name', { ...PENSION, name: '' }, 'operation.name: expected'],
    ['a name with a blank', { ...PENSION, name: 'account pension' }, 'operation.name: expected'],
    ['a name with a line break', { ...PENSION, name: 'account\npension' }, 'operation.name: expected'],
    ['a name that starts with a digit', { ...PENSION, name: '1account' }, 'operation.name: expected'],
    ['no path', { ...PENSION, path: undefined }, 'operation.path: expected a path of plain segments'],
    ['a path without its slash', { ...PENSION, path: 'account' }, 'operation.path: expected'],
    ['a path with a query', { ...PENSION, path: '/account?a=1' }, 'operation.path: expected'],
    ['a path that climbs', { ...PENSION, path: '/account/../admin' }, 'operation.path: expected'],
    ['another kind', { ...PENSION, kind: 'delete' }, "operation.kind: expected 'read' or 'write'"],
    ['no kind', { ...PENSION, kind: undefined }, "operation.kind: expected 'read' or 'write'"],
    ['an empty TRCODE', { ...PENSION, trCode: ' ' }, 'operation.trCode: expected'],
    [
      'a TRCODE with a blank before it',
      { ...PENSION, trCode: ' A' },
      'operation.trCode: expected printable characters',
    ],
    [
      'a TRCODE with a line break',
      { ...PENSION, trCode: 'A\r\nB: c' },
      'operation.trCode: expected printable characters',
    ],
    ['half a TRCODE', { ...PENSION, trCode: { request: 'A' } }, 'operation.trCode: expected'],
    ['the other half of a TRCODE', { ...PENSION, trCode: { response: 'A' } }, 'operation.trCode: expected'],
    ['a TRCODE that is a number', { ...PENSION, trCode: 7 }, 'operation.trCode: expected'],
    [
      'a limit it does not know',
      { ...PENSION, timeouts: { totalMs: 1 } },
      'operation.timeouts.totalMs: expected no such limit',
    ],
    [
      'a limit of nothing',
      { ...PENSION, timeouts: { headMs: 0 } },
      'operation.timeouts.headMs: expected a number of milliseconds above 0',
    ],
    ['a negative limit', { ...PENSION, timeouts: { headMs: -1 } }, 'operation.timeouts.headMs: expected'],
    [
      'a limit that is no number',
      { ...PENSION, timeouts: { headMs: Number.NaN } },
      'operation.timeouts.headMs: expected',
    ],
    ['a limit as text', { ...PENSION, timeouts: { headMs: '5s' } }, 'operation.timeouts.headMs: expected'],
    ['required fields that are no list', { ...PENSION, required: 'accInfo.vtAccNo' }, 'operation.required: expected'],
    ['required fields that are no paths', { ...PENSION, required: [1] }, 'operation.required: expected'],
  ])('refuses %s', (_, definition, words) => {
    expect(() => define(definition)).toThrow(TypeError);
    expect(() => define(definition)).toThrow(words);
  });
});

describe('a path under a base URL', () => {
  it.each(['/a', '/account/balance/search', '/v1.2/a-b_c~d'])('may be %s', (path) => {
    expect(isOperationPath(path)).toBe(true);
  });

  it.each([
    '',
    '/',
    'a',
    '/a/',
    '//a',
    '/a//b',
    '/a b',
    '/a?b',
    '/a#b',
    '/.',
    '/..',
    '/a/..',
    '/.a',
    '/%2e',
    '/a%2f',
    '/a\\b',
    '/a\n',
    '/가',
    'http://a',
    null,
    5,
  ])('may not be %j', (path) => {
    expect(isOperationPath(path)).toBe(false);
  });
});
