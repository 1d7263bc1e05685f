/** The place of whoever is on no roster. */
export const NOWHERE = -1;

/** Whoever can be on a roster, on one at a time. */
export interface Member {
  /** Where it stands there: at first `NOWHERE`, then for the roster to set. */
  place: number;
}

/**
 * Those who are there now, in no order. Many come and go here, and a set would keep them: a table that it has outgrown points to
 * the one behind it, so that from the first that has grown old on all of them wait for a full collection, with all that they held.
 */
export class Roster<Each extends Member> {
  readonly #members: Each[] = [];

  get size(): number {
    return this.#members.length;
  }

  /** Those who are there now, in a list of its own: each of them may leave meanwhile. */
  get members(): readonly Each[] {
    return [...this.#members];
  }

  has(member: Each): boolean {
    return member.place !== NOWHERE;
  }

  /** Without effect on whoever is there. */
  add(member: Each): void {
    if (member.place === NOWHERE) member.place = this.#members.push(member) - 1;
  }

  /** Without effect on whoever is not there. */
  remove(member: Each): void {
    const { place } = member;
    if (place === NOWHERE) return;
    member.place = NOWHERE;
    const last = this.#members.pop();
    if (last === undefined || last === member) return;
    this.#members[place] = last;
    last.place = place;
  }
}
