import { openNameServer } from '../../support/dns-server.ts';
import { closedPort, openFullBacklog } from '../../support/full-backlog.ts';
import { openBroker, type Peer } from '../../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../../support/certificates.ts';
import { resetsOnFirstOctets } from '../../support/scripts.ts';
import { serverIdentityUntil, type Identity } from '../../../src/simulator/certificates.ts';
import { atOnce, serves, type Scene, type Staged } from '../stage.ts';

const DAY_MS = 86_400_000;

async function behindTls(identity: Identity): Promise<Staged> {
  const { baseUrl } = await openBroker({ tls: identity }, serves);
  return { baseUrl, broker: { tls: { ca: CA } } };
}

async function named(answer: 'no-such-name' | 'server-failure' | 'silence'): Promise<Staged> {
  const { lookup } = await openNameServer(answer);
  return { baseUrl: 'http://broker.example:9', surroundings: { lookup } };
}

/** A fatal alert: bad certificate (RFC 8446 section 6). */
const BAD_CERTIFICATE = Uint8Array.of(21, 3, 3, 0, 2, 2, 42);

function refusesCertificate(peer: Peer): void {
  peer.socket.once('data', () => peer.write(BAD_CERTIFICATE));
}

const DEMANDING = { ...SERVER_IDENTITIES.good, ca: CA, requestCert: true, rejectUnauthorized: true } as const;

/** What fails before a request has left. */
export const WAY: readonly Scene[] = [
  {
    what: 'the name is gone',
    stage: () => named('no-such-name'),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'dns' },
    fault: 'dns-not-found',
  },
  {
    what: 'the resolver fails',
    stage: () => named('server-failure'),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'dns' },
    fault: 'dns-unavailable',
  },
  {
    what: 'the resolver is silent',
    stage: () => named('silence'),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'dns' },
    fault: 'dns-unavailable',
  },
  {
    what: 'the port is closed',
    stage: async () => ({ baseUrl: await closedPort() }),
    calls: atOnce(6, 'account.balance', 'account.portfolio'),
    expected: { verdict: 'broker-down', blame: 'broker', phase: 'connect' },
    fault: 'connect-refused',
  },
  {
    what: 'packets are dropped',
    stage: async () => ({ baseUrl: await openFullBacklog() }),
    calls: atOnce(6, 'account.balance', 'account.portfolio'),
    expected: { verdict: 'path', blame: 'path', phase: 'connect' },
    fault: 'connect-timeout',
  },
  {
    what: 'connections are reset when they are accepted',
    stage: async () => {
      const { baseUrl } = await openBroker({ greet: resetsOnFirstOctets, isDeaf: true });
      return { baseUrl: baseUrl.replace('http:', 'https:') };
    },
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'path', blame: 'path', phase: 'tls' },
    fault: 'connect-reset',
  },
  {
    what: 'the certificate ends tomorrow',
    stage: () => behindTls(serverIdentityUntil(new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10))),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'healthy', blame: 'none', phase: 'none' },
  },
  {
    what: 'the certificate has expired',
    stage: () => behindTls(SERVER_IDENTITIES.expired),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'broker-down', blame: 'broker', phase: 'tls' },
    fault: 'tls-certificate',
  },
  {
    what: 'the certificate is for another host',
    stage: () => behindTls(SERVER_IDENTITIES.otherHost),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'broker-down', blame: 'broker', phase: 'tls' },
    fault: 'tls-certificate',
  },
  {
    what: 'the issuer is unknown',
    stage: () => behindTls(SERVER_IDENTITIES.unknownAuthority),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'tls' },
    fault: 'tls-untrusted',
  },
  {
    what: 'our certificate is missed',
    stage: async () => {
      const { baseUrl } = await openBroker({ tls: DEMANDING }, serves);
      return { baseUrl, broker: { tls: { ca: CA } } };
    },
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-credentials', blame: 'platform', phase: 'tls' },
    fault: 'tls-client-rejected',
  },
  {
    what: 'our certificate is refused',
    stage: async () => {
      const { baseUrl } = await openBroker({ isDeaf: true, greet: refusesCertificate });
      return { baseUrl: baseUrl.replace('http:', 'https:') };
    },
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-credentials', blame: 'platform', phase: 'tls' },
    fault: 'tls-client-rejected',
  },
  {
    what: 'clear text on the TLS port',
    stage: async () => {
      const { baseUrl } = await openBroker({ greet: (peer) => peer.write('HTTP/1.1 400 Bad Request\r\n\r\n') });
      return { baseUrl: baseUrl.replace('http:', 'https:') };
    },
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'broker-down', blame: 'broker', phase: 'tls' },
    fault: 'tls-handshake',
  },
  {
    what: 'the port is closed at every broker at once',
    stage: async () => ({ baseUrl: await closedPort(), isShared: true }),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'connect' },
    fault: 'connect-refused',
  },
  {
    what: 'packets to every broker are dropped at once',
    stage: async () => ({ baseUrl: await openFullBacklog(), isShared: true }),
    calls: atOnce(6, 'account.balance'),
    expected: { verdict: 'our-side', blame: 'platform', phase: 'connect' },
    fault: 'connect-timeout',
  },
];
