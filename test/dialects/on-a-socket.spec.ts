import { describe, expect, it } from '@jest/globals';
import type { SampleOptions } from '../../src/brokers/options.ts';
import { PRESET_NAMES } from '../../src/dialects/preset-names.ts';
import { PRESETS } from '../../src/dialects/presets.ts';
import { defineOperation } from '../../src/model/operation.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';

const READ = defineOperation({ name: 'own.read', path: '/own', kind: 'read' });

/** A response as it goes over the wire. */
function bytesOf({ status = 200, headers = {}, body }: SampleOptions): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const told = { 'content-type': 'application/json; charset=utf-8', ...headers };
  const lines = Object.entries(told).map(([name, value]) => `${name}: ${value}`);
  const length = status === 204 ? [] : [`content-length: ${String(Buffer.byteLength(text))}`];
  return [`HTTP/1.1 ${String(status)} X`, ...lines, ...length, '', text].join('\r\n');
}

const SAMPLES = PRESET_NAMES.flatMap((name) =>
  (PRESETS[name].samples ?? []).map((sample) => [name, sample.name, sample] as const),
);

describe('every sample of every preset, over a socket', () => {
  it.each(SAMPLES)('%s: %s', async (dialect, _, sample) => {
    const server = await openBroker({}, (peer) => peer.write(bytesOf(sample)));
    const exco = connectTo(server.baseUrl, { alias: 'house', dialect, retry: false, breaker: false });
    const settled = await exco.settle('house', READ, {});
    if (sample.expect === 'success') {
      expect(settled.ok).toBe(true);
      return;
    }
    const { category, code, fault } = sample.expect;
    expect(settled.ok ? settled : { ...settled.error.toJSON(), fault: settled.error.fault }).toMatchObject({
      category: category === 'broker' ? 'house' : category,
      code,
      fault,
    });
  });
});
