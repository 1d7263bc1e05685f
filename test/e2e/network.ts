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

/** A network of its own, with nothing in it but loopback; every port of it is free. */
export interface Network {
  /** Starts a script in it, whose system asks these name servers. */
  start(script: URL, nameServers: readonly string[], args?: readonly string[]): Child;
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

function remove(name: string): void {
  ip('netns', 'del', name);
  rmSync(join(tmpdir(), name), { recursive: true, force: true });
}

/** Takes away what runs have left behind that were killed. */
function removeStale(): void {
  const names = ip('netns', 'list').split(/\s+/);
  const stale = names.filter((name) => name.startsWith(PREFIX) && !existsSync(`/proc/${name.slice(PREFIX.length)}`));
  stale.forEach(remove);
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
