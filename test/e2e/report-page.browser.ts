/** The report page in a real browser. Run it: `npm run test:browser`; it needs Chromium. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Language } from '../../src/catalog/advice.ts';
import { parseLine } from '../../src/records/line.ts';
import { count } from '../../src/report/figures.ts';
import { ReportFold } from '../../src/report/fold.ts';
import { pageOf } from '../../src/report/page.ts';
import { lostOf } from '../../src/report/summarise.ts';
import { syntheticLines, tradingDay, type Plan } from '../support/synthetic-records.ts';
import { assertAccessible, assertNoSidewaysScroll, Browser, keepPicture, type Opened } from './chromium.ts';

const DAY = tradingDay(40_000);

function summaryOf(plan: Plan) {
  const fold = new ReportFold();
  for (const text of syntheticLines(plan)) {
    const line = parseLine(text);
    if (line !== undefined) fold.record(line);
  }
  const summary = fold.finish();
  assert.ok(summary);
  return summary;
}

void describe('the report page in Chromium', () => {
  const summary = summaryOf(DAY);
  /** The same with fewer brokers: axe looks at every element, and the others are no different. */
  const few = summaryOf({ ...DAY, brokers: DAY.brokers.slice(0, 6), calls: 6_000 });
  let browser: Browser;

  before(async () => {
    browser = await Browser.start();
  });

  after(() => browser.close());

  function opened(lang: Language = 'en', shown = summary): Promise<Opened> {
    const file = join(browser.folder, `report-${lang}.html`);
    writeFileSync(file, pageOf(shown, lang));
    return browser.open(pathToFileURL(file).href);
  }

  void it('asks for nothing but itself, and the console stays empty', async () => {
    const { page, complaints, requests } = await opened();
    await page.getByText('The same in figures').click();
    assert.deepEqual(complaints, []);
    assert.deepEqual(
      requests.map((url) => url.slice(url.lastIndexOf('/'))),
      ['/report-en.html'],
    );
    await page.close();
  });

  void it('shows the figures of the records', async () => {
    const { page } = await opened();
    const cards = await page.locator('.cards b').allTextContents();
    const { calls, classes, outages, unknownWrites } = summary;
    assert.deepEqual(
      [cards[0], cards[1], cards[2], cards[4]],
      [calls, lostOf(classes), outages.length, unknownWrites.count].map(count),
    );
    assert.equal(await page.locator('#outages tbody tr').count(), outages.length);
    assert.equal(await page.locator('#faults tbody tr').count(), summary.faults.length);
    await page.close();
  });

  void it('draws a strip as wide as its cell for each broker, and each outage where it was', async () => {
    const { page } = await opened();
    assert.equal(await page.locator('svg.strip').count(), summary.brokers.length);
    const spanMs = summary.columnMs * summary.cells.length;
    for (const [index, { fromMs, toMs = summary.toMs }] of summary.outages.entries()) {
      const link = page.locator(`.strip a[href="#o${String(index + 1)}"]`);
      const [strip, piece] = [await link.locator('xpath=..').boundingBox(), await link.locator('rect').boundingBox()];
      assert.ok(strip !== null && piece !== null);
      const drawn = { from: (piece.x - strip.x) / strip.width, share: piece.width / strip.width };
      assert.ok(Math.abs(drawn.from - (fromMs - summary.columnsFromMs) / spanMs) < 0.005);
      assert.ok(Math.abs(drawn.share - (toMs - fromMs) / spanMs) < 0.005);
    }
    await page.close();
  });

  void it('draws both plots, with lines and bars that have a size', async () => {
    const { page } = await opened();
    for (const shape of ['.p50', '.p95', '.l-broker', '.l-path', '.l-platform']) {
      const box = await page.locator(`#plots .plot path${shape}`).boundingBox();
      assert.ok(box !== null && box.width > 0, shape);
    }
    await page.close();
  });

  void it('is reached by keyboard: an outage on a strip takes the focus, is told, and leads to its row', async () => {
    const { page } = await opened();
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(`document.activeElement.closest('.strip') !== null`)) break;
    }
    const href = await page.locator(':focus').getAttribute('href');
    assert.match(href ?? '', /^#o\d+$/);
    assert.equal(await page.locator('#tip').textContent(), await page.locator(':focus').getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('tr:target').getAttribute('id'), href?.slice(1));
    await page.keyboard.press('Escape');
    await page.close();
  });

  for (const [name, scheme, lang, width] of [
    ['light', 'light', 'en', 1_280],
    ['dark', 'dark', 'en', 1_280],
    ['Korean', 'light', 'ko', 1_280],
    ['narrow', 'dark', 'ko', 390],
  ] as const) {
    void it(`gives axe nothing serious to say, and no page wider than the window: ${name}`, async () => {
      const { page } = await opened(lang, few);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `report-${name}`);
      await assertNoSidewaysScroll(page);
      for (const details of await page
        .locator('details')
        .all()
        .then((all) => all.slice(0, 2))) {
        await details.locator('summary').click();
      }
      await assertAccessible(page);
      await page.close();
    });
  }

  void it('prints: colours kept, what only a screen can use left out', async () => {
    const { page } = await opened();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('nav').isVisible(), false);
    const adjust = await page.evaluate(`getComputedStyle(document.querySelector('.strip')).printColorAdjust`);
    assert.equal(adjust, 'exact');
    await page.close();
  });
});
