import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { boardOf } from '../../src/gateway/status-board.ts';
import { pageLanguage, pageOf } from '../../src/gateway/status-page.ts';
import type { BrokerView, HealthView } from '../../src/gateway/view.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { dial } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, configOf, errorText, given, send } from './given.ts';

const NOW = '2026-01-05T03:04:05.000Z';
const QUIET = Array.from({ length: 60 }, () => ({ good: 0, bad: 0, ours: 0 }));
const BROKER: BrokerView = {
  broker: 'samsung',
  state: 'up',
  since: NOW,
  calls: 20,
  businessErrors: { calls: 0, share: 0 },
  refused: 0,
  reads: { calls: 20, failed: 0 },
  writes: { calls: 0, failed: 0 },
  faults: [],
  operations: {},
  otherOperations: 0,
  recentFailures: [],
  breaker: { state: 'closed' },
  strip: QUIET,
};
const DOWN: BrokerView = {
  ...BROKER,
  name: '<b>&"\'',
  state: 'down',
  blame: 'broker',
  faults: [
    { fault: 'breaker-open', calls: 30, phase: 'local' },
    { fault: 'connect-refused', calls: 9, phase: 'connect' },
  ],
  breaker: { state: 'open', retryAfterMs: 15_000 },
  strip: [...QUIET.slice(3), { good: 3, bad: 0, ours: 0 }, { good: 0, bad: 4, ours: 0 }, { good: 1, bad: 0, ours: 2 }],
};

function viewOf(...brokers: BrokerView[]): HealthView {
  return { at: NOW, brokers: Object.fromEntries(brokers.map((each) => [each.broker, each])) };
}

/** Enough calls for a state to be told, one behind the other. */
async function sendEnough(url: string): Promise<void> {
  for (let call = 0; call < 10; call += 1) await send(url + BALANCE_PATH);
}

describe('the board', () => {
  it.each([
    [
      'en',
      [
        'down',
        'connect-refused</code> (broker)',
        'open, calls are refused',
        'next probe',
        '12:04:20',
        'good 4, broker or path 4, ours 2',
      ],
    ],
    ['ko', ['장애', 'connect-refused</code> (증권사)', '열림(호출 차단)', '다음 확인 호출', '12:04:20', '정상 4']],
  ] as const)(
    'in %s says state, fault and blame, circuit, next probe in Korean time, and the hour in words',
    (lang, words) => {
      const board = boardOf(viewOf(DOWN), lang);
      for (const word of words) expect(board).toContain(word);
    },
  );

  it('shows a name from the configuration as text', () => {
    const board = boardOf(viewOf(DOWN), 'en');
    expect(board).toContain('&lt;b&gt;&amp;&quot;&#39;');
    expect(board).not.toContain('<b>');
  });

  it('says that it is us, and why, only when it is suspected', () => {
    expect(boardOf(viewOf(BROKER), 'en')).not.toContain('role="alert"');
    const suspicion = { fault: 'dns-not-found', since: NOW, brokers: ['samsung', 'sk'], called: 2 } as const;
    const board = boardOf({ ...viewOf(BROKER), suspicion }, 'en');
    expect(board).toMatch(/role="alert".*It is probably us\..*samsung, sk: <code>dns-not-found/);
  });

  it('says what stands against a broker where it is seen without opening it, and nothing of one that is well', () => {
    const [summary] = boardOf(viewOf(DOWN), 'en').split('</summary>');
    expect(summary).toMatch(
      /class="trouble"><code>connect-refused.*circuit open, calls are refused · next probe <time/,
    );
    expect(boardOf(viewOf(BROKER), 'en')).not.toContain('class="trouble"');
  });

  it('counts the brokers of each state, the worst first', () => {
    expect(boardOf(viewOf({ ...BROKER, broker: 'sk' }, DOWN, { ...BROKER, broker: 'hanwha' }), 'en')).toContain(
      '<strong>down 1, up 2</strong>',
    );
  });

  it.each([
    ['today', '2026-01-05T03:00:00.000Z', '>12:00:00<'],
    ['yesterday by the clocks of Korea', '2026-01-04T14:59:59.000Z', '>2026-01-04 23:59:59<'],
  ])('gives the date of a time that is not of today: %s', (_when, since, shown) => {
    expect(boardOf(viewOf({ ...BROKER, since }), 'en')).toContain(shown);
  });

  it('sets the name of a setting in the advice as such', () => {
    const board = boardOf(
      viewOf({ ...DOWN, faults: [{ fault: 'maintenance-page', calls: 1, phase: 'message' }] }),
      'en',
    );
    expect(board).toContain('<code>maintenance.windows</code>');
    expect(board).not.toContain('`');
  });

  it('draws minutes of one kind as one bar, and no minute is left out', () => {
    const widths = [...boardOf(viewOf(DOWN), 'en').matchAll(/ width="(\d+)" height/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([57 * 4, 4, 4, 4]);
  });
});

describe('the page', () => {
  it('loads nothing from elsewhere: its policy allows its own style and script by their hashes, and nothing else', async () => {
    const { url } = await given();
    const { headers, text } = await ask(`${url}/status`);
    const policy = headers['content-security-policy'] ?? '';
    for (const part of ['style', 'script']) {
      const inner = new RegExp(`<${part}>([\\s\\S]*?)</${part}>`).exec(text)?.[1] ?? '';
      expect(policy).toContain(`${part}-src 'sha256-${createHash('sha256').update(inner).digest('base64')}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(text).not.toMatch(/https?:|src=|style=|onclick/);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('has a language, a title, a viewport for phones, and can be opened by keyboard', () => {
    const page = pageOf(viewOf(BROKER), 'ko');
    expect(page).toMatch(/<html lang="ko">.*name="viewport".*<title>증권사 연계 현황<\/title>/);
    expect(page).toContain('<details id="samsung" class="up"><summary>');
  });

  it.each(['en', 'ko'] as const)('explains every kind of bar in %s', (lang) => {
    const [, legend = ''] = pageOf(viewOf(BROKER), lang).split('</main>');
    expect([...legend.matchAll(/<i class="(\w+)"><\/i> [^<]/g)].map(([, kind]) => kind)).toEqual([
      'good',
      'some',
      'bad',
      'ours',
      'none',
    ]);
  });

  it.each([
    ['ko', undefined, 'ko'],
    [undefined, 'ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    [undefined, 'de, en;q=0.5', 'en'],
    [undefined, undefined, 'en'],
    ['en', 'ko', 'en'],
    [['ko'], 'ko', 'ko'],
    ['<script>', 'xx', 'en'],
  ])('speaks for ?lang=%s and Accept-Language %s: %s', (query, header, lang) => {
    expect(pageLanguage(query, header)).toBe(lang);
  });

  it('hears of a change without being asked for again', async () => {
    const { url, port } = await given({ scripts: [answers('', 500)], broker: { retry: false } });
    const page = await dial(port);
    page.socket.write('GET /status/events?lang=ko HTTP/1.1\r\nHost: x\r\nX-Request-Id: page-1\r\n\r\n');
    const head = await page.until('\n\n');
    expect(head).toContain('Content-Type: text/event-stream');
    expect(head).toContain('X-Request-Id: page-1');
    await sendEnough(url);
    expect(await page.until('http-server-error')).toContain('event: board\ndata: "');
  });
});

async function jsonAt(url: string): Promise<unknown> {
  return JSON.parse((await ask(url)).text);
}

describe('health as JSON', () => {
  it('is the word of the connector, of all and of one by any of its names, with the last hour', async () => {
    const { url } = await given({ scripts: [answers(BALANCE)], broker: { name: 'Samsung' } });
    await sendEnough(url);
    const samsung = {
      state: 'up',
      name: 'Samsung',
      calls: 10,
      shares: { success: 1, broker: 0, path: 0, platform: 0 },
      breaker: { state: 'closed' },
      operations: { 'account.balance': { state: 'up' } },
    };
    expect(await jsonAt(`${url}/v1/health`)).toMatchObject({ schema: 1, brokers: { samsung } });
    const one = await jsonAt(`${url}/v1/health/00030`);
    expect(one).toMatchObject({ schema: 1, broker: 'samsung', ...samsung });
    expect(one).toHaveProperty('strip.length', 60);
  });

  it('outlasts a reload, for the brokers that stay', async () => {
    const { gateway, url, broker } = await given({ scripts: [answers('', 500)], broker: { retry: false } });
    await sendEnough(url);
    const before = await jsonAt(`${url}/v1/health/samsung`);
    expect(before).toMatchObject({ state: 'down', blame: 'broker', breaker: { state: 'open' } });
    const config = configOf(broker.baseUrl);
    const other = { alias: 'sk', baseUrl: broker.baseUrl };
    await gateway.reload({ ...config, brokers: [...config.brokers, other] });
    const { state, since, blame, lastBad } = before as BrokerView;
    expect(await jsonAt(`${url}/v1/health/samsung`)).toMatchObject({
      ...{ state, since, blame, lastBad },
      breaker: { state: 'closed' },
    });
    expect(await jsonAt(`${url}/v1/health/sk`)).toMatchObject({ state: 'unknown', calls: 0 });
    await gateway.reload({ ...config, brokers: [other] });
    expect((await ask(`${url}/v1/health/samsung`)).status).toBe(404);
  });
});

describe('diagnosis as JSON', () => {
  it('judges by the calls, and says what to do in both languages; the broker is not asked', async () => {
    const { url, broker } = await given({ scripts: [answers('', 500)], broker: { retry: false } });
    await sendEnough(url);
    const dialled = broker.connections;
    const diagnosis = await jsonAt(`${url}/v1/diagnosis/samsung`);
    expect(diagnosis).toMatchObject({
      schema: 1,
      broker: 'samsung',
      verdict: 'broker-down',
      blame: 'broker',
      fault: 'http-server-error',
      next: expect.arrayContaining([{ en: expect.any(String), ko: expect.any(String) }]),
    });
    expect(diagnosis).not.toHaveProperty('probe');
    expect(broker.connections).toBe(dialled);
  });

  it('asks the broker where it is told to, once for all who want to know at the same time', async () => {
    const { url, broker } = await given();
    const both = await Promise.all([1, 2].map(() => jsonAt(`${url}/v1/diagnosis/samsung?probe=true`)));
    expect(both[0]).toMatchObject({ broker: 'samsung', probe: expect.any(Object) });
    expect(both[1]).toEqual(both[0]);
    expect(broker.connections).toBe(1);
  });

  it('takes true and false, and nothing else', async () => {
    const { url } = await given();
    expect(await ask(`${url}/v1/diagnosis/samsung?probe=yes`)).toMatchObject({
      status: 400,
      text: errorText(400, 'Bad Request', 'probe: expected true or false'),
    });
  });
});

describe('a broker that there is not', () => {
  it.each(['/v1/health/nobody', '/v1/diagnosis/nobody'])('GET %s: 404', async (path) => {
    const { url } = await given();
    expect(await ask(url + path)).toMatchObject({
      status: 404,
      text: errorText(404, 'Not Found', 'expected the name of a configured broker'),
    });
  });
});
