import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fixtures } from '../../src/cli/fixtures.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { openBroker } from '../support/broker-server.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const ANSWERED = 'samsung/account.balance/answered.json';
const CALL = ['--broker', 'samsung', '--operation', 'account.balance', '--body', 'body.json', '--config', 'exco.json'];

/** Runs the command, and takes `folder` out of what it printed. */
async function run(folder: string, args: readonly string[], options?: TerminalOptions) {
  const { exit, out, err } = await runCommand(fixtures, args, options);
  return { exit, out: out.replaceAll(folder, 'DIR'), err: err.replaceAll(folder, 'DIR') };
}

function filesFor(baseUrl: string, message: object = MESSAGES['account.balance']): TerminalOptions {
  const config = JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl }] });
  return { files: { 'exco.json': config, 'body.json': JSON.stringify(message) } };
}

describe('fixtures record', () => {
  it.each([
    ['broker', []],
    ['operation', ['--broker', 'samsung']],
    ['body', ['--broker', 'samsung', '--operation', 'account.balance']],
  ])('refuses to guess --%s', async (name, args) => {
    const { exit, err } = await run('nowhere', ['record', 'fixtures', ...args]);
    expect({ exit, err: err.split('\n')[0] }).toEqual({
      exit: 64,
      err: expect.stringContaining(`record needs --${name}.`),
    });
  });

  it('refuses another mode, and no configuration', async () => {
    const options = filesFor('http://127.0.0.1:1');
    const { exit, err } = await run('nowhere', ['record', 'fixtures', ...CALL, '--mode', 'some'], options);
    expect([exit, err]).toEqual([64, expect.stringContaining('--mode: expected missing, all or faults.')]);
    const without = await run('nowhere', ['record', 'fixtures', ...CALL.slice(0, 6)], options);
    expect([without.exit, without.err]).toEqual([64, expect.stringContaining('--config FILE is needed.')]);
  });

  it('writes what a broker answered, without the customer, and the same only once', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({});
    const first = await run(folder, ['record', folder, ...CALL], filesFor(server.baseUrl));
    expect(first).toEqual({ exit: 0, out: `DIR/${ANSWERED}`, err: '1 written, 0 refused.' });
    const text = readFileSync(`${folder}/${ANSWERED}`, 'utf8');
    expect(Object.values(FAKE).filter((value) => text.includes(value))).toEqual([]);
    expect((await run(folder, ['replay', folder])).exit).toBe(0);
    const again = await run(folder, ['record', folder, ...CALL], filesFor(server.baseUrl));
    expect(again).toEqual({ exit: 0, out: '', err: '0 written, 0 refused.' });
  });

  it('records a fault as what it is, and explains it', async () => {
    const server = await openBroker({}, answers({ resp: { respCode: '4001', respMsg: 'Account Not Found' } }, 500));
    const folder = folderWith({});
    const { exit, out, err } = await run(
      folder,
      ['record', folder, ...CALL, '--mode', 'faults'],
      filesFor(server.baseUrl),
    );
    expect({ exit, out }).toEqual({ exit: 0, out: 'DIR/samsung/account.balance/broker-error.json' });
    expect(err).toMatch(/broker-error \(4001 Account Not Found\)[^]*1 written, 0 refused\.$/);
    expect(loadFixtures(folder).map((fixture) => fixture.expect)).toMatchObject([{ fault: 'broker-error' }]);
  });

  it('says as JSON what it wrote and what the call came to', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({});
    const { exit, out } = await run(folder, ['record', folder, ...CALL, '--json'], filesFor(server.baseUrl));
    const file = `DIR/${ANSWERED}`;
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({ schema: 1, ok: true, written: [file], refused: [], result: { ok: true } });
  });

  it('fails where the call never left, and where the customer cannot be taken out', async () => {
    const server = await openBroker({}, answers(BALANCE, 200, { server: FAKE.vtAccNo }));
    const folder = folderWith({});
    const unasked = await run(folder, ['record', folder, ...CALL], filesFor(server.baseUrl, {}));
    expect([unasked.exit, unasked.out]).toEqual([1, '']);
    expect(unasked.err).toContain('3003');
    const refused = await run(folder, ['record', folder, ...CALL], filesFor(server.baseUrl));
    expect(refused).toEqual({
      exit: 1,
      out: '',
      err: 'attempts[0].response.headers.server: expected what can be cleaned\n0 written, 1 refused.',
    });
  });
});

describe('fixtures import', () => {
  const url = 'https://broker.example/v1/samsung/account/balance/search';
  const headers = [{ name: 'Content-Type', value: 'application/json' }];
  const entry = (response: object, at = url) => ({
    startedDateTime: '2026-03-01T00:00:00.000Z',
    request: { method: 'POST', url: at, postData: { text: JSON.stringify(MESSAGES['account.balance']) } },
    response,
  });
  const ANSWER = entry({ status: 200, headers, content: { text: JSON.stringify(BALANCE) } });
  const har = (...entries: object[]) => ({ log: { version: '1.2', entries } });

  it('writes each call once, and says what it left out and why', async () => {
    const page = entry({ status: 200, headers }, 'https://broker.example/index.html');
    const folder = folderWith({
      'a.har': har(page, ANSWER),
      'b.har': har(entry({ status: 200, content: { size: 9 } })),
    });
    const dir = `${folder}/made`;
    expect(await run(folder, ['import', dir, `${folder}/a.har`])).toEqual({
      exit: 0,
      out: `DIR/made/${ANSWERED}`,
      err: 'log.entries[0]: no path of an operation\n1 written, 0 known, 1 skipped, 0 refused.',
    });
    const again = await run(folder, ['import', dir, `${folder}/a.har`, '--json']);
    expect(again.exit).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ schema: 1, ok: true, written: [], known: 1, refused: [] });
    const refused = await run(folder, ['import', dir, `${folder}/b.har`]);
    expect(refused.exit).toBe(1);
    expect(refused.err).toContain('log.entries[0]: response.content.text: expected the body');
  });

  it('refuses to go on without a file, and with one of another tool', async () => {
    const folder = folderWith({ 'a.har': { info: {}, item: [] } });
    expect((await run(folder, ['import', folder])).err).toContain('import needs a HAR file behind DIR.');
    const { exit, err } = await run(folder, ['import', folder, `${folder}/a.har`]);
    expect([exit, err]).toEqual([64, expect.stringContaining('and this is a Postman collection')]);
  });
});
