import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import { isSound, visit, withoutBrowser } from './browser.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';

const DESK = '/platforms/oms/store/acme';

describe('The menus of a site by keyboard [module:cms] [surface:store]', function () {
  this.timeout(120_000);
  let server: TestAppServer;
  before(async function () {
    if (withoutBrowser !== undefined) this.skip();
    server = await openShop();
  });
  after(async () => {
    if (withoutBrowser === undefined) await server.stop();
  });

  it('are arranged with Alt and arrows, the focus staying with the entry', async () => {
    const window = await visit();
    const { page } = window;
    const address = (path: string): string => `http://localhost:${server.port}${DESK}${path}`;
    await page.goto(address('/login'));
    await page.getByLabel('E-mail address').fill('owner@acme.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    await page.goto(address('/site-menus/header'));
    const shown = (at: string): Promise<string> =>
      page.locator(`[data-block="${at}"] select`).first().inputValue();
    const first = await shown('0');
    await page.locator('[data-block="0"] select').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset['block'] === '1');
    assert.equal(await shown('1'), first);
    assert.ok(await page.locator('[data-unsaved]').isVisible());
    await page.getByRole('button', { name: 'Add heading' }).click();
    await page.getByRole('button', { name: 'Add address', exact: true }).click();
    const last = page.locator('fieldset[autofocus]');
    await last.getByLabel('Address').fill('/more');
    await page.keyboard.press('Alt+ArrowRight');
    await page.waitForFunction(() =>
      /\.0$/.test((document.activeElement as HTMLElement).dataset['block'] ?? ''),
    );
    assert.equal(await last.getByLabel('Address').inputValue(), '/more');
    await isSound(window, 'the editor of a menu with a heading');
    await window.close();
  });
});
