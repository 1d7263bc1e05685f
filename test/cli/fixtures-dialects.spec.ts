import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { fixtures } from '../../src/cli/fixtures.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { recordFixtures } from '../../src/testing/record.ts';
import { openBroker } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { folderWith } from '../support/folder.ts';
import { answers, responseOf } from '../support/scripts.ts';
import { runCommand } from '../support/terminal.ts';

const OPERATIONS: NonNullable<BrokerOptions['operations']> = {
  'own.quote': { kind: 'read', path: '/inquire', method: 'GET', trCode: 'FHKST01010100' },
  'own.price': { kind: 'read', path: '/inquire', method: 'GET', trCode: 'FHKST01010200' },
  'own.list': { kind: 'read', path: '/list', trCode: 'kt00018' },
};

/** Names that only the configuration knows. */
const [QUOTE = '', , LIST = ''] = Object.keys(OPERATIONS);

/** What `lint` and `replay` say of a folder, its name taken out. */
async function checked(dir: string) {
  const [lint, replay] = [await runCommand(fixtures, ['lint', dir]), await runCommand(fixtures, ['replay', dir])];
  return { lint: lint.exit, replay: replay.exit, out: replay.out.replaceAll(`${dir}/`, '').split('\n') };
}

describe('fixtures of another dialect', () => {
  it('replay: a call that went on behind a renewal of credentials', async () => {
    const server = await openBroker({}, (peer, { headers }) => {
      const isNew = headers['authorization'] === 'Bearer NEW';
      peer.write(responseOf(JSON.stringify(isNew ? { rt_cd: '0' } : { rt_cd: '1', msg_cd: 'EGW00123', msg1: '' })));
    });
    const dir = folderWith({});
    let token = 'OLD';
    const credentials = { get: () => ({ authorization: `Bearer ${token}` }), renew: () => void (token = 'NEW') };
    const options = { dialect: 'koreainvest', operations: OPERATIONS, pace: false, credentials } as const;
    const exco = connectTo(server.baseUrl, options);
    using recording = recordFixtures(exco, { dir });
    await exco.call('samsung', QUOTE, { symbol: '005930' });
    expect(recording.refused()).toEqual([]);
    expect(await checked(dir)).toEqual({
      lint: 0,
      replay: 0,
      out: ['ok      samsung/own.quote/credentials-refused-then-answered.json'],
    });
    expect(JSON.stringify(loadFixtures(dir))).not.toMatch(/OLD|NEW/);
  });

  it('replay: a page that is asked for by headers', async () => {
    const page = (flag: string) => answers({ return_code: 0 }, 200, { 'cont-yn': flag, 'next-key': 'KEY-1' });
    const server = await openBroker({}, page('Y'), page('N'));
    const dir = folderWith({});
    const exco = connectTo(server.baseUrl, { dialect: 'kiwoom', operations: OPERATIONS, pace: false });
    using recording = recordFixtures(exco, { dir });
    expect(await collect(exco.pages('samsung', LIST, {}))).toHaveLength(2);
    expect(recording.written()).toHaveLength(2);
    const { lint, replay, out } = await checked(dir);
    expect([lint, replay, out.length]).toEqual([0, 0, 2]);
  });

  it('import: a GET of an operation that the configuration has, by its TRCODE', async () => {
    const entry = (trCode: string, method = 'GET') => ({
      request: {
        method,
        url: 'https://api.house.example/inquire?symbol=005930&limit=5',
        headers: [{ name: 'TR_ID', value: trCode }],
      },
      response: { status: 200, headers: [], content: { text: '{"rt_cd":"0","msg_cd":"MCA00000"}' } },
    });
    const entries = [entry('FHKST01010200'), entry('FHKST01010100'), entry('FHKST01010100', 'POST')];
    const dir = folderWith({ 'page.har': { log: { version: '1.2', entries } } });
    const broker = {
      alias: 'house',
      baseUrl: 'https://api.house.example',
      dialect: 'koreainvest',
      operations: OPERATIONS,
    };
    const files = { 'exco.json': JSON.stringify({ brokers: [broker] }) };
    const args = ['import', `${dir}/made`, `${dir}/page.har`, '--config', 'exco.json'];
    const { exit, out, err } = await runCommand(fixtures, args, { files });
    expect({ exit, out: out.replaceAll(`${dir}/`, '').split('\n') }).toEqual({
      exit: 0,
      out: ['made/house/own.price/answered.json', 'made/house/own.quote/answered.json'],
    });
    expect(err).toContain('no GET');
    expect(loadFixtures(`${dir}/made`)[0]?.request).toEqual({ symbol: expect.stringMatching(/^\d{6}$/), limit: '5' });
  });
});
