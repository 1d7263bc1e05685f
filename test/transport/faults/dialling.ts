import { openBroker } from '../../support/broker-server.ts';
import { CA } from '../../support/certificates.ts';
import { runChild } from '../../support/child.ts';
import type { NameAnswer } from '../../support/dns-message.ts';
import { openHttpWire } from '../../../src/transport/http-wire.ts';
import { openNameServer } from '../../support/dns-server.ts';
import { callOf, type Ending, type FaultCase, type Scene } from '../../support/fault-case.ts';
import { closedPort, openFullBacklog } from '../../support/full-backlog.ts';
import { unreachableHost } from '../../support/unreachable-host.ts';
import { NETWORK_ERROR, NETWORK_TIMEOUT, UNAVAILABLE, UNKNOWN_ERROR } from './words.ts';
import { endsOnFirstOctets, resetsOnFirstOctets } from '../../support/scripts.ts';

const ONCE: Ending = { sent: 'no', outcome: 'not-executed', attempts: 1, requests: 0 };
const REPEATED: Ending = { ...ONCE, attempts: 2 };

async function named(answer: NameAnswer): Promise<Scene> {
  return { baseUrl: 'http://broker.test:9', surroundings: await openNameServer(answer) };
}

const SHORT = { timeouts: { connectMs: 200 }, retry: { baseMs: 0 } } as const;

/** A body that no socket buffer takes as a whole, so that it is still leaving when the connection breaks. */
const LONG_TEXT = 'F'.repeat(7 * 1024 * 1024);

export const DIALLING: readonly FaultCase[] = [
  {
    what: 'the name does not exist',
    fault: 'dns-not-found',
    scene: () => named('no-such-name'),
    error: { ...NETWORK_ERROR, phase: 'dns', blame: 'platform' },
    read: ONCE,
    write: ONCE,
  },
  {
    what: 'the name has no address',
    fault: 'dns-not-found',
    scene: () => named('no-address'),
    error: { ...NETWORK_ERROR, phase: 'dns', blame: 'platform' },
    read: ONCE,
    write: ONCE,
  },
  {
    what: 'the name server fails',
    fault: 'dns-unavailable',
    scene: () => named('server-failure'),
    error: { ...NETWORK_ERROR, phase: 'dns', blame: 'platform' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the name server refuses to say',
    fault: 'dns-unavailable',
    scene: () => named('refusal'),
    error: { ...NETWORK_ERROR, phase: 'dns', blame: 'platform' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the name server is silent',
    fault: 'dns-unavailable',
    scene: async () => ({ ...(await named('silence')), broker: SHORT }),
    error: { ...NETWORK_ERROR, phase: 'dns', blame: 'platform' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'nobody listens on the port',
    fault: 'connect-refused',
    scene: async () => ({ baseUrl: await closedPort() }),
    error: { ...UNAVAILABLE, phase: 'connect', blame: 'broker' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'nobody listens on the port of any address of the name',
    fault: 'connect-refused',
    scene: async () => ({ baseUrl: (await closedPort()).replace('127.0.0.1', 'localhost') }),
    error: { ...UNAVAILABLE, phase: 'connect', blame: 'broker' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the host does not answer to the dial',
    fault: 'connect-timeout',
    scene: async () => ({ baseUrl: await openFullBacklog(), broker: SHORT }),
    error: { ...NETWORK_TIMEOUT, phase: 'connect', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the host takes the dial and never shakes hands',
    fault: 'connect-timeout',
    scene: async () => {
      const { port } = await openBroker({ isDeaf: true });
      return { baseUrl: `https://127.0.0.1:${port}`, broker: { ...SHORT, tls: { ca: CA } } };
    },
    error: { ...NETWORK_TIMEOUT, phase: 'tls', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the connection breaks in the TLS handshake',
    fault: 'connect-reset',
    scene: async () => {
      const server = await openBroker({ isDeaf: true, greet: resetsOnFirstOctets });
      return { server, baseUrl: `https://127.0.0.1:${server.port}`, broker: { tls: { ca: CA } } };
    },
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the connection is closed in order in the TLS handshake',
    fault: 'connect-reset',
    scene: async () => {
      const server = await openBroker({ isDeaf: true, greet: endsOnFirstOctets });
      return { server, baseUrl: `https://127.0.0.1:${server.port}`, broker: { tls: { ca: CA } } };
    },
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the connection breaks while a large request is leaving',
    fault: 'connect-reset',
    scene: async () => ({
      server: await openBroker({ isDeaf: true, greet: resetsOnFirstOctets }),
      call: (exco, kind, options) => callOf(exco, kind, options, { padding: LONG_TEXT }),
    }),
    error: { ...NETWORK_ERROR, phase: 'send', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'no file descriptor is left',
    fault: 'local-resources',
    scene: () => ({ told: (kind) => runChild('without-descriptors.ts', { args: [kind], descriptors: 100 }) }),
    error: { ...UNKNOWN_ERROR, phase: 'connect', blame: 'platform' },
    read: ONCE,
    write: ONCE,
  },
  {
    what: 'the host cannot be reached',
    fault: 'host-unreachable',
    // nock plays it, and answers Node's client only.
    scene: async () => ({ baseUrl: await unreachableHost(), surroundings: { wire: openHttpWire } }),
    error: { ...NETWORK_ERROR, phase: 'connect', blame: 'path' },
    read: REPEATED,
    write: REPEATED,
  },
  {
    what: 'the network cannot be reached',
    fault: 'network-unreachable',
    scene: () => ({ baseUrl: 'http://127.255.255.255' }),
    error: { ...NETWORK_ERROR, phase: 'connect', blame: 'platform' },
    read: ONCE,
    write: ONCE,
  },
  {
    what: 'a look-up of ours throws',
    fault: 'internal',
    scene: () => ({
      baseUrl: 'http://broker.test:9',
      surroundings: {
        lookup: () => {
          throw new Error('FAKE SECRET of the look-up');
        },
      },
    }),
    error: { ...UNKNOWN_ERROR, phase: 'local', blame: 'platform' },
    read: ONCE,
    write: ONCE,
  },
];
