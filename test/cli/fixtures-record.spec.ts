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
    expect(again).toEqual({
      exit: 0,
      out: '',
      err: 'Nothing to write: there is a fixture of such a call.\n0 written, 0 refused.',
    });
  });

  it('writes over what it left where all is asked for, and only what failed where faults are', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({});
    const modes = ['faults', 'all', 'all'];
    const said = [];
    for (const mode of modes) {
      said.push(await run(folder, ['record', folder, ...CALL, '--mode', mode], filesFor(server.baseUrl)));
    }
    const written = { exit: 0, out: `DIR/${ANSWERED}`, err: '1 written, 0 refused.' };
    expect(said).toEqual([
      { exit: 0, out: '', err: expect.stringMatching(/^Nothing to write: no attempt failed/) },
      written,
      written,
    ]);
    expect(loadFixtures(folder)).toHaveLength(1);
  });

  it("records an operation that is the broker's own, by its configuration", async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({});
    const operations = { 'stock.quote': { kind: 'read', path: '/quote' } };
    const config = JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl: server.baseUrl, operations }] });
    const args = CALL.map((arg) => (arg === 'account.balance' ? 'stock.quote' : arg));
    const files = { 'exco.json': config, 'body.json': JSON.stringify(MESSAGES['account.balance']) };
    expect(await run(folder, ['record', folder, ...args], { files })).toMatchObject({
      exit: 0,
      out: 'DIR/samsung/stock.quote/answered.json',
    });
  });

  it('reads the message from the standard input', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({});
    const { 'body.json': message = '', ...files } = filesFor(server.baseUrl).files ?? {};
    const args = CALL.map((arg) => (arg === 'body.json' ? '-' : arg));
    const { exit, out } = await run(folder, ['record', folder, ...args], { files: { ...files, '-': message } });
    expect([exit, out]).toEqual([0, `DIR/${ANSWERED}`]);
  });

  it('records a broker that is not there, and says so in Korean', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const files = filesFor(server.baseUrl);
    await server.close();
    const folder = folderWith({});
    const args = ['record', folder, ...CALL, '--lang', 'ko'];
    const { exit, out, err } = await run(folder, args, files);
    expect([exit, out]).toEqual([0, 'DIR/samsung/account.balance/connect-refused.json']);
    expect(err).toMatch(/저장 1건, 거부 0건\.$/);
    const again = await run(folder, args, files);
    expect([again.exit, again.err]).toEqual([0, expect.stringContaining('저장할 내용 없음')]);
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
    expect(unasked.err).not.toContain('Nothing to write');
    const asJson = await run(folder, ['record', folder, ...CALL, '--json'], filesFor(server.baseUrl, {}));
    expect([asJson.exit, JSON.parse(asJson.out)]).toMatchObject([1, { ok: false, written: [], refused: [] }]);
    const refused = await run(folder, ['record', folder, ...CALL], filesFor(server.baseUrl));
    expect(refused).toEqual({
      exit: 1,
      out: '',
      err: 'attempts[0].response.headers.server: expected what can be cleaned\n0 written, 1 refused.',
    });
  });
});
