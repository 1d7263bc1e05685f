import { describe, expect, it } from '@jest/globals';
import type { Connector } from '../../src/connector.ts';
import type { AttemptRecord } from '../../src/model/record.ts';
import { openBroker, type Peer, type Script } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE, FAKE, ISSUED, MESSAGES, refusing } from '../support/messages.ts';
import { answers, headOf, responseOf, writesAndEnds } from '../support/scripts.ts';

/** A right answer to whatever was asked. */
const right: Script = (peer, request) => answers(request.path.endsWith('vtnumber') ? ISSUED : BALANCE)(peer, request);

const foreign = answers({ ...BALANCE, commonHeader: { ...BALANCE.commonHeader, ci: `OTHERCI002${'B'.repeat(76)}==` } });

const MEBIBYTE = 1_024 * 1_024;

function attemptsOf(exco: Connector): AttemptRecord[] {
  const records: AttemptRecord[] = [];
  exco.on('attempt', (record) => records.push(record));
  return records;
}

describe('sockets', () => {
  it('are used again for reads', async () => {
    const server = await openBroker({}, right);
    const exco = connectTo(server.baseUrl);
    const attempts = attemptsOf(exco);
    for (let each = 0; each < 5; each += 1) await callOf(exco, 'read');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1, 1, 1]);
    expect(attempts.map(({ reusedSocket }) => reusedSocket)).toEqual([false, true, true, true, true]);
  });

  it('are used again for reads under TLS', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, right);
    const exco = connectTo(server.baseUrl, { tls: { ca: CA } });
    for (let each = 0; each < 3; each += 1) await callOf(exco, 'read');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('are used again behind an answer that is an error', async () => {
    const server = await openBroker({}, answers(refusing('4001', 'x')), answers('', 404), right);
    const exco = connectTo(server.baseUrl);
    for (let each = 0; each < 3; each += 1) await callOf(exco, 'read');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('are never shared by two calls at once', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer) => {
      peers.push(peer);
      if (peers.length === 2) for (const each of peers) each.write(responseOf(JSON.stringify(BALANCE)));
    });
    const exco = connectTo(server.baseUrl);
    const both = await Promise.all([callOf(exco, 'read'), callOf(exco, 'read')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(server.requests.map(({ connection }) => connection).sort()).toEqual([1, 2]);
  });

  it('keep apart what each of them brings, where two answers come by turns and in pieces', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer) => peers.push(peer));
    const exco = connectTo(server.baseUrl);
    const both = Promise.all([callOf(exco, 'read'), callOf(exco, 'read')]);
    await server.received(2);
    const told = ['A', 'B'].map((letter) => ({ ...BALANCE, padding: letter.repeat(1_000) }));
    const octets = told.map((answer) => Buffer.from(responseOf(JSON.stringify(answer))));
    for (let from = 0; octets.some(({ length }) => from < length); from += 200) {
      peers.forEach((peer, which) => peer.write(octets[which]?.subarray(from, from + 200) ?? ''));
      // Written here, and read there in the next turn of the same loop.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    const had = (await both).map((each) => (each.ok ? each.reply.data : each.error));
    // Which call came first to the broker is not said.
    expect(had).toEqual(expect.arrayContaining(told));
  });

  it('are new for every write, and closed behind it', async () => {
    const server = await openBroker({}, right);
    const exco = connectTo(server.baseUrl);
    for (const kind of ['read', 'write', 'read', 'write', 'write'] as const) await callOf(exco, kind);
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2, 1, 3, 4]);
    expect(server.requests[1]?.headers['connection']).toBe('close');
    await server.closedTo(1);
  });

  it('are not asked a second time once they have brought an answer and then closed', async () => {
    const server = await openBroker({}, writesAndEnds(responseOf(JSON.stringify(BALANCE))), right);
    const exco = connectTo(server.baseUrl);
    await callOf(exco, 'read');
    await server.allClosed();
    const second = await callOf(exco, 'read');
    expect(second).toMatchObject({ ok: true, reply: { meta: { attempts: 1 } } });
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('are not used again behind a broken answer', async () => {
    const broken: Script = (peer) => peer.write(`${headOf(200, { 'Content-Length': '2' })}{}behind it`);
    const server = await openBroker({}, broken, right);
    const exco = connectTo(server.baseUrl, { retry: false });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: false, error: { fault: 'envelope-missing' } });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('keep octets behind an answer from the next one', async () => {
    const stray = responseOf(JSON.stringify(refusing('4001', 'the answer to nobody')));
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer, request) => {
      peers.push(peer);
      right(peer, request);
    });
    const exco = connectTo(server.baseUrl);
    await callOf(exco, 'read');
    await new Promise((resolve) => peers[0]?.socket.write(stray, resolve));
    // Written here, and read there in the next turn of the same loop.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
  });

  it('are closed where the answer was complete before the request had left', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({
      isDeaf: true,
      greet: (peer) => {
        peers.push(peer);
        peer.socket.once('data', () => {
          peer.socket.pause();
          peer.write(responseOf(JSON.stringify(BALANCE)));
        });
      },
    });
    const exco = connectTo(server.baseUrl, { limits: { bodyBytes: 64 * MEBIBYTE } });
    const settled = await callOf(exco, 'read', {}, { padding: 'F'.repeat(32 * MEBIBYTE) });
    expect(settled).toMatchObject({ ok: true, reply: { data: BALANCE } });
    server.hear();
    await server.allClosed();
    expect(peers[0]?.socket.bytesRead).toBeLessThan(32 * MEBIBYTE);
  });

  it('are kept for about four seconds, and survive an answer that takes longer', async () => {
    const server = await openBroker({}, right, (peer, request) => setTimeout(() => right(peer, request), 4_200), right);
    const exco = connectTo(server.baseUrl, { timeouts: { headMs: 6_000 } });
    await callOf(exco, 'read');
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true, reply: { meta: { attempts: 1 } } });
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    const idleFromMs = performance.now();
    await server.allClosed();
    expect(performance.now() - idleFromMs).toBeLessThan(5_000);
  }, 15_000);
});

describe('a socket that dies when the next request comes', () => {
  /** Every second request of a connection is its end. */
  function dying(end: (peer: Peer) => void): Script {
    const seen = new Map<number, number>();
    return (peer, request) => {
      const count = (seen.get(request.connection) ?? 0) + 1;
      seen.set(request.connection, count);
      if (count === 1) right(peer, request);
      else end(peer);
    };
  }

  it.each([
    { how: 'by FIN', end: (peer: Peer) => peer.end() },
    { how: 'by RST', end: (peer: Peer) => peer.reset() },
  ])(
    'is replaced at once for a read, costs no repeat, and is the last that is used for a while, $how',
    async ({ end }) => {
      let isWell = true;
      const sick = dying(end);
      const server = await openBroker({}, (peer, request) => {
        if (isWell) sick(peer, request);
        else peer.reset();
        isWell = true;
      });
      // A share of 0 leaves one repeat in ten seconds.
      const exco = connectTo(server.baseUrl, { retry: { budget: 0, baseMs: 0, capMs: 0 } });
      const attempts = attemptsOf(exco);
      for (let each = 0; each < 8; each += 1) {
        expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
      }
      const stale = { fault: 'reset-before-response', sent: 'maybe', reusedSocket: true };
      expect(attempts.filter(({ result }) => result === 'error')).toEqual([expect.objectContaining(stale)]);
      expect(server.requests.length).toBe(9);
      isWell = false;
      expect(await callOf(exco, 'read')).toMatchObject({ ok: true, reply: { meta: { attempts: 2 } } });
    },
  );

  it('is never met by a write', async () => {
    const server = await openBroker(
      {},
      dying((peer) => peer.end()),
    );
    const exco = connectTo(server.baseUrl);
    await callOf(exco, 'read');
    expect(await callOf(exco, 'write')).toMatchObject({ ok: true, reply: { meta: { attempts: 1 } } });
    expect(server.requests.filter(({ path }) => path.endsWith('vtnumber'))).toHaveLength(1);
  });
});

describe("a socket that brought somebody else's answer", () => {
  it.each([
    { what: 'an echo', broker: {}, wrong: foreign, good: right },
    {
      what: 'a TRCODE',
      broker: { trCodeAt: 'header:TRCODE', operations: { 'account.balance': { trCode: 'PF01' } } },
      wrong: answers(BALANCE, 200, { TRCODE: 'XX99' }),
      good: answers(BALANCE, 200, { TRCODE: 'PF01' }),
    },
  ])('is not used again, and the repeat is on a new one: $what', async ({ broker, wrong, good }) => {
    const server = await openBroker({}, good, wrong, good, good);
    const exco = connectTo(server.baseUrl, broker);
    for (let each = 0; each < 3; each += 1) expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    const [first, second, third, fourth] = server.requests.map(({ connection }) => connection);
    expect([first, second]).toEqual([1, 1]);
    expect(third).not.toBe(1);
    expect(fourth).not.toBe(1);
  });

  it('never hands it on, when the repeat brings it too', async () => {
    const server = await openBroker({}, foreign);
    const exco = connectTo(server.baseUrl);
    const settled = await callOf(exco, 'read');
    expect(settled).toMatchObject({ ok: false, error: { code: 3001, fault: 'echo-mismatch', attempts: 2 } });
    expect(JSON.stringify(settled)).not.toContain('OTHERCI002');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2]);
    await server.allClosed();
  });
});

describe('a request', () => {
  it('says what it is, once, in full', async () => {
    const server = await openBroker({}, right);
    const exco = connectTo(`${server.baseUrl}/v1/samsung/`, { headers: { Authorization: 'Bearer SECRET' } });
    await callOf(exco, 'read', { requestId: 'FAKE-REQUEST-1' });
    const [request] = server.requests;
    expect(request?.path).toBe('/v1/samsung/account/balance/search');
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: 'Bearer SECRET',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(request?.body ?? '')),
      'x-request-id': 'FAKE-REQUEST-1',
      connection: 'keep-alive',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual(MESSAGES['account.balance']);
  });

  it('keeps Korean text whole', async () => {
    const server = await openBroker({}, right);
    await callOf(connectTo(server.baseUrl), 'read', {}, { remark: '똠방각하 펲시콜라 𠮷' });
    expect(server.requests[0]?.body).toContain('똠방각하 펲시콜라 𠮷');
    expect(server.requests[0]?.body).toContain(FAKE.vtAccNo);
  });
});
