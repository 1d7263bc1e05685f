import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { createConnector, type Connector } from '../../src/connector.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { lintFixtures } from '../../src/testing/lint.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { recordFixtures } from '../../src/testing/record.ts';
import { replayFixtures } from '../../src/testing/replay.ts';
import { verifyFixtures } from '../../src/testing/verify.ts';
import { openBroker, type BrokerServer } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { responseOf } from '../support/scripts.ts';
import { HOUSES, type House } from './houses.ts';

const ALIAS = 'house';

function open(house: House): Promise<BrokerServer> {
  return openBroker({}, (peer, request) => {
    const { status, headers, body } = house.answer(request);
    peer.write(responseOf(JSON.stringify(body), status, headers));
  });
}

function optionsOf({ dialect }: House) {
  return { alias: ALIAS, dialect, pace: false, retry: false, breaker: false } as const;
}

function connected(house: House, baseUrl: string, options: Partial<BrokerOptions> = {}): Connector {
  return connectTo(baseUrl, { ...optionsOf(house), ...options });
}

/** What the list and the refusal come to: the same terms wherever the answers come from. */
async function outcome(exco: Connector, house: House) {
  const { list, refused, message } = house;
  const isOne = house.pages === 1;
  const pages = isOne ? [await exco.call(ALIAS, list, message)] : await collect(exco.pages(ALIAS, list, message));
  const settled = await exco.settle(ALIAS, refused, message);
  if (settled.ok) throw new TypeError('expected a refusal');
  const { code, fault, brokerCode } = settled.error;
  return { pages: pages.length, code, fault, brokerCode: String(brokerCode) };
}

/** A folder with what was recorded of the list and the refusal, and what they came to. */
async function recorded(house: House, mode: 'missing' | 'all' = 'missing', dir = folderWith({})) {
  const server = await open(house);
  const exco = connected(house, server.baseUrl);
  const recording = recordFixtures(exco, { dir, mode });
  const live = await outcome(exco, house);
  recording.stop();
  expect(recording.refused()).toEqual([]);
  return { dir, live, server, written: recording.written() };
}

describe.each(HOUSES.map((house) => [house.name, house] as const))('%s', (_, house) => {
  it('is recorded page by page, every code kept and nothing of a person', async () => {
    const { dir, live, written } = await recorded(house);
    expect(live).toMatchObject({ pages: house.pages, brokerCode: house.code });
    expect(written).toHaveLength(house.pages + 1);
    expect(lintFixtures(dir).issues).toEqual([]);
    const text = written.map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(house.personal.filter((value) => text.includes(value))).toEqual([]);
    expect(text).toContain(house.code);
  });

  it('is recorded without what its dialect says for people, samples above all', async () => {
    const people = { title: 'T', notes: ['N'], samples: [{ name: 'S', body: { a: 1 }, expect: 'success' as const }] };
    const dialect = typeof house.dialect === 'string' ? { extends: house.dialect } : house.dialect;
    const { dir } = await recorded({ ...house, dialect: { ...dialect, ...people } });
    for (const { settings } of loadFixtures(dir)) {
      expect(Object.keys(people).filter((key) => key in Object(settings?.['dialect']))).toEqual([]);
    }
  });

  it('comes to the same through nock', async () => {
    const { dir, live } = await recorded(house);
    using replay = replayFixtures(loadFixtures(dir));
    const exco = createConnector({ brokers: [{ ...optionsOf(house), baseUrl: 'https://house.example/v1' }] });
    atEnd(() => exco.close());
    expect(await outcome(exco, standIn(house, dir))).toEqual(live);
    expect([replay.misses(), replay.unused()]).toEqual([[], []]);
  });

  it('comes to the same through the simulator, which knows the operations from the files', async () => {
    const { dir, live } = await recorded(house);
    const simulator = await startSimulator({ fixtures: loadFixtures(dir) });
    atEnd(() => simulator.close());
    const [options] = simulator.brokers();
    const exco = connected(house, simulator.baseUrl(ALIAS), { operations: options?.operations });
    expect(await outcome(exco, standIn(house, dir))).toEqual(live);
    expect(simulator.counts()).toMatchObject({ requests: house.pages + 1, misses: 0 });
  });

  it('is held against the live broker, but for later pages, whose keys are stand-ins', async () => {
    const { dir, server } = await recorded(house);
    const report = await verifyFixtures(connected(house, server.baseUrl), { dir });
    const skipped = report.fixtures.flatMap((each) => each.skipped ?? []);
    expect(skipped).toEqual(Array(house.pages - 1).fill('later-page'));
    expect(report.fixtures.flatMap(({ drift }) => drift)).toEqual([]);
    expect(report.checked).toBe(2);
  });

  it('is not recorded twice, unless all is asked for, and then over the old files', async () => {
    const { dir, written } = await recorded(house);
    expect((await recorded(house, 'missing', dir)).written).toEqual([]);
    const again = await recorded(house, 'all', dir);
    expect([...again.written].sort()).toEqual([...written].sort());
  });
});

/** The house as its fixtures know it: with the message that stands in for the one that was sent. */
function standIn(house: House, dir: string): House {
  const [first] = loadFixtures(dir).filter(({ page, operation }) => page === undefined && operation === 'own.list');
  return { ...house, message: first?.request ?? {} };
}
