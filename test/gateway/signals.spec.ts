import { describe, expect, it } from '@jest/globals';
import { openBroker } from '../support/broker-server.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { configOf } from './given.ts';
import { load, serveProcess } from './served.ts';

const CALLERS = 16;
const PATIENCE_MS = 60_000;

describe('op-exco serve under load', () => {
  it(
    'ends on SIGTERM with 0, and every call that a caller made has its answer',
    async () => {
      const broker = await openBroker({}, answers(BALANCE));
      const served = await serveProcess(configOf(broker.baseUrl, {}, { drain: { noticeMs: 500, mostMs: 10_000 } }));
      const { tally, over } = load(served.port, CALLERS, () => false);
      await broker.received(200);
      served.kill('SIGTERM');
      await over;
      expect(await served.exited).toBe(0);
      expect(tally).toEqual({ answered: broker.requests.length, lost: 0 });
    },
    PATIENCE_MS,
  );

  it(
    'takes a new configuration on SIGHUP and keeps it over a broken one, and no call is lost',
    async () => {
      const first = await openBroker({}, answers(BALANCE));
      const second = await openBroker({}, answers(BALANCE));
      const served = await serveProcess(configOf(first.baseUrl));
      let isOver = false;
      const { over } = load(served.port, CALLERS, () => isOver);
      await first.received(200);
      const reloaded = served.until('reloaded');
      served.write(configOf(second.baseUrl));
      served.kill('SIGHUP');
      await reloaded;
      await second.received(200);
      const refused = served.until('reload-refused');
      served.write('{ broken');
      served.kill('SIGHUP');
      await refused;
      await second.received(second.requests.length + 200);
      isOver = true;
      const { answered, lost } = await over;
      expect([answered, lost]).toEqual([first.requests.length + second.requests.length, 0]);
    },
    PATIENCE_MS,
  );
});
