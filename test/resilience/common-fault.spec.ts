import { describe, expect, it } from '@jest/globals';
import { FAULTS, isFault } from '../../src/catalog/faults.ts';
import { CommonFaults } from '../../src/resilience/common-fault.ts';

function seenAt(
  brokers: readonly (readonly [broker: string, fault: 'connect-timeout' | 'body-cut' | undefined, atMs: number])[],
) {
  const common = new CommonFaults();
  for (const [broker, fault, atMs] of brokers) common.saw(broker, fault, atMs);
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
    common.saw('a', undefined, 2);
    expect(common.isCommon('connect-timeout', 3)).toBe(false);
  });

  it('never where its row blames the broker or the caller', () => {
    for (const fault of Object.keys(FAULTS).filter(isFault)) {
      const common = new CommonFaults();
      for (const broker of ['a', 'b', 'c']) common.saw(broker, fault, 0);
      expect([fault, common.isCommon(fault, 0)]).toEqual([fault, FAULTS[fault].blame === 'path']);
    }
  });
});
