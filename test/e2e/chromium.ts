import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** A folder to keep pictures of the pages in, for a person to look at. */
const PICTURES = process.env['PICTURES'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page, what it complained of, and every address it asked for. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

/** A browser with a profile of its own. */
export class Browser {
  /** A folder for files of the test, gone with the browser. */
  readonly folder: string;
  readonly #context: BrowserContext;

  private constructor(folder: string, context: BrowserContext) {
    this.folder = folder;
    this.#context = context;
  }

  /** @throws Error where there is no Chromium at /usr/bin/chromium or `CHROMIUM`. */
  static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'op-exco-e2e-'));
    const profile = join(folder, 'profile');
    return new Browser(
      folder,
      await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ARGS }),
    );
  }

  /** Opens an address in a window of 1280 by 900. */
  async open(url: string): Promise<Opened> {
    const page = await this.#context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.setViewportSize({ width: 1_280, height: 900 });
    await page.goto(url);
    return { page, complaints, requests };
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Keeps a picture of the whole page where `PICTURES` says, if it does. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** Fails where axe has more than something minor to say. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found: unknown = await page.evaluate(
    `axe.run(document).then(({ violations }) => violations.filter(({ impact }) => impact !== 'minor')
      .map(({ id, impact, nodes }) => [id, impact, nodes.length, nodes[0].html.slice(0, 200)]))`,
  );
  assert.deepEqual(found, []);
}

/** Fails where the page is wider than its window. */
export async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const [wide, window] = [
    Number(await page.evaluate('document.documentElement.scrollWidth')),
    Number(await page.evaluate('innerWidth')),
  ];
  assert.ok(wide <= window, `${wide} px of page in ${window} px of window`);
}
