import dns, { type LookupAddress } from 'node:dns';

/** What the name servers said of a name, both kinds of address asked for. */
export interface Sight {
  /** Whether both questions were answered, whatever the answer; a server that refuses has answered. */
  readonly isAnswered: boolean;
  /** Addresses that were told, IPv4 first. */
  readonly addresses: readonly LookupAddress[];
}

/** Asks name servers without a thread, and says once what came of it. Never throws. */
export type Scout = (hostname: string, ended: (sight: Sight) => void) => void;

/** Whether the hearing of an error is an answer: only silence is none. */
function isAnswer(error: NodeJS.ErrnoException | null): boolean {
  return error?.code !== dns.TIMEOUT;
}

/**
 * A scout for the system's name servers as they are now, each asked once for `timeoutMs`. Both kinds of address are asked
 * for, since some servers answer for one and are silent for the other. The hosts file is not read.
 */
export function createScout(timeoutMs: number): Scout {
  return (hostname, ended) => {
    // A new one each time: it reads the names of the servers once, and they may have changed.
    const resolver = new dns.Resolver({ timeout: timeoutMs, tries: 1 });
    const told = new Map<4 | 6, { isAnswered: boolean; addresses: LookupAddress[] }>();
    const hear = (family: 4 | 6) => (error: NodeJS.ErrnoException | null, addresses: readonly string[] | undefined) => {
      const found = error === null ? (addresses ?? []) : [];
      told.set(family, { isAnswered: isAnswer(error), addresses: found.map((address) => ({ address, family })) });
      const [v4, v6] = [told.get(4), told.get(6)];
      if (v4 === undefined || v6 === undefined) return;
      ended({ isAnswered: v4.isAnswered && v6.isAnswered, addresses: [...v4.addresses, ...v6.addresses] });
    };
    resolver.resolve4(hostname, hear(4));
    resolver.resolve6(hostname, hear(6));
  };
}
