import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../src/runtime/clock.ts';
import type { LookupParts } from '../../src/transport/lookup.ts';

/** Names of the soak's brokers: only `localhost` is looked up for real, so that nothing is asked of anybody's name server. */
export const NAMES = {
  real: 'localhost',
  found: 'found.invalid',
  missing: 'missing.invalid',
  unavailable: 'unavailable.invalid',
  silent: 'silent.invalid',
} as const;

/** Longer than a dial may take, and shorter than what is given up for good. */
const SILENT_MS = 350;

type Answered = Parameters<LookupFunction>[2];

function refuse(code: string, answered: Answered): void {
  answered(Object.assign(new Error(`getaddrinfo ${code}`), { code, syscall: 'getaddrinfo' }), '');
}

/** As `dns.lookup`, for the names above. */
const lookup: LookupFunction = (hostname, options, answered) => {
  switch (hostname) {
    case NAMES.found:
      process.nextTick(() => {
        if (options.all === true) answered(null, [{ address: '127.0.0.1', family: 4 }]);
        else answered(null, '127.0.0.1', 4);
      });
      break;
    case NAMES.missing:
      process.nextTick(refuse, 'ENOTFOUND', answered);
      break;
    case NAMES.unavailable:
      process.nextTick(refuse, 'EAI_AGAIN', answered);
      break;
    case NAMES.silent:
      setTimeout(refuse, SILENT_MS, 'EAI_AGAIN', answered).unref();
      break;
    default:
      dns.lookup(hostname, options, answered);
  }
};

/** A look-up goes on when nobody waits for it any more, since nothing can call it back: its timers are no call's. */
const clockOf = (clock: Clock): Clock => ({
  ...clock,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return { cancel: () => clearTimeout(timer), restart: () => timer.refresh() };
  },
});

/** What the connector's look-up is made of here. */
export const nameService = (clock: Clock): LookupParts => ({
  clock: clockOf(clock),
  lookup,
  scout: (hostname, answered) => {
    if (hostname !== NAMES.silent) process.nextTick(answered, { isAnswered: true, addresses: [] });
  },
});
