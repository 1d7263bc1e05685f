import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { observeCalls } from '../../src/telemetry/index.ts';
import { ABORTED, FAILED, FIRST, OK, openHub, SECOND } from './given.ts';
import { openSdk } from './sdk.ts';

function observed() {
  const hub = openHub();
  const sdk = openSdk();
  const stop = observeCalls(hub, { tracer: sdk.tracer, meter: sdk.meter });
  return { hub, sdk, stop };
}

describe('the span of a call', () => {
  it('is a client span named after the operation, from the start of the call to its end', () => {
    const { hub, sdk } = observed();
    hub.emit('call', OK);
    const [span] = sdk.spans();
    expect(span).toMatchObject({ name: 'account.balance', kind: SpanKind.CLIENT });
    const endS = Date.parse(OK.at) / 1_000;
    expect(span?.endTime).toEqual([Math.floor(endS), 678_000_000]);
    expect(span?.startTime).toEqual([Math.floor(endS) - 1, 427_500_000]);
  });

  it('has a time that ends before the second is over, whatever the call took', () => {
    const { hub, sdk } = observed();
    const times = fc.record({
      atMs: fc.integer({ min: 1, max: 4e12 }),
      tenths: fc.integer({ min: 0, max: 6_000_000 }),
    });
    fc.assert(
      fc.property(times, ({ atMs, tenths }) => {
        hub.emit('call', { ...OK, at: new Date(atMs).toISOString(), elapsedMs: tenths / 10 });
        const [seconds = 0, nanos = 0] = sdk.spans().at(-1)?.startTime ?? [];
        expect(nanos).toBeGreaterThanOrEqual(0);
        expect(nanos).toBeLessThan(1e9);
        expect(Math.abs(seconds * 1_000 + nanos / 1e6 - (atMs - tenths / 10))).toBeLessThan(0.01);
      }),
    );
  });

  it.each([
    ['ok', OK, { code: SpanStatusCode.UNSET }],
    ['error', FAILED, { code: SpanStatusCode.ERROR, message: 'reset-before-response' }],
    ['aborted', ABORTED, { code: SpanStatusCode.UNSET }],
  ])('of a call that ended %s has the status that the convention wants', (_, record, status) => {
    const { hub, sdk } = observed();
    hub.emit('call', record);
    expect(sdk.spans().map((span) => span.status)).toEqual([status]);
  });

  it('says of a failure what its record says', () => {
    const { hub, sdk } = observed();
    hub.emit('call', FAILED);
    expect(sdk.spans()[0]?.attributes).toEqual({
      'rpc.system.name': 'op-exco',
      'rpc.method': 'account.balance',
      'rpc.response.status_code': '3004',
      'service.peer.name': 'samsung',
      'http.response.status_code': 503,
      'error.type': 'reset-before-response',
      'exco.broker': 'samsung',
      'exco.operation': 'account.balance',
      'exco.kind': 'write',
      'exco.request_id': 'FAKE-1',
      'exco.result': 'error',
      'exco.category': 'op-exco',
      'exco.code': 3004,
      'exco.blame': 'path',
      'exco.evidence': 'down',
      'exco.phase': 'head',
      'exco.sent': 'yes',
      'exco.outcome': 'unknown',
      'exco.retry_after_ms': 2_000,
      'exco.attempts': 1,
    });
  });

  it('leaves out what a success has not', () => {
    const { hub, sdk } = observed();
    hub.emit('call', OK);
    expect(Object.keys(sdk.spans()[0]?.attributes ?? {}).sort()).toEqual(
      ['rpc.system.name', 'rpc.method', 'service.peer.name', 'exco.attempts', 'exco.broker', 'exco.kind']
        .concat('exco.operation', 'exco.request_id', 'exco.result')
        .sort(),
    );
  });
});

describe('the attempts of a call', () => {
  it('are events on its span, each at the time of its end', () => {
    const { hub, sdk } = observed();
    hub.emit('attempt', FIRST);
    hub.emit('attempt', SECOND);
    hub.emit('call', OK);
    const seconds = Math.floor(Date.parse(OK.at) / 1_000);
    expect(sdk.spans()[0]?.events.map(({ name, time, attributes }) => [name, time, attributes])).toEqual([
      [
        'exco.attempt',
        [seconds - 1, 900_000_000],
        {
          'exco.attempt.number': 1,
          'exco.attempt.reused_socket': false,
          'error.type': 'reset-before-response',
          'exco.result': 'error',
          'exco.blame': 'path',
          'exco.phase': 'head',
          'exco.sent': 'yes',
          'exco.attempt.dns_ms': 1,
          'exco.attempt.connect_ms': 2,
          'exco.attempt.tls_ms': 3.5,
          'exco.attempt.sent_ms': 4,
        },
      ],
      [
        'exco.attempt',
        [seconds, 600_000_000],
        {
          'exco.attempt.number': 2,
          'exco.attempt.reused_socket': true,
          'exco.result': 'ok',
          'exco.attempt.sent_ms': 1,
          'exco.attempt.head_ms': 7,
          'exco.attempt.body_ms': 8,
        },
      ],
    ]);
  });

  const numbersOf = (sdk: ReturnType<typeof openSdk>) =>
    sdk.spans().map(({ events }) => events.map(({ attributes }) => attributes?.['exco.attempt.number']));

  it.each(['broker', 'operation', 'requestId'] as const)('are not those of a call with another %s', (field) => {
    const { hub, sdk } = observed();
    hub.emit('attempt', FIRST);
    hub.emit('call', { ...OK, [field]: 'other' });
    hub.emit('call', { ...OK, attempts: 1 });
    expect(numbersOf(sdk)).toEqual([[], [1]]);
  });

  it('are shared out between calls alike side by side, and none is on two spans', () => {
    const { hub, sdk } = observed();
    for (const record of [FIRST, SECOND, FIRST]) hub.emit('attempt', record);
    hub.emit('call', { ...OK, attempts: 1 });
    hub.emit('call', OK);
    hub.emit('call', OK);
    expect(numbersOf(sdk)).toEqual([[1], [1, 2], []]);
  });
});

describe('observing', () => {
  it('ends with the function that it returns', async () => {
    const { hub, sdk, stop } = observed();
    stop();
    for (const event of ['call', 'attempt', 'state'] as const) expect(hub.isHeard(event)).toBe(false);
    hub.emit('call', OK);
    expect(sdk.spans()).toEqual([]);
    expect(await sdk.collected()).toEqual([]);
  });

  it('refuses an option that does not exist', () => {
    const options = { tracer: undefined, tracers: undefined };
    expect(() => observeCalls(openHub(), options)).toThrow(
      new TypeError('options.tracers: no such option; known are tracer, meter'),
    );
  });
});
