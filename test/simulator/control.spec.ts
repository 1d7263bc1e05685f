import { describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { MESSAGES } from '../support/messages.ts';
import { balanceOf, connectorFor, fixtureOf, simulate, WELL } from './given.ts';

const STALL = fixtureOf([{ fault: { phase: 'head', code: 'ECONNRESET' } }], { note: 'reset' });
const BEYOND = fixtureOf([{ fault: { phase: 'dns', code: 'ENOTFOUND' } }], { note: 'no name' });

async function ask(simulator: Simulator, method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulator.controlUrl}/${path}`, {
    method,
    headers: { connection: 'close' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the control endpoint', () => {
  it('lists fixtures, brokers and why one cannot be played', async () => {
    const simulator = await simulate([fixtureOf([WELL], { note: 'good' }), BEYOND]);
    const { body } = await ask(simulator, 'GET', 'fixtures');
    expect(body).toMatchObject({
      brokers: { samsung: simulator.baseUrl('samsung') },
      fixtures: [
        { broker: 'samsung', operation: 'account.balance', fixture: 'good', attempts: 1, ownPort: false },
        { fixture: 'no name', cannotPlay: expect.stringContaining('a name server') },
      ],
    });
  });

  it('switches scenario, sets errors and latency, counts, tells what was received, and resets', async () => {
    const simulator = await simulate([fixtureOf([WELL], { note: 'good' }), STALL]);
    const exco = connectorFor(simulator, { retry: false });
    await ask(simulator, 'PUT', 'scenario', { broker: 'samsung', fixture: 'reset' });
    expect(await balanceOf(exco)).toBe('reset-before-response, 1');
    await ask(simulator, 'PUT', 'scenario', { broker: 'samsung', fixture: null });
    await ask(simulator, 'PUT', 'errors', { share: 1 });
    expect(await balanceOf(exco)).toBe('http-server-error, 1');
    await ask(simulator, 'PUT', 'errors', { broker: 'samsung', share: 0 });
    await ask(simulator, 'PUT', 'latency', { broker: 'samsung', ms: 900 });
    expect(await balanceOf(exco)).toBe('response-timeout, 1');
    expect((await ask(simulator, 'GET', 'counts')).body).toMatchObject({ requests: 3, errors: 1, misses: 0 });
    const { body: received } = await ask(simulator, 'GET', 'received');
    expect(received).toMatchObject([{ message: MESSAGES['account.balance'] }, {}, {}]);
    await ask(simulator, 'POST', 'reset');
    expect((await ask(simulator, 'GET', 'counts')).body).toMatchObject({ requests: 0 });
  });

  it.each([
    ['PUT', 'scenario', { fixture: 'good' }, 400, 'broker: expected a text'],
    ['PUT', 'scenario', { broker: 'samsung', fixture: 1 }, 400, 'fixture: expected a text'],
    ['PUT', 'scenario', { broker: 'nobody' }, 400, 'broker: expected one of samsung'],
    ['PUT', 'latency', { ms: 'x' }, 400, 'ms: expected a number'],
    ['PUT', 'latency', { ms: -1 }, 400, 'ms: expected milliseconds, 0 or more'],
    ['PUT', 'errors', { share: 2 }, 400, 'share: expected a number, 0 to 1'],
    ['PUT', 'errors', [], 400, 'body: expected a JSON object'],
    ['DELETE', 'counts', undefined, 405, 'method: expected GET'],
    ['GET', 'constructor', undefined, 404, 'path: expected one of /__simulator/fixtures, /__simulator/counts'],
  ])('%s %s %j: %d %s', async (method, path, body, status, error) => {
    const simulator = await simulate([fixtureOf([WELL], { note: 'good' })]);
    const told = await ask(simulator, method, path, body);
    expect(told).toMatchObject({ status, body: { error: expect.stringContaining(error) } });
  });
});
