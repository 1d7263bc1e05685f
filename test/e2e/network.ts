import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type Child } from './child.ts';

/** Start of the name of every network, and of the folder of its files; the process that made it stands behind it. */
const PREFIX = 'op-exco-e2e-';

/**
 * Puts files in the place of the system's own, for one process: `ip netns exec` has given it mounts of its own. Without its
 * own nsswitch.conf it might ask a daemon of the machine for names, outside the network.
 */
const WITH_RESOLVER = `
  mount --bind "$1/$2" /etc/resolv.conf
  if [ -e /etc/nsswitch.conf ]; then mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf; fi
  shift 2
  exec "$@"`;

/** Addresses of hosts that cannot be reached in a network with another one beyond it (RFC 5737). */
export const FAR = {
  /** No route leads there. */
  noRoute: '198.51.100.7',
  /** Nobody on the wire has this address. */
  nobody: '192.0.2.77',
  /** What is sent there is lost. */
  dropped: '192.0.2.66',
  /** The router says that it finds no such host. */
  hostUnreachable: '203.0.113.7',
  /** The router says that it must not let anybody through. */
  prohibited: '203.0.113.200',
} as const;

/** A network of its own, with nothing in it but loopback; every port of it is free. */
export interface Network {
  /** Starts a script in it, whose system asks these name servers. */
  start(script: URL, nameServers: readonly string[], args?: readonly string[]): Child;
  /** Puts a second network beyond this one, with the hosts of `FAR`. */
  addFar(): void;
  /** Ends every script that was started, and takes the network away. */
  close(): Promise<void>;
}

/** @throws Error when the system has no `ip`, or does not let it. */
function ip(...args: readonly string[]): string {
  try {
    return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No network of our own: ${why.trim()}. This needs Linux, its package iproute2, and root.`, {
      cause,
    });
  }
}

/** The network beyond, which `name` has one way into. */
function farOf(name: string): string {
  return `${name}-far`;
}

function exists(name: string): boolean {
  return ip('netns', 'list')
    .split('\n')
    .some((line) => line.split(' ')[0] === name);
}

/**
 * One wire to a router, and what lies beyond it. Firewalls that drop are a neighbour whose address on the wire is nobody's;
 * those that refuse are routes that the router answers with an ICMP message (RFC 1812 section 5.2.7.1); it does so for five
 * dials, and then for one a second.
 */
function addFar(name: string): void {
  const far = farOf(name);
  ip('netns', 'add', far);
  ip('-n', name, 'link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far', 'netns', far);
  ip('-n', name, 'addr', 'add', '192.0.2.1/24', 'dev', 'near');
  ip('-n', far, 'addr', 'add', '192.0.2.2/24', 'dev', 'far');
  ip('-n', name, 'link', 'set', 'near', 'up');
  ip('-n', far, 'link', 'set', 'far', 'up');
  // Asked three times whose an address is, the system gives up after 3 s; a dial has less.
  ip('netns', 'exec', name, 'sh', '-c', 'echo 100 > /proc/sys/net/ipv4/neigh/near/retrans_time_ms');
  ip('netns', 'exec', far, 'sh', '-c', 'cd /proc/sys/net/ipv4 && echo 1 > ip_forward && echo 0 > icmp_ratelimit');
  ip('-n', name, 'neigh', 'add', FAR.dropped, 'lladdr', '02:00:00:00:00:66', 'dev', 'near', 'nud', 'permanent');
  ip('-n', name, 'route', 'add', '203.0.113.0/24', 'via', '192.0.2.2');
  ip('-n', far, 'route', 'add', 'unreachable', FAR.hostUnreachable);
  ip('-n', far, 'route', 'add', 'prohibit', FAR.prohibited);
}

function remove(name: string): void {
  ip('netns', 'del', name);
  if (exists(farOf(name))) ip('netns', 'del', farOf(name));
  rmSync(join(tmpdir(), name), { recursive: true, force: true });
}

/** Takes away what runs have left behind that were killed. */
function removeStale(): void {
  const names = ip('netns', 'list').split(/\s+/);
  const own = names.filter((name) => name.startsWith(PREFIX) && /^\d+$/.test(name.slice(PREFIX.length)));
  own.filter((name) => !existsSync(`/proc/${name.slice(PREFIX.length)}`)).forEach(remove);
}

/** Makes a network. @throws Error that says what is missing where none can be made. */
export function openNetwork(): Network {
  removeStale();
  const name = `${PREFIX}${process.pid}`;
  ip('netns', 'add', name);
  const folder = join(tmpdir(), name);
  const children: Child[] = [];
  const network: Network = {
    start(script, nameServers, args = []) {
      const resolver = `resolv-${children.length}.conf`;
      writeFileSync(join(folder, resolver), nameServers.map((address) => `nameserver ${address}\n`).join(''));
      const within = ['ip', 'netns', 'exec', name, 'sh', '-ec', WITH_RESOLVER, 'sh', folder, resolver];
      const child = startChild(script, args, within);
      children.push(child);
      return child;
    },
    addFar: () => addFar(name),
    async close() {
      await Promise.all(children.map((child) => child.kill()));
      remove(name);
    },
  };
  try {
    ip('-n', name, 'link', 'set', 'lo', 'up');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    return network;
  } catch (error) {
    remove(name);
    throw error;
  }
}
