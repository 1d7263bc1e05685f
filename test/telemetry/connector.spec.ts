import { context, trace } from '@opentelemetry/api';
import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { Connector } from '../../src/connector.ts';
import { observeCalls } from '../../src/telemetry/index.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, stalls, writesAndEnds } from '../support/scripts.ts';
import { followContexts, openSdk } from './sdk.ts';

const QUERY = MESSAGES['account.balance'];

async function observed(...scripts: Script[]) {
  return observedWith({}, scripts);
}

async function observedWith(broker: Partial<BrokerOptions>, scripts: readonly Script[]) {
  const server = await openBroker({}, ...scripts);
  const exco = connectTo(server.baseUrl, broker);
  const sdk = openSdk();
  observeCalls(exco, { tracer: sdk.tracer, meter: sdk.meter });
  return { server, exco, sdk };
}

function isTimeout(error: unknown): void {
  expect(error).toHaveProperty('name', 'TimeoutError');
}

interface Way {
  readonly what: string;
  readonly scripts: Script[];
  readonly spans: number;
  readonly broker?: Partial<BrokerOptions>;
  readonly ask: (exco: Connector) => Promise<unknown>;
}

const WAYS: readonly Way[] = [
  { what: 'a call', scripts: [answers(BALANCE)], spans: 1, ask: (exco) => callOf(exco, 'read') },
  {
    what: 'a repeated call',
    scripts: [writesAndEnds(), answers(BALANCE)],
    spans: 1,
    ask: (exco) => callOf(exco, 'read'),
  },
  {
    what: 'a call cut off at its deadline',
    scripts: [stalls],
    spans: 1,
    ask: (exco) => callOf(exco, 'read', { deadlineMs: 50 }),
  },
  {
    what: 'a call that is given up',
    scripts: [stalls],
    spans: 1,
    ask: (exco) => callOf(exco, 'read', { signal: AbortSignal.timeout(50) }).catch(isTimeout),
  },
  { what: 'a refusal', scripts: [], spans: 1, ask: (exco) => exco.settle('nobody', 'account.balance', QUERY) },
  {
    what: 'a page',
    scripts: [answers(BALANCE)],
    spans: 1,
    ask: (exco) => collect(exco.pages('samsung', 'account.balance', QUERY)),
  },
  {
    what: 'a fan-out, one call waiting for the other',
    scripts: [answers(BALANCE), answers(BALANCE)],
    spans: 2,
    broker: { concurrency: { inFlight: 1, queue: 1 } },
    ask: (exco) =>
      Promise.resolve(
        exco.fanOut(['samsung', 'samsung'].map((broker) => ({ broker, operation: 'account.balance', message: QUERY }))),
      ),
  },
];

describe('a connector that is observed', () => {
  it.each(WAYS)('gives $what the span of its caller as parent', async ({ scripts, spans, broker = {}, ask }) => {
    followContexts();
    const { exco, sdk } = await observedWith(broker, scripts);
    const parent = sdk.tracer.startSpan('caller');
    await context.with(trace.setSpan(context.active(), parent), () => ask(exco));
    expect(sdk.spans()).toHaveLength(spans);
    for (const span of sdk.spans()) expect(span.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  });

  it('gives calls side by side, over the same sockets, each the span of its own caller', async () => {
    followContexts();
    const { exco, sdk } = await observed(...Array.from({ length: 12 }, () => answers(BALANCE)));
    const asked = async (requestId: string) => {
      const parent = sdk.tracer.startSpan('caller');
      await context.with(trace.setSpan(context.active(), parent), () => callOf(exco, 'read', { requestId }));
      return [requestId, parent.spanContext().spanId];
    };
    const round = (name: string) => Promise.all([1, 2, 3].map((number) => asked(`${name}-${String(number)}`)));
    const parents = [...(await round('first')), ...(await round('second'))];
    const spans = sdk.spans().map((span) => [span.attributes['exco.request_id'], span.parentSpanContext?.spanId]);
    expect(spans.sort()).toEqual(parents.sort());
  });

  it('has each attempt as an event on the span of its call', async () => {
    const { exco, sdk } = await observed(writesAndEnds(), answers(BALANCE));
    await callOf(exco, 'read');
    const [span] = sdk.spans();
    expect(span?.events.map(({ attributes }) => attributes?.['error.type'])).toEqual([
      'reset-before-response',
      undefined,
    ]);
    expect(span?.attributes['exco.attempts']).toBe(2);
  });

  it('has a span of a call that is given up, and no error on it', async () => {
    const { server, exco, sdk } = await observed(stalls);
    const caller = new AbortController();
    const given = expect(callOf(exco, 'read', { signal: caller.signal })).rejects.toThrow('This operation was aborted');
    await server.received(1);
    caller.abort();
    await given;
    expect(sdk.spans().map(({ attributes, events }) => [attributes['exco.result'], events.length])).toEqual([
      ['aborted', 1],
    ]);
  });

  const WORDS = `[${Object.values(FAKE).join(' ')}] 홍길동`;

  it.each([
    ['its words', answers({ resp: { respCode: 4001, respMsg: WORDS } })],
    ['words under a code that no table has', answers({ resp: { respCode: 4999, respMsg: WORDS } })],
    ['a result that is an account', answers({ resp: { respCode: FAKE.vtAccNo, respMsg: WORDS } })],
    ['a page', answers(`<html>${WORDS}</html>`, 500, { Server: FAKE.macAddr })],
    ['an answer', answers({ ...BALANCE, accInfo: { vtAccNo: FAKE.vtAccNo, accName: '홍길동' } })],
  ])('has nothing personal in a span or a metric when the broker answers with %s', async (_, script) => {
    const { exco, sdk } = await observed(script);
    await callOf(exco, 'read', {}, { accName: '홍길동' });
    const shown = JSON.stringify([
      sdk.spans().map(({ name, attributes, events, status, links }) => ({ name, attributes, events, status, links })),
      await sdk.collected(),
    ]);
    expect(shown).toContain('exco.client.calls');
    expect([...Object.values(FAKE), '홍길동'].filter((value) => shown.includes(value))).toEqual([]);
  });

  it('has no name from outside in a label', async () => {
    const { exco, sdk } = await observed();
    await exco.settle(FAKE.macAddr, 'account.balance', QUERY);
    const operation: string = FAKE.macAddr;
    await exco.settle('samsung', operation, QUERY);
    const labels = (await sdk.points('exco.client.calls')).map((point) => [
      point.labels['exco.broker'],
      point.labels['exco.operation'],
    ]);
    expect(labels).toEqual([
      ['unknown', 'account.balance'],
      ['samsung', 'unknown'],
    ]);
  });
});

describe('without an SDK', () => {
  it('nothing comes of it, and every call ends as it would', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(BALANCE), answers('', 503));
    const exco = connectTo(server.baseUrl);
    const warnings: unknown[] = [];
    const heard = (warning: unknown) => warnings.push(warning);
    process.on('warning', heard);
    const stop = observeCalls(exco);
    expect((await callOf(exco, 'read')).ok).toBe(true);
    expect(await callOf(exco, 'read')).toMatchObject({ ok: false, error: { code: 3600 } });
    stop();
    await new Promise(setImmediate);
    process.off('warning', heard);
    expect(warnings).toEqual([]);
  });

  it('an SDK that is registered later gets the spans', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    observeCalls(exco);
    const sdk = openSdk();
    trace.setGlobalTracerProvider({ getTracer: () => sdk.tracer });
    atEnd(() => {
      trace.disable();
    });
    await callOf(exco, 'read');
    expect(sdk.spans()).toHaveLength(1);
  });
});
