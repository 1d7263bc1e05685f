import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../../src/gateway/metrics.ts';
import { Tally } from '../../src/gateway/tally.ts';
import type { CallRecord } from '../../src/model/record.ts';

function record(fields: Partial<CallRecord>): CallRecord {
  return {
    ...{ schema: 1, at: '2026-01-02T00:00:00.000Z', broker: 'a', operation: 'account.balance', requestId: 'r' },
    ...{ kind: 'read', result: 'ok', attempts: 1, elapsedMs: 20 },
    ...fields,
  };
}

/** Lines of the figures that begin with `name`. */
async function figures(metrics: Metrics, name: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
}

function someMetrics(): Metrics {
  return new Metrics({ inFlight: () => 0, isReady: () => true });
}

const FAILED = { result: 'error', fault: 'connect-refused', blame: 'broker' } as const;

describe('figures', () => {
  it.each<[string, Partial<CallRecord>, string[]]>([
    ['an answer at the first attempt', {}, ['{broker="a",result="ok"} 1']],
    ['an answer at the second', { attempts: 2 }, ['{broker="a",result="ok"} 1', '{broker="a",result="error"} 1']],
    ['two attempts that failed', { ...FAILED, attempts: 2 }, ['{broker="a",result="error"} 2']],
    ['a call that was never sent', { ...FAILED, attempts: 0 }, []],
  ])('of attempts: %s', async (_what, fields, expected) => {
    const metrics = someMetrics();
    metrics.called(record(fields));
    expect(await figures(metrics, 'op_exco_attempts_total')).toEqual(
      expected.map((each) => `op_exco_attempts_total${each}`),
    );
  });

  it('add up over several looks, and no look counts twice', async () => {
    const metrics = someMetrics();
    const calls = 'op_exco_calls_total{broker="a",operation="account.balance",result="ok",fault="none",blame="none"}';
    const requests = 'op_exco_gateway_requests_total{route="call",status="200"}';
    for (const total of [1, 2, 3]) {
      metrics.called(record({}));
      metrics.answered('call', 200);
      expect(await figures(metrics, 'op_exco_calls_total')).toEqual([`${calls} ${String(total)}`]);
      expect(await figures(metrics, 'op_exco_gateway_requests_total')).toEqual([`${requests} ${String(total)}`]);
      expect(await figures(metrics, 'op_exco_call_duration_seconds_count')).toEqual([
        `op_exco_call_duration_seconds_count{broker="a",result="ok"} ${String(total)}`,
      ]);
    }
  });
});

describe('a tally', () => {
  it('hands over every count once', () => {
    const tally = new Tally<string, number>();
    for (const [first, second] of [
      ['a', 1],
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ] as const) {
      tally.add(first, second);
    }
    tally.add('b', 1, 4);
    const taken: unknown[] = [];
    const take = (...count: unknown[]) => void taken.push(count);
    tally.empty(take);
    tally.empty(take);
    expect(taken).toEqual([
      ['a', 1, 2],
      ['a', 2, 1],
      ['b', 1, 5],
    ]);
  });
});
