import { once } from 'node:events';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseConfig } from '../../src/brokers/config.ts';
import { init } from '../../src/cli/init.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { runCommand } from '../support/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OP_EXCO = [process.execPath, '--import', 'tsx', join(ROOT, 'src/cli/main.ts')] as const;

interface Printed {
  readonly written: readonly string[];
  readonly next: readonly string[];
}

function run(args: readonly string[]) {
  const [node, ...line] = OP_EXCO;
  const { status, stdout, stderr } = spawnSync(node, [...line, ...args], { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('op-exco init', () => {
  it('writes what its three next commands run on, as they are printed', async () => {
    const dir = join(folderWith({}), 'new one');
    const started = run(['init', dir, '--port', String(await freePort()), '--json']);
    expect([started.status, started.stderr]).toEqual([0, '']);
    const { written, next } = JSON.parse(started.stdout) as Printed;
    for (const path of written) expect(statSync(path).isFile()).toBe(true);
    const [classify = '', simulate = '', call = ''] = next;

    const typed = (command: string) => ['-c', command.replace(/^op-exco/, 'exec "$@"'), 'sh', ...OP_EXCO];
    const sh = (command: string) => spawnSync('/bin/sh', typed(command), { cwd: ROOT, encoding: 'utf8' });
    expect(sh(classify)).toMatchObject({ status: 0, stdout: expect.stringContaining('samsung account.balance: ok') });

    const simulator = spawn('/bin/sh', typed(simulate), { cwd: ROOT });
    atEnd(() => simulator.kill('SIGKILL'));
    await once(simulator.stdout, 'data');
    const called = sh(call);
    expect([called.status, JSON.parse(called.stdout)]).toEqual([
      0,
      expect.objectContaining({ resp: { respCode: '200', respMsg: 'OK' } }),
    ]);
    expect(run(['doctor', '--config', join(dir, 'exco.json')]).status).toBe(0);
    expect(run(['init', dir])).toMatchObject({ status: 64, stdout: '' });
  });

  it('points at the JSON Schema that is installed', async () => {
    const { written } = await runCommand(init, ['some/folder']);
    const config: unknown = JSON.parse(written.get('some/folder/exco.json') ?? '');
    const { $schema = '' } = parseConfig(config);
    const schema = resolve('some/folder', $schema);
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('properties.brokers');
    expect(dirname(schema)).toBe(resolve('docs'));
  });

  it.each(['exco.json', 'exco.md', 'balance.json', 'fixtures/samsung/account.balance/answered.json'])(
    'writes nothing at all where %s is there, and says what to type',
    async (path) => {
      const { exit, out, err, written } = await runCommand(init, [], { files: { [path]: 'mine' } });
      expect([exit, out, written.size]).toEqual([64, '', 0]);
      expect(err).toContain(`${path} is there already; nothing was written. Try: op-exco init NEW-FOLDER`);
    },
  );

  it.each([
    ['en', 'line by line'],
    ['ko', '항목 설명'],
  ])('says in the notes what every field of the configuration is: %s', async (lang, title) => {
    const { written } = await runCommand(init, ['--lang', lang]);
    const text = written.get('exco.json') ?? '';
    const notes = written.get('exco.md') ?? '';
    const [broker] = parseConfig(JSON.parse(text)).brokers;
    expect(notes.split('\n')[0]).toBe(lang === 'en' ? `# exco.json, ${title}` : `# exco.json ${title}`);
    for (const field of Object.keys(broker ?? {})) expect(notes).toContain(`\`${field}`);
  });

  it('prints the files as data and the commands as talk, in Korean too', async () => {
    const { out, err } = await runCommand(init, ['--lang', 'ko']);
    expect(out).toBe('exco.json\nexco.md\nbalance.json\nfixtures/samsung/account.balance/answered.json');
    expect(err).toBe(
      [
        '다음 명령을 차례로 실행(두 번째는 별도 터미널):',
        '  op-exco classify fixtures/samsung/account.balance/answered.json',
        '  op-exco simulate fixtures --port 18080',
        '  op-exco call samsung account.balance --config exco.json --body balance.json',
      ].join('\n'),
    );
  });

  it.each(['0', '65536', 'x'])('refuses port %s', async (port) => {
    const { exit, written } = await runCommand(init, ['--port', port]);
    expect([exit, written.size]).toEqual([64, 0]);
  });
});
