import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createConnector, type Connector } from '../../src/connector.ts';
import type { Fixture } from '../../src/fixture/format.ts';
import type { RecordMode } from '../../src/testing/record.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { recordFixtures } from '../../src/testing/record.ts';
import { replayFixtures } from '../../src/testing/replay.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';

const REQUEST = MESSAGES['account.balance'];
const OK = { response: { status: 200, json: BALANCE } };
const DOWN: Fixture['attempts'][number] = { fault: { phase: 'connect', code: 'ECONNREFUSED' } };

/** A connector whose broker answers as `attempts` say, call by call. */
function connectorWith(...calls: Fixture['attempts'][]): Connector {
  const fixtures = calls.map((attempts): Fixture => {
    return { format: 1, broker: 'samsung', operation: 'account.balance', request: REQUEST, match: [], attempts };
  });
  const replay = replayFixtures(fixtures);
  const exco = createConnector({
    brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1', retry: { baseMs: 0, budget: 1 } }],
  });
  atEnd(async () => {
    replay.stop();
    await exco.close();
  });
  return exco;
}

/** Makes `count` calls, recorded to `dir`; the files it wrote, without the folder. */
async function record(exco: Connector, dir: string, mode: RecordMode | undefined, count: number): Promise<string[]> {
  using recording = recordFixtures(exco, { dir, mode });
  for (let call = 0; call < count; call += 1) await exco.settle('samsung', 'account.balance', REQUEST);
  expect(recording.refused()).toEqual([]);
  return recording.written().map((file) => file.slice(dir.length + 1));
}

const ANSWERED = 'samsung/account.balance/answered.json';
const AFTER_FAULT = 'samsung/account.balance/connect-refused-then-answered.json';

describe('a recording', () => {
  it('of what is missing takes each question and course once, over runs', async () => {
    const dir = folderWith({});
    const exco = connectorWith([OK], [OK], [DOWN, OK]);
    expect(await record(exco, dir, undefined, 3)).toEqual([ANSWERED, AFTER_FAULT]);
    expect(await record(exco, dir, 'missing', 3)).toEqual([]);
    expect(loadFixtures(dir).map(({ attempts }) => attempts.length)).toEqual([1, 2]);
  });

  it('of all takes every call, over what an earlier run left and over nothing of its own', async () => {
    const dir = folderWith({});
    const exco = connectorWith([OK]);
    const files = [ANSWERED, 'samsung/account.balance/answered-2.json'];
    expect(await record(exco, dir, 'all', 2)).toEqual(files);
    expect((await record(exco, dir, 'all', 2)).sort()).toEqual([...files].sort());
    expect(loadFixtures(dir)).toHaveLength(2);
  });

  it('of faults takes only calls of which an attempt failed', async () => {
    const dir = folderWith({});
    expect(await record(connectorWith([OK], [DOWN, OK]), dir, 'faults', 4)).toEqual([AFTER_FAULT]);
  });

  it('gives the same account the same stand-in in every file, and none of it away', async () => {
    const dir = folderWith({});
    await record(connectorWith([OK], [DOWN, OK]), dir, 'missing', 2);
    const texts = loadFixtures(dir).map(({ file }) => readFileSync(file, 'utf8'));
    expect(texts).toHaveLength(2);
    expect(Object.values(FAKE).filter((value) => texts.join('').includes(value))).toEqual([]);
    const accounts = texts.map((text) => /"vtAccNo": "(\d{18})"/.exec(text)?.[1]);
    expect(accounts[0]).toEqual(expect.any(String));
    expect(accounts[1]).toBe(accounts[0]);
  });

  it('takes no stand-in that a file has already for somebody else', async () => {
    const dir = folderWith({});
    const exco = connectorWith([OK], [DOWN, OK]);
    expect(await record(exco, dir, 'missing', 1)).toEqual([ANSWERED]);
    expect(await record(exco, dir, 'missing', 1)).toEqual([AFTER_FAULT]);
    const accounts = loadFixtures(dir).map(({ request }) => JSON.stringify(request['accInfo']));
    expect(new Set(accounts).size).toBe(2);
  });

  it('says when it was made and what was replaced, in a fixed order of fields, and leaves no draft behind', async () => {
    const dir = folderWith({});
    await record(connectorWith([OK]), dir, 'missing', 1);
    const text = readFileSync(`${dir}/${ANSWERED}`, 'utf8');
    const fields = [...text.matchAll(/^ {2}"(\w+)":/gm)].map(([, name]) => name);
    expect(fields).toEqual([
      ...['format', 'broker', 'operation', 'recordedAt', 'replaced', 'settings', 'request', 'attempts', 'expect'],
    ]);
    expect(text).toMatch(/"recordedAt": "20\d\d-\d\d-\d\dT[\d:.]+Z"/);
    expect(text).toContain('"request.accInfo.vtAccNo"');
    expect(readdirSync(`${dir}/samsung/account.balance`)).toEqual(['answered.json']);
  });

  it('ends with stop, however often', async () => {
    const dir = folderWith({});
    const exco = connectorWith([OK]);
    const recording = recordFixtures(exco, { dir });
    recording.stop();
    recording.stop();
    await exco.settle('samsung', 'account.balance', REQUEST);
    expect([recording.written(), readdirSync(dir)]).toEqual([[], []]);
  });
});

describe('what cannot be recorded', () => {
  it('is not written, does not reach the call, and is said once with its place', async () => {
    const dir = folderWith({});
    const exco = connectorWith([{ response: { status: 200, headers: { server: FAKE.vtAccNo }, json: BALANCE } }]);
    using recording = recordFixtures(exco, { dir });
    for (const call of [1, 2]) {
      const settled = await exco.settle('samsung', 'account.balance', REQUEST);
      expect([call, settled.ok]).toEqual([call, true]);
    }
    expect(recording.refused()).toEqual([
      {
        broker: 'samsung',
        operation: 'account.balance',
        path: 'attempts[0].response.headers.server',
        expected: 'expected what can be cleaned',
      },
    ]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is a call whose file cannot be written; the call itself is answered', async () => {
    const dir = folderWith({});
    const exco = connectorWith([OK]);
    using recording = recordFixtures(exco, { dir });
    writeFileSync(`${dir}/samsung`, 'a file in the place of the folder');
    expect((await exco.settle('samsung', 'account.balance', REQUEST)).ok).toBe(true);
    expect(recording.refused().map(({ path }) => path)).toEqual([`${dir}/samsung/account.balance`]);
    rmSync(`${dir}/samsung`);
    await exco.settle('samsung', 'account.balance', REQUEST);
    expect(recording.written()).toEqual([`${dir}/${ANSWERED}`]);
  });

  it('is anything in a folder that is none, or that holds a bad fixture: nothing is recorded then', () => {
    const dir = folderWith({ 'a-file': 'x', 'fixtures/samsung/account.balance/bad.json': { format: 2 } });
    const exco = connectorWith([OK]);
    expect(() => recordFixtures(exco, { dir: `${dir}/a-file/fixtures` })).toThrow(
      /a-file\/fixtures: expected a folder that can be written to/,
    );
    expect(() => recordFixtures(exco, { dir: `${dir}/fixtures` })).toThrow(/bad\.json: fixture\.format: expected 1/);
    expect(() => recordFixtures(exco, { dir, mode: 'some' as 'all' })).toThrow(
      new TypeError('options.mode: expected missing, all, faults'),
    );
  });
});
