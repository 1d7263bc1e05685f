import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { boardOf } from '../../src/gateway/status-board.ts';
import { pageLanguage, pageOf } from '../../src/gateway/status-page.ts';
import type { BrokerView, HealthView } from '../../src/gateway/view.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { dial } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, errorText, given, send } from './given.ts';

const NOW = '2026-01-05T03:04:05.000Z';
const QUIET = Array.from({ length: 60 }, () => ({ good: 0, bad: 0, ours: 0 }));
const BROKER: BrokerView = { broker: 'samsung', state: 'up', since: NOW, circuit: 'closed', strip: QUIET };
const DOWN: BrokerView = {
  ...BROKER,
  name: '<b>&"\'',
  state: 'down',
  fault: 'connect-refused',
  blame: 'broker',
  circuit: 'open',
  nextProbeAt: NOW,
  strip: [...QUIET.slice(3), { good: 3, bad: 0, ours: 0 }, { good: 0, bad: 4, ours: 0 }, { good: 1, bad: 0, ours: 2 }],
};

function viewOf(...brokers: BrokerView[]): HealthView {
  return { at: NOW, brokers };
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
        '12:04:05',
        'good 4, broker or path 4, ours 2',
      ],
    ],
    ['ko', ['장애', 'connect-refused</code> (증권사)', '열림(호출 차단)', '다음 확인 호출', '12:04:05', '정상 4']],
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
    const suspicion = { fault: 'dns-not-found', brokers: ['samsung', 'sk'] } as const;
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
    expect(boardOf(viewOf(BROKER, DOWN, BROKER), 'en')).toContain('<strong>down 1, up 2</strong>');
  });

  it.each([
    ['today', '2026-01-05T03:00:00.000Z', '>12:00:00<'],
    ['yesterday by the clocks of Korea', '2026-01-04T14:59:59.000Z', '>2026-01-04 23:59:59<'],
  ])('gives the date of a time that is not of today: %s', (_when, since, shown) => {
    expect(boardOf(viewOf({ ...BROKER, since }), 'en')).toContain(shown);
  });

  it('sets the name of a setting in the advice as such', () => {
    const board = boardOf(viewOf({ ...DOWN, fault: 'maintenance-page' }), 'en');
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
    page.socket.write('GET /status/events?lang=ko HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await page.until('\n\n')).toContain('Content-Type: text/event-stream');
    await send(url + BALANCE_PATH);
    expect(await page.until('http-server-error')).toContain('event: board\ndata: "');
  });
});

describe('health as JSON', () => {
  it('of all, and of one by any of its names', async () => {
    const { url } = await given({ scripts: [answers(BALANCE)] });
    await send(url + BALANCE_PATH);
    const all = JSON.parse((await ask(`${url}/v1/health`)).text) as { brokers: { broker: string; state: string }[] };
    expect(all).toMatchObject({ schema: 1, brokers: [{ broker: 'samsung', state: 'up', circuit: 'closed' }] });
    expect(JSON.parse((await ask(`${url}/v1/health/00030`)).text)).toMatchObject({ broker: 'samsung', state: 'up' });
  });

  it('diagnosis says what to do, in both languages', async () => {
    const { url } = await given({ scripts: [answers('', 500)], broker: { retry: false } });
    await send(url + BALANCE_PATH);
    expect(JSON.parse((await ask(`${url}/v1/diagnosis/samsung`)).text)).toMatchObject({
      schema: 1,
      broker: 'samsung',
      state: 'down',
      fault: 'http-server-error',
      blame: 'broker',
      lastHour: { good: 0, bad: 1, ours: 0 },
      next: [{ en: expect.any(String), ko: expect.any(String) }],
    });
  });

  it.each(['/v1/health/nobody', '/v1/diagnosis/nobody'])('GET %s: 404', async (path) => {
    const { url } = await given();
    expect(await ask(url + path)).toMatchObject({
      status: 404,
      text: errorText(404, 'Not Found', 'expected the name of a configured broker'),
    });
  });
});
