import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { openBroker } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, OTHER_CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { runChild } from '../support/child.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE, ISSUED } from '../support/messages.ts';
import { answers, headOf, responseOf } from '../support/scripts.ts';
import { atEnd } from '../support/release.ts';

const DEMANDING = { ...SERVER_IDENTITIES.good, ca: CA, requestCert: true, rejectUnauthorized: true } as const;

describe('mutual TLS', () => {
  it.each([{ version: 'TLSv1.2' }, { version: 'TLSv1.3' }] as const)(
    'gets the answer under $version',
    async ({ version }) => {
      const server = await openBroker(
        { tls: { ...DEMANDING, minVersion: version, maxVersion: version } },
        answers(BALANCE),
      );
      const exco = connectTo(server.baseUrl, { tls: { ca: CA, ...CLIENT_IDENTITIES.good } });
      expect(await callOf(exco, 'read')).toMatchObject({ ok: true, reply: { data: BALANCE } });
    },
  );

  it.each([
    { version: 'TLSv1.2', sent: 'no', outcome: 'not-executed', fault: 'connect-reset' },
    { version: 'TLSv1.3', sent: 'yes', outcome: 'unknown', fault: 'reset-before-response' },
  ] as const)(
    'under $version with a certificate of another authority, and a server that hangs up without an alert, is $fault',
    async ({ version, ...error }) => {
      const server = await openBroker(
        { tls: { ...DEMANDING, minVersion: version, maxVersion: version } },
        answers(ISSUED),
      );
      const exco = connectTo(server.baseUrl, { tls: { ca: CA, ...CLIENT_IDENTITIES.ofOtherAuthority } });
      expect(await callOf(exco, 'write')).toMatchObject({ ok: false, error: { ...error, code: 3004 } });
      expect(server.requests).toHaveLength(0);
    },
  );

  it('shows a certificate and key that do not fit when the connector is made', () => {
    const tls = { cert: CLIENT_IDENTITIES.good.cert, key: CLIENT_IDENTITIES.ofOtherAuthority.key };
    expect(() => connectTo('https://127.0.0.1:9', { tls })).toThrow(
      'config.brokers[0].tls: expected certificates and a key that fit each other (ERR_OSSL_X509_KEY_VALUES_MISMATCH)',
    );
  });

  it('trusts each of several authorities', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.unknownAuthority }, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { tls: { ca: `${CA}${OTHER_CA}` } });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
  });

  it('verifies the configured name instead of the address', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.otherHost }, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { tls: { ca: CA, servername: 'broker.example' } });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
  });
});

describe('TLS that breaks behind the handshake', () => {
  it.each([
    { what: 'octets that are no record', octets: Buffer.from('FAKE octets in clear text') },
    { what: 'a record that was tampered with', octets: Buffer.from([23, 3, 3, 0, 32, ...Buffer.alloc(32, 7)]) },
  ])('leaves a write whose request had left with an unknown outcome: $what', async ({ octets }) => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, (peer) => peer.writeRaw(octets));
    const exco = connectTo(server.baseUrl, { tls: { ca: CA } });
    const settled = await callOf(exco, 'write');
    expect(settled).toMatchObject({ ok: false, error: { code: 3004, sent: 'yes', outcome: 'unknown', attempts: 1 } });
    expect(server.requests).toHaveLength(1);
  });

  it('is a cut body where the head had come', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, (peer) => {
      peer.socket.write(headOf(200, { 'Content-Length': '1000' }), () => peer.writeRaw('FAKE octets in clear text'));
    });
    const exco = connectTo(server.baseUrl, { tls: { ca: CA }, retry: false });
    const settled = await callOf(exco, 'write');
    expect(settled).toMatchObject({ ok: false, error: { fault: 'body-cut', sent: 'yes', outcome: 'unknown' } });
  });
});

describe('the environment', () => {
  it('cannot switch the verification off', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.selfSigned }, answers(BALANCE));
    const args = [JSON.stringify({ baseUrl: server.baseUrl, tls: { ca: CA } })];
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    expect(await runChild('one-call.ts', { args, env })).toMatchObject({ code: 3004, fault: 'tls-untrusted' });
    expect(server.requests).toHaveLength(0);
  }, 20_000);

  it.each([
    { scheme: 'http', tls: undefined, trust: undefined },
    { scheme: 'https', tls: SERVER_IDENTITIES.good, trust: { ca: CA } },
  ])(
    'cannot put a proxy in front of $scheme',
    async ({ tls, trust }) => {
      const proxy = await openProxy();
      const server = await openBroker({ ...(tls !== undefined && { tls }) }, answers(BALANCE));
      const names = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
      const env = {
        ...Object.fromEntries(names.map((name) => [name, proxy.url])),
        NODE_USE_ENV_PROXY: '1',
        no_proxy: '',
      };
      const args = [JSON.stringify({ baseUrl: server.baseUrl, ...(trust !== undefined && { tls: trust }) })];
      expect(await runChild('one-call.ts', { args, env })).toMatchObject({ ok: true });
      expect(server.requests).toHaveLength(1);
      expect(proxy.connections()).toBe(0);
    },
    20_000,
  );
});

/** A proxy that counts who comes, and answers all of them with a page. */
async function openProxy(): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.end(responseOf('<html>FAKE proxy</html>'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}
