import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { systemClock, type Clock } from '../runtime/clock.ts';

type Answered = Parameters<LookupFunction>[2];
type Options = Parameters<LookupFunction>[1];
type Result = Parameters<Answered>;

/** Time in which a name server that serves has answered, in milliseconds. */
const PROMPT_MS = 500;

/** Time in which a name is found that no name server is asked for, in milliseconds. */
const LOCAL_MS = 50;

/** What a look-up is made of; only tests give their own. */
export interface LookupParts {
  /** Node's `dns.lookup`: takes one of few threads for as long as it runs. */
  readonly lookup: LookupFunction;
  /** Asks a name server without a thread, and says when it has answered, whatever it said. */
  readonly scout: (hostname: string, answered: () => void) => void;
  readonly clock: Clock;
}

/** Work of which a given number is under way at once, first come first served. */
class Lane {
  readonly #waiting: ((done: () => void) => void)[] = [];
  #isBusy = false;

  /** Runs `work` when the lane is free; the lane is free again when `work` first calls `done`. */
  run(work: (done: () => void) => void): void {
    this.#waiting.push(work);
    this.#next();
  }

  #next(): void {
    const work = this.#isBusy ? undefined : this.#waiting.shift();
    if (work === undefined) return;
    this.#isBusy = true;
    let isDone = false;
    work(() => {
      if (isDone) return;
      isDone = true;
      this.#isBusy = false;
      this.#next();
    });
  }
}

/**
 * Looks names up as the system does, hosts file included, but so that a name whose server is silent never holds up another:
 * `getaddrinfo` keeps a thread until its own time-out, long after the caller has given up, and Node has two for it. A name
 * server is therefore asked first without a thread. Names whose server answers share one thread, all others the other one.
 * Callers who ask for the same name at the same time share one look-up. Nothing is kept beyond it: a changed record counts
 * at once.
 */
export class SharedLookup {
  readonly #parts: LookupParts;
  readonly #prompt = new Lane();
  readonly #doubtful = new Lane();
  readonly #underWay = new Map<string, Answered[]>();
  /** Names that are found although their name server is silent, as those of the hosts file are. */
  readonly #local = new Set<string>();
  /** Names that were not found in time although their name server answered, as behind a silent search domain. */
  readonly #late = new Set<string>();

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  /** For the `lookup` option of a socket. */
  readonly lookup: LookupFunction = (hostname, options, answered) => {
    const key = JSON.stringify([hostname, options.family, options.all, options.hints, options.order]);
    const joined = this.#underWay.get(key);
    if (joined !== undefined) {
      joined.push(answered);
      return;
    }
    const waiting = [answered];
    this.#underWay.set(key, waiting);
    this.#scouted(hostname, (isPrompt) => {
      (isPrompt ? this.#prompt : this.#doubtful).run((done) => {
        const late = this.#parts.clock.after(PROMPT_MS, () => {
          this.#late.add(hostname);
          if (isPrompt) done();
        });
        this.#ask(hostname, options, isPrompt, (...result) => {
          late.cancel();
          this.#underWay.delete(key);
          done();
          for (const each of waiting) each(...result);
        });
      });
    });
  };

  #ask(hostname: string, options: Options, isPrompt: boolean, answered: (...result: Result) => void): void {
    const { lookup, clock } = this.#parts;
    const startMs = clock.nowMs();
    const ended = (...result: Result) => {
      const isFound = result[0] === null && clock.nowMs() - startMs < LOCAL_MS;
      if (isFound && !isPrompt) this.#local.add(hostname);
      else if (!isFound) this.#local.delete(hostname);
      if (isFound) this.#late.delete(hostname);
      answered(...result);
    };
    try {
      lookup(hostname, options, ended);
    } catch (cause) {
      ended(Object.assign(new Error('The look-up could not be started.', { cause }), { code: 'ERR_INTERNAL' }), '', 0);
    }
  }

  /** Whether the name server of a name answers promptly. */
  #scouted(hostname: string, decide: (isPrompt: boolean) => void): void {
    if (this.#local.has(hostname) || /(?:^|\.)localhost$/i.test(hostname)) {
      decide(true);
      return;
    }
    if (this.#late.has(hostname)) {
      decide(false);
      return;
    }
    let isDecided = false;
    const once = (isPrompt: boolean) => {
      timer.cancel();
      if (isDecided) return;
      isDecided = true;
      decide(isPrompt);
    };
    const timer = this.#parts.clock.after(PROMPT_MS, () => {
      once(false);
    });
    this.#parts.scout(hostname, () => {
      once(true);
    });
  }
}

/** Asks the system's name servers for both kinds of address: some answer for one, and are silent for the other. */
function scout(hostname: string, answered: () => void): void {
  const resolver = new dns.Resolver({ timeout: PROMPT_MS, tries: 1 });
  let silent = 2;
  const heard = (error: NodeJS.ErrnoException | null) => {
    if (error?.code === dns.TIMEOUT) return;
    silent -= 1;
    if (silent === 0) answered();
  };
  resolver.resolve4(hostname, heard);
  resolver.resolve6(hostname, heard);
}

/** The look-up of every connector in this process, since they share its threads. */
export const sharedLookup = new SharedLookup({ lookup: dns.lookup, scout, clock: systemClock }).lookup;
