import { describe, expect, it } from '@jest/globals';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import { observeCalls } from '../../src/telemetry/index.ts';
import { ABORTED, change, FAILED, FIRST, OK, openHub, SECOND } from './given.ts';
import { openSdk } from './sdk.ts';

function observed() {
  const hub = openHub();
  const { tracer, meter, points, collected } = openSdk();
  return { hub, points, collected, stop: observeCalls(hub, { tracer, meter }) };
}

const WHOSE = { 'exco.broker': 'samsung', 'exco.operation': 'account.balance' };

describe('the instruments', () => {
  it('have the names, units and kinds of the convention', async () => {
    const { hub, collected } = observed();
    hub.emit('attempt', FIRST);
    hub.emit('call', OK);
    hub.emit('state', change('closed', 'open'));
    const kinds = (await collected()).map((metric) => [
      metric.descriptor.name,
      metric.descriptor.unit,
      metric.dataPointType,
      'isMonotonic' in metric && metric.isMonotonic,
    ]);
    expect(kinds).toEqual([
      ['exco.client.call.duration', 's', DataPointType.HISTOGRAM, false],
      ['exco.client.calls', '{call}', DataPointType.SUM, true],
      ['exco.client.attempts', '{attempt}', DataPointType.SUM, true],
      ['exco.client.circuits', '{circuit}', DataPointType.SUM, false],
    ]);
  });

  it('take the time of a call in seconds, with buckets up to half a minute', async () => {
    const { hub, points } = observed();
    hub.emit('call', OK);
    expect(await points('exco.client.call.duration')).toMatchObject([
      { labels: { ...WHOSE, 'exco.result': 'ok' }, value: { count: 1, sum: 1.2505 } },
    ]);
    const [point] = await points('exco.client.call.duration');
    expect(point?.value).toMatchObject({ buckets: { boundaries: expect.arrayContaining([0.005, 10, 30]) } });
  });

  it('count calls by how they ended, and whose fault it was', async () => {
    const { hub, points } = observed();
    for (const record of [OK, OK, FAILED, ABORTED]) hub.emit('call', record);
    const failed = { 'error.type': 'reset-before-response', 'exco.blame': 'path', 'exco.outcome': 'unknown' };
    expect(await points('exco.client.calls')).toStrictEqual([
      { labels: { ...WHOSE, 'exco.kind': 'read', 'exco.result': 'ok' }, value: 2 },
      { labels: { ...WHOSE, 'exco.kind': 'write', 'exco.result': 'error', ...failed }, value: 1 },
      { labels: { ...WHOSE, 'exco.kind': 'read', 'exco.result': 'aborted' }, value: 1 },
    ]);
  });

  it('count attempts', async () => {
    const { hub, points } = observed();
    for (const record of [FIRST, SECOND]) hub.emit('attempt', record);
    const failed = { 'error.type': 'reset-before-response', 'exco.blame': 'path' };
    expect(await points('exco.client.attempts')).toEqual([
      { labels: { ...WHOSE, 'exco.result': 'error', ...failed }, value: 1 },
      { labels: { ...WHOSE, 'exco.result': 'ok' }, value: 1 },
    ]);
  });

  it('have the same points however many calls there are, each with a request id of its own', async () => {
    const { hub, collected } = observed();
    for (let number = 0; number < 100; number += 1) {
      const own = { requestId: `FAKE-${String(number)}`, elapsedMs: number, retryAfterMs: number };
      hub.emit('attempt', { ...FIRST, ...own });
      hub.emit('call', { ...FAILED, ...own });
    }
    const metrics = await collected();
    expect(metrics.map(({ dataPoints }) => dataPoints.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify(metrics)).not.toContain('FAKE-');
  });
});

describe('circuits', () => {
  const open = { 'exco.broker': 'samsung', 'exco.circuit.state': 'open' };
  const half = { 'exco.broker': 'samsung', 'exco.circuit.state': 'half-open' };
  const steps = {
    opened: change('closed', 'open'),
    probing: change('open', 'half-open'),
    reopened: change('half-open', 'open'),
    closed: change('half-open', 'closed'),
  };

  it.each([
    ['an open one', [steps.opened], [1]],
    ['one that is probed', [steps.opened, steps.probing], [0, 1]],
    ['one that opened again', [steps.opened, steps.probing, steps.reopened], [1, 0]],
    ['one that is closed again', [steps.opened, steps.probing, steps.closed], [0, 0]],
  ])('count as they stand: %s', async (_, records, values) => {
    const { hub, points } = observed();
    for (const record of records) hub.emit('state', record);
    const labels = [open, half];
    expect(await points('exco.client.circuits')).toEqual(values.map((value, at) => ({ labels: labels[at], value })));
  });

  it('are told apart by operation', async () => {
    const { hub, points } = observed();
    hub.emit('state', steps.opened);
    hub.emit('state', { ...steps.opened, operation: 'account.balance' });
    expect(await points('exco.client.circuits')).toEqual([
      { labels: open, value: 1 },
      { labels: { ...open, 'exco.operation': 'account.balance' }, value: 1 },
    ]);
  });

  it('never count below nothing where the observing began while one was open', async () => {
    const { hub, points } = observed();
    hub.emit('state', steps.probing);
    hub.emit('state', steps.closed);
    expect(await points('exco.client.circuits')).toEqual([{ labels: half, value: 0 }]);
  });

  it('are taken back when the observing ends', async () => {
    const { hub, points, stop } = observed();
    hub.emit('state', steps.opened);
    stop();
    stop();
    expect(await points('exco.client.circuits')).toEqual([{ labels: open, value: 0 }]);
  });
});
