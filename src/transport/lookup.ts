import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { systemClock, type Clock, type Timer } from '../runtime/clock.ts';
import { Lane } from './lane.ts';
import { createScout, type Scout, type Sight } from './scout.ts';

type Answered = Parameters<LookupFunction>[2];
type Options = Parameters<LookupFunction>[1];
type Result = Parameters<Answered>;

/** Time in which a name server that serves has answered, in milliseconds. */
const PROMPT_MS = 500;

/** Time in which a name is found that no name server is asked for, in milliseconds. */
const LOCAL_MS = 50;

/** Longest wait for a thread, in milliseconds: as long as a dial may take by default (`connectMs`). */
const WAIT_MS = 3_000;

/** How long the system is not asked again for a name that it was late with, in milliseconds. */
const LATE_MS = 30_000;

/** What a look-up is made of; only tests give their own. */
export interface LookupParts {
  /** Node's `dns.lookup`: takes one of few threads for as long as it runs. */
  readonly lookup: LookupFunction;
  readonly scout: Scout;
  readonly clock: Clock;
}

/** A look-up under way. */
interface Inquiry {
  readonly key: string;
  readonly hostname: string;
  readonly options: Options;
  readonly waiting: Answered[];
  readonly timers: Timer[];
  isOver: boolean;
  isScouting: boolean;
  /** Whether it waits for a thread or has one: of those for names whose server answers promptly, or of the others. */
  lane?: 'prompt' | 'doubtful';
}

function failure(message: string, code: string, cause?: unknown): Result {
  return [Object.assign(new Error(message, { cause }), { code }), '', 0];
}

/** Addresses in the form that `options` asks for; `undefined` where none is of the family asked for. */
function resultOf(addresses: readonly LookupAddress[], { family = 0, all }: Options): Result | undefined {
  const only = typeof family === 'string' ? Number(family.replace('IPv', '')) : family;
  const found = addresses.filter((each) => only === 0 || each.family === only);
  const [first] = found;
  if (first === undefined) return undefined;
  return all === true ? [null, found] : [null, first.address, first.family];
}

/**
 * Looks names up as the system does, hosts file included, but so that a name whose server is silent never holds up another:
 * `getaddrinfo` keeps a thread until its own time-out, long after the caller has given up, and Node has two for it. The name
 * servers are therefore asked first without a thread. Names whose server answers share one thread, all others the other one.
 * What the name servers told is the answer where the system is late, or has no thread, to tell it itself.
 * Callers who ask for the same name at the same time share one look-up. No address is kept beyond it: a changed record counts
 * at once.
 */
export class SharedLookup {
  readonly #parts: LookupParts;
  readonly #lanes = { prompt: new Lane(), doubtful: new Lane() };
  readonly #underWay = new Map<string, Inquiry>();
  /** Names that are found although their name server is silent, as those of the hosts file are. */
  readonly #local = new Set<string>();
  /** Names that were not found in time although their name server answered, as behind a silent search domain; until when. */
  readonly #late = new Map<string, number>();

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  /** For the `lookup` option of a socket. */
  readonly lookup: LookupFunction = (hostname, options, answered) => {
    const key = JSON.stringify([hostname, options.family, options.all, options.hints, options.order]);
    const joined = this.#underWay.get(key);
    if (joined !== undefined) {
      joined.waiting.push(answered);
      // Its name server may have come back, which the thread it has or waits for learns late.
      if (joined.lane === 'doubtful' && !joined.isScouting) this.#scout(joined);
      return;
    }
    const waiting = [answered];
    const inquiry: Inquiry = { key, hostname, options, waiting, timers: [], isOver: false, isScouting: false };
    this.#underWay.set(key, inquiry);
    if (this.#local.has(hostname) || /(?:^|\.)localhost$/i.test(hostname)) this.#queue(inquiry, 'prompt');
    else this.#scout(inquiry);
  };

  #scout(inquiry: Inquiry): void {
    inquiry.isScouting = true;
    this.#after(PROMPT_MS, inquiry, () => {
      this.#queue(inquiry, 'doubtful');
    });
    this.#parts.scout(inquiry.hostname, (sight) => {
      inquiry.isScouting = false;
      if (!inquiry.isOver) this.#onSight(inquiry, sight);
    });
  }

  /** Decides who looks the name up, and from when on the scout's word is taken for it. */
  #onSight(inquiry: Inquiry, { isAnswered, addresses }: Sight): void {
    const isLate = (this.#late.get(inquiry.hostname) ?? 0) > this.#parts.clock.nowMs();
    const told = resultOf(addresses, inquiry.options);
    if (isLate && told !== undefined) {
      this.#end(inquiry, told);
      return;
    }
    this.#queue(inquiry, isAnswered && !isLate ? 'prompt' : 'doubtful');
    if (told === undefined) return;
    // The hosts file comes first: by then a name that stands in it is found.
    this.#after(inquiry.lane === 'prompt' ? PROMPT_MS : LOCAL_MS, inquiry, () => {
      this.#end(inquiry, told);
    });
  }

  /** Has the system look it up as soon as the lane is free; once. */
  #queue(inquiry: Inquiry, lane: 'prompt' | 'doubtful'): void {
    if (inquiry.lane !== undefined) return;
    inquiry.lane = lane;
    const wait = this.#after(WAIT_MS, inquiry, () => {
      this.#end(inquiry, failure('No thread was free for the look-up in time.', dns.TIMEOUT));
    });
    this.#lanes[lane].run((done) => {
      wait.cancel();
      if (inquiry.isOver) done();
      else this.#ask(inquiry, done);
    });
  }

  #ask(inquiry: Inquiry, done: () => void): void {
    const { hostname, options, lane } = inquiry;
    const { lookup, clock } = this.#parts;
    const startMs = clock.nowMs();
    const late = clock.after(PROMPT_MS, () => {
      if (lane !== 'prompt') return;
      this.#late.set(hostname, clock.nowMs() + LATE_MS);
      done();
    });
    const ended = (...result: Result) => {
      late.cancel();
      const isFound = result[0] === null && clock.nowMs() - startMs < LOCAL_MS;
      if (isFound && lane === 'doubtful') this.#local.add(hostname);
      else if (!isFound) this.#local.delete(hostname);
      done();
      this.#end(inquiry, result);
    };
    try {
      lookup(hostname, options, ended);
    } catch (cause) {
      ended(...failure('The look-up could not be started.', 'ERR_INTERNAL', cause));
    }
  }

  /** Answers everybody who waits; what comes later is nobody's. */
  #end(inquiry: Inquiry, result: Result): void {
    if (inquiry.isOver) return;
    inquiry.isOver = true;
    this.#underWay.delete(inquiry.key);
    for (const timer of inquiry.timers) timer.cancel();
    for (const each of inquiry.waiting) each(...result);
  }

  /** Runs `then` in so many milliseconds, if the look-up is not over. */
  #after(delayMs: number, inquiry: Inquiry, then: () => void): Timer {
    const timer = this.#parts.clock.after(delayMs, then);
    inquiry.timers.push(timer);
    return timer;
  }
}

/** The look-up of every connector in this process, since they share its threads. */
export const sharedLookup = new SharedLookup({
  lookup: dns.lookup,
  scout: createScout(PROMPT_MS),
  clock: systemClock,
}).lookup;
