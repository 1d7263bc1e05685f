import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FAULTS } from '../../src/catalog/faults.ts';
import { unmet } from '../../src/fixture/expectation.ts';
import { judgeFixture } from '../../src/fixture/judge.ts';
import { brokerOf } from '../../src/fixture/settings.ts';
import { startSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { replayFixtures, type Replay } from '../../src/testing/replay.ts';
import {
  brokerAt,
  called,
  companionsOf,
  connectorFor,
  FIXTURES,
  isBrokers,
  NO_BROKERS,
  resultOf,
  ROWS,
} from './table.ts';

const ALL = [...FIXTURES, ...FIXTURES.flatMap(companionsOf)];

describe('a fixture judged from the file alone gives what it states', () => {
  it.each(ROWS)('%s', (_, fixture) => {
    const settled = judgeFixture(fixture);
    const { expect: stated } = fixture;
    if (stated === undefined) throw new TypeError('expected what is to be made of it');
    if ('ok' in stated) expect(unmet(stated, settled)).toEqual([]);
    else expect(resultOf(settled)).toEqual({ ...stated, attempts: fixture.attempts.length });
  });
});

describe('a fixture played through nock gives the same', () => {
  let replay: Replay;
  beforeEach(() => {
    replay = replayFixtures(ALL);
  });
  afterEach(() => {
    replay.stop();
  });

  it.each(ROWS)('%s', async (file, fixture) => {
    const options = brokerOf(fixture, `https://broker.example/v1/${fixture.broker}`);
    const settled = await called(connectorFor(fixture, options), fixture);
    expect(resultOf(settled)).toEqual(resultOf(judgeFixture(fixture)));
    expect(replay.misses()).toEqual([]);
    const unused = new Set(replay.unused());
    const left = FIXTURES.filter((each) => unused.has(each)).map((each) => each.file);
    expect(left).toEqual(
      FIXTURES.filter((each) => each.refused === undefined && each.file !== file).map((each) => each.file),
    );
  });
});

describe('a fixture played by the simulator, beside all others, gives the same', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ fixtures: ALL });
  });
  afterAll(() => simulator.close());

  it.each(ROWS.filter(([, fixture]) => isBrokers(fixture)))('%s', async (_, fixture) => {
    const settled = await called(connectorFor(fixture, brokerAt(simulator, fixture)), fixture);
    expect(resultOf(settled)).toEqual(resultOf(judgeFixture(fixture)));
  });

  it('is every one that a broker can play; the others are named', () => {
    const beyond = FIXTURES.filter(
      (fixture) => fixture.refused === undefined && simulator.cannotPlay(fixture) !== undefined,
    );
    expect(beyond).toEqual(FIXTURES.filter((fixture) => !isBrokers(fixture)));
    expect(Object.keys(NO_BROKERS).every((fault) => Object.hasOwn(FAULTS, fault))).toBe(true);
    expect(simulator.counts()).toMatchObject({ misses: 0 });
  });
});
