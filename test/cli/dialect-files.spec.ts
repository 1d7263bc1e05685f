import { describe, expect, it } from '@jest/globals';
import { call } from '../../src/cli/call.ts';
import { codes } from '../../src/cli/codes.ts';
import { createConnector } from '../../src/connector.ts';
import { openBroker } from '../support/broker-server.ts';
import { answers } from '../support/scripts.ts';
import { runCommand } from '../support/terminal.ts';

const HOUSE = JSON.stringify({
  result: { code: 'head.code', message: 'head.text', success: ['0000'] },
  respCodes: { A101: { code: 4001, fault: 'broker-error', en: 'no such account' } },
  otherwise: 7000,
});

const OPERATIONS = { 'own.read': { kind: 'read', path: '/own', method: 'GET' } };

function configOf(dialect: unknown, baseUrl = 'https://house.example/v1'): string {
  return JSON.stringify({ brokers: [{ alias: 'house', baseUrl, dialect, operations: OPERATIONS }] });
}

/** Explains a code of the broker as the configuration has it, with the files given. */
async function explained(config: string, path: string, files: Record<string, string>) {
  const args = ['A101', '--broker', 'house', '--config', path];
  return runCommand(codes, args, { files: { ...files, [path]: config } });
}

describe('a dialect that the configuration names by a file', () => {
  it.each([
    ['beside the configuration', './house.json', 'exco.json', 'house.json'],
    [
      'from the folder of the configuration, not the one it is called in',
      './house.json',
      'etc/exco.json',
      'etc/house.json',
    ],
    ['in a folder below', 'dialects/house.json', '/etc/exco/exco.json', '/etc/exco/dialects/house.json'],
    ['in a folder above', '../house.json', 'etc/exco.json', 'house.json'],
    ['by its whole path', '/srv/house.json', 'etc/exco.json', '/srv/house.json'],
    ['of a configuration on the standard input', './house.json', '-', 'house.json'],
  ])('is read %s', async (_, named, configPath, file) => {
    const { exit, out } = await explained(configOf(named), configPath, { [file]: HOUSE });
    expect(exit).toBe(0);
    expect(out).toContain('no such account');
  });

  it('is what the broker’s answers are judged by', async () => {
    const server = await openBroker({}, answers({ head: { code: 'A101', text: '계좌 없음' } }));
    const files = { 'exco.json': configOf('./house.json', server.baseUrl), 'house.json': HOUSE };
    const { exit, out } = await runCommand(call, ['house', 'own.read', '--config', 'exco.json'], { files });
    expect([exit, JSON.parse(out)]).toEqual([
      1,
      { category: 'house', code: 4001, message: 'Account Not Found', description: 'A101 계좌 없음' },
    ]);
  });

  it.each([
    ['is not there', undefined, './house.json', 'house.json: expected a file that can be read (ENOENT)'],
    ['is no JSON', '{\n  "result": }', './house.json', 'house.json: line 2, column 13: expected JSON, which ends here'],
    ['is no dialect', '[]', './house.json', 'house.json: expected a JSON object'],
    [
      'has a wrong path in it',
      '{"result":{"code":"rt cd"}}',
      './house.json',
      'house.json: dialect.result.code: expected a path in the message such as resp.respCode',
    ],
    [
      'maps a code to a number that the standard lacks',
      '{"respCodes":{"A":4999}}',
      './house.json',
      'house.json: dialect.respCodes.A: expected a code of the standard, 3001 to 7000',
    ],
    [
      'has a pattern that can run for ever',
      '{"detailPatterns":["(\\\\d+)+"]}',
      './house.json',
      'house.json: dialect.detailPatterns[0]: expected repeats with an end',
    ],
    [
      'is an address',
      HOUSE,
      'https://dialects.example/house.json',
      'expected the path of a file, and this is an address',
    ],
    ['is a file address', HOUSE, 'file:///srv/house.json', 'expected the path of a file, and this is an address'],
  ])('is refused where it %s, with the place in each', async (_, content, named, mistake) => {
    const files = content === undefined ? {} : { 'house.json': content };
    const { exit, err } = await explained(configOf(named), 'exco.json', files);
    expect(exit).toBe(78);
    expect(err).toContain(`config.brokers[0].dialect: ${mistake}`);
  });

  it('is refused with the mistakes of every broker and every line', async () => {
    const brokers = ['a', 'b'].map((alias) => ({ alias, baseUrl: 'https://x.example', dialect: `./${alias}.json` }));
    const files = { 'a.json': '{"otherwise":1,"compare":"x"}' };
    const { err } = await explained(JSON.stringify({ brokers }), 'exco.json', files);
    expect(err.split('\n').map((line) => line.split(': ').slice(0, 4).join(': '))).toEqual([
      'exco.json: config.brokers[0].dialect: a.json: dialect.otherwise',
      'exco.json: config.brokers[0].dialect: a.json: dialect.compare',
      'exco.json: config.brokers[1].dialect: b.json: expected a file that can be read (ENOENT)',
    ]);
  });
});

describe('a program', () => {
  it('is told that it has to pass what is in the file', () => {
    const brokers = [{ alias: 'house', baseUrl: 'https://x.example', dialect: './house.json' as 'platform' }];
    expect(() => createConnector({ brokers })).toThrow(
      /^config\.brokers\[0\]\.dialect: expected a preset \(platform, .*\) or a dialect; only op-exco --config reads one from a file/,
    );
  });
});
