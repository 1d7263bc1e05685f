import { describe, expect, it } from '@jest/globals';
import { createConnector, type Connector } from '../../src/index.ts';
import { openBroker } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';

const MESSAGE = MESSAGES['account.balance'];

/** The door as a program without types sees it. */
type Untyped = Record<'call' | 'settle' | 'pages' | 'fanOut' | 'on', (...args: readonly unknown[]) => unknown>;

function untyped(exco: Connector): Untyped {
  return exco as unknown as Untyped;
}

function circular(): object {
  const message: Record<string, unknown> = { ...MESSAGE };
  message['self'] = message;
  return message;
}

const MISTAKES: readonly { what: string; args: readonly unknown[]; words: string }[] = [
  { what: 'a broker that is no text', args: [30, 'account.balance', MESSAGE], words: 'broker: expected an alias' },
  { what: 'no broker', args: [undefined, 'account.balance', MESSAGE], words: 'broker: expected an alias' },
  { what: 'an operation that is a number', args: ['samsung', 7, MESSAGE], words: 'operation: expected a name' },
  {
    what: 'an operation that is half one',
    args: ['samsung', { name: 'a' }, MESSAGE],
    words: 'operation: expected a name',
  },
  {
    what: 'an operation whose path climbs',
    args: ['samsung', { name: 'a', path: '/../admin', kind: 'read' }, MESSAGE],
    words: 'operation: expected a name',
  },
  {
    what: 'a message that is a text',
    args: ['samsung', 'account.balance', '{}'],
    words: 'message: expected an object',
  },
  {
    what: 'a message that is a list',
    args: ['samsung', 'account.balance', [MESSAGE]],
    words: 'message: expected an object',
  },
  { what: 'a message that is null', args: ['samsung', 'account.balance', null], words: 'message: expected an object' },
  {
    what: 'an option that does not exist',
    args: ['samsung', 'account.balance', MESSAGE, { timeout: 5 }],
    words: 'options.timeout: expected no such option',
  },
  {
    what: 'options that are a number',
    args: ['samsung', 'account.balance', MESSAGE, 5],
    words: 'options: expected an object',
  },
  {
    what: 'a deadline of 0',
    args: ['samsung', 'account.balance', MESSAGE, { deadlineMs: 0 }],
    words: 'options.deadlineMs',
  },
  {
    what: 'a deadline that is no number',
    args: ['samsung', 'account.balance', MESSAGE, { deadlineMs: NaN }],
    words: 'options.deadlineMs',
  },
  {
    what: 'a deadline as text',
    args: ['samsung', 'account.balance', MESSAGE, { deadlineMs: '5s' }],
    words: 'options.deadlineMs',
  },
  {
    what: 'a signal that is none',
    args: ['samsung', 'account.balance', MESSAGE, { signal: {} }],
    words: 'options.signal: expected an AbortSignal',
  },
  {
    what: 'a signal that cannot be listened to any less',
    args: ['samsung', 'account.balance', MESSAGE, { signal: { aborted: false, addEventListener: () => undefined } }],
    words: 'options.signal: expected an AbortSignal',
  },
  {
    what: 'a request id that would split a header',
    args: ['samsung', 'account.balance', MESSAGE, { requestId: 'a\r\nX-Injected: 1' }],
    words: 'options.requestId',
  },
];

const UNSENDABLE: readonly { what: string; message: () => object }[] = [
  { what: 'too long', message: () => ({ ...MESSAGE, padding: 'x'.repeat(5_000) }) },
  { what: 'circular', message: circular },
  { what: 'holding a BigInt', message: () => ({ ...MESSAGE, qty: 10n }) },
];

describe('a mistake of the program is a TypeError at once, and nothing is dialled', () => {
  it.each(MISTAKES)('in call: $what', async ({ args, words }) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = untyped(connectTo(server.baseUrl));
    for (const method of ['call', 'settle'] as const) {
      const failure: unknown = await Promise.resolve()
        .then(() => exco[method](...args))
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TypeError);
      expect(String(failure)).toContain(words);
    }
    expect(server.connections).toBe(0);
  });

  it.each(MISTAKES)('in fanOut, which sends none of its calls: $what', async ({ args, words }) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = untyped(connectTo(server.baseUrl));
    const [broker, operation, message, options] = args;
    const good = { broker: 'samsung', operation: 'account.balance', message: MESSAGE };
    expect(() => exco.fanOut([good, { broker, operation, message, options }])).toThrow(words);
    expect(server.connections).toBe(0);
  });

  it.each(MISTAKES)('in pages: $what', async ({ args, words }) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = untyped(connectTo(server.baseUrl));
    expect(() => exco.pages(...args)).toThrow(words);
    expect(server.connections).toBe(0);
  });

  it.each([
    { what: 'no list', calls: {}, words: 'calls: expected a list' },
    { what: 'a list of texts', calls: ['samsung'], words: 'calls: expected a list' },
  ])('in fanOut: $what', ({ calls, words }) => {
    expect(() => untyped(connectTo('http://127.0.0.1:9')).fanOut(calls)).toThrow(words);
  });

  it.each([
    {
      what: 'an event that does not exist',
      args: ['error', () => undefined],
      words: 'event: expected one of call, attempt, state',
    },
    { what: 'a listener that is none', args: ['call', {}], words: 'listener: expected a function' },
  ])('in on: $what', ({ args, words }) => {
    expect(() => untyped(connectTo('http://127.0.0.1:9')).on(...args)).toThrow(words);
  });

  it.each(UNSENDABLE)('in call: a message that cannot be sent, $what', async ({ message }) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = untyped(connectTo(server.baseUrl, { limits: { bodyBytes: 4_096 } }));
    await expect(exco.call('samsung', 'account.balance', message())).rejects.toBeInstanceOf(TypeError);
    expect(server.connections).toBe(0);
  });

  it.each(UNSENDABLE)(
    'in fanOut, which sends none of its calls: a message that cannot be sent, $what',
    async ({ message }) => {
      const server = await openBroker({}, answers(BALANCE));
      const exco = connectTo(server.baseUrl, { limits: { bodyBytes: 4_096 } });
      const calls = [MESSAGE, message()].map((each) => ({
        broker: 'samsung',
        operation: 'account.balance',
        message: each,
      }));
      await expect(Promise.resolve().then(() => untyped(exco).fanOut(calls))).rejects.toBeInstanceOf(TypeError);
      await exco.close();
      expect(server.connections).toBe(0);
    },
  );

  it('in pages: a write', async () => {
    const exco = connectTo('http://127.0.0.1:9');
    const pages = exco.pages('samsung', 'virtualAccount.request', MESSAGES['virtualAccount.request']);
    await expect(collect(pages)).rejects.toThrow('operation: expected a read, and virtualAccount.request is a write');
  });

  it('in a configuration, with the path of what is wrong and not its value', () => {
    const brokers = [{ alias: 'samsung', baseUrl: 'ftp://user:SECRET@broker.example', timeouts: { conectMs: 5 } }];
    const made = () => createConnector({ brokers } as unknown as Parameters<typeof createConnector>[0]);
    expect(made).toThrow('config.brokers[0].baseUrl: expected an http or https URL without user');
    expect(made).toThrow('config.brokers[0].timeouts.conectMs: expected no such option');
    expect(made).not.toThrow('SECRET');
  });
});

describe('a name that nothing is configured under is an error of the standard, before any dial', () => {
  it.each(['nobody', '../../etc/passwd', 'samsung/../kiwoom', 'samsung\0', 'ＳＡＭＳＵＮＧ', 'constructor', ''])(
    'broker %j is 3008',
    async (name) => {
      const server = await openBroker({}, answers(BALANCE));
      const exco = connectTo(server.baseUrl);
      expect(await exco.settle(name, 'account.balance', MESSAGE)).toMatchObject({
        ok: false,
        error: { code: 3008, attempts: 0 },
      });
      expect(server.connections).toBe(0);
    },
  );

  it.each(['account.pension', 'toString', '__proto__', '', 'ACCOUNT.BALANCE'])('operation %j is 3002', async (name) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = untyped(connectTo(server.baseUrl));
    expect(await exco.settle('samsung', name, MESSAGE)).toMatchObject({
      ok: false,
      error: { code: 3002, attempts: 0 },
    });
    await expect(collect(exco.pages('samsung', name, MESSAGE) as AsyncIterable<unknown>)).rejects.toMatchObject({
      code: 3002,
    });
    expect(server.connections).toBe(0);
  });
});
