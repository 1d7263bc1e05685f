import type { NameAnswer } from '../../support/dns-message.ts';

/** Addresses of name servers, as `resolv.conf` may name them. */
export const NAME_SERVERS = {
  /** Answers for each zone as below. */
  serving: '127.0.0.53',
  /** Takes every question and answers none. */
  silent: '127.0.0.54',
  /** Nothing listens there, and the system says so at once. */
  dead: '127.0.0.99',
} as const;

/** Port of every broker. */
export const BROKER_PORT = 8_080;

/** What the serving name server says of names that end in `.<zone>.test`. */
export const ZONES = {
  served: 'loopback',
  silent: 'silence',
  failing: 'server-failure',
  unknown: 'no-such-name',
} as const satisfies Readonly<Record<string, NameAnswer>>;

export type Zone = keyof typeof ZONES;

/** How many brokers of each zone are called. */
export type Counts = Readonly<Partial<Record<Zone, number>>>;

/** One broker of the town. */
export interface Resident {
  readonly zone: Zone;
  readonly alias: string;
  readonly hostname: string;
}

export function isZone(text: string): text is Zone {
  return Object.hasOwn(ZONES, text);
}

/** So many brokers of each zone, each with a name of its own. */
export function residents(counts: Counts): Resident[] {
  return Object.entries(counts).flatMap(([zone, count]) => {
    if (!isZone(zone)) throw new RangeError(`No such zone: ${zone}`);
    return Array.from({ length: count }, (_, index) => {
      const alias = `${zone}-${index}`;
      return { zone, alias, hostname: `${alias}.${zone}.test` };
    });
  });
}
