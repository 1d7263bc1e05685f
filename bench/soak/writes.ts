import type { BrokersTally } from './server.ts';
import type { WriteEnd } from './ledger.ts';

/** What the brokers did with writes, beside what their callers were told. */
export class WriteBooks {
  /** Writes that reached a broker's handler. */
  carriedOut = 0;
  turnedAway = 0;
  requests = 0;
  /** Writes that were carried out more than once. */
  readonly twice: string[] = [];
  /** Writes of which the caller was told something that is not so. */
  readonly untrue: string[] = [];

  /** Compares the books of both sides since they were compared last. */
  compare(tally: BrokersTally, told: ReadonlyMap<string, WriteEnd>): void {
    this.turnedAway += tally.turnedAway;
    this.requests += tally.requests;
    for (const [id, times] of Object.entries(tally.writes)) {
      this.carriedOut += 1;
      if (times > 1) this.twice.push(`${id}: ${times} times`);
      if (told.get(id) === 'not-executed') this.untrue.push(`${id}: carried out, and the caller heard not-executed`);
    }
    for (const [id, end] of told) {
      if (end === 'ok' && tally.writes[id] === undefined) this.untrue.push(`${id}: answered, and never carried out`);
    }
  }
}
