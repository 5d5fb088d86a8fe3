import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { isSound, SIZES, visit, withoutBrowser, type Visit } from './browser.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';

describe('The shell of the dashboards [module:core] [surface:admin] [surface:store]', function () {
  this.timeout(300_000);
  let server: TestAppServer;
  before(async function () {
    if (withoutBrowser !== undefined) {
      console.log(`      skipped: ${withoutBrowser}`);
      this.skip();
    }
    server = await openShop();
  });
  after(() => server?.stop());

  const address = (path: string): string => `http://localhost:${server.port}${path}`;

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const window = await visit(options);
    const { page } = window;
    await page.goto(address('/admin/login'));
    await page.locator('[name=email]').fill('admin@wizamart.example');
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('main button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    await page.goto(address(path));
    return window;
  }
  const summary = (page: Page, name: RegExp) =>
    page.locator('details.menu > summary').filter({ hasText: name });
  const scheme = (page: Page) => page.locator('html').getAttribute('data-scheme');

  it('speak the language that is chosen, without a script, and stay on the page', async () => {
    const window = await open('/admin/merchants?q=a', { javaScriptEnabled: false });
    const { page } = window;
    await summary(page, /Language/).click();
    await page.getByRole('button', { name: 'Français' }).click();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/admin/merchants?q=a');
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    await summary(page, /Langue/).click();
    await page.getByRole('button', { name: 'English' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await window.close();
  });

  it('speak it on the sign-in page too', async () => {
    const window = await visit({ javaScriptEnabled: false });
    const { page } = window;
    await page.goto(address('/admin/login'));
    await summary(page, /Language/).click();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    await window.close();
  });

  for (const javaScriptEnabled of [true, false]) {
    it(`turn dark where that is chosen, and stay so, ${javaScriptEnabled ? 'at once' : 'without a script'}`, async () => {
      const window = await open('/admin/', { javaScriptEnabled });
      const { page } = window;
      assert.equal(await scheme(page), 'system');
      await summary(page, /Appearance/).click();
      const kept = page.waitForResponse((answer) => answer.url().endsWith('/preferences'));
      await page.getByRole('button', { name: 'Dark' }).click();
      await kept;
      assert.equal(await scheme(page), 'dark');
      await page.goto(address('/admin/merchants'));
      assert.equal(await scheme(page), 'dark');
      if (javaScriptEnabled) await isSound(window, 'dark by choice');
      await window.close();
    });
  }

  it('open their menu as a drawer on a phone, and close it again', async () => {
    const window = await open('/admin/', { viewport: SIZES.phone });
    const { page } = window;
    const menu = page.getByRole('navigation', { name: 'Main menu' });
    assert.equal(await menu.isVisible(), false);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    assert.equal(await menu.isVisible(), true);
    await isSound(window, 'the open drawer');
    await page.keyboard.press('Escape');
    assert.equal(await menu.isVisible(), false);
    await window.close();
  });

  it('open the command palette by keyboard and by button, and close menus by Escape', async () => {
    const window = await open('/admin/');
    const { page } = window;
    const palette = page.locator('#command-palette h2');
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await isSound(window, 'the command palette');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Search or jump to…' }).click();
    await palette.waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    await summary(page, /Your account/).click();
    await isSound(window, 'the account menu');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('button', { name: 'Sign out' }).isVisible(), false);
    await window.close();
  });

  it('ask before a page with unsaved changes is left, and not after it was saved', async () => {
    const window = await open('/admin/');
    const { page } = window;
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      void dialog.accept();
    });
    // Any form that carries the guard: no page of core is sure to have one for everybody.
    await page.evaluate(() => {
      const form = Object.assign(document.createElement('form'), {
        method: 'get',
        action: '/admin/merchants',
      });
      form.dataset['guard'] = '';
      const input = Object.assign(document.createElement('input'), { name: 'q', ariaLabel: 'Word' });
      const button = Object.assign(document.createElement('button'), { textContent: 'Keep' });
      form.append(input, button);
      document.querySelector('main')?.append(form);
    });
    await page.getByLabel('Word').fill('x');
    await page.goto(address('/admin/stores'));
    assert.equal(asked, 1);
    await page.goto(address('/admin/stores'));
    assert.equal(asked, 1, 'nothing is unsaved here');
    await window.close();
  });
});
