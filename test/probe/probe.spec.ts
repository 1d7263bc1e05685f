import { describe, expect, it } from '@jest/globals';
import { serverIdentityUntil } from '../../src/simulator/certificates.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, SERVER_IDENTITIES } from '../support/certificates.ts';
import { openNameServer } from '../support/dns-server.ts';
import { closedPort, openFullBacklog } from '../support/full-backlog.ts';
import { answers, headOf, stalls, writes, writesAndResets } from '../support/scripts.ts';
import { probed } from './given.ts';

const NOT_FOUND = answers('', 404);
const DAY_MS = 86_400_000;

function localUrl(baseUrl: string): string {
  return baseUrl.replace('127.0.0.1', 'localhost');
}

describe('the steps of a probe', () => {
  it('are dns, tcp, tls and http, each with its time, for a name behind TLS', async () => {
    const { lookup } = await openNameServer('loopback');
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, NOT_FOUND);
    const { steps, totalMs } = await probed(localUrl(server.baseUrl), { tls: { ca: CA } }, {}, lookup);
    expect(Object.keys(steps)).toEqual(['dns', 'tcp', 'tls', 'http']);
    for (const step of Object.values(steps)) {
      expect(step.failed).toBeUndefined();
      expect(step.ms).toBeGreaterThanOrEqual(0);
      expect(step.ms).toBeLessThanOrEqual(totalMs);
    }
  });

  it('leave out what there is none of: a look-up of an address, TLS in clear text', async () => {
    const server = await openBroker({}, NOT_FOUND);
    const { steps } = await probed(server.baseUrl);
    expect(Object.keys(steps)).toEqual(['tcp', 'http']);
  });

  it.each([
    [
      'dns',
      async () => probed('http://broker.example:9', {}, {}, (await openNameServer('no-such-name')).lookup),
      'dns-not-found',
      'ENOTFOUND',
    ],
    [
      'dns',
      async () => probed('http://broker.example:9', {}, {}, (await openNameServer('silence')).lookup),
      'dns-unavailable',
      undefined,
    ],
    ['tcp', async () => probed(await closedPort()), 'connect-refused', 'ECONNREFUSED'],
    ['tcp', async () => probed(await openFullBacklog()), 'connect-timeout', undefined],
  ] as const)('end with %s where that fails: %#', async (step, run, fault, code) => {
    const { steps } = await run();
    expect(Object.keys(steps).at(-1)).toBe(step);
    expect(steps[step]?.failed).toMatchObject({ fault, ...(code !== undefined && { code }) });
  });

  it('are the words of the fault table that a call would get', async () => {
    const server = await openBroker({}, stalls);
    const { steps } = await probed(server.baseUrl, { timeouts: { headMs: 100 } });
    expect(steps.http?.failed).toEqual({ fault: 'response-timeout', phase: 'head' });
  });

  it('end at the deadline of the whole', async () => {
    const server = await openBroker({}, stalls);
    const { steps, totalMs } = await probed(server.baseUrl, { timeouts: { headMs: 60_000 } }, { deadlineMs: 200 });
    expect(steps.http?.failed?.fault).toBe('response-timeout');
    expect(totalMs).toBeLessThan(10_000);
  });

  it.each([
    ['answered', NOT_FOUND],
    ['silent', stalls],
    ['cut off', writesAndResets(headOf(200, { 'Content-Length': '9' }))],
  ])('leave no connection open: %s', async (_, script) => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, script);
    await probed(server.baseUrl, { tls: { ca: CA }, timeouts: { headMs: 100 } });
    await server.allClosed();
    expect(server.open).toBe(0);
  });
});

describe('the http step', () => {
  it('is one GET of the base path with the configured headers, and no body', async () => {
    const server = await openBroker({}, NOT_FOUND);
    await probed(`${server.baseUrl}/v1/samsung`, { headers: { 'X-Api-Key': 'FAKE-KEY' } });
    expect(server.requests.map(({ head }) => head.split('\r\n')[0])).toEqual(['GET /v1/samsung HTTP/1.1']);
    expect(server.requests[0]).toMatchObject({ body: '', headers: { 'x-api-key': 'FAKE-KEY' } });
  });

  it.each([200, 204, 301, 400, 401, 403, 404, 405, 500, 501])('passes with %d', async (status) => {
    const server = await openBroker({}, answers('', status));
    const { http } = (await probed(server.baseUrl)).steps;
    expect(http).toEqual({ ms: http?.ms, status });
  });

  it.each([
    [502, 'http-unavailable'],
    [503, 'http-unavailable'],
    [504, 'http-timeout'],
    [408, 'http-timeout'],
    [429, 'throttled'],
  ] as const)('fails with %d as %s', async (status, fault) => {
    const server = await openBroker({}, answers('', status));
    expect((await probed(server.baseUrl)).steps.http).toMatchObject({ status, failed: { fault, phase: 'message' } });
  });

  it('knows the configured maintenance page', async () => {
    const server = await openBroker({}, answers('<html>FAKE 점검 중</html>', 200));
    const { steps } = await probed(server.baseUrl, { maintenance: { pageMatches: ['점검'] } });
    expect(steps.http?.failed).toEqual({ fault: 'maintenance-page', phase: 'message' });
  });

  it('reads a bounded part of a page without an end', async () => {
    const server = await openBroker({}, (peer) => {
      peer.write(headOf(200));
      peer.flood(Buffer.alloc(16_384, 0x61));
    });
    const { steps } = await probed(server.baseUrl, { timeouts: { headMs: 5_000 } });
    expect(steps.http).toMatchObject({ status: 200 });
    expect(steps.http?.failed).toBeUndefined();
    await server.allClosed();
  });

  it.each([
    ['no HTTP', writes('FAKE\r\n\r\n'), 'http-malformed'],
    ['an upgrade', answers('', 101, { Connection: 'Upgrade', Upgrade: 'FAKE' }), 'http-malformed'],
    ['a reset', (peer: { reset(): void }) => peer.reset(), 'reset-before-response'],
    ['a cut body', writesAndResets(headOf(200, { 'Content-Length': '9' }), 'FAKE'), 'body-cut'],
  ] as const)('fails at %s', async (_, script, fault) => {
    const server = await openBroker({}, script);
    expect((await probed(server.baseUrl)).steps.http?.failed?.fault).toBe(fault);
  });
});

describe('the tls step', () => {
  it.each([
    ['good', SERVER_IDENTITIES.good, undefined, 'FAKE authority', ['localhost', '127.0.0.1']],
    ['expired', SERVER_IDENTITIES.expired, 'tls-certificate', 'FAKE authority', ['localhost', '127.0.0.1']],
    ['of another host', SERVER_IDENTITIES.otherHost, 'tls-certificate', 'FAKE authority', ['broker.example']],
    [
      'of an unknown issuer',
      SERVER_IDENTITIES.unknownAuthority,
      'tls-untrusted',
      'FAKE other authority',
      ['localhost', '127.0.0.1'],
    ],
    [
      'self-signed',
      SERVER_IDENTITIES.selfSigned,
      'tls-untrusted',
      'FAKE self-signed broker',
      ['localhost', '127.0.0.1'],
    ],
  ] as const)(
    'says what was shown and agreed where the certificate is %s',
    async (_, identity, fault, issuer, names) => {
      const server = await openBroker({ tls: identity }, NOT_FOUND);
      const { tls, http } = (await probed(server.baseUrl, { tls: { ca: CA } })).steps;
      expect(tls?.failed?.fault).toBe(fault);
      expect(tls?.protocol).toBe('TLSv1.3');
      expect(tls?.chain[0]).toMatchObject({ issuer, names });
      expect(http === undefined).toBe(fault !== undefined);
    },
  );

  it('sends no request to a server whose certificate is refused', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.selfSigned }, NOT_FOUND);
    await probed(server.baseUrl, { tls: { ca: CA } });
    await server.allClosed();
    expect(server.requests).toEqual([]);
  });

  it.each([
    [1, 0],
    [20, 19],
  ])('counts whole days: the end of a certificate %d days ahead is %d days left', async (ahead, daysLeft) => {
    const day = new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
    const server = await openBroker({ tls: serverIdentityUntil(day) }, NOT_FOUND);
    const { tls } = (await probed(server.baseUrl, { tls: { ca: CA } })).steps;
    expect(tls?.chain[0]).toMatchObject({ daysLeft, validTo: `${day}T00:00:00.000Z` });
  });

  it('counts the days of our own certificate, where there is one', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, NOT_FOUND);
    const withOwn = await probed(server.baseUrl, { tls: { ca: CA, ...CLIENT_IDENTITIES.good } });
    const without = await probed(server.baseUrl, { tls: { ca: CA } });
    expect(withOwn.steps.tls?.ownDaysLeft).toBeGreaterThan(365);
    expect(without.steps.tls?.ownDaysLeft).toBeUndefined();
  });

  it('verifies the configured name instead of the address', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.otherHost }, NOT_FOUND);
    const { steps } = await probed(server.baseUrl, { tls: { ca: CA, servername: 'broker.example' } });
    expect(steps.tls?.failed).toBeUndefined();
    expect(steps.http).toMatchObject({ status: 404 });
  });
});

describe('a probe that is given up', () => {
  const LONG = { timeouts: { connectMs: 60_000, headMs: 60_000 } };

  it('while it dials goes no further', async () => {
    const stopping = new AbortController();
    const under = probed(await openFullBacklog(), LONG, { deadlineMs: 60_000, signal: stopping.signal });
    stopping.abort();
    expect(Object.keys((await under).steps)).toEqual(['tcp']);
  });

  it('while it waits for an answer waits no longer', async () => {
    const server = await openBroker({}, stalls);
    const stopping = new AbortController();
    const under = probed(server.baseUrl, LONG, { deadlineMs: 60_000, signal: stopping.signal });
    await server.received(1);
    stopping.abort();
    expect(Object.keys((await under).steps)).toEqual(['tcp', 'http']);
  });
});
