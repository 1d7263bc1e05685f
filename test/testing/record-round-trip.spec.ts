import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../src/fixture/expectation.ts';
import type { Fixture } from '../../src/fixture/format.ts';
import { judgeFixture } from '../../src/fixture/judge.ts';
import { brokerOf } from '../../src/fixture/settings.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { startSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { lintFixtures } from '../../src/testing/lint.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { recordFixtures } from '../../src/testing/record.ts';
import { replayFixtures } from '../../src/testing/replay.ts';
import { folderWith } from '../support/folder.ts';
import { brokerAt, called, companionsOf, connectorFor, FIXTURES, isBrokers, resultOf, ROWS } from './table.ts';

/** Calls as `fixture` tells, and records it. */
async function recorded(fixture: Fixture, options: BrokerOptions) {
  const dir = folderWith({});
  const exco = connectorFor(fixture, options);
  const recording = recordFixtures(exco, { dir, mode: 'all' });
  const settled = await called(exco, fixture);
  recording.stop();
  expect(recording.refused()).toEqual([]);
  expect(lintFixtures(dir).issues).toEqual([]);
  return { settled, made: loadFixtures(dir) };
}

/** What nock makes of a recording. */
async function replayed(fixture: Fixture, options: BrokerOptions) {
  using replay = replayFixtures([fixture]);
  const settled = await called(connectorFor(fixture, options), fixture);
  expect(replay.misses()).toEqual([]);
  return settled;
}

async function expectSame(fixture: Fixture, options: BrokerOptions): Promise<void> {
  const { settled, made } = await recorded(fixture, options);
  expect(made).toHaveLength(1);
  for (const each of made) {
    const again = await replayed(each, options);
    expect(wordsOf(again)).toBe(wordsOf(settled));
    expect(resultOf(again)).toEqual(resultOf(judgeFixture(each)));
  }
}

describe('a call to the simulator, recorded and replayed through nock, comes to the same', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ fixtures: FIXTURES });
  });
  afterAll(() => simulator.close());

  it.each(ROWS.filter(([, fixture]) => fixture.refused === undefined && isBrokers(fixture)))(
    '%s',
    async (_, fixture) => {
      await expectSame(fixture, brokerAt(simulator, fixture));
    },
  );
});

describe('a fault that no broker can bring about, played by nock, recorded and replayed, comes to the same', () => {
  it.each(ROWS.filter(([, fixture]) => fixture.refused === undefined && !isBrokers(fixture)))(
    '%s',
    async (_, fixture) => {
      using replay = replayFixtures([fixture]);
      await expectSame(fixture, brokerOf(fixture, 'https://broker.example/v1'));
      expect(replay.unused()).toEqual([]);
    },
  );
});

describe('a call that is refused before any dial is recorded as that', () => {
  const isRefusedByGate = ({ refused }: Fixture) =>
    ['maintenance-window', 'breaker-open', 'bulkhead-full', 'deadline-exceeded'].includes(refused?.fault ?? '');

  it.each(ROWS.filter(([, fixture]) => isRefusedByGate(fixture)))('%s', async (_, fixture) => {
    using replay = replayFixtures(companionsOf(fixture));
    const { settled, made } = await recorded(fixture, brokerOf(fixture, 'https://broker.example/v1'));
    expect(replay.misses()).toEqual([]);
    const refused = made.filter((each) => each.refused !== undefined);
    expect(refused.map((each) => wordsOf(judgeFixture(each)))).toEqual([wordsOf(settled)]);
  });
});
