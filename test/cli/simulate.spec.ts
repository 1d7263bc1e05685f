import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../src/cli/simulate.ts';
import { FAKE } from '../support/messages.ts';
import { folderWith } from '../support/folder.ts';
import { runCommand, terminal } from '../support/terminal.ts';
import { fixtureOf, simulate as startOne, WELL } from '../simulator/given.ts';

function folder(): string {
  return folderWith({ 'samsung/account.balance/good.json': fixtureOf([WELL]) });
}

describe('op-exco simulate', () => {
  it('prints the addresses, tells of every request without a value of it, and ends when it is stopped', async () => {
    const dir = folder();
    const events = new EventEmitter();
    const { io, out, err } = terminal({
      untilStopped: async () => {
        await once(events, 'stop');
      },
    });
    const started = once(events, 'started');
    const running = simulate.run([dir, '--json'], {
      ...io,
      out: (line) => {
        io.out(line);
        events.emit('started');
      },
    });
    await started;
    const { brokers, control } = JSON.parse(out()) as { brokers: { samsung: string }; control: string };
    const send = (request: unknown) =>
      fetch(`${brokers.samsung}/account/balance/search`, {
        method: 'POST',
        body: JSON.stringify(request),
        headers: { connection: 'close' },
      });
    expect((await send(fixtureOf([]).request)).status).toBe(200);
    expect((await send({ accInfo: { vtAccNo: FAKE.vtAccNo } })).status).toBe(501);
    expect((await fetch(`${control}/counts`, { headers: { connection: 'close' } })).status).toBe(200);
    events.emit('stop');
    expect(await running).toBe(0);
    expect(err()).toBe(
      `samsung account.balance: ${dir}/samsung/account.balance/good.json #1\nsamsung account.balance: no fixture`,
    );
    await expect(send({})).rejects.toThrow();
  });

  it('prints a line for each broker and the control endpoint, and the authority of TLS', async () => {
    const { exit, out } = await runCommand(simulate, [folder(), '--tls']);
    expect(exit).toBe(0);
    expect(out).toMatch(
      /^samsung +https:\/\/127\.0\.0\.1:\d+\/v1\/samsung\ncontrol +https:.*\/__simulator\n-----BEGIN/,
    );
  });

  it('names a folder that is missing', async () => {
    expect(await runCommand(simulate, ['/nowhere/at/all'])).toMatchObject({
      exit: 78,
      err: '/nowhere/at/all: expected a folder of fixtures, and there is none',
    });
  });

  it('names a port in use', async () => {
    const { port } = await startOne([]);
    const { exit, err } = await runCommand(simulate, [folder(), '--port', String(port)]);
    expect(exit).toBe(64);
    expect(err).toContain(`port ${port}: expected a free port (EADDRINUSE)`);
  });

  it('refuses a port that is no number', async () => {
    const { exit, err } = await runCommand(simulate, [folder(), '--port', 'x']);
    expect(exit).toBe(64);
    expect(err).toContain('--port: expected a whole number.');
  });
});
