import type { Fixture } from '../fixture/format.ts';
import type { JsonObject } from '../model/json.ts';
import { labelOf } from '../fixture/label.ts';

/** A request that was read, with everything in it, personal data included. */
export interface ReceivedRequest {
  readonly broker: string;
  /** Name of the operation; the path where none stands there. */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The message; empty where the body was no JSON object. */
  readonly message: JsonObject;
}

/** How often a fixture was played, a connection that met a fault before any request included. */
export interface PlayedCount {
  readonly broker: string;
  readonly operation: string;
  readonly fixture: string;
  readonly count: number;
}

/** What happened since the start, or since the last reset. */
export interface SimulatorCounts {
  /** Requests that were read, but for those of the control endpoint. */
  readonly requests: number;
  /** Requests that no fixture answered. */
  readonly misses: number;
  /** Requests that the error share ended in HTTP 500. */
  readonly errors: number;
  /** Attempts played, one row a fixture. */
  readonly played: readonly PlayedCount[];
}

/** Requests that are kept for a look. */
const MOST_KEPT = 1_000;

/** Counts what happens, and keeps the last requests. */
export class Tally {
  requests = 0;
  misses = 0;
  errors = 0;
  #played = new Map<Fixture, number>();
  #received: ReceivedRequest[] = [];

  played(fixture: Fixture): void {
    this.#played.set(fixture, (this.#played.get(fixture) ?? 0) + 1);
  }

  received(request: ReceivedRequest): void {
    this.requests += 1;
    this.#received.push(request);
    if (this.#received.length >= 2 * MOST_KEPT) this.#received = this.#received.slice(-MOST_KEPT);
  }

  /** The last 1,000 requests, oldest first. */
  lastReceived(): ReceivedRequest[] {
    return this.#received.slice(-MOST_KEPT);
  }

  counts(): SimulatorCounts {
    const played = [...this.#played].map(([fixture, count]) => ({
      broker: fixture.broker,
      operation: fixture.operation,
      fixture: labelOf(fixture),
      count,
    }));
    return { requests: this.requests, misses: this.misses, errors: this.errors, played };
  }

  clear(): void {
    [this.requests, this.misses, this.errors] = [0, 0, 0];
    this.#played = new Map();
    this.#received = [];
  }
}
