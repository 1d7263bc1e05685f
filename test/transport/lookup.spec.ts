import type { LookupFunction } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/runtime/clock.ts';
import { SharedLookup } from '../../src/transport/lookup.ts';
import type { Scout, Sight } from '../../src/transport/scout.ts';
import { openNameServer } from '../support/dns-server.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** What a name server says that has no address to tell. */
const ANSWERED: Sight = { isAnswered: true, addresses: [] };

/** Threads that Node has for `getaddrinfo`, as it comes. */
const THREADS = 2;

/** As `getaddrinfo` in a process: each look-up keeps one of two threads until its name server has answered. */
function threaded(lookup: LookupFunction) {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const next = () => {
    const start = busy < THREADS ? waiting.shift() : undefined;
    if (start === undefined) return;
    busy += 1;
    start();
  };
  const pooled: LookupFunction = (hostname, options, answered) => {
    waiting.push(() => {
      lookup(hostname, options, (...result) => {
        busy -= 1;
        answered(...result);
        next();
      });
    });
    next();
  };
  return { pooled, queued: () => waiting.length };
}

/** A process with a name server that serves, and one that is silent for names that end in `.dead`. */
async function openNames() {
  const serving = await openNameServer('loopback');
  const silent = await openNameServer('silence');
  const lookup: LookupFunction = (hostname, ...rest) => {
    (hostname.endsWith('.dead') ? silent : serving).lookup(hostname, ...rest);
  };
  const pool = threaded(lookup);
  const scout: Scout = (hostname, ended) => {
    if (!hostname.endsWith('.dead')) lookup(hostname, {}, () => ended(ANSWERED));
  };
  const clock = new ManualClock();
  const advance = (byMs: number) => {
    clock.advance(byMs);
  };
  return { serving, silent, pool, advance, shared: new SharedLookup({ lookup: pool.pooled, scout, clock }) };
}

/** A name server that answers at once. */
const prompt: Scout = (_hostname, ended) => {
  ended(ANSWERED);
};

function found(lookup: LookupFunction, hostname: string, options = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookup(hostname, options, (error, ...rest) => {
      if (error === null) resolve(rest);
      else reject(error);
    });
  });
}

describe('a name server that is silent', () => {
  it('takes every thread where look-ups are not shared', async () => {
    const { pool } = await openNames();
    for (const name of ['a.dead', 'b.dead', 'broker.test']) pool.pooled(name, {}, () => undefined);
    expect(pool.queued()).toBe(1);
  });

  it.each([1, 5])('does not hold up the others, with %d of 40 names of it', async (count) => {
    const { shared, pool, silent, advance } = await openNames();
    let ended = 0;
    for (let index = 0; index < count; index += 1) {
      shared.lookup(`broker-${index}.dead`, {}, () => {
        ended += 1;
      });
    }
    const others = Array.from({ length: 40 - count }, (_, index) => `broker-${index}.test`);
    const all = () => Promise.all(others.map((name) => found(shared.lookup, name)));
    expect(await all()).toHaveLength(40 - count);
    advance(500);
    await silent.asked(1);
    expect(await all()).toHaveLength(40 - count);
    expect([ended, pool.queued()]).toEqual([0, 0]);
  });
});

describe('a shared look-up', () => {
  it('is one for all who ask for the same name at the same time, and another one later', async () => {
    const { shared, serving } = await openNames();
    const both = await Promise.all([found(shared.lookup, 'broker.test'), found(shared.lookup, 'broker.test')]);
    expect(both).toEqual([
      ['127.0.0.1', 4],
      ['127.0.0.1', 4],
    ]);
    await serving.asked(2);
    await found(shared.lookup, 'broker.test');
    await serving.asked(4);
  });

  it('answers in the form that was asked for', async () => {
    const { shared } = await openNames();
    const [one, all] = await Promise.all([
      found(shared.lookup, 'broker.test'),
      found(shared.lookup, 'broker.test', { all: true }),
    ]);
    expect(one).toEqual(['127.0.0.1', 4]);
    expect(all).toEqual([[{ address: '127.0.0.1', family: 4 }]]);
  });

  it('hands a failure to everybody who waits, as it is', async () => {
    const failing = await openNameServer('no-such-name');
    const scout: Scout = (hostname, ended) => {
      failing.lookup(hostname, {}, () => ended(ANSWERED));
    };
    const shared = new SharedLookup({ lookup: failing.lookup, scout, clock: systemClock });
    const both = await Promise.allSettled([found(shared.lookup, 'x.test'), found(shared.lookup, 'x.test')]);
    expect(both).toEqual(
      [1, 2].map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'ENOTFOUND' }) })),
    );
  });

  it('finds a name of the hosts file behind a silent name server, the second time without asking it', async () => {
    let scouted = 0;
    const hosts: LookupFunction = (_hostname, _options, answered) => {
      answered(null, '127.0.0.1', 4);
    };
    const scout = () => {
      scouted += 1;
    };
    const clock = new ManualClock();
    const advance = (byMs: number) => {
      clock.advance(byMs);
    };
    const shared = new SharedLookup({ lookup: hosts, scout, clock });
    const first = found(shared.lookup, 'broker.internal');
    advance(500);
    expect(await first).toEqual(['127.0.0.1', 4]);
    expect(await found(shared.lookup, 'broker.internal')).toEqual(['127.0.0.1', 4]);
    expect(await found(shared.lookup, 'localhost')).toEqual(['127.0.0.1', 4]);
    expect(scouted).toBe(1);
  });

  it('gives its place to others when it is late although the name server answers, and waits among the doubtful then', async () => {
    const hung: Parameters<LookupFunction>[2][] = [];
    const lookup: LookupFunction = (hostname, _options, answered) => {
      if (hostname === 'hung.test') hung.push(answered);
      else answered(null, '127.0.0.1', 4);
    };
    const clock = new ManualClock();
    const advance = (byMs: number) => {
      clock.advance(byMs);
    };
    const shared = new SharedLookup({ lookup, scout: prompt, clock });
    const late = found(shared.lookup, 'hung.test');
    const other = found(shared.lookup, 'broker.test');
    advance(500);
    expect(await other).toEqual(['127.0.0.1', 4]);
    expect(hung).toHaveLength(1);
    hung[0]?.(null, '127.0.0.2', 4);
    expect(await late).toEqual(['127.0.0.2', 4]);
  });

  it('that cannot be started fails, and holds up no other', async () => {
    const lookup: LookupFunction = (hostname, _options, answered) => {
      if (hostname === 'bad.test') throw new TypeError('bad');
      answered(null, '127.0.0.1', 4);
    };
    const shared = new SharedLookup({ lookup, scout: prompt, clock: systemClock });
    await expect(found(shared.lookup, 'bad.test')).rejects.toMatchObject({ code: 'ERR_INTERNAL' });
    expect(await found(shared.lookup, 'broker.test')).toEqual(['127.0.0.1', 4]);
  });
});
