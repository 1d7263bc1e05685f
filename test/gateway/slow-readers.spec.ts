import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { LogLine } from '../../src/gateway/index.ts';
import { SlowReaders } from '../../src/gateway/slow-readers.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { dial, post } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, given, send } from './given.ts';

const CALL = post(BALANCE_PATH, MESSAGES['account.balance'], 'Content-Type: application/json');

/** More than the buffers of both ends of a connection take, and less than a broker may answer. */
const LONG = { ...BALANCE, filling: '-'.repeat(7_500_000), last: 'FAKE-END' };

/** For the tests that move as much as that. */
const MOST_MS = 30_000;

/** Makes a call on a connection from which nothing is read; the answer is too long for the buffers on its way. */
async function callDeaf(answerMs: number) {
  let heard: (line: LogLine) => void = () => undefined;
  const opened = await given({
    scripts: [answers(LONG), answers(BALANCE)],
    broker: { timeouts: { headMs: MOST_MS, bodyIdleMs: MOST_MS }, retry: false },
    gateway: { limits: { answerMs, inFlight: 1 } },
    surroundings: { log: (line) => heard(line) },
  });
  const brokenOff = new Promise<LogLine>((resolve) => {
    heard = (line) => {
      if (line.event === 'request' && line['result'] === 'aborted') resolve(line);
    };
  });
  const caller = await dial(opened.port);
  caller.socket.pause();
  caller.socket.write(CALL);
  await opened.broker.received(1);
  return { ...opened, caller, brokenOff };
}

describe('a caller that does not take its answer', () => {
  it(
    'is broken off when its time is over, and its place is free for others',
    async () => {
      const { url, brokenOff } = await callDeaf(300);
      expect((await send(url + BALANCE_PATH)).status).toBe(503);
      expect(await brokenOff).toMatchObject({ level: 'info', status: 499, route: 'call', broker: 'samsung' });
      expect((await ask(`${url}/metrics`)).text).toContain('\nop_exco_gateway_in_flight 0\n');
      expect((await send(url + BALANCE_PATH)).status).toBe(200);
    },
    MOST_MS,
  );

  it(
    'is broken off even while it takes an octet now and then',
    async () => {
      const { caller, brokenOff } = await callDeaf(300);
      const sips = setInterval(() => void caller.socket.read(1), 20);
      await brokenOff;
      clearInterval(sips);
    },
    MOST_MS,
  );
});

describe('a caller that takes its answer', () => {
  it(
    'late, but in time, has the whole of it',
    async () => {
      const { url, caller } = await callDeaf(MOST_MS);
      expect((await send(url + BALANCE_PATH)).status).toBe(503);
      caller.socket.resume();
      expect((await caller.until('FAKE-END"}')).length).toBeGreaterThan(LONG.filling.length);
    },
    MOST_MS,
  );
});

const LIMIT_MS = 1_000;

/** Takes what it is given at once, or never. */
class Line extends Socket {
  constructor(isTaken: boolean) {
    super();
    const write = (done: () => void) => {
      if (isTaken) done();
    };
    this._write = (_octets, _encoding, done) => write(done);
    this._writev = (_pieces, done) => write(done);
  }
}

/** A response on a line, or one that has none yet since an earlier one has. */
function responseOn(line?: Line): ServerResponse {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  if (line !== undefined) response.assignSocket(line);
  return response;
}

describe('an answer', () => {
  it.each([
    ['that nobody takes', responseOn(new Line(false)), true, true],
    ['that is taken', responseOn(new Line(true)), true, false],
    ['that is not ready', responseOn(new Line(false)), false, false],
    ['whose turn is still to come', responseOn(), true, false],
  ])('%s', async (_what, response, isReady, isBrokenOff) => {
    const clock = new ManualClock();
    const readers = new SlowReaders(clock, () => LIMIT_MS);
    const reader = readers.note(response);
    if (isReady) response.end('octets');
    // Node 26 finishes a response behind the call that ends it.
    await turn();
    clock.advance(LIMIT_MS);
    expect(response.destroyed).toBe(false);
    clock.advance(10 * LIMIT_MS);
    expect([response.destroyed, readers.over(reader)]).toEqual([isBrokenOff, isBrokenOff]);
  });

  it('has its limit from the configuration in force', () => {
    const clock = new ManualClock();
    let limitMs = 100 * LIMIT_MS;
    const readers = new SlowReaders(clock, () => limitMs);
    const response = responseOn(new Line(false));
    readers.note(response);
    response.end('octets');
    clock.advance(10 * LIMIT_MS);
    expect(response.destroyed).toBe(false);
    limitMs = LIMIT_MS;
    clock.advance(LIMIT_MS);
    expect(response.destroyed).toBe(true);
  });

  it('is looked for only while there is one, and no more behind the end', () => {
    const clock = new ManualClock();
    const readers = new SlowReaders(clock, () => LIMIT_MS);
    const [first, second] = [responseOn(new Line(false)), responseOn(new Line(false))];
    readers.over(readers.note(first));
    clock.advance(LIMIT_MS);
    expect(clock.pending).toBe(0);
    readers.note(second);
    expect(clock.pending).toBe(1);
    readers.close();
    expect(clock.pending).toBe(0);
  });
});
