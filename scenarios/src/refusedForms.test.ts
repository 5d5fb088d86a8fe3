import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import { isSound, visit, withoutBrowser, type Visit } from './browser.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';

const DESK = '/platforms/oms/store/acme';

describe('A form that saves itself and is refused [module:core] [surface:store]', function () {
  this.timeout(120_000);
  let server: TestAppServer;
  before(async function () {
    if (withoutBrowser !== undefined) this.skip();
    server = await openShop();
  });
  after(async () => {
    if (withoutBrowser === undefined) await server.stop();
  });

  const address = (path: string): string => `http://localhost:${server.port}${DESK}${path}`;
  async function themeEditor(): Promise<Visit> {
    const window = await visit();
    await window.page.goto(address('/login'));
    await window.page.getByLabel('E-mail address').fill('owner@acme.example');
    await window.page.getByLabel('Password').fill(PASSWORD);
    await window.page.getByRole('button', { name: 'Sign in' }).click();
    await window.page.waitForURL((url) => !url.pathname.endsWith('/login'));
    await window.page.goto(address('/theme'));
    return window;
  }
  const change = async ({ page }: Visit, name: string): Promise<void> => {
    await page.getByLabel('Name of the theme').fill(name);
    await page.getByLabel('Name of the theme').blur();
  };
  const nameIn = ({ page }: Visit): Promise<string> => page.getByLabel('Name of the theme').inputValue();

  it('says at once beside the save bar that somebody else was faster, and keeps what was typed', async () => {
    const [first, second] = [await themeEditor(), await themeEditor()];
    await change(first, 'Of the first');
    await first.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#theme-live input[name=revision]')?.value !== '0',
    );
    await change(second, 'Of the second');
    await second.page.locator('#theme-said').getByText('Changed in the meantime.').waitFor();
    assert.equal(await nameIn(second), 'Of the second');
    assert.ok(await second.page.locator('[data-unsaved]').isVisible(), 'it is not saved');
    second.complaints.length = 0;
    await isSound(second, 'the editor with a conflict');
    await first.close();
    await second.close();
  });

  it('names what is wrong, and takes the words away when it is right', async () => {
    const window = await themeEditor();
    await change(window, ' ');
    await window.page.locator('#theme-said').getByText('Give the theme a name').waitFor();
    await change(window, 'Named');
    await window.page.locator('#theme-said li').waitFor({ state: 'detached' });
    await window.page.locator('[data-unsaved]').waitFor({ state: 'hidden' });
    assert.equal(await nameIn(window), 'Named');
    await window.close();
  });

  it('loses nothing when one is signed out or the server does not answer', async () => {
    const window = await themeEditor();
    const { page } = window;
    await page.route('**/theme', (route) => route.abort());
    await change(window, 'Without a server');
    await page.locator('#toasts').getByText('That did not work.').waitFor();
    await page.unroute('**/theme');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.context().clearCookies();
    await change(window, 'Without a session');
    await page.locator('#toasts').getByText('That did not work.').waitFor();
    assert.equal(await nameIn(window), 'Without a session');
    assert.equal(await page.locator('#theme-live').count(), 1, 'the form is whole');
    assert.ok(await page.locator('[data-unsaved]').isVisible());
    await window.close();
  });
});
