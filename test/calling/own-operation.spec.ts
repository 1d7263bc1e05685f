import { describe, expect, it } from '@jest/globals';
import type { OperationOptions } from '../../src/brokers/options.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { answers } from '../support/scripts.ts';

const OPERATIONS: Record<string, OperationOptions> = {
  'own.quote': { kind: 'read', path: '/quote', method: 'GET', trCode: 'FHKST01010100', required: ['symbol'] },
  'own.order': { kind: 'write', path: '/order' },
};

/** Names that only the configuration knows. */
const [QUOTE = '', ORDER = ''] = Object.keys(OPERATIONS);

async function house(status = 200) {
  const server = await openBroker({}, answers({ rt_cd: '0' }, status));
  const exco = connectTo(server.baseUrl, { dialect: 'koreainvest', pace: false, operations: OPERATIONS });
  return { server, exco };
}

describe('an operation that a broker’s configuration defines', () => {
  it('is called by its name, with its method, path and TRCODE', async () => {
    const { server, exco } = await house();
    await exco.call('samsung', QUOTE, { symbol: '005930' });
    const [request] = server.requests;
    expect([request?.head.split('\r\n')[0], request?.headers['tr_id']]).toEqual([
      'GET /quote?symbol=005930 HTTP/1.1',
      'FHKST01010100',
    ]);
  });

  it('is 3003 without what it needs', async () => {
    const { server, exco } = await house();
    const settled = await exco.settle('samsung', QUOTE, {});
    expect(settled.ok ? settled : settled.error).toMatchObject({ code: 3003, description: 'symbol' });
    expect(server.requests).toEqual([]);
  });

  it('that is a write is not sent twice', async () => {
    const { server, exco } = await house(503);
    const settled = await exco.settle('samsung', ORDER, {});
    expect(settled.ok).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const { server } = await house();
    const settled = await connectTo(server.baseUrl).settle('samsung', QUOTE, { symbol: '005930' });
    expect(settled.ok ? settled : settled.error).toMatchObject({ code: 3002, fault: 'unknown-operation' });
  });
});
