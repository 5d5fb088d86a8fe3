import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { SIZES, visit, withoutBrowser, type Visit } from './browser.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';

/** The four windows in which a page must be sound. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  Object.entries(SIZES).map(([size, viewport]) => ({ size, viewport, colorScheme })),
);

export interface Story {
  readonly server: TestAppServer;
  address(path: string, host?: string): string;
  /** Fills the sign-in form below an address such as `/admin`, and waits for the page after it. */
  signIn(page: Page, at: string, email: string): Promise<void>;
  /** A window of its own with somebody signed in. */
  signedIn(at: string, email: string, options?: BrowserContextOptions): Promise<Visit>;
}

/**
 * A server for the stories of the `describe` it is called in, skipped where there is no browser. Whatever the server
 * has logged as an error fails the last of them.
 */
export function tellInBrowser(open: () => Promise<TestAppServer> = openShop): Story {
  let server: TestAppServer | undefined;
  before(async function () {
    if (withoutBrowser !== undefined) {
      console.log(`    skipped: ${withoutBrowser}`);
      this.skip();
    }
    server = await open();
  });
  after(async () => {
    await server?.stop();
    assert.deepEqual(server?.log.errors ?? [], [], server?.log.text());
  });

  const running = (): TestAppServer => server as TestAppServer;
  const address = (path: string, host = 'localhost'): string => `http://${host}:${running().port}${path}`;
  const signIn: Story['signIn'] = async (page, at, email) => {
    await page.goto(address(`${at}/login`));
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  };
  return {
    get server() {
      return running();
    },
    address,
    signIn,
    async signedIn(at, email, options = {}) {
      const window = await visit(options);
      await signIn(window.page, at, email);
      return window;
    },
  };
}
