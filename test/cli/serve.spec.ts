import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { serve } from '../../src/cli/serve.ts';
import { openBroker } from '../support/broker-server.ts';
import { BALANCE, refusing } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { runCommand, terminal } from '../support/terminal.ts';
import { BALANCE_PATH, configOf, errorText, given, send } from '../gateway/given.ts';

/** The command under way, with what a process would give it. */
async function serving(files: Record<string, string>) {
  const events = new EventEmitter();
  let reload: () => void = () => undefined;
  const { io, out, err } = terminal({
    files,
    untilStopped: async () => {
      await once(events, 'stop');
    },
    onReload: (run) => (reload = run),
  });
  const lines = new EventEmitter();
  const heard = (event: string) => once(lines, event);
  const listening = heard('listening');
  const exit = serve.run(['--config', 'c.json', '--port', '0'], {
    ...io,
    out: (text) => {
      io.out(text);
      for (const line of text.split('\n')) {
        const said = JSON.parse(line) as { event: string };
        lines.emit(said.event, said);
      }
    },
  });
  const [{ url }] = (await listening) as [{ url: string }];
  return { url, exit, out, err, heard, reload: () => reload(), stop: () => events.emit('stop') };
}

describe('op-exco serve', () => {
  it('serves, reads its file anew, keeps the old one when the new one is wrong, and ends with 0', async () => {
    const good = await openBroker({}, answers(BALANCE));
    const other = await openBroker({}, answers(refusing(4001, 'x')));
    const files: Record<string, string> = { 'c.json': JSON.stringify(configOf(good.baseUrl)) };
    const { url, exit, out, err, heard, reload, stop } = await serving(files);
    expect(err()).toContain(`${url}/status`);
    expect((await send(url + BALANCE_PATH)).status).toBe(200);

    for (const broken of [
      '{',
      '{"brokers":[{"alias":"samsung"}]}',
      '{"brokers":[{"alias":"a","baseUrl":"${NOT_SET}"}]}',
    ]) {
      files['c.json'] = broken;
      const refused = heard('reload-refused');
      reload();
      await refused;
      expect((await send(url + BALANCE_PATH)).status).toBe(200);
    }
    expect(err()).toContain('the old configuration stays in force');
    expect(err()).toContain('NOT_SET');

    files['c.json'] = JSON.stringify(configOf(other.baseUrl));
    const reloaded = heard('reloaded');
    reload();
    await reloaded;
    expect((await send(url + BALANCE_PATH)).text).toBe(errorText(4001, 'Account Not Found', undefined, 'samsung'));
    stop();
    expect(await exit).toBe(0);
    // Each answer above has its line, those that waited for others included.
    expect(out().match(/"event":"request"/g)).toHaveLength(5);
  });

  it.each([
    ['no configuration', [], {}, 64, '--config FILE is needed.'],
    ['a file that is not there', ['--config', 'x'], {}, 78, 'x: cannot be read (ENOENT).'],
    [
      'a configuration that is wrong',
      ['--config', 'x'],
      { x: '{}' },
      78,
      'config.brokers: expected a value, and there is none',
    ],
    [
      'a port that is none',
      ['--config', 'x', '--port', 'a'],
      { x: '{"brokers":[]}' },
      64,
      '--port: expected a whole number.',
    ],
  ])('%s: says so and ends', async (_what, args, files, exit, words) => {
    const ended = await runCommand(serve, args, { files });
    expect(ended.exit).toBe(exit);
    expect(ended.err).toContain(words);
  });

  it('names a port in use, and speaks of no drain of a door that never opened', async () => {
    const { port } = await given();
    const ended = await runCommand(serve, ['--config', 'x', '--port', String(port)], {
      files: { x: '{"brokers":[]}' },
    });
    expect([ended.exit, ended.out, ended.err]).toEqual([64, '', expect.stringContaining('EADDRINUSE')]);
  });
});
