/** The forty brokers, in a process of their own: what the soak measures of itself is the connector's alone. */
import { authorityCertificate } from '../../src/simulator/certificates.ts';
import type { Asked } from './answers.ts';
import { BROKERS, type Nature } from './brokers.ts';
import { converse, type Playing } from './connection.ts';
import { hangUp, openConnections, openDoor } from './doors.ts';
import { playOf, TURNED_AWAY, type Play } from './plays.ts';
import { scriptOf } from './scripts.ts';

/** What the brokers can be asked for. */
export interface Question {
  readonly asks: 'opened' | 'connections' | 'hang-up' | 'tally';
}

/** What the brokers say once they listen. */
export interface Opened {
  /** Port of each broker, in their order. */
  readonly ports: readonly number[];
  readonly ca: string;
}

/** What happened since the brokers were asked last. */
export interface BrokersTally {
  readonly requests: number;
  /** How often each write was carried out. */
  readonly writes: Readonly<Record<string, number>>;
  /** Writes that were turned away, each with the promise that nothing was done. */
  readonly turnedAway: number;
}

const seed = Number(process.argv[2]);
let attempts = new Map<string, number>();
let tally = { requests: 0, turnedAway: 0 };
let writes: Record<string, number> = {};

/** A request reached its handler: from here on a write has been carried out, unless it is turned away. */
function handled({ id, isWrite }: Asked, isTurnedAway: boolean): void {
  tally.requests += 1;
  if (isWrite && isTurnedAway) tally.turnedAway += 1;
  else if (isWrite) writes[id] = (writes[id] ?? 0) + 1;
}

function planned(id: string) {
  return playOf(seed, id, (attempts.get(id) ?? 0) + 1);
}

function counted(id: string): void {
  attempts.set(id, (attempts.get(id) ?? 0) + 1);
}

/** A broker that speaks a dialect says its errors in it. */
function toldBy(nature: Nature, play: Play): Play {
  return nature === 'dialect' && play === 'broker-code' ? 'foreign' : play;
}

const playingOf = (nature: Nature): Playing => ({
  breaksEarly(id) {
    const isEarly = planned(id).play === 'reset-early';
    if (isEarly) counted(id);
    return isEarly;
  },
  script(asked) {
    const { play, draw } = planned(asked.id);
    counted(asked.id);
    handled(asked, TURNED_AWAY.has(play));
    return scriptOf(toldBy(nature, play), asked, draw);
  },
});

const ports = await Promise.all(
  BROKERS.map(({ nature }) => openDoor(nature, (socket) => converse(socket, playingOf(nature)))),
);
const opened: Opened = { ports, ca: authorityCertificate() };

/** Hands the books over, and begins new ones. */
function handOver(): void {
  process.send?.({ ...tally, writes } satisfies BrokersTally);
  attempts = new Map();
  tally = { requests: 0, turnedAway: 0 };
  writes = {};
}

process.on('message', ({ asks }: Question) => {
  if (asks === 'opened') process.send?.(opened);
  else if (asks === 'connections') process.send?.(openConnections());
  else if (asks === 'hang-up') process.send?.(hangUp());
  else handOver();
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
