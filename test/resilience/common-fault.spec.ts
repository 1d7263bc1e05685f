import { describe, expect, it } from '@jest/globals';
import { FAULTS, isFault } from '../../src/catalog/faults.ts';
import { CommonFaults } from '../../src/resilience/common-fault.ts';

function seenAt(
  brokers: readonly (readonly [broker: string, fault: 'connect-timeout' | 'body-cut' | undefined, atMs: number])[],
) {
  const common = new CommonFaults();
  for (const [broker, fault, atMs] of brokers) common.of(broker).saw(fault, atMs);
  return common;
}

describe('a fault on the way to brokers is common', () => {
  it.each([
    ['to three of three', ['connect-timeout', 'connect-timeout', 'connect-timeout'], true],
    [
      'to three of six',
      ['connect-timeout', 'connect-timeout', 'connect-timeout', undefined, undefined, undefined],
      true,
    ],
    ['not to two of two', ['connect-timeout', 'connect-timeout'], false],
    ['not to three of seven', ['connect-timeout', 'connect-timeout', 'connect-timeout', ...Array<undefined>(4)], false],
    ['not where each has another one', ['connect-timeout', 'body-cut', 'body-cut'], false],
  ] as const)('%s', (_, faults, expected) => {
    const common = seenAt(faults.map((fault, index) => [`broker-${index}`, fault, index]));
    expect(common.isCommon('connect-timeout', 10)).toBe(expected);
  });

  it('for half a minute, and only as long as it is the last that was seen of a broker', () => {
    const common = seenAt([
      ['a', 'connect-timeout', 0],
      ['b', 'connect-timeout', 0],
      ['c', 'connect-timeout', 1],
    ]);
    expect([common.isCommon('connect-timeout', 30_000), common.isCommon('connect-timeout', 30_001)]).toEqual([
      true,
      false,
    ]);
    common.of('a').saw(undefined, 2);
    expect(common.isCommon('connect-timeout', 3)).toBe(false);
  });

  it('never where its row blames the broker or the caller', () => {
    for (const fault of Object.keys(FAULTS).filter(isFault)) {
      const common = new CommonFaults();
      for (const broker of ['a', 'b', 'c']) common.of(broker).saw(fault, 0);
      expect([fault, common.isCommon(fault, 0)]).toEqual([fault, FAULTS[fault].blame === 'path']);
    }
  });
});

describe('a suspicion', () => {
  const REFUSED = 'connect-refused';

  function refusedBy(...atMs: readonly number[]): CommonFaults {
    const common = new CommonFaults();
    for (const [index, ms] of atMs.entries()) common.of(`broker-${index}`).saw(REFUSED, ms);
    return common;
  }

  it('names the fault, who shows it, and since when they are several', () => {
    expect(refusedBy(4, 1, 9, 7).suspected(10)).toEqual({
      fault: REFUSED,
      sinceMs: 7,
      brokers: ['broker-0', 'broker-1', 'broker-2', 'broker-3'],
      called: 4,
    });
  });

  it('is of a fault that half of them show, not of the first that some show', () => {
    const common = refusedBy(0, 0, 0);
    for (const broker of ['d', 'e', 'f', 'g']) common.of(broker).saw('dns-not-found', 0);
    expect(common.suspected(0)?.fault).toBe('dns-not-found');
  });

  it('dates from the last time that a broker began to show it', () => {
    const common = refusedBy(0, 0, 0);
    common.of('broker-0').saw(undefined, 5);
    common.of('broker-0').saw(REFUSED, 9);
    expect(common.suspected(10)?.sinceMs).toBe(9);
  });

  it('lasts while circuits keep calls from going, and is not brought back by them', () => {
    const common = refusedBy(0, 0, 0);
    const withhold = (nowMs: number) => {
      for (const broker of ['broker-0', 'broker-1', 'broker-2', 'nobody']) common.of(broker).withheld(nowMs);
    };
    withhold(30_000);
    expect(common.suspected(60_000)?.fault).toBe(REFUSED);
    withhold(60_001);
    expect(common.suspected(60_001)).toBeUndefined();
  });
});
