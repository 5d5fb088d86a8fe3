import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { isSound, visit, type Visit } from './browser.fixture.js';
import { LOOKS, tellInBrowser } from './story.fixture.js';
import { PASSWORD } from './world.fixture.js';

const DESK = '/platforms/oms/store/acme';

describe('The desk of a store in a browser [module:core] [module:cms] [surface:store]', function () {
  this.timeout(180_000);
  const story = tellInBrowser();
  const { address } = story;

  async function signedIn(options: BrowserContextOptions = {}, email = 'owner@acme.example'): Promise<Visit> {
    return story.signedIn(DESK, email, options);
  }
  const signIn = (page: Page, email: string, at = DESK): Promise<void> => story.signIn(page, at, email);

  for (const { size, viewport, colorScheme } of LOOKS) {
    it(`is sound on every page on a ${size}, ${colorScheme}`, async () => {
      const window = await signedIn({ viewport, colorScheme });
      for (const path of [
        '/dashboard',
        '/content-pages',
        '/content-pages/new',
        '/media',
        '/site-menus',
        '/theme',
        '/theme/history',
        '/activity',
        '/settings',
      ]) {
        await window.page.goto(address(DESK + path));
        assert.equal(await window.page.locator('main h1').count(), 1, path);
        await isSound(window, `${path} on a ${size}, ${colorScheme}`);
      }
      await window.page.goto(address(`${DESK}/content-pages`));
      await window.page.getByRole('row').getByRole('link', { name: 'About us' }).first().click();
      await window.page.waitForURL(/content-pages\/[0-9a-f-]{36}/);
      await isSound(window, `the editor on a ${size}, ${colorScheme}`);
      await window.close();
    });
  }

  it('edits a theme with the preview beside it, publishes it, and the storefront shows it', async () => {
    const window = await signedIn();
    const { page } = window;
    const shop = address('/about', 'acme.oms.lu');
    const primary = async (of: Page): Promise<string> =>
      of.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--color-primary').trim(),
      );
    await page.goto(address(`${DESK}/theme`));
    const frame = page.frame({ name: 'theme-frame' }) ?? assert.fail('no preview');
    await frame.locator('h1').first().waitFor();
    await page.getByLabel('Name of the theme').fill('Ours');
    const written = page.locator('input[name="colors.primary"]');
    await written.fill('#0f766e');
    await written.press('Tab');
    assert.equal(await page.getByLabel('Pick a colour: Primary').first().inputValue(), '#0f766e');
    // The draft is kept by itself, and the frame shows it.
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#theme-live input[name=revision]')?.value !== '0',
    );
    await page.waitForFunction(() => {
      const preview = document.querySelector<HTMLIFrameElement>('iframe[name=theme-frame]')?.contentDocument;
      // Between two documents the frame has none.
      return (
        preview?.documentElement &&
        getComputedStyle(preview.documentElement).getPropertyValue('--color-primary').trim() === '#0f766e'
      );
    });
    assert.match(await page.locator('#contrast-colors-primary').innerText(), /\d\.\d : 1/);
    const width = (): Promise<number> =>
      page.evaluate(
        () =>
          document.querySelector<HTMLIFrameElement>('iframe[name=theme-frame]')?.contentWindow?.innerWidth ??
          0,
      );
    assert.equal(await width(), 1280, 'as on a desk');
    await page.getByText('Phone', { exact: true }).click();
    assert.equal(await width(), 390);
    const visitor = await visit();
    await visitor.page.goto(shop);
    assert.notEqual(await primary(visitor.page), '#0f766e', 'a draft is nobody else’s to see');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published. Visitors see it now.').waitFor();
    await isSound(window, 'the editor after publishing');
    await visitor.page.goto(shop);
    assert.equal(await primary(visitor.page), '#0f766e');
    await isSound(visitor, 'the storefront in its new colours');
    await page.goto(address(`${DESK}/theme/history`));
    assert.ok(
      (await page.getByText('colors.primary').first().isVisible()) ||
        (await page.getByText('Ours').count()) > 0,
    );
    await page.goto(address(`${DESK}/activity`));
    assert.ok(
      await page
        .getByText(/published a theme/)
        .first()
        .isVisible(),
    );
    await visitor.close();
    await window.close();
  });

  it('overrides a page, writes it beside its preview, publishes, visits and reverts', async () => {
    const window = await signedIn();
    const { page } = window;
    const shop = address('/shipping', 'acme.oms.lu');
    const visitor = await visit();
    await visitor.page.goto(shop);
    const standard = await visitor.page.locator('main').innerText();
    await page.goto(address(`${DESK}/content-pages`));
    const row = page.getByRole('row').filter({ has: page.locator('code', { hasText: /^\/shipping$/ }) });
    await row.getByRole('button', { name: /^Override/ }).click();
    await page.waitForURL(/content-pages\/[0-9a-f-]{36}/);
    const blocks = page.locator('[data-block]');
    const many = await blocks.count();
    await page.locator('#new-block').selectOption('heading');
    await page.getByRole('button', { name: 'Add block' }).click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-block]').length === n, many + 1);
    await blocks.last().getByLabel('Text').fill('By bicycle, too');
    const frame = page.frameLocator('iframe[name=page-preview]');
    await frame.getByRole('heading', { name: 'By bicycle, too' }).waitFor();
    await page.locator('button[value^="duplicate:"]').last().click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-block]').length === n, many + 2);
    await page.locator('button[value^="remove:"]').last().click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-block]').length === n, many + 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-block]').length === n, many + 2);
    await blocks.last().locator('summary').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForFunction(() => document.activeElement?.tagName === 'SUMMARY');
    await page.locator('button[value^="remove:"]').last().click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-block]').length === n, many + 1);
    await isSound(window, 'the editor with a new block');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('#toasts').getByText('The page is published.').waitFor();
    await visitor.page.goto(shop);
    assert.ok(await visitor.page.getByRole('heading', { name: 'By bicycle, too' }).isVisible());
    await page.goto(address(`${DESK}/content-pages`));
    await row.getByRole('link', { name: /^Revert/ }).click();
    await isSound(window, 'the question before reverting');
    await page.locator('main').getByRole('button').last().click();
    await page.locator('#toasts').getByText('The default shows again.').waitFor();
    await visitor.page.goto(shop);
    assert.equal(await visitor.page.locator('main').innerText(), standard);
    await visitor.close();
    await window.close();
  });

  it('is told of the plan with more room when the limit is reached, and loses nothing', async () => {
    const store = await story.server.store({ platform: 'oms', code: 'small-shop', tier: 'essential' });
    const email = 'owner@small.example';
    await story.server.user({ email, password: PASSWORD, ownerOf: store.merchant });
    const desk = '/platforms/oms/store/small-shop';
    const window = await visit();
    const { page } = window;
    await signIn(page, email, desk);
    const override = async (slug: string): Promise<void> => {
      await page.goto(address(`${desk}/content-pages`));
      await page
        .getByRole('row')
        .filter({ has: page.locator('code', { hasText: new RegExp(`^/${slug}$`) }) })
        .getByRole('button', { name: /^Override/ })
        .click();
    };
    for (const slug of ['about', 'contact', 'faq']) {
      await override(slug);
      await page.waitForURL(/content-pages\/[0-9a-f-]{36}/);
    }
    await override('privacy');
    await page.waitForURL(/full=/);
    assert.match(
      await page.locator('main').innerText(),
      /3 of 3[\s\S]*Professional|Professional[\s\S]*3 of 3/,
    );
    assert.equal(
      (await page.getByRole('button', { name: /^Override/ }).count()) > 0,
      true,
      'nothing is taken away',
    );
    await isSound(window, 'the prompt to upgrade');
    await page.goto(address(`${desk}/dashboard`));
    assert.match(await page.locator('main').innerText(), /limit is reached/);
    await isSound(window, 'the dashboard at the limit');
    await window.close();
  });
});
