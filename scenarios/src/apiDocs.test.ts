import assert from 'node:assert/strict';
import { isSound, SIZES, visit } from './browser.fixture.js';
import { tellInBrowser } from './story.fixture.js';

describe('The API reference in a browser [module:core] [surface:platform]', function () {
  this.timeout(180_000);
  const story = tellInBrowser();
  const address = (path: string): string => `http://localhost:${story.server.port}/platforms/oms${path}`;

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is sound on a ${size}, ${colorScheme}, with operations open`, async () => {
        const window = await visit({ viewport, colorScheme });
        await window.page.goto(address('/api/docs'));
        // Every kind of operation is among them; all at once would only take longer.
        await window.page.$$eval('details', (all) => {
          all.filter((_, i) => i % 9 === 1).forEach((one) => one.setAttribute('open', ''));
        });
        await isSound(window, '/api/docs');
        await window.close();
      });
    }
  }

  it('opens a shared schema that a field leads to', async () => {
    const { page, close } = await visit();
    await page.goto(address('/api/docs'));
    const schema = page.locator('a[href^="#schema-"]').first();
    const target = (await schema.getAttribute('href')) as string;
    await page.goto(address(`/api/docs${target}`));
    assert.equal(await page.locator(target).isVisible(), true);
    await close();
  });

  it('is searched without a script', async () => {
    const { page, close } = await visit({ javaScriptEnabled: false });
    await page.goto(address('/api/docs'));
    await page.getByRole('searchbox').fill('login');
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/\?q=login/);
    const paths = await page.locator('.operation__path').allTextContents();
    assert.ok(paths.length > 0 && paths.every((path) => path.includes('login')), paths.join(', '));
    await close();
  });
});
