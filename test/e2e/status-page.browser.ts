/** The gateway's page for people in a real browser. Run it: `npm run test:browser`; it needs Chromium. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { standingFault, type HealthView } from '../../src/gateway/view.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { startSimulator, type Fixture, type Simulator } from '../../src/testing/index.ts';
import { assertAccessible, assertNoSidewaysScroll, Browser, keepPicture, type Opened } from './chromium.ts';
import { callOnce, fixture, openGateway } from './market.ts';
import { Releases } from './releases.ts';

/** Most that the page may take to hear of a change, in milliseconds. */
const HEARD_MS = 15_000;
const MINUTE_MS = 60_000;

const SAMSUNG = fixture('samsung/account.balance/answered');
/** What the page is to have of everything: one that is not asked, maintenance, a broker's no, resets, and our own side. */
const UNASKED = fixture('cyber/account.balance/answered');
const MAINTENANCE = fixture('kbinvest/account.balance/maintenance-page');
const REFUSING = fixture('shinhan/account.balance/account-not-found');
const RESETTING = fixture('hanwha/account.balance/reset');
const UNTRUSTED = fixture('gbridge/account.balance/tls-untrusted');
/** As many as make a fault ours: three or more, and half of those that are called. */
const ALSO_UNTRUSTED: Fixture[] = ['hana', 'hi', 'sk'].map((broker) => ({ ...UNTRUSTED, broker }));
const ALL = [SAMSUNG, UNASKED, MAINTENANCE, REFUSING, RESETTING, UNTRUSTED, ...ALSO_UNTRUSTED];

void describe("the gateway's page in Chromium", () => {
  const releases = new Releases();
  let simulator: Simulator;
  let url: string;
  let browser: Browser;
  /** How far the gateway's calendar lies behind, in minutes. */
  let minutesAgo = 0;

  before(async () => {
    simulator = await startSimulator({ fixtures: ALL });
    releases.atEnd(() => simulator.close());
    const clock = { ...systemClock, wallMs: () => Date.now() - minutesAgo * MINUTE_MS };
    const opened = await openGateway(simulator.brokers(), { clock });
    releases.atEnd(() => opened.gateway.close());
    url = opened.url;
    for (const [minutes, share] of [
      [50, 0],
      [40, 1],
      [20, 0],
    ] as const) {
      minutesAgo = minutes;
      simulator.errorShare('samsung', share);
      for (let calls = 0; calls < 3; calls += 1) await callOnce(url, SAMSUNG);
    }
    minutesAgo = 0;
    for (let calls = 0; calls < 10; calls += 1) {
      await Promise.all(ALL.filter((each) => each !== UNASKED).map((each) => callOnce(url, each)));
    }
    browser = await Browser.start();
    releases.atEnd(() => browser.close());
  });

  after(() => releases.run());

  function opened(query = '?lang=en'): Promise<Opened> {
    return browser.open(`${url}/status${query}`);
  }

  async function health(): Promise<HealthView> {
    return (await (await fetch(`${url}/v1/health`)).json()) as HealthView;
  }

  /** Until the server has sent another board. */
  async function heardAnew(page: Page): Promise<void> {
    const asOf = (await page.locator('.as-of time').getAttribute('datetime')) ?? '';
    await page.locator(`.as-of time:not([datetime="${asOf}"])`).waitFor({ timeout: HEARD_MS });
  }

  void it('asks for nothing but itself and its events, and the console stays empty', async () => {
    const { page, complaints, requests } = await opened();
    await page.getByText('live', { exact: true }).waitFor({ timeout: HEARD_MS });
    await heardAnew(page);
    assert.deepEqual(
      requests.map((each) => each.replace(url, '')),
      ['/status?lang=en', '/status/events?lang=en'],
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });

  void it('shows every broker as the gateway has it, with the fault that stands and whose it is', async () => {
    const { page } = await opened();
    for (const view of Object.values((await health()).brokers)) {
      const { broker, state, blame } = view;
      const fault = standingFault(view);
      const shown = page.locator(`details#${broker}`);
      assert.equal(await shown.getAttribute('class'), state, broker);
      const told = (await shown.locator('summary .trouble').allTextContents()).join('');
      assert.match(
        told,
        fault === undefined || blame === undefined ? /^$/ : new RegExp(`^${fault} \\(\\w+\\)`),
        broker,
      );
    }
    for (const [broker, state] of [
      [SAMSUNG, 'up'],
      [UNASKED, 'unknown'],
      [MAINTENANCE, 'maintenance'],
      [REFUSING, 'up'],
      [RESETTING, 'down'],
    ] as const) {
      assert.equal(await page.locator(`details#${broker.broker}.${state}`).count(), 1, broker.broker);
    }
    await page.close();
  });

  void it('draws the last hour: each mark as wide as its minutes and where they were', async () => {
    const { page } = await opened();
    const strip = await page.locator('#samsung svg').boundingBox();
    assert.ok(strip !== null && strip.width > 600);
    const marks: [string, number, number][] = [];
    for (const rect of await page.locator('#samsung rect:not(.none)').all()) {
      const box = await rect.boundingBox();
      assert.ok(box !== null);
      const minute = (x: number) => Math.round(((x - strip.x) / strip.width) * 60);
      marks.push([(await rect.getAttribute('class')) ?? '', minute(box.x), minute(box.x + box.width)]);
    }
    // A minute may have ended since the calls were made.
    const late = 60 - (marks.at(-1)?.[2] ?? 0);
    assert.ok(late === 0 || late === 1);
    const at = (kind: string, minutes: number) => [kind, 59 - minutes - late, 60 - minutes - late];
    assert.deepEqual(marks, [at('good', 50), at('bad', 40), at('good', 20), at('good', 0)]);
    await page.close();
  });

  void it('says on top that it is us, where brokers fail by one fault of ours', async () => {
    const { page } = await opened();
    const banner = page.getByRole('alert');
    assert.match((await banner.textContent()) ?? '', /probably us\..* gbridge, hana, hi, sk: tls-untrusted$/);
    const [first, top] = [await page.locator('details').first().boundingBox(), await banner.boundingBox()];
    assert.ok(first !== null && top !== null && top.y + top.height < first.y);
    await page.close();
  });

  void it('is used by keyboard: each broker takes a focus that is seen, opens, and stays open under it', async () => {
    const { page } = await opened();
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('a:focus').textContent(), '한국어');
    for (const { broker } of Object.values((await health()).brokers)) {
      await page.keyboard.press('Tab');
      assert.equal(await page.locator(`#${broker} > summary:focus`).count(), 1, broker);
      assert.match(String(await page.evaluate('getComputedStyle(document.activeElement).outline')), /\bsolid [2-9]px/);
    }
    await page.locator('#hanwha summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('#hanwha dl').waitFor();
    await page.evaluate(`window.banner = document.querySelector('.banner')`);
    await callOnce(url, RESETTING);
    await heardAnew(page);
    assert.equal(await page.locator('details[open] summary:focus').count(), 1);
    assert.equal(await page.locator('#hanwha dl').isVisible(), true);
    assert.equal(
      await page.evaluate(`window.banner === document.querySelector('.banner')`),
      true,
      'a banner that is put in anew is read out again',
    );
    await page.close();
  });

  void it('finds its gateway again by itself, even where it was refused meanwhile', async () => {
    const own = await openGateway(simulator.brokers());
    releases.atEnd(() => own.gateway.close());
    const port = Number(new URL(own.url).port);
    const { page } = await browser.open(`${own.url}/status?lang=en`);
    await page.getByText('live', { exact: true }).waitFor({ timeout: HEARD_MS });
    await own.gateway.close();
    const refusing = createServer((_request, response) => response.writeHead(503, { Connection: 'close' }).end());
    releases.atEnd(() => refusing.close());
    const refused = once(refusing, 'request', { signal: AbortSignal.timeout(HEARD_MS) });
    await once(refusing.listen(port, '127.0.0.1'), 'listening');
    await Promise.all([refused, page.getByText('connection lost').waitFor({ timeout: HEARD_MS })]);
    const closed = once(refusing.close(), 'close');
    // A browser dials ahead; such a connection has no request that would end it.
    refusing.closeAllConnections();
    await closed;
    const next = await openGateway(simulator.brokers(), { port });
    releases.atEnd(() => next.gateway.close());
    await page.getByText('live', { exact: true }).waitFor({ timeout: HEARD_MS });
    await page.close();
  });

  for (const [name, scheme, lang, width] of [
    ['light', 'light', 'en', 1_280],
    ['dark', 'dark', 'en', 1_280],
    ['Korean', 'light', 'ko', 1_280],
    ['phone', 'dark', 'ko', 360],
  ] as const) {
    void it(`gives axe nothing serious to say, and no page wider than the window: ${name}`, async () => {
      const { page } = await opened(`?lang=${lang}`);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 780 });
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      for (const broker of ['hanwha', 'kbinvest']) await page.locator(`#${broker} summary`).click();
      await keepPicture(page, `status-${name}`);
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
      await page.close();
    });
  }
});
