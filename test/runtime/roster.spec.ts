import { setFlagsFromString } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOWHERE, Roster, type Member } from '../../src/runtime/roster.ts';

/** Runs a collection, of everything or of the young alone; the engine has the function only in contexts made behind the flag. */
function collector(): (what: 'all' | 'young') => void {
  setFlagsFromString('--expose_gc');
  const context = createContext();
  return (what) => {
    runInContext(what === 'all' ? 'gc()' : "gc({ type: 'minor' })", context);
  };
}

/** By a class and out of a copy, since the engine moves what a literal makes among the old for good once it sees it stay. */
class Guest implements Member {
  place = NOWHERE;
  readonly held = Array.from({ length: 100 }, () => 0);
}

const STEP = fc.record({ does: fc.constantFrom('add', 'remove'), who: fc.nat(7) });

describe('a roster', () => {
  it('has those who have come and not left, each once, in any run of coming and leaving', () => {
    fc.assert(
      fc.property(fc.array(STEP, { minLength: 30, maxLength: 60, size: 'max' }), (steps) => {
        const everybody: readonly Member[] = Array.from({ length: 8 }, () => ({ place: NOWHERE }));
        const roster = new Roster<Member>();
        const expected = new Set<Member>();
        for (const { does, who } of steps) {
          const member = everybody[who] ?? { place: NOWHERE };
          if (does === 'add') roster.add(member);
          else roster.remove(member);
          if (does === 'add') expected.add(member);
          else expected.delete(member);
          expect(roster.members).toHaveLength(expected.size);
          expect(roster.size).toBe(expected.size);
          expect(new Set(roster.members)).toEqual(expected);
          expect(everybody.filter((each) => roster.has(each)).length).toBe(expected.size);
        }
      }),
    );
  });

  it('still finds those who have moved up into the place of one that left', () => {
    const roster = new Roster<Member>();
    const [first, second, third] = [{ place: NOWHERE }, { place: NOWHERE }, { place: NOWHERE }];
    for (const each of [first, second, third]) roster.add(each);
    roster.remove(first);
    roster.remove(third);
    expect(roster.members).toEqual([second]);
  });

  it('tells who is there in a list that does not change when they leave', () => {
    const roster = new Roster<Member>();
    const all = [{ place: NOWHERE }, { place: NOWHERE }];
    for (const each of all) roster.add(each);
    const { members } = roster;
    for (const each of all) roster.remove(each);
    expect(members).toHaveLength(2);
  });

  it('lets those who have left go without a full collection', () => {
    const roster = new Roster<Guest>();
    const come = () => {
      const guest = new Guest();
      roster.add(guest);
      return guest;
    };
    const collect = collector();
    come();
    collect('all');
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < 20; round += 1) {
      const there = Array.from({ length: 500 }, come);
      collect('young');
      for (const each of there) roster.remove(each);
    }
    collect('young');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 500 * 100);
  });
});
