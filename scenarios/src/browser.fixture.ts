import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file !== undefined && existsSync(file));

/** Why no browser can be had; undefined where one can. */
export const withoutBrowser =
  CHROMIUM === undefined
    ? 'no Chromium is installed (apt-get install chromium, or name one in CHROMIUM)'
    : undefined;

let browser: Promise<Browser> | undefined;

/** One Chromium for all files; every host name leads to this machine. */
function theBrowser(): Promise<Browser> {
  return (browser ??= chromium.launch({
    executablePath: CHROMIUM as string,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * 127.0.0.1',
    ],
  }));
}

after(async () => {
  await (await browser)?.close();
});

export interface Visit {
  readonly page: Page;
  /** What the console complained of, scripts threw, and addresses that did not answer well. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;

/** A window of its own, without cookies. */
export async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await (
    await theBrowser()
  ).newContext({ viewport: SIZES.desk, colorScheme: 'light', locale: 'en', ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Host names are asked without HTTPS here, where this header of theirs has no meaning yet.
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What was still on its way when the next page was asked for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** What axe finds on a page as it stands, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // What a preview shows is a page of its own, looked at there; drawn anew meanwhile, it would never answer.
    .options({ iframes: false })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} at ${target.join(' ')}: ${failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? ''}`,
    ),
  );
}

/** Elements that reach beyond the window's right edge and make it scroll sideways. */
export function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth
      ? []
      : [`the page is ${scrollWidth} wide in a window of ${clientWidth}`];
  });
}

/** Nothing wrong for eyes, keyboards and consoles. */
export async function isSound({ page, complaints }: Visit, what: string): Promise<void> {
  // What a bar at the window's foot covers now, can be scrolled to: all pages are looked at from their top.
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));
  await untilStill(page);
  assert.deepEqual(
    [...(await accessibilityFaults(page)), ...(await widerThanWindow(page)), ...complaints],
    [],
    what,
  );
}

/** What fades in has too little contrast on its way: waits for all that comes to an end. */
const untilStill = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
