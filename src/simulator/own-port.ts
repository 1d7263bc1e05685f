import type { Fixture } from '../fixture/format.ts';
import type { Clock } from '../runtime/clock.ts';
import { doorsOf, type Door } from './faults.ts';
import type { Line } from './line.ts';
import { closedPort, Listener, type Treatment } from './listener.ts';
import { doorSecurity, treatmentOf, type Security } from './security.ts';

/** A port that plays one fixture, faults before any request included: one attempt for each connection. */
export interface OwnPort {
  readonly port: number;
  /** `undefined` for clear text. */
  readonly security: Security | undefined;
  /** Connections that are open now. */
  readonly open: () => number;
  /** Starts with the first attempt again. */
  readonly rewind: () => void;
  readonly close: () => Promise<void>;
}

/** What an own port tells. */
export interface OwnPortEvents {
  /** A connection met a fault before any request. */
  readonly met: () => void;
  /** A connection is ready for the request of attempt `attempt`, 0 first. */
  readonly converse: (line: Line, attempt: number) => void;
}

/** Where a fixture's connections go. */
interface Place {
  readonly host: string;
  /** Of the main port, which a door without TLS of its own has as well. */
  readonly security: Security | undefined;
  readonly clock: Clock;
}

/**
 * Opens a port for a fixture that needs one.
 *
 * @throws SimulatorError where none can be had.
 */
export async function openOwnPort(
  fixture: Fixture,
  { host, security, clock }: Place,
  events: OwnPortEvents,
): Promise<OwnPort> {
  const doors = doorsOf(fixture);
  if (doors[0]?.kind === 'closed') {
    const port = await closedPort(host, clock);
    return { port, security, open: () => 0, rewind: () => undefined, close: () => Promise.resolve() };
  }
  const own = doorSecurity(host);
  const treatments = doors.map((door) => treatmentFor(door, own));
  let next = 0;
  const listener = new Listener({
    treat: () => {
      const due = next;
      next = (due + 1) % treatments.length;
      if (doors[due] !== undefined) events.met();
      return treatments[due] ?? { kind: 'deaf' };
    },
    converse: (line, treatment) => {
      events.converse(line, treatments.indexOf(treatment));
    },
    clock,
  });
  await listener.listen(0, host);
  const { port } = listener;
  const rewind = () => {
    next = 0;
  };
  return { port, security: own, open: () => listener.open, rewind, close: () => listener.close() };
}

function treatmentFor(door: Door | undefined, own: Security): Treatment {
  return door === undefined || door.kind === 'closed' ? { kind: 'converses', tls: own.server } : treatmentOf(door);
}
