/** An outage as those on call meet it: Prometheus' alerts and the page. Run it: `npm run test:browser`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Gateway } from '../../src/gateway/index.ts';
import type { Fixture } from '../../src/testing/index.ts';
import { Browser, keepPicture } from './chromium.ts';
import { configOf, fixture, keepCalling, openGateway, SwitchableBroker } from './market.ts';
import { Prometheus, type Alert } from './prometheus.ts';
import { Releases } from './releases.ts';
import { shortened } from './rules.ts';
import { until } from './until.ts';

const RULES = readFileSync('examples/deploy/alerts.yml', 'utf8');
/** The rules wait for minutes; here every one of their windows and waits is so many times shorter. */
const TIMES_SHORTER = 30;
/** Most that any change may take to be seen, in milliseconds. */
const SEEN_MS = 45_000;

const SAMSUNG = fixture('samsung/account.balance/answered');
const CYBER = fixture('cyber/account.balance/answered');

void describe('an outage, from the socket to those on call', () => {
  const releases = new Releases();
  let samsung: SwitchableBroker;
  let cyber: SwitchableBroker;
  let gateway: Gateway;
  let prometheus: Prometheus;
  let page: Page;
  let complaints: string[] = [];

  async function start(fixture: Fixture): Promise<SwitchableBroker> {
    const broker = await SwitchableBroker.start(fixture);
    releases.atEnd(() => broker.goDown());
    return broker;
  }

  before(async () => {
    [samsung, cyber] = [await start(SAMSUNG), await start(CYBER)];
    const opened = await openGateway(brokers());
    gateway = opened.gateway;
    releases.atEnd(() => gateway.close());
    prometheus = await Prometheus.start(new URL(opened.url).host, shortened(RULES, TIMES_SHORTER));
    releases.atEnd(() => prometheus.stop());
    const browser = await Browser.start();
    releases.atEnd(() => browser.close());
    releases.atEnd(keepCalling(opened.url, [SAMSUNG, CYBER]));
    ({ page, complaints } = await browser.open(`${opened.url}/status?lang=en`));
    await page.evaluate('window.isTheFirst = true');
  });

  after(() => releases.run());

  function brokers() {
    return [samsung, cyber].flatMap((each) => each.options());
  }

  function isIn(alert: Alert, name: string, state: Alert['state']): boolean {
    return alert.name === name && alert.state === state;
  }

  function alert(name: string, state: Alert['state']): Promise<Alert> {
    return until(`${name} ${state}`, SEEN_MS, async () =>
      (await prometheus.alerts()).find((each) => isIn(each, name, state)),
    );
  }

  /** Names of the alerts that fire, and whom they name. A pending one may be of a scrape that this machine was late with. */
  async function firing(): Promise<string[]> {
    const alerts = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
    return alerts.map(({ name, labels }) => `${name} ${String(labels['broker'] ?? labels['fault'])}`).sort();
  }

  /** Until no alert names this broker, not even a pending one. */
  async function isClear(broker: string): Promise<void> {
    await until(`end of all alerts of ${broker}`, SEEN_MS, async () => {
      const alerts = await prometheus.alerts();
      return alerts.some(({ labels }) => labels['broker'] === broker) ? undefined : true;
    });
  }

  /** Until the page shows a broker so, by itself. */
  async function shows(broker: string, state: string): Promise<string> {
    await page.locator(`details#${broker}.${state}`).waitFor({ timeout: SEEN_MS });
    assert.equal(await page.evaluate('window.isTheFirst'), true, 'the page was loaded anew');
    return (await page.locator(`details#${broker}`).textContent()) ?? '';
  }

  void it('begins with both brokers up, every rule loaded and no alert', async () => {
    await shows('samsung', 'up');
    await shows('cyber', 'up');
    const rules = await prometheus.rules();
    assert.deepEqual(
      rules.map(({ name }) => name),
      [...RULES.matchAll(/alert: (\w+)/g)].map(([, name]) => name),
    );
    assert.deepEqual(await firing(), []);
  });

  void it('a broker goes away: its alerts are pending, then firing, the page shows fault, blame and circuit', async () => {
    await samsung.goDown();
    const [pending, text] = await Promise.all([alert('OpExcoBrokerDown', 'pending'), shows('samsung', 'down')]);
    assert.equal(pending.labels['broker'], 'samsung');
    assert.match(text, /connect-refused \(broker\)/);
    assert.match(text, /circuit (?:open, calls are refused · next probe \d|half-open)/);
    assert.match(text, /broker or path [1-9]/);
    await shows('cyber', 'up');
    const [down] = await Promise.all([alert('OpExcoBrokerDown', 'firing'), alert('OpExcoCircuitOpen', 'firing')]);
    assert.equal(down.labels['severity'], 'page');
    assert.match(String(down.annotations['summary']), /^samsung: more than half of the calls fail/);
    await keepPicture(page, 'outage-down');
  });

  void it('and nothing else fires: no word of the other broker, none of us', async () => {
    assert.deepEqual(await firing(), ['OpExcoBrokerDown samsung', 'OpExcoCircuitOpen samsung']);
    assert.equal(await page.locator('.banner').count(), 0);
  });

  void it('the broker comes back: the alerts clear, the page shows it up', async () => {
    await samsung.comeBack();
    await Promise.all([isClear('samsung'), shows('samsung', 'up')]);
    await keepPicture(page, 'outage-over');
  });

  void it('both brokers fail for want of our trust: the alert blames us', async () => {
    await gateway.reload(configOf(brokers().map((each) => ({ ...each, tls: undefined }))));
    // The page's banner takes three brokers: status-page.browser.ts has them.
    await alert('OpExcoOurSide', 'firing');
    assert.deepEqual(await firing(), ['OpExcoOurSide tls-untrusted']);
    await keepPicture(page, 'outage-ours');
  });

  void it('no rule complained, and neither did the page', async () => {
    assert.deepEqual(
      (await prometheus.rules()).filter(({ complaint }) => complaint !== ''),
      [],
    );
    assert.deepEqual(complaints, []);
  });
});
