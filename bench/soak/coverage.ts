import type { FaultRow } from '../../src/catalog/faults.ts';

/** Rows of the fault table that a soak on one machine cannot bring about, and why. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'host-unreachable': 'every address of this machine has a route',
  'local-resources': "it would take the machine's descriptors or ports from everybody",
  internal: 'it is a mistake of the connector, and must not be seen',
};

/** How much of the fault table was seen. */
export interface Coverage {
  readonly rows: number;
  readonly seen: number;
  /** Not seen, although they could have been. */
  readonly missed: readonly string[];
  /** Not seen, each with its reason. */
  readonly outOfReach: readonly string[];
}

/** Which rows of the fault table `faults` came to. */
export function coverageOf(table: Readonly<Record<string, FaultRow>>, faults: ReadonlySet<string>): Coverage {
  const rows = Object.keys(table);
  const unseen = rows.filter((row) => !faults.has(row));
  return {
    rows: rows.length,
    seen: rows.length - unseen.length,
    missed: unseen.filter((row) => OUT_OF_REACH[row] === undefined),
    outOfReach: unseen.flatMap((row) => (OUT_OF_REACH[row] === undefined ? [] : [`${row}: ${OUT_OF_REACH[row]}`])),
  };
}
