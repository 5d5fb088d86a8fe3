import assert from 'node:assert/strict';
import { startTestServer, type TestAppServer } from '@wizamart/core/testing';
import type { Page } from 'playwright-core';
import { isSound, SIZES, visit, withoutBrowser, type Visit } from './browser.fixture.js';
import { stackedHost } from './stackedModules.fixture.js';

const MODULES = '/platforms/stack/admin/modules';
const PASSWORD = 'a long enough password';

describe('The modules page in a browser [module:platform-admin] [surface:admin]', function () {
  this.timeout(180_000);
  let server: TestAppServer;
  before(async function () {
    if (withoutBrowser !== undefined) {
      console.log(`    skipped: ${withoutBrowser}`);
      this.skip();
    }
    server = await startTestServer({ hosts: [stackedHost] });
    for (const name of ['Anna Weber', 'Marc Klein'])
      await server.user({ name, email: emailOf(name), password: PASSWORD, adminOf: 'stack' });
  });
  beforeEach(() => reset());
  after(async () => {
    if (withoutBrowser !== undefined) return;
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase()}@stack.example`;
  const address = (path: string): string => `http://localhost:${server.port}${path}`;
  const turnedOn = (): string[] =>
    server.parts.modules
      .list(server.context({ platform: 'stack', surface: 'admin' }))
      .modules.flatMap(({ code, isOn, isCore }) => (isOn && !isCore ? [code] : []));
  const titleOf = (page: Page) => page.locator('#preview-title');

  /** Turns everything on again, as every story begins. */
  async function reset(): Promise<void> {
    const ctx = server.context({ platform: 'stack', surface: 'admin' });
    const { modules } = server.parts;
    await modules.apply(
      ctx,
      await modules.plan(ctx, { enable: ['base', 'middle', 'top', 'aside'], disable: [] }),
    );
  }

  async function signedIn(name: string, options: Parameters<typeof visit>[0] = {}): Promise<Visit> {
    const window = await visit(options);
    const { page } = window;
    await page.goto(address('/platforms/stack/admin/login'));
    await page.getByLabel('E-mail address').fill(emailOf(name));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    await page.goto(address(MODULES));
    return window;
  }

  it('turns a module off with all that needs it in one step, and back by undo', async () => {
    const window = await signedIn('Anna Weber');
    const { page } = window;
    await page.getByRole('switch', { name: 'Base' }).click();
    await titleOf(page).getByText('Before you turn off Base').waitFor();
    const preview = page.locator('#module-preview');
    for (const word of ['Also turns off', 'Middle', 'Top', '3 pages', 'Nothing is deleted'])
      assert.ok(await preview.getByText(word).first().isVisible(), word);
    await isSound(window, 'the preview');
    assert.deepEqual(turnedOn().sort(), ['aside', 'base', 'middle', 'top']);

    await page.getByRole('button', { name: 'Turn off 3' }).click();
    await page
      .getByText('Base, Middle, Top turned off for Host stack')
      .or(page.getByText(/turned off for/))
      .first()
      .waitFor();
    assert.deepEqual(turnedOn(), ['aside']);
    assert.equal(await page.getByRole('switch', { name: 'Top' }).isChecked(), false);
    assert.equal((await page.request.get(address('/platforms/stack/top'))).status(), 404);
    await isSound(window, 'with modules off');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The change has been undone.').waitFor();
    assert.deepEqual(turnedOn().sort(), ['aside', 'base', 'middle', 'top']);
    assert.equal((await page.request.get(address('/platforms/stack/top'))).status(), 200);
    assert.ok(await page.getByText('undid a change').first().isVisible());
    await window.close();
  });

  it('shows the second of two administrators a fresh plan, with what the first one changed', async () => {
    const anna = await signedIn('Anna Weber');
    const marc = await signedIn('Marc Klein');
    await marc.page.getByRole('switch', { name: 'Middle' }).click();
    await marc.page.getByRole('button', { name: 'Turn off 2' }).waitFor();

    await anna.page.getByRole('switch', { name: 'Top' }).click();
    await anna.page.getByRole('button', { name: 'Turn off', exact: true }).click();
    await anna.page.getByRole('button', { name: 'Undo' }).waitFor();

    await marc.page.getByRole('button', { name: 'Turn off 2' }).click();
    const preview = marc.page.locator('#module-preview');
    await preview.getByRole('alert').waitFor();
    assert.match(await preview.innerText(), /Anna Weber\s+turned off Top/);
    assert.deepEqual(turnedOn().sort(), ['aside', 'base', 'middle'], 'nothing was done yet');
    await isSound(
      { ...marc, complaints: marc.complaints.filter((one) => !one.includes('409')) },
      'the conflict',
    );
    await preview.getByRole('button', { name: 'Turn off', exact: true }).click();
    await marc.page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(turnedOn().sort(), ['aside', 'base']);

    await anna.page.getByRole('button', { name: 'Undo' }).click();
    await anna.page.locator('#module-preview').getByRole('alert').waitFor();
    assert.match(await anna.page.locator('#module-preview').innerText(), /Marc Klein\s+turned off Middle/);
    assert.deepEqual(turnedOn().sort(), ['aside', 'base'], 'undo never takes back what others did');
    await anna.close();
    await marc.close();
  });

  it('is worked with the keyboard alone, focus going where it is needed', async () => {
    const window = await signedIn('Anna Weber');
    const { page } = window;
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');
    const tabTo = async (id: string): Promise<void> => {
      for (let i = 0; i < 60 && (await focused()) !== id; i++) await page.keyboard.press('Tab');
      assert.equal(await focused(), id);
    };
    await tabTo('module-search');
    await page.keyboard.type('aside');
    await page.locator('#group-growth').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'module-search', 'the field keeps the focus while the list changes');
    await tabTo('module-aside');
    await page.keyboard.press('Space');
    await titleOf(page).getByText('Before you turn off Aside').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'preview-title');
    await page.keyboard.press('Tab');
    while (!(await page.evaluate(() => document.activeElement?.textContent?.includes('Cancel'))))
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#module-aside$/);
    assert.equal(await focused(), 'module-aside', 'cancelled, one is back at the switch');
    assert.equal(await page.locator('#module-aside').isChecked(), true);

    await page.keyboard.press('Space');
    await titleOf(page).getByText('Before you turn off Aside').waitFor();
    while (!(await page.evaluate(() => document.activeElement?.textContent?.startsWith('Turn off'))))
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#module-aside$/);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(turnedOn().sort(), ['base', 'middle', 'top']);
    assert.equal(await focused(), 'module-aside');
    await isSound(window, 'after the keyboard');
    await window.close();
  });

  it('works without a script: the plan is the next page', async () => {
    const window = await signedIn('Anna Weber', { javaScriptEnabled: false });
    const { page } = window;
    await page.getByRole('switch', { name: 'Top' }).click();
    await page.getByRole('button', { name: 'See what changes' }).click();
    await page.getByRole('button', { name: 'Turn off', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(turnedOn().sort(), ['aside', 'base', 'middle']);
    await window.close();
  });

  it('finds pages, settings and switches with Ctrl K and the arrows', async () => {
    const window = await signedIn('Anna Weber');
    const { page } = window;
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await palette.getByRole('searchbox').waitFor();
    await page.keyboard.type('aside');
    await palette.getByRole('link', { name: 'Turn off Aside' }).waitFor();
    await isSound(window, 'the palette');
    await page.keyboard.press('ArrowDown');
    while ((await page.evaluate(() => document.activeElement?.textContent?.trim())) !== 'Turn off Aside')
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await titleOf(page).getByText('Before you turn off Aside').waitFor();
    await window.close();
  });

  for (const [size, viewport] of Object.entries(SIZES))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`is sound on a ${size}, ${colorScheme}, and so are its neighbours`, async () => {
        const window = await signedIn('Anna Weber', { viewport, colorScheme });
        for (const path of [
          '/modules',
          '/modules?disable=base',
          '/modules?show=attention',
          '/modules?q=nothing-fits',
          '/modules/aside/settings',
          '/menu?surface=store',
          '/menu?surface=admin',
          '/own-menu',
          '/search?q=top',
          '/',
        ]) {
          await window.page.goto(address(`/platforms/stack/admin${path}`));
          await isSound(window, path);
        }
        await window.close();
      });
});
