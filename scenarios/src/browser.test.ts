import assert from 'node:assert/strict';
import { accessibilityFaults, isSound, SIZES, visit, type Visit } from './browser.fixture.js';
import { tellInBrowser } from './story.fixture.js';
import { acmeOwner, PASSWORD } from './world.fixture.js';

const HOMES = {
  main: '/',
  oms: '/platforms/oms/',
  loyalty: '/platforms/loyalty/',
  'site-builder': '/platforms/site-builder/',
  'the store acme': '/platforms/oms/stores/acme/',
} as const;

describe('In a browser [module:core] [module:cms]', function () {
  this.timeout(180_000);
  const story = tellInBrowser();
  const { address, signIn } = story;

  describe('a visitor [surface:platform] [surface:storefront]', () => {
    for (const [name, path] of Object.entries(HOMES)) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          it(`sees the home of ${name} on a ${size}, ${colorScheme}`, async () => {
            const window = await visit({ viewport, colorScheme });
            await window.page.goto(address(path));
            assert.equal(await window.page.locator('h1').count(), 1);
            await isSound(window, path);
            await window.close();
          });
        }
      }
    }

    it('changes the language and stays on the page, on a platform and on a store’s own host', async () => {
      const window = await visit();
      const { page } = window;
      for (const [start, french] of [
        [address('/platforms/oms/pricing'), '/platforms/oms/fr/pricing'],
        [address('/about', 'acme.oms.lu'), '/fr/about'],
      ] as const) {
        await page.goto(start);
        const english = await page.locator('h1').innerText();
        await page
          .locator('a[hreflang="fr"], a[lang="fr"]')
          .first()
          .evaluate((link: HTMLAnchorElement) => {
            link.click();
          });
        await page.waitForURL(`**${french}`);
        assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
        assert.notEqual(await page.locator('h1').innerText(), english);
        await isSound(window, french);
      }
      await window.close();
    });

    it('follows every link of the header and footer to a page', async () => {
      const window = await visit();
      for (const path of [HOMES.oms, HOMES['the store acme']]) {
        await window.page.goto(address(path));
        const links = await window.page
          .locator('header a[href], footer a[href]')
          .evaluateAll((all) => [...new Set(all.map((link) => (link as HTMLAnchorElement).href))]);
        assert.ok(links.length > 5, `${path} has ${links.length} links`);
        for (const link of links.filter((one) => one.startsWith(address(''))))
          assert.equal((await window.page.request.get(link)).status(), 200, link);
      }
      await window.close();
    });

    it('is shown a sound page for what does not exist', async () => {
      const window = await visit({ colorScheme: 'dark', viewport: SIZES.phone });
      await window.page.goto(address('/platforms/oms/nothing-here'));
      assert.deepEqual(await accessibilityFaults(window.page), []);
      await window.close();
    });
  });

  describe('an administrator [surface:admin]', () => {
    it('signs in, sees the lists, edits a marketing page and publishes it', async () => {
      const window = await visit();
      const { page } = window;
      await signIn(page, '/admin', 'admin@wizamart.example');
      for (const [menu, row] of [
        ['Platforms', 'Wizamart OMS'],
        ['Merchants', 'TechPro'],
        ['Stores', 'Acme Esch'],
      ] as const) {
        // Some say how many there are beside their name.
        await page
          .getByRole('navigation', { name: 'Main menu' })
          .getByRole('link', { name: new RegExp(`^${menu}( \\d+)?$`) })
          .click();
        await page.getByRole('heading', { level: 1, name: menu }).waitFor();
        assert.ok(await page.getByText(row).first().isVisible(), `${row} under ${menu}`);
        await isSound(window, menu);
      }
      await page.goto(address('/admin/platforms/oms/pages'));
      await page
        .getByRole('link', { name: /^About/ })
        .first()
        .click();
      await page.getByLabel('Title', { exact: true }).first().fill('About the back office');
      await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
      await page.locator('#toasts').getByText('The page is published.').waitFor();
      await isSound(window, 'the editor after publishing');
      await page.goto(address('/about', 'oms.lu'));
      assert.match(await page.title(), /^About the back office/);
      await window.close();
    });
  });

  describe('a store’s owner [surface:store]', () => {
    it('signs in and fills in a form with the keyboard only, seeing where they are', async () => {
      const window = await visit();
      const { page } = window;
      await page.goto(address('/platforms/oms/store/acme/login'));
      const focused = () =>
        page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const style = getComputedStyle(element);
          return {
            name: element.getAttribute('name') ?? element.textContent?.trim() ?? '',
            tag: element.tagName,
            seen:
              (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) ||
              style.boxShadow !== 'none',
          };
        });
      const tabTo = async (name: string): Promise<void> => {
        for (let i = 0; i < 60; i++) {
          await page.keyboard.press('Tab');
          const at = await focused();
          if (at.tag === 'BODY') continue;
          assert.ok(at.seen, `the focus is not seen at ${at.tag} ${at.name}`);
          if (at.name === name) return;
        }
        assert.fail(`no way to '${name}' by the keyboard`);
      };
      await page.keyboard.press('Tab');
      assert.equal((await focused()).name, 'Skip to content');
      await tabTo('email');
      await page.keyboard.type('owner@acme.example');
      await tabTo('password');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL(/dashboard/);
      await page.goto(address('/platforms/oms/store/acme/profile'));
      await tabTo('name');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('Claire H.');
      await page.keyboard.press('Enter');
      await page.waitForURL(/profile/);
      assert.equal(await page.locator('input[name=name]').inputValue(), 'Claire H.');
      await window.close();
    });
  });

  it('a page with scripts in every field executes nothing, neither for visitors nor in the editor', async () => {
    const owner = await acmeOwner(story.server);
    const evil =
      '"><img src=x onerror=window.__ran=1><script>window.__ran=1</script><svg onload=window.__ran=1>{{constructor}}';
    const html =
      '<p onclick="window.__ran=1">a<img src=x onerror="window.__ran=1"><script>window.__ran=1</script><a href="javascript:window.__ran=1">go</a><iframe srcdoc="<script>parent.__ran=1</script>"></iframe></p>';
    const pages = '/platforms/oms/store/acme/api/v1/store/pages';
    const created = await owner.post(pages, {
      json: {
        slug: 'evil',
        title: evil,
        description: evil,
        status: 'published',
        placement: 'header',
        seo: { title: evil, description: evil },
        body: [
          {
            type: 'hero',
            eyebrow: evil,
            title: evil,
            text: evil,
            actions: [{ label: evil.slice(0, 80), href: '/about', style: 'primary' }],
          },
          { type: 'heading', level: 2, text: evil },
          { type: 'richText', html },
          {
            type: 'cards',
            title: evil,
            text: evil,
            columns: 2,
            items: [{ title: evil, text: evil, href: '/about' }],
          },
          { type: 'steps', title: evil, items: [{ title: evil, text: evil }] },
          { type: 'table', caption: evil, head: [evil, evil], rows: [[evil, evil]] },
          { type: 'faq', title: evil, items: [{ question: evil, html }] },
          { type: 'quote', text: evil, by: evil },
          {
            type: 'plans',
            title: evil,
            items: [{ name: evil.slice(0, 80), price: evil.slice(0, 40), text: evil, features: [evil] }],
          },
          {
            type: 'cta',
            title: evil,
            text: evil,
            actions: [{ label: evil.slice(0, 80), href: '/about', style: 'primary' }],
          },
        ],
      },
    });
    created.expect(201);
    const { id } = created.json<{ id: string }>();
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'vbscript:x',
      ' javascript:x',
    ]) {
      (
        await owner.post(pages, {
          json: {
            slug: 'evil-link',
            title: 'X',
            body: [{ type: 'cta', title: 'X', actions: [{ label: 'X', href, style: 'primary' }] }],
          },
        })
      ).expect(422);
    }
    const stored = await story.server.database.everything<{ body: string }>(
      "select body::text from cms_store_page_translation where body::text like '%go</a>%' or body::text like '%>go%'",
    );
    for (const { body } of stored)
      assert.doesNotMatch(body, /onclick|javascript:window|<iframe|srcdoc/, 'stored sanitised');
    const window = await visit();
    const { page } = window;
    await signIn(page, '/platforms/oms/store/acme', 'owner@acme.example');
    for (const path of [
      address('/evil', 'acme.oms.lu'),
      address('/about', 'acme.oms.lu'),
      address('/platforms/oms/store/acme/content-pages'),
      address(`/platforms/oms/store/acme/content-pages/${id}`),
      address(`/platforms/oms/store/acme/content-pages/${id}/delete`),
    ]) {
      await page.goto(path);
      for (const clickable of await page.locator('main p, main a[href^="javascript"]').all())
        await clickable.dispatchEvent('click').catch(() => undefined);
      assert.equal(await page.evaluate(() => (window as { __ran?: number }).__ran), undefined, path);
      assert.equal(
        await page
          .locator(
            'main img[src="x"], main iframe:not([name="page-preview"]), main script:not([src^="/assets/cms/"]), main [onclick], a[href^="javascript"]',
          )
          .count(),
        0,
        path,
      );
    }
    assert.deepEqual((window satisfies Visit).complaints, []);
    await window.close();
    (await owner.delete(`${pages}/${id}`)).expect(204);
  });
});
