import { describe, expect, it } from '@jest/globals';
import type { FixtureFault } from '../../src/fixture/format.ts';
import { BALANCE } from '../support/messages.ts';
import { balanceOf, connectorFor, fixtureOf, simulate, WELL } from './given.ts';

type Row = readonly [fault: FixtureFault, came: string];

const CERTIFICATES = 'certificate required, after server certificate';

const ROWS: readonly Row[] = [
  [{ phase: 'connect', code: 'ECONNREFUSED' }, 'connect-refused, 2'],
  [{ phase: 'connect', limit: 'connect' }, 'connect-timeout, 2'],
  [{ phase: 'connect', code: 'ETIMEDOUT' }, 'connect-timeout, 2'],
  [{ phase: 'tls', limit: 'connect' }, 'connect-timeout, 2'],
  [{ phase: 'connect', code: 'ECONNRESET' }, 'connect-reset, 2'],
  [{ phase: 'tls', code: 'ECONNRESET' }, 'connect-reset, 2'],
  [{ phase: 'send', code: 'ECONNRESET' }, 'connect-reset, 2'],
  [{ phase: 'send', code: 'EPIPE' }, 'connect-reset, 2'],
  [{ phase: 'send', limit: 'head' }, 'response-timeout, 2'],
  [{ phase: 'tls', code: 'CERT_HAS_EXPIRED' }, 'tls-certificate, 1'],
  [{ phase: 'tls', code: 'CERT_NOT_YET_VALID' }, 'tls-certificate, 1'],
  [{ phase: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'tls-certificate, 1'],
  [{ phase: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls-untrusted, 1'],
  [{ phase: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'tls-untrusted, 1'],
  [{ phase: 'tls', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'tls-untrusted, 1'],
  [{ phase: 'tls', code: 'EPROTO' }, 'tls-handshake, 1'],
  [{ phase: 'tls', code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls-handshake, 1'],
  [{ phase: 'tls', code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }, 'tls-handshake, 1'],
  [{ phase: 'tls', code: 'EPROTO', reason: 'tlsv1 alert access denied' }, 'tls-client-rejected, 1'],
  [{ phase: 'tls', code: 'EPROTO', reason: 'sslv3 alert bad certificate' }, 'tls-client-rejected, 1'],
  [{ phase: 'tls', code: 'EPROTO', reason: 'handshake failure, after server certificate' }, 'tls-client-rejected, 1'],
  [{ phase: 'send', code: 'EPROTO', reason: 'tlsv1 alert unknown ca' }, 'tls-client-rejected, 1'],
  [
    { phase: 'head', code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', reason: CERTIFICATES },
    'tls-client-rejected, 1',
  ],
  [{ phase: 'head', code: 'ECONNRESET' }, 'reset-before-response, 2'],
  [{ phase: 'head', code: 'ECONNRESET', sent: 'maybe' }, 'reset-before-response, 2'],
  [{ phase: 'head', limit: 'head' }, 'response-timeout, 2'],
  [{ phase: 'head', code: 'HPE_INVALID_CONSTANT' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'HPE_HEADER_OVERFLOW' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'HPE_INVALID_CONTENT_LENGTH' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'HPE_UNEXPECTED_CONTENT_LENGTH' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'HPE_INVALID_STATUS' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'HPE_INVALID_HEADER_TOKEN' }, 'http-malformed, 2'],
  [{ phase: 'head', code: 'ERR_HTTP_UPGRADE' }, 'http-malformed, 2'],
  [{ phase: 'body', code: 'ECONNRESET' }, 'body-cut, 2'],
  [{ phase: 'body', code: 'ECONNRESET', afterBytes: 40 }, 'body-cut, 2'],
  [{ phase: 'body', code: 'HPE_INVALID_CHUNK_SIZE', afterBytes: 1 }, 'body-cut, 2'],
  [{ phase: 'body', limit: 'body-idle', afterBytes: 40 }, 'body-timeout, 2'],
  [{ phase: 'body', limit: 'body-bytes' }, 'body-too-large, 1'],
];

const HEAD_AND_BODY: readonly FixtureFault['phase'][] = ['head', 'body'];

describe('a fault that a broker can play', () => {
  it.each(ROWS)('%j comes to %s', async (fault, came) => {
    const simulator = await simulate([]);
    await simulator.play(fixtureOf([{ fault }, { fault }]));
    expect(await balanceOf(connectorFor(simulator))).toBe(came);
  });

  it.each(ROWS.filter(([{ phase }]) => HEAD_AND_BODY.includes(phase)))(
    '%j comes to %s under TLS',
    async (fault, came) => {
      const simulator = await simulate([fixtureOf([{ fault }, { fault }])], { tls: true });
      expect(await balanceOf(connectorFor(simulator))).toBe(came);
    },
  );

  it('cuts a recorded body at any octet', async () => {
    const { length } = JSON.stringify(BALANCE);
    const points = [0, 1, Math.floor(length / 2), length - 1, length];
    const simulator = await simulate([]);
    const came: string[] = [];
    for (const afterBytes of points) {
      const fault: FixtureFault = { phase: 'body', code: 'ECONNRESET', afterBytes };
      await simulator.play(fixtureOf([{ ...WELL, fault }, WELL]));
      came.push(await balanceOf(connectorFor(simulator)));
    }
    expect(came).toEqual(points.map(() => 'an answer, 2'));
  });

  it('drips a body until the deadline', async () => {
    const fault: FixtureFault = { phase: 'body', limit: 'deadline' };
    const simulator = await simulate([fixtureOf([{ fault }])]);
    const settled = await connectorFor(simulator).settle('samsung', 'account.balance', fixtureOf([]).request, {
      deadlineMs: 600,
    });
    expect(settled).toMatchObject({ ok: false, error: { fault: 'body-timeout', attempts: 1 } });
  });

  it.each([
    [{ phase: 'connect', code: 'ECONNRESET' }],
    [{ phase: 'tls', limit: 'connect' }],
    [{ phase: 'head', code: 'ECONNRESET' }],
    [{ phase: 'head', limit: 'head' }],
    [{ phase: 'body', code: 'ECONNRESET', afterBytes: 10 }],
  ] as readonly [FixtureFault][])('%j, then an answer', async (fault) => {
    const simulator = await simulate([]);
    const fixture = fixtureOf([{ fault }, WELL], { note: 'once' });
    await simulator.play(fixture);
    const exco = connectorFor(simulator);
    expect([await balanceOf(exco), await balanceOf(exco)]).toEqual(['an answer, 2', 'an answer, 2']);
    expect(simulator.counts().played).toEqual([
      { broker: 'samsung', operation: 'account.balance', fixture: 'once', count: 4 },
    ]);
  });
});

describe('a fault that no broker can play', () => {
  const BEYOND: readonly FixtureFault[] = [
    { phase: 'dns', code: 'ENOTFOUND' },
    { phase: 'dns', limit: 'connect' },
    { phase: 'connect', code: 'EMFILE' },
    { phase: 'connect', code: 'EHOSTUNREACH' },
    { phase: 'connect', code: 'ENETUNREACH' },
    { phase: 'tls', code: 'CERT_REVOKED' },
  ];

  it.each(BEYOND)('%j is told up front, and refused when it is asked for', async (fault) => {
    const fixture = fixtureOf([WELL, { fault }], { note: 'beyond' });
    const simulator = await simulate([fixture]);
    const why = /^attempts\[1\] takes /;
    expect(simulator.cannotPlay(fixture)).toMatch(why);
    await expect(simulator.play(fixture)).rejects.toMatchObject({
      name: 'SimulatorError',
      message: expect.stringMatching(
        /^samsung account.balance beyond: cannot be played by a broker: attempts\[1\] takes /,
      ),
    });
  });

  it('is a port that refuses some connections only', async () => {
    const fixture = fixtureOf([{ fault: { phase: 'connect', code: 'ECONNREFUSED' } }, WELL]);
    const simulator = await simulate([]);
    expect(simulator.cannotPlay(fixture)).toMatch(/refuses some connections/);
  });

  it('is a refusal by traffic; one by settings needs no broker', async () => {
    const simulator = await simulate([]);
    const refused = (fault: 'breaker-open' | 'missing-field') => fixtureOf([], { refused: { fault } });
    expect(simulator.cannotPlay(refused('breaker-open'))).toMatch(/breaker-open/);
    expect(simulator.cannotPlay(refused('missing-field'))).toBeUndefined();
  });
});
