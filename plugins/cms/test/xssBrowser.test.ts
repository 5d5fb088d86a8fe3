/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { THEME_PRESETS } from '@wizamart/core';
import type { NewPage } from '../src/input/pageInput.js';
import { openWorld, type World } from './world.fixture.js';
import { XSS_PAYLOADS } from './xssPayloads.fixture.js';

const CHROMIUM = process.env['WIZAMART_CHROMIUM'] ?? '/usr/bin/chromium';
const PASSWORD = 'a long enough password';

describe('what a store writes, in a browser [module:cms] [surface:storefront]', function () {
  this.timeout(300_000);
  let world: World;
  let browser: Browser;
  let root: string;

  before(async function () {
    if (!existsSync(CHROMIUM)) this.skip();
    world = await openWorld();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    root = `${world.server.url.replace('127.0.0.1', 'localhost')}/platforms/oms`;
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  /** Everything that can be typed, with the payload in it. */
  function pageOf(payload: string): Omit<NewPage, 'slug'> {
    const of = (max: number): string => payload.slice(0, max);
    const action = { label: of(80), href: '/x', style: 'primary' as const };
    const simple = [
      { type: 'heading' as const, level: 3 as const, text: of(200) },
      { type: 'html' as const, html: payload },
      { type: 'button' as const, ...action },
      { type: 'quote' as const, text: payload, by: of(200) },
    ];
    return {
      title: of(200),
      description: payload,
      status: 'published',
      placement: 'header',
      seo: { title: of(120), description: of(320), ogTitle: of(120), ogDescription: of(320) },
      body: [
        { type: 'hero', eyebrow: of(120), title: of(200), text: payload, actions: [action] },
        { type: 'richText', html: payload },
        {
          type: 'cards',
          title: of(200),
          text: payload,
          columns: 2,
          items: [{ title: of(200), text: payload, href: '/x' }],
        },
        { type: 'steps', title: of(200), items: [{ title: of(200), text: payload }] },
        {
          type: 'plans',
          title: of(200),
          note: payload,
          items: [
            {
              name: of(80),
              price: of(40),
              period: of(80),
              text: payload,
              features: [of(200)],
              action: { label: of(80), href: '/x' },
            },
          ],
        },
        { type: 'table', caption: of(200), head: [of(200)], rows: [[of(500)]] },
        { type: 'faq', title: of(200), items: [{ question: of(200), html: payload }] },
        { type: 'cta', title: of(200), text: payload, actions: [action] },
        { type: 'contact', email: 'a@b.lu', phone: of(40), lines: [of(200)], hours: of(200) },
        { type: 'columns', items: [{ blocks: simple }, { blocks: simple }] },
        {
          type: 'form',
          title: of(200),
          text: payload,
          submitLabel: of(80),
          success: payload,
          fields: [
            { input: 'text', label: of(300) },
            { input: 'select', label: of(300), options: [of(200)] },
            { input: 'consent', label: of(300) },
          ],
        },
      ],
    };
  }

  /** A window in which whatever runs leaves a mark. Without the content security policy: it must not be what saves us. */
  async function open(bypassCSP: boolean): Promise<{ context: BrowserContext; page: Page; fired: string[] }> {
    const context = await browser.newContext({ bypassCSP });
    const page = await context.newPage();
    const fired: string[] = [];
    page.on('dialog', (dialog) => {
      fired.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (/fired|Content Security Policy/i.test(message.text())) fired.push(message.text());
    });
    await page.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt', 'eval', 'msgbox'])
        Object.defineProperty(globalThis, name, {
          value: () => console.warn(`fired ${name}`),
          writable: false,
        });
    });
    return { context, page, fired };
  }

  /** Handlers and addresses in the page that would run something if somebody touched them. */
  const dangers = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes]
          .filter(
            ({ name, value }) =>
              name.startsWith('on') ||
              name === 'srcdoc' ||
              (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name) &&
                /^\s*(javascript|data|vbscript):/i.test(value)),
          )
          .map(({ name, value }) => `${element.tagName} ${name}=${value}`)
          .concat(
            element.tagName === 'SCRIPT' &&
              element.getAttribute('type') !== 'application/ld+json' &&
              // The dashboards' own files, which no text can change.
              !element.matches('script[src^="/assets/"]:empty')
              ? ['SCRIPT']
              : [],
          ),
      ),
    );

  it('would be noticed if it ran', async () => {
    const { page, context, fired } = await open(true);
    await page.goto(`${root}/`);
    await page.evaluate(() => {
      document.body.innerHTML =
        '<a href="javascript:alert(1)">x</a><p onclick="alert(1)">x</p><img src=x onerror="alert(1)">';
    });
    await page.waitForFunction(() => document.images[0]?.complete);
    assert.equal((await dangers(page)).length, 3);
    assert.equal(fired.length, 1);
    await context.close();
  });

  it('runs nothing, in whichever field it was typed, for visitors and for staff', async () => {
    const { storePages, siteMenus, inStore, acmeShop, server } = world;
    const stores = server.parts.stores;
    await server.user({ email: 'owner@acme.example', password: PASSWORD, ownerOf: world.acme });
    const { page, context, fired } = await open(true);
    await page.goto(`${root}/store/${acmeShop.code}/login`);
    await page.fill('input[name=email]', 'owner@acme.example');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('main button[type=submit]');
    const { id } = await storePages.create(inStore(), { slug: 'xss', ...pageOf('plain') });
    for (const raw of XSS_PAYLOADS) {
      // Control characters are refused before anything is stored.
      const payload = raw.replaceAll(/\p{Cc}/gu, ' ').trim();
      await storePages.patch(inStore(), id, pageOf(payload));
      await stores
        .update(inStore(), acmeShop.id, {
          name: payload.slice(0, 100),
          theme: { ...THEME_PRESETS.modern, name: payload.slice(0, 40) },
        })
        .catch(() => stores.update(inStore(), acmeShop.id, { name: payload.slice(0, 100) }));
      await siteMenus.replace(inStore(), 'header', [
        { kind: 'page', page: id, labels: { en: payload.slice(0, 80) }, visible: true },
        {
          kind: 'heading',
          labels: { en: payload.slice(0, 80) },
          visible: true,
          children: [{ kind: 'address', href: '/x', labels: { en: payload.slice(0, 80) }, visible: true }],
        },
      ]);
      for (const address of [
        `/stores/${acmeShop.code}/xss`,
        `/store/${acmeShop.code}/content-pages/${id}`,
        `/store/${acmeShop.code}/site-menus/header`,
        `/store/${acmeShop.code}/content-pages`,
      ]) {
        const answer = await page.goto(root + address);
        assert.equal(answer?.status(), 200, `${address} with ${payload}`);
        assert.deepEqual([await dangers(page), fired], [[], []], `${address} with ${payload}`);
      }
    }
    await context.close();
  });

  it('is told to search engines as data that the content security policy lets be', async () => {
    const { page, context, fired } = await open(false);
    await page.goto(`${root}/stores/${world.acmeShop.code}/xss`);
    const data = await page.$$eval('script[type="application/ld+json"]', (elements) =>
      elements.map((element) => JSON.parse(element.textContent ?? '') as object),
    );
    assert.ok(data.length >= 3);
    assert.deepEqual(fired, []);
    await context.close();
  });
});
