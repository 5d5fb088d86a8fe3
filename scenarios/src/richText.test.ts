import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { isSound, SIZES, visit, type Visit } from './browser.fixture.js';
import { tellInBrowser } from './story.fixture.js';
import { PASSWORD } from './world.fixture.js';

const DESK = '/platforms/oms/store/acme';
const HOSTILE = `<h1 onclick="alert(1)">Pasted</h1><script>alert(2)</script><style>p{color:red}</style>
<p style="font-size:90px">plain <span style="font-weight:700">strong</span> <a href="javascript:alert(3)">bad</a>
<a href="https://good.example/">good</a><img src="/nowhere" onerror="alert(4)"></p><div>one</div><div>two<iframe src="//x"></iframe></div>`;

describe('Rich text in a browser [module:cms] [surface:store]', function () {
  this.timeout(180_000);
  const story = tellInBrowser();
  const { address } = story;

  async function newPage(options: BrowserContextOptions = {}): Promise<Visit> {
    const window = await story.signedIn(DESK, 'owner@acme.example', options);
    const { page } = window;
    await page.goto(address(`${DESK}/content-pages/new`));
    await page.locator('#new-block').selectOption('heading');
    await page.getByRole('button', { name: 'Add block' }).click();
    await page.locator('[name="body.0.text"]').fill('Welcome');
    await page.locator('#new-block').selectOption('richText');
    await page.getByRole('button', { name: 'Add block' }).click();
    // The field under it has the same name: what was typed there before the editor lies over it, it would not have.
    await page.locator('[contenteditable=true]').waitFor();
    return window;
  }
  const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
  const sent = (page: Page) => page.locator('textarea[data-rich-text]').inputValue();
  const press = async (page: Page, ...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Puts HTML where a copy from another site would, and pastes it at the caret. */
  async function paste(page: Page, html: string): Promise<void> {
    await page.evaluate((copied) => {
      document.addEventListener(
        'copy',
        (event) => {
          event.preventDefault();
          event.clipboardData?.setData('text/html', copied);
        },
        { once: true },
      );
    }, html);
    await press(page, 'Control+c', 'Control+v');
  }

  it('is written by keyboard, cleaned when pasted, kept, published, and shown to visitors as it was written', async () => {
    const window = await newPage();
    const { page } = window;
    await page.getByLabel('Title', { exact: true }).first().fill('Written here');
    await page.getByLabel('Address', { exact: true }).first().fill('written-here');
    await textOf(page).focus();
    // The tools, by keyboard alone: one stop, arrows between them.
    await press(page, 'Alt+F10', 'ArrowRight', 'Enter');
    await page.keyboard.type('Our own shop');
    assert.equal(
      await page.getByRole('button', { name: 'Heading', exact: true }).getAttribute('aria-pressed'),
      'true',
    );
    await press(page, 'Enter');
    await page.keyboard.type('We are ');
    await press(page, 'Control+b');
    await page.keyboard.type('open');
    await press(page, 'Control+b');
    await page.keyboard.type(' today. ');
    await press(page, 'Control+k');
    const dialog = page.getByRole('dialog', { name: 'Link' });
    await page.keyboard.type('javascript:alert(1)');
    await press(page, 'Enter');
    assert.ok(await dialog.getByText('Use an address that starts with').isVisible());
    await isSound(window, 'the dialog of a link');
    await press(page, 'Control+a');
    await page.keyboard.type('/about');
    await press(page, 'Tab');
    await page.keyboard.type('About us');
    await press(page, 'Enter');
    await dialog.waitFor({ state: 'hidden' });
    await press(page, 'Enter', 'Control+Shift+Digit8');
    await page.keyboard.type('bread');
    await press(page, 'Enter');
    await page.keyboard.type('cheese');
    await press(page, 'Enter', 'Enter');
    const typed =
      '<h3>Our own shop</h3><p>We are <strong>open</strong> today. <a href="/about">About us</a></p><ul><li>bread</li><li>cheese</li></ul>';
    assert.equal(await sent(page), typed);
    await paste(page, HOSTILE);
    const pasted =
      '<h3>Pasted</h3><p>plain <strong>strong</strong> bad <a href="https://good.example/">good</a></p><p>one</p><p>two</p>';
    assert.equal(await sent(page), typed + pasted);
    await press(page, 'Control+z');
    assert.equal(await sent(page), typed);
    await press(page, 'Control+Shift+z');
    assert.equal(await sent(page), typed + pasted);
    const preview = page.frameLocator('iframe[name=page-preview]');
    await preview.getByRole('heading', { name: 'Our own shop' }).waitFor();
    assert.ok(await page.locator('[data-unsaved]').isVisible(), 'the guard knows of it');
    await isSound(window, 'the editor with text');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('#toasts').getByText('published').first().waitFor();
    const visitor = await visit();
    await visitor.page.goto(address('/written-here', 'acme.oms.lu'));
    const shown = await visitor.page.locator('main').innerHTML();
    for (const part of [typed, '<h3>Pasted</h3>', 'href="https://good.example/"', '<p>two</p>'])
      assert.ok(shown.replaceAll(/>\s+</g, '><').includes(part), `${part} is not in ${shown}`);
    assert.doesNotMatch(shown, /alert|onclick|onerror|<script|<style|style=/);
    await isSound(visitor, 'the page for visitors');
    await visitor.close();
    await window.close();
  });

  it('makes lists, quotes and marks of what is chosen, and takes them away again', async () => {
    const window = await newPage();
    const { page } = window;
    await textOf(page).focus();
    await page.keyboard.type('first');
    await press(page, 'Enter');
    await page.keyboard.type('second');
    await press(page, 'Control+a');
    const plain = '<p>first</p><p>second</p>';
    for (const [name, made] of [
      ['Bold', '<p><strong>first</strong></p><p><strong>second</strong></p>'],
      ['List', '<ul><li>first</li><li>second</li></ul>'],
      ['Numbered list', '<ol><li>first</li><li>second</li></ol>'],
      ['Quote', '<blockquote><p>first</p><p>second</p></blockquote>'],
    ] as const) {
      const tool = page.getByRole('button', { name, exact: true });
      await tool.click();
      assert.equal(await sent(page), made, name);
      assert.equal(await tool.getAttribute('aria-pressed'), 'true', name);
      await tool.click();
      assert.equal(await sent(page), plain, name);
    }
    for (const key of ['Control+b', 'Control+i', 'Control+Alt+Digit2']) await press(page, key);
    assert.equal(
      await sent(page),
      '<h4><em><strong>first</strong></em></h4><h4><em><strong>second</strong></em></h4>',
    );
    await page.getByRole('button', { name: 'Clear formatting' }).click();
    assert.equal(await sent(page), plain);
    await window.close();
  });

  it('shows its source and takes over what is changed there, cleaned', async () => {
    const window = await newPage({ viewport: SIZES.phone, colorScheme: 'dark' });
    const { page } = window;
    await page.getByRole('button', { name: 'Edit as HTML' }).click();
    const field = page.locator('textarea[data-rich-text]');
    await field.fill(
      '<p>kept<img src=x onerror=alert(1)></p><table><tbody><tr><td>1</td></tr></tbody></table>',
    );
    await isSound(window, 'the source on a phone');
    await page.getByRole('button', { name: 'Edit as HTML' }).click();
    assert.equal(
      await textOf(page).innerHTML(),
      '<p>kept</p><table><tbody><tr><td>1</td></tr></tbody></table>',
    );
    await isSound(window, 'the editor on a phone');
    await window.close();
  });

  it('is a field for HTML without a script', async () => {
    const window = await visit({ javaScriptEnabled: false });
    const { page } = window;
    await page.goto(address(`${DESK}/login`));
    await page.getByLabel('E-mail address').fill('owner@acme.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.goto(address(`${DESK}/content-pages/new`));
    await page.locator('#new-block').selectOption('richText');
    await page.getByRole('button', { name: 'Add block' }).click();
    assert.ok(await page.getByLabel('Text (HTML)').isVisible());
    await window.close();
  });

  it('keeps an editor’s page within 60 kB of styles and scripts, compressed', async () => {
    const window = await newPage();
    const addresses = await window.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => /\.(css|js)$/.test(name) && !name.includes('/preview/')),
    );
    const bytes = new Map<string, number>();
    for (const one of new Set(addresses)) {
      const answer = await fetch(one, { headers: { 'accept-encoding': 'identity' } });
      bytes.set(one, gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length);
    }
    const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
    assert.ok(
      [...bytes.keys()].some((one) => one.includes('rich-text-marks')),
      'it is loaded here',
    );
    assert.ok(total <= 60 * 1024, `${total} bytes: ${JSON.stringify(Object.fromEntries(bytes))}`);
    await window.close();
  });
});
