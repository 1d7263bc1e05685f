import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { probeChecks } from '../../src/cli/doctor-probe.ts';
import { exitOfChecks, plain, type Check } from '../../src/cli/doctor-check.ts';
import { identityChecks } from '../../src/cli/doctor-identity.ts';
import { clockChecks, nodeCheck, openFilesCheck } from '../../src/cli/doctor-machine.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { shellWord } from '../../src/cli/shell-word.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, SERVER_IDENTITIES } from '../support/certificates.ts';
import { folderWith } from '../support/folder.ts';
import { runCommand, terminal } from '../support/terminal.ts';

const DAY_MS = 86_400_000;

const LIMITS = (soft: string) =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                 4096                 files\n`;

describe('what the machine is', () => {
  it.each([
    ['the oldest', '20.19.0', 'ok'],
    ['a newer minor one', '20.20.2', 'ok'],
    ['a newer major one with a smaller minor', '22.1.0', 'ok'],
    ['an older minor one', '20.9.0', 'fail'],
    ['an older major one with a larger minor', '18.20.4', 'fail'],
  ])('Node: %s', (_, version, state) => {
    expect(nodeCheck(version, '20.19').state).toBe(state);
  });

  it('Node that is too old comes with the command that brings a newer one', () => {
    expect(nodeCheck('18.0.0', '20.19').next).toEqual(plain('nvm install 20'));
  });

  it.each([
    ['enough', LIMITS('192'), 'ok'],
    ['one too few', LIMITS('191'), 'warn'],
    ['no limit', LIMITS('unlimited'), 'ok'],
    ['a text without it', 'nothing', 'ok'],
    ['a system that does not say', undefined, 'ok'],
  ])('open files: %s', (_, limits, state) => {
    expect(openFilesCheck(limits, 64).state).toBe(state);
  });

  it('too few open files come with the number to set', () => {
    expect(openFilesCheck(LIMITS('100'), 64).next?.en).toBe('ulimit -n 192, or LimitNOFILE=192 in the unit.');
  });
});

describe('the clock', () => {
  const off = (...offsets: number[]) => offsets.map((offsetMs, index) => ({ broker: `b${String(index)}`, offsetMs }));

  it.each([
    ['five seconds', [5_000], [['ok', undefined]]],
    ['more than five seconds ahead', [5_001], [['warn', undefined]]],
    ['more than five seconds behind', [-5_001], [['warn', undefined]]],
    [
      'one broker off while the others agree',
      [100, -200, 90_000],
      [
        ['ok', undefined],
        ['warn', 'b2'],
      ],
    ],
    ['all off alike: ours, and told once', [60_000, 61_000, 60_500], [['warn', undefined]]],
    ['no broker that told its time', [], [['warn', undefined]]],
  ])('%s', (_, offsets, expected) => {
    expect(clockChecks(off(...offsets)).map(({ state, broker }) => [state, broker])).toEqual(expected);
  });

  it('says which way it is off', () => {
    expect(clockChecks(off(12_340))[0]?.found.en).toBe('12.3 s ahead of the brokers asked (1).');
    expect(clockChecks(off(-12_340))[0]?.found.ko).toBe('증권사 1곳 대비 12.3초 느림.');
  });
});

describe('the way to a broker', () => {
  const report = (steps: ProbeReport['steps']): ProbeReport => ({ at: '', totalMs: 1, steps });
  const shown = (daysLeft: number) => ({
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2026-12-31T00:00:00.000Z',
    daysLeft,
    names: [],
    issuer: '',
  });

  it('is told step by step, up to the one that failed, in the words of the fault table', () => {
    const failed = { fault: 'connect-refused', phase: 'connect', code: 'ECONNREFUSED' } as const;
    const [dns, tcp, ...rest] = probeChecks('kb', report({ dns: { ms: 1 }, tcp: { ms: 2, failed } }));
    expect(dns).toMatchObject({ check: 'dns', broker: 'kb', state: 'ok' });
    expect(tcp).toMatchObject({
      check: 'tcp',
      state: 'fail',
      found: { en: expect.stringMatching(/^connect-refused: /) },
    });
    expect(tcp?.next?.en).toMatch(/^Broker: /);
    expect(rest).toEqual([]);
  });

  it('is well where a server says "not now": a warning, no failure', () => {
    const failed = { fault: 'http-unavailable', phase: 'message' } as const;
    expect(probeChecks('kb', report({ http: { ms: 1, status: 503, failed } }))).toMatchObject([{ state: 'warn' }]);
  });

  it.each([
    [30, 'ok'],
    [29, 'warn'],
    [0, 'warn'],
    [-1, 'fail'],
  ])('a certificate with %d days left is %s, the shortest of its chain counting', (daysLeft, state) => {
    const checks = probeChecks('kb', report({ tls: { ms: 1, chain: [shown(400), shown(daysLeft)] } }));
    expect(checks.map(({ check, state: each }) => [check, each])).toEqual([
      ['tls', 'ok'],
      ['certificate', state],
    ]);
  });
});

describe('what we show a broker', () => {
  const { cert, key } = CLIENT_IDENTITIES.good;
  const files = { 'c.pem': cert, 'k.pem': key };
  const tls = { cert: { file: 'c.pem' }, key: { file: 'k.pem' } };
  const look = async (options: Parameters<typeof identityChecks>[0], nowMs = Date.now(), modes = {}) => {
    const checks = await identityChecks(options, 'kb', terminal({ files, modes }).io, nowMs);
    return checks.map(({ check, state, next }) => [check, state, next?.en]);
  };
  const renew = 'have it renewed, put the file in place, and reload or restart.';
  const pair = 'point `tls.cert` and `tls.key` at one pair, and `tls.passphrase` at its passphrase.';

  it('is well where certificate and key fit and only we can read the key', async () => {
    expect(await look(tls)).toEqual([
      ['key-mode', 'ok', undefined],
      ['client-certificate', 'ok', undefined],
      ['client-key', 'ok', undefined],
    ]);
  });

  it.each([
    ['owner and group', 0o640, 'ok', undefined],
    ['anybody', 0o644, 'warn', 'chmod o= k.pem'],
    ['anybody, to write', 0o602, 'warn', 'chmod o= k.pem'],
  ])('a key open to %s', async (_, mode, state, next) => {
    expect((await look(tls, Date.now(), { 'k.pem': mode }))[0]).toEqual(['key-mode', state, next]);
  });

  it('a key of another certificate is told', async () => {
    expect(await look({ cert, key: CLIENT_IDENTITIES.ofOtherAuthority.key })).toEqual([
      ['client-certificate', 'ok', undefined],
      ['client-key', 'fail', pair],
    ]);
  });

  it.each([
    [
      'no certificate',
      { cert: 'SECRET', key },
      [
        ['client-certificate', 'fail', pair],
        ['client-key', 'fail', pair],
      ],
    ],
    [
      'no key',
      { cert, key: 'SECRET' },
      [
        ['client-certificate', 'ok', undefined],
        ['client-key', 'fail', pair],
      ],
    ],
  ])('a text that is %s is told, and no word of it', async (_, options, expected) => {
    expect(await look(options)).toEqual(expected);
    expect(JSON.stringify(await identityChecks(options, 'kb', terminal().io, 0))).not.toContain('SECRET');
  });

  it.each([
    ['expired', 100_000, 'fail', renew],
    ['not valid yet', -100_000, 'fail', 'look at the clock of this machine, else ask the issuer.'],
  ])('a certificate that is %s is told', async (_, days, state, next) => {
    expect((await look({ cert, key }, Date.now() + days * DAY_MS))[0]).toEqual(['client-certificate', state, next]);
  });

  it('a file that is not there is told with the command that shows it', async () => {
    expect(await look({ ...tls, key: { file: "it's" } })).toEqual([['file', 'fail', "ls -l 'it'\\''s'"]]);
  });
});

describe('op-exco doctor', () => {
  const answer = (date: string) => `HTTP/1.1 404 Not Found\r\ndate: ${date}\r\ncontent-length: 0\r\n\r\n`;
  const config = (...brokers: object[]) => ({ 'exco.json': JSON.stringify({ brokers }) });

  it('looks at everything between us and a broker, makes no call, and ends with 0', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, (peer) => {
      peer.write(answer(new Date().toUTCString()));
    });
    const dir = folderWith({ 'k.pem': CLIENT_IDENTITIES.good.key, 'c.pem': CLIENT_IDENTITIES.good.cert });
    const [k, c] = [`${dir}/k.pem`, `${dir}/c.pem`];
    const tls = { ca: CA, cert: { file: c }, key: { file: k } };
    const baseUrl = server.baseUrl.replace('127.0.0.1', 'localhost');
    const files = {
      ...config({ alias: 'kb', baseUrl: `${baseUrl}/v1`, tls }),
      [k]: CLIENT_IDENTITIES.good.key,
      [c]: CLIENT_IDENTITIES.good.cert,
    };
    const { exit, out, err } = await runCommand(doctor, ['--json'], { files });
    const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { check: string; state: string }[] };
    expect(checks.map(({ check, state }) => `${check} ${state}`)).toEqual([
      'node ok',
      'open-files ok',
      'config ok',
      'key-mode ok',
      'client-certificate ok',
      'client-key ok',
      'clock ok',
      'dns ok',
      'tcp ok',
      'tls ok',
      'certificate ok',
      'http ok',
    ]);
    expect([exit, ok, err]).toEqual([0, true, '']);
    expect(server.requests.map(({ head, body }) => [head.split('\r\n')[0], body])).toEqual([['GET /v1 HTTP/1.1', '']]);
  });

  it('warns of a clock that the brokers do not share, and still ends with 0', async () => {
    const server = await openBroker({}, (peer) => {
      peer.write(answer(new Date(Date.now() - 60_000).toUTCString()));
    });
    const { exit, out } = await runCommand(doctor, [], { files: config({ alias: 'kb', baseUrl: server.baseUrl }) });
    expect(exit).toBe(0);
    expect(out).toMatch(/^warn +clock +(?:59|60)\.\d s ahead of the brokers asked \(1\)\. Next: timedatectl status$/m);
  });

  it('ends with 1 where a broker cannot be reached', async () => {
    const server = await openBroker({});
    const { baseUrl } = server;
    await server.close();
    const { exit, out } = await runCommand(doctor, ['--lang', 'ko'], { files: config({ alias: 'kb', baseUrl }) });
    expect(exit).toBe(1);
    expect(out).toMatch(/^fail +kb +TCP +connect-refused: .* 조치: 증권사/m);
  });

  it('ends with 78 where the configuration is at fault, names every place, and looks at the other brokers', async () => {
    const server = await openBroker({}, (peer) => {
      peer.write(answer(new Date().toUTCString()));
    });
    const files = config(
      { alias: 'sk', baseUrl: server.baseUrl, tls: { ca: { file: '/nowhere/ca.pem' } } },
      { alias: 'kb', baseUrl: server.baseUrl },
    );
    const { exit, out } = await runCommand(doctor, [], { files });
    expect(exit).toBe(78);
    expect(out).toMatch(/^fail +sk +file +tls\.ca: cannot be read \(ENOENT\)\. Next: ls -l \/nowhere\/ca\.pem$/m);
    expect(out).toMatch(
      /^fail +configuration +config\.brokers\[0\]\.tls\.ca\.file: .* Next: correct it in exco\.json/m,
    );
    expect(out).toMatch(/^ok +kb +HTTP/m);
  });

  it.each([
    ['a variable that is not set', '{"brokers":[{"alias":"kb","baseUrl":"${URL_OF_KB}"}]}', 'export URL_OF_KB=...'],
    [
      'an option that does not exist',
      '{"brokers":[],"broker":1}',
      'correct it in exco.json, then op-exco doctor --config',
    ],
    [
      'two brokers of one name',
      JSON.stringify({ brokers: [1, 2].map(() => ({ alias: 'kb', baseUrl: 'http://x' })) }),
      'correct it',
    ],
    ['no JSON', '{', 'correct it in exco.json'],
  ])('says what to do about %s', async (_, text, next) => {
    const { exit, out } = await runCommand(doctor, [], { files: { 'exco.json': text } });
    expect(exit).toBe(78);
    expect(out).toContain(`Next: ${next}`);
  });

  it('says how to get a configuration where there is none', async () => {
    const { exit, out } = await runCommand(doctor, []);
    expect(exit).toBe(78);
    expect(out).toMatch(/^fail +configuration +exco\.json: cannot be read \(ENOENT\)\. Next: op-exco init/m);
  });
});

describe('what it ends with', () => {
  const check = (name: Check['check'], state: Check['state']): Check => ({ check: name, state, found: plain('') });

  it.each([
    ['0 for warnings', [check('clock', 'warn')], 0],
    ['1 for a failure', [check('tcp', 'fail'), check('clock', 'warn')], 1],
    ['78 for the configuration, whatever else failed', [check('tcp', 'fail'), check('config', 'fail')], 78],
  ])('%s', (_, checks, exit) => {
    expect(exitOfChecks(checks)).toBe(exit);
  });
});

describe('a path in a command to type', () => {
  it('is one word to a shell, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const word = shellWord(path);
        const isPlain = /^[\w./@%+=:,-]+$/.test(word);
        expect(isPlain ? word : word.slice(1, -1).replaceAll("'\\''", "'")).toBe(path);
      }),
    );
  });
});
