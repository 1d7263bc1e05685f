import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createRegistry } from '../../src/brokers/registry.ts';
import { judgeCapture } from '../../src/capture/capture.ts';
import { parseCapture } from '../../src/capture/format.ts';
import { createConnector, type Settled } from '../../src/index.ts';
import { startBroker } from '../../examples/demo/embedded-broker.ts';

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

const FILES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.split('/').length === 3)
  .sort();

const REGISTRY = createRegistry(readJson('fixtures/config.json'));
const SETTINGS = readJson('fixtures/config.json') as { brokers: { alias: string; baseUrl: string }[] };

/** What a fixture file states of its result, in the same terms for every way of getting it. */
function resultOf(settled: Settled): unknown {
  return settled.ok ? { ok: true } : { error: settled.error.toJSON(), fault: settled.error.fault };
}

describe('every fixture gives what it states', () => {
  it('is one of fourteen', () => {
    expect(FILES).toHaveLength(14);
  });

  it.each(FILES)('%s, judged from the file alone', (file) => {
    const capture = parseCapture(readJson(`fixtures/${file}`));
    expect(resultOf(judgeCapture(capture, REGISTRY.find(capture.broker)))).toEqual(capture.expect);
  });

  it.each(FILES)('%s, called on a real socket', async (file) => {
    const capture = parseCapture(readJson(`fixtures/${file}`));
    const embedded = await startBroker(capture);
    const settings = SETTINGS.brokers.find(({ alias }) => alias === capture.broker);
    const broker = {
      ...settings,
      alias: capture.broker,
      baseUrl: embedded.baseUrl,
      timeouts: { headMs: 300 },
      retry: { baseMs: 0 },
    };
    const exco = createConnector({ brokers: [broker] });
    const settled = await exco.settle(capture.broker, capture.operation, capture.request);
    await exco.close();
    await embedded.close();
    expect(resultOf(settled)).toEqual(capture.expect);
    expect(settled.ok ? settled.reply.meta.attempts : settled.error.attempts).toBe(capture.attempts.length);
  });
});
