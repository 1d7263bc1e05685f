import { getEventListeners, setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { Connector } from '../../src/connector.ts';
import { loadBuilt, loadWiring, type Built } from '../built.ts';
import { Child } from '../child.ts';
import type { SoakArguments } from './arguments.ts';
import { BROKERS, optionsOf } from './brokers.ts';
import { drive, type Ride } from './driver.ts';
import { endedWithin } from './endless.ts';
import { heapAfterCollection, heldNoMore, holdings, hungUp, type Gone, type Heap, type Holdings } from './leftovers.ts';
import { Ledger } from './ledger.ts';
import { LoopWatch } from './loop.ts';
import { nameService } from './names.ts';
import { Plan } from './plan.ts';
import type { BrokersTally, Opened, Question } from './server.ts';
import { Timeliness } from './timeliness.ts';
import { Troubles } from './troubles.ts';
import { WriteBooks } from './writes.ts';

/** The soak is looked at so often; what the first part leaves behind is what the others are measured by. */
const PARTS = 5;
/** So many units are driven one at a time at first: run for the first time, code takes many times as long. */
const FIRST_UNITS = 10;
/** Far longer than the calls that are under way when the connector is closed. */
const ENDLESS_MS = 30_000;

/** Everything that was seen of a soak. */
export interface Soaked {
  readonly table: Built['FAULTS'];
  readonly ledger: Ledger;
  readonly timeliness: Timeliness;
  readonly books: WriteBooks;
  readonly troubles: Troubles;
  readonly loop: LoopWatch;
  /** Calls of the parts, by which the plan can be taken again, and its hash. */
  readonly plannedCalls: number;
  readonly digest: string;
  /** Calls of all, those included that were under way when the connector was closed. */
  readonly allCalls: number;
  readonly drivenMs: number;
  /** Calls of the first part, in which the engine compiles what it will compile. */
  readonly warmUpCalls: number;
  /** Heap after each part, in octets. */
  readonly heaps: readonly Heap[];
  readonly circuitsOpened: number;
  /** What was held after each part and after `close()`, and how long it took to be gone. */
  readonly gone: readonly Gone[];
  /** Whether `close()` came to its end. */
  readonly isCloseEnded: boolean;
  /** What a call on the closed connector was rejected with. */
  readonly afterClose: unknown;
}

/** Hears what the brokers say of themselves once they listen. */
async function openBrokers(seed: number): Promise<{ child: Child; opened: Opened }> {
  const { child } = await Child.start('./soak/server.ts', [String(seed)]);
  return { child, opened: await child.ask<Opened>({ asks: 'opened' } satisfies Question) };
}

/** Keeps so many units under way until it is over. */
async function part(ride: Ride, plan: Plan, lanes: number, isOver: () => boolean): Promise<void> {
  const lane = async () => {
    while (!isOver()) await drive(ride, plan.take());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Closes the connector while calls are under way, which must all come to their end. */
async function closeUnderWay(ride: Ride, plan: Plan, units: number): Promise<boolean> {
  const under = Array.from({ length: units }, () => plan.take()).map((unit) =>
    // Pages would ask for the next one behind the close.
    drive(ride, unit.form === 'pages' ? { ...unit, form: 'call' } : unit),
  );
  const isEnded = await endedWithin(ENDLESS_MS, ride.exco.close());
  await Promise.all(under);
  return isEnded;
}

async function afterClose(exco: Connector): Promise<unknown> {
  return exco.call(BROKERS[0]?.alias ?? '', 'account.balance', {}).catch((error: unknown) => error);
}

/** What is in hand while a soak goes on. */
interface Underway {
  readonly ride: Ride;
  readonly plan: Plan;
  readonly loop: LoopWatch;
  readonly before: Holdings;
  readonly connections: () => Promise<number>;
  readonly compare: () => Promise<void>;
  readonly hangUp: () => Promise<number>;
}

/** The parts one after the other, and what is left of each. */
async function drivenParts(underway: Underway, given: SoakArguments, tell: (line: string) => void) {
  const { ride, plan, loop, before, connections, compare, hangUp } = underway;
  const { forMs, calls, lanes } = given;
  const heaps: Heap[] = [];
  const gone: Gone[] = [];
  let [drivenMs, warmUpCalls] = [0, 0];
  for (let done = 1; done <= PARTS; done += 1) {
    const startMs = performance.now();
    if (done === 1) await part(ride, plan, 1, () => plan.units >= FIRST_UNITS);
    const isOver = () => plan.calls >= (calls * done) / PARTS || performance.now() - startMs >= forMs / PARTS;
    await part(ride, plan, lanes, isOver);
    drivenMs += performance.now() - startMs;
    if (done === 1) warmUpCalls = plan.calls;
    gone.push(await heldNoMore(before, loop));
    // Sockets that are kept would be taken for what the parts leave behind; at last the connector lets go of them by itself.
    if (done < PARTS) await hangUp();
    gone.push(await hungUp(connections));
    await compare();
    const heap = await loop.without(heapAfterCollection);
    heaps.push(heap);
    tell(`part ${done} of ${PARTS}: ${plan.calls} calls, heap ${(heap.used / 2 ** 20).toFixed(2)} MiB`);
  }
  return { heaps, gone, drivenMs, warmUpCalls, plannedCalls: plan.calls, digest: plan.digest() };
}

/** Drives a connector over forty brokers, and looks at it after every part. */
export async function soak(given: SoakArguments, tell: (line: string) => void): Promise<Soaked> {
  const troubles = new Troubles();
  const built = await loadBuilt();
  const { wireConnector, SharedLookup, systemClock } = await loadWiring();
  const { child, opened } = await openBrokers(given.seed);
  const ask = <Answer>(question: Question) => child.ask<Answer>(question);
  const [ledger, books, plan, loop] = [new Ledger(built), new WriteBooks(), new Plan(given.seed), new LoopWatch()];
  const timeliness = new Timeliness(loop);
  const before = holdings();
  const connections = () => ask<number>({ asks: 'connections' });

  const brokers = BROKERS.map((broker, index) => optionsOf(broker, opened.ports[index] ?? 0, opened.ca));
  const { lookup } = new SharedLookup(nameService(systemClock));
  const exco = await loop.without(() => Promise.resolve(wireConnector({ brokers }, { lookup })));
  let circuitsOpened = 0;
  exco.on('state', ({ to }) => (circuitsOpened += to === 'open' ? 1 : 0));
  const { signal: shutdown } = new AbortController();
  // As many as there are calls at once: its owner knows.
  setMaxListeners(0, shutdown);
  const ride: Ride = { exco, ledger, timeliness, shutdown };
  const compare = async () => {
    books.compare(await ask<BrokersTally>({ asks: 'tally' }), ledger.writes);
    ledger.writes.clear();
  };
  const hangUp = () => ask<number>({ asks: 'hang-up' });
  const parts = await drivenParts({ ride, plan, loop, before, connections, compare, hangUp }, given, tell);

  const isCloseEnded = await closeUnderWay(ride, plan, given.lanes);
  const gone = [...parts.gone, await heldNoMore(before, loop), await hungUp(connections)];
  ledger.stillListening('all calls', getEventListeners(shutdown, 'abort').length);
  await compare();
  const closed = { gone, isCloseEnded, afterClose: await afterClose(exco) };
  loop.stop();
  child.end();
  return {
    table: built.FAULTS,
    ledger,
    timeliness,
    books,
    troubles,
    loop,
    ...parts,
    allCalls: plan.calls,
    circuitsOpened,
    ...closed,
  };
}
