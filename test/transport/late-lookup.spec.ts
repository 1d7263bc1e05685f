import type { LookupFunction } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SharedLookup } from '../../src/transport/lookup.ts';
import type { Sight } from '../../src/transport/scout.ts';
import { ManualClock } from '../support/manual-clock.ts';

type Options = Parameters<LookupFunction>[1];

const FROM_SERVERS = '127.0.0.1';
const FROM_SYSTEM = '127.0.0.2';
const TOLD: Sight = { isAnswered: true, addresses: [{ address: FROM_SERVERS, family: 4 }] };
const NOTHING: Sight = { isAnswered: true, addresses: [] };
const SILENCE: Sight = { isAnswered: false, addresses: [] };
/** One kind of address was told; the question for the other one got no answer. */
const HALF: Sight = { ...TOLD, isAnswered: false };

/** A process in which the system and the name servers answer when the test says so, and the order of what was asked and told. */
function openProcess() {
  const clock = new ManualClock();
  const advance = (byMs: number) => {
    clock.advance(byMs);
  };
  const pending = () => clock.pending;
  const events: string[] = [];
  let scouted = 0;
  const threads = new Map<string, (isFound: boolean) => void>();
  const scouts = new Map<string, (sight: Sight) => void>();
  const shared = new SharedLookup({
    clock,
    lookup: (hostname, _options, answered) => {
      events.push(`${hostname} takes a thread`);
      threads.set(hostname, (isFound) => {
        if (isFound) answered(null, FROM_SYSTEM, 4);
        else answered(Object.assign(new Error('again'), { code: 'EAI_AGAIN' }), '', 0);
      });
    },
    scout: (hostname, ended) => {
      scouted += 1;
      scouts.set(hostname, ended);
    },
  });

  return {
    events,
    advance,
    pending,
    ask: (hostname: string, options: Options = {}) => {
      shared.lookup(hostname, options, (error, address) => {
        events.push(`${hostname} is ${error?.code ?? JSON.stringify(address)}`);
      });
    },
    scouted: () => scouted,
    serverTells: (hostname: string, sight: Sight) => {
      const ended = scouts.get(hostname);
      scouts.delete(hostname);
      ended?.(sight);
    },
    systemTells: (hostname: string) => threads.get(hostname)?.(true),
    systemFails: (hostname: string) => threads.get(hostname)?.(false),
  };
}

/** A process in which the system was late with a name, whose address the name servers tell promptly. */
function openLate() {
  const process = openProcess();
  process.ask('late');
  process.serverTells('late', TOLD);
  process.advance(500);
  process.events.length = 0;
  return process;
}

describe('addresses that the name servers told', () => {
  it.each([
    ['promptly', 0, TOLD, 500],
    ['late', 510, TOLD, 50],
    ['of one kind only', 500, HALF, 50],
  ])('%s, are the answer when the system has none a while later', (_how, afterMs, sight, whileMs) => {
    const { ask, advance, serverTells, events } = openProcess();
    ask('a');
    advance(afterMs);
    serverTells('a', sight);
    advance(whileMs - 1);
    expect(events).toEqual(['a takes a thread']);
    advance(1);
    expect(events).toEqual(['a takes a thread', `a is "${FROM_SERVERS}"`]);
  });

  it.each([
    ['promptly', 0],
    ['late', 510],
  ])('%s, are not the answer when the system has one in time, as from the hosts file', (_how, afterMs) => {
    const { ask, advance, serverTells, systemTells, events, pending } = openProcess();
    ask('a');
    advance(afterMs);
    serverTells('a', TOLD);
    systemTells('a');
    expect(pending()).toBe(0);
    expect(events).toEqual(['a takes a thread', `a is "${FROM_SYSTEM}"`]);
  });

  it('count for nothing when they come behind the answer of the system', () => {
    const { ask, advance, serverTells, systemTells, events, pending } = openProcess();
    ask('a');
    advance(500);
    systemTells('a');
    serverTells('a', TOLD);
    expect(pending()).toBe(0);
    expect(events).toEqual(['a takes a thread', `a is "${FROM_SYSTEM}"`]);
  });

  it.each<[string, Options, string]>([
    ['one', { family: 4 }, JSON.stringify(FROM_SERVERS)],
    ['one of a family by its name', { family: 'IPv4' }, JSON.stringify(FROM_SERVERS)],
    ['all', { all: true }, JSON.stringify(TOLD.addresses)],
  ])('are given in the form that was asked for: %s', (_form, options, given) => {
    const { ask, advance, serverTells, events } = openProcess();
    ask('a', options);
    serverTells('a', TOLD);
    advance(500);
    expect(events.at(-1)).toBe(`a is ${given}`);
  });

  it('are no answer for who asks for the other kind', () => {
    const { ask, advance, serverTells, systemTells, events } = openProcess();
    ask('a', { family: 6 });
    serverTells('a', TOLD);
    advance(60_000);
    expect(events).toEqual(['a takes a thread']);
    systemTells('a');
    expect(events).toHaveLength(2);
  });

  it('are the answer at once for 30 s when the system was late before, and no thread is taken', () => {
    const { ask, advance, serverTells, events } = openLate();
    advance(29_999);
    ask('late');
    serverTells('late', TOLD);
    expect(events).toEqual([`late is "${FROM_SERVERS}"`]);
    advance(1);
    ask('late');
    serverTells('late', TOLD);
    expect(events).toEqual([`late is "${FROM_SERVERS}"`, 'late takes a thread']);
  });

  it('end the wait of a name whose name server has come back, as soon as somebody asks for it', () => {
    const { ask, advance, serverTells, events, scouted } = openProcess();
    ask('a');
    advance(500);
    serverTells('a', SILENCE);
    ask('a');
    ask('a');
    expect(scouted()).toBe(2);
    serverTells('a', TOLD);
    advance(50);
    expect(events).toEqual(['a takes a thread', ...[1, 2, 3].map(() => `a is "${FROM_SERVERS}"`)]);
  });
});

/** A process in which `silent` has the thread of those whose name server is silent. */
function openBusy() {
  const process = openProcess();
  process.ask('silent');
  process.advance(500);
  process.events.length = 0;
  return process;
}

describe('which names wait behind one whose name server is silent', () => {
  it('does not wait: one that the servers know promptly, though it had been silent itself', () => {
    const { ask, advance, serverTells, systemFails, events } = openProcess();
    ask('back');
    ask('silent');
    advance(3_000);
    systemFails('back');
    expect(events).toEqual(['back takes a thread', 'silent takes a thread', 'back is EAI_AGAIN']);
    ask('back');
    serverTells('back', NOTHING);
    expect(events.at(-1)).toBe('back takes a thread');
    expect(events).toHaveLength(4);
  });

  it('waits: one that the system was late with and of which the servers tell nothing, until it is found in time', () => {
    const { ask, advance, serverTells, systemTells, systemFails, events } = openBusy();
    const lookUp = () => {
      ask('a');
      serverTells('a', NOTHING);
    };
    lookUp();
    advance(1_000);
    systemFails('a');
    lookUp();
    expect(events).toEqual(['a takes a thread', 'a is EAI_AGAIN']);
    systemFails('silent');
    systemTells('a');
    ask('silent');
    advance(500);
    events.length = 0;
    lookUp();
    expect(events).toEqual(['a takes a thread']);
  });

  it('does not wait: one of the hosts file, until it is not found there', () => {
    const { ask, advance, systemTells, systemFails, events, scouted } = openProcess();
    ask('hosts');
    advance(500);
    systemTells('hosts');
    ask('silent');
    advance(500);
    ask('hosts');
    expect([events.at(-1), scouted()]).toEqual(['hosts takes a thread', 2]);
    systemFails('hosts');
    ask('hosts');
    expect(scouted()).toBe(3);
  });
});

describe('a look-up whose turn for a thread does not come', () => {
  it('fails in 3 s, and takes none later: a process that waits for nobody can exit', () => {
    const { ask, advance, systemTells, events, pending } = openProcess();
    ask('silent');
    ask('queued');
    advance(500);
    advance(2_999);
    expect(events).toEqual(['silent takes a thread']);
    advance(1);
    expect(events).toEqual(['silent takes a thread', 'queued is ETIMEOUT']);
    systemTells('silent');
    expect(events).toHaveLength(3);
    expect(pending()).toBe(0);
  });

  it('asks the name servers anew when somebody asks for it again', () => {
    const { ask, advance, serverTells, events } = openProcess();
    ask('silent');
    ask('back');
    advance(3_500);
    ask('back');
    serverTells('back', NOTHING);
    expect(events).toEqual(['silent takes a thread', 'back is ETIMEOUT', 'back takes a thread']);
  });
});
