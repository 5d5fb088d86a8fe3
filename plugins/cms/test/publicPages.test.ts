import assert from 'node:assert/strict';
import { rootOf } from '@wizamart/core/testing';
import { BLOCK_FIELDS } from '../src/editor/blockFields.js';
import { openWorld, type World } from './world.fixture.js';
import { XSS_PAYLOADS } from './xssPayloads.fixture.js';

/** The picture beside the opening of a storefront: shapes alone, which nothing typed can get into. */
const HERO_ART =
  /<div class="hero__art" aria-hidden="true">\s*<svg viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" focusable="false">(?:<(rect|circle|path)(?: (?:class|x|y|width|height|rx|cx|cy|r|d)="[\w .-]*")*><\/\1>)*<\/svg>/;

describe('public pages [module:cms] [surface:storefront]', () => {
  let world: World;
  let root: string;
  before(async () => {
    world = await openWorld();
    root = rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop });
  });
  after(() => world.close());
  const get = (path: string) => world.server.client().get(path);

  it('lead to the shop where a store has no home page, and to / from /home', async () => {
    const { location } = (await get(`${root}/`)).expect(302);
    assert.equal(location, `${root}/storefront/`);
    const { id } = await world.storePages.create(world.inStore(), {
      slug: 'home',
      title: 'Welcome',
      status: 'published',
    });
    assert.match((await get(`${root}/`)).expect(200).html, /<h1>Welcome<\/h1>/);
    assert.equal((await get(`${root}/home`)).expect(308).location, `${root}/`);
    await world.storePages.remove(world.inStore(), id);
  });

  it('lead links of the text below the site’s own root and language', async () => {
    await world.storePages.create(world.inStore(), {
      slug: 'links',
      title: 'Links',
      status: 'published',
      body: [
        { type: 'richText', html: '<p><a href="/contact">c</a> <a href="https://example.org/">e</a></p>' },
        { type: 'cta', title: 'Go', actions: [{ label: 'l', href: '/about', style: 'primary' }] },
      ],
    });
    const page = (await get(`${root}/fr/links`)).expect(200).html;
    assert.ok(page.includes(`href="${root}/fr/contact"`));
    assert.ok(page.includes(`href="${root}/fr/about"`));
    assert.ok(page.includes('href="https://example.org/" rel="noopener"'));
  });

  it('say in which language the text is, what they are called elsewhere, and who may index them', async () => {
    await world.storePages.create(world.inStore(), {
      slug: 'seo',
      title: 'Seo',
      description: 'Own words',
      status: 'published',
      seo: { title: 'Found title', robots: 'noindex' },
      translations: { fr: { title: 'Référencement' } },
    });
    const english = (await get(`${root}/seo`)).expect(200).html;
    assert.match(english, /<title>Found title/);
    assert.match(english, /<meta name="description" content="Own words">/);
    assert.match(english, /<meta name="robots" content="noindex">/);
    assert.match((await get(`${root}/fr/seo`)).html, /<article lang="fr">[\s\S]*Référencement/);
    assert.match((await get(`${root}/de/seo`)).html, /<article lang="en">/);
  });

  it('of two stores with the same text keep to their own links, and change one without the other', async () => {
    const { acmeShop, techproShop, oms, storePages, inStore } = world;
    const html = '<p><a href="/contact">Same words</a></p>';
    const pages = [];
    for (const store of [acmeShop, techproShop]) {
      const place = rootOf({ surface: 'storefront', kind: 'page', platform: oms, store });
      const { id } = await storePages.create(inStore(store), {
        slug: 'same',
        title: 'Same',
        status: 'published',
        body: [{ type: 'richText', html }],
      });
      pages.push({ place, id });
    }
    const [own, other] = pages as [(typeof pages)[0], (typeof pages)[0]];
    for (const { place } of [own, other, own])
      assert.ok(
        (await get(`${place}/same`)).expect(200).html.includes(`<a href="${place}/contact">Same words`),
      );
    await storePages.remove(inStore(acmeShop), own.id);
    (await get(`${own.place}/same`)).expect(404);
    assert.ok((await get(`${other.place}/same`)).expect(200).html.includes(`href="${other.place}/contact"`));
    await storePages.create(inStore(acmeShop), {
      slug: 'same',
      title: 'Same',
      status: 'published',
      body: [{ type: 'richText', html: '<p>Other words</p>' }],
    });
    assert.match((await get(`${own.place}/same`)).expect(200).html, /<p>Other words<\/p>/);
    assert.match((await get(`${other.place}/same`)).expect(200).html, />Same words<\/a>/);
  });

  it('link to each other in header and footer', async () => {
    const { inStore, storePages } = world;
    await storePages.create(inStore(), {
      slug: 'top',
      title: 'Top & more',
      placement: 'header',
      status: 'published',
    });
    const { id } = await storePages.create(inStore(), {
      slug: 'bottom',
      title: 'Bottom',
      placement: 'footer',
      status: 'published',
    });
    const first = (await get(`${root}/top`)).html;
    assert.match(first, /<header[\s\S]*Top &amp; more[\s\S]*<\/header>/);
    assert.match(first, /<footer[\s\S]*Bottom[\s\S]*<\/footer>/);
    await storePages.remove(inStore(), id);
    assert.doesNotMatch((await get(`${root}/top`)).html, /Bottom/);
  });

  it('show every kind of block without an error', async () => {
    const { id } = await world.storePages.create(world.inStore(), {
      slug: 'blocks',
      title: 'Blocks',
      status: 'published',
      body: [
        {
          type: 'hero',
          eyebrow: 'e',
          title: 'HERO',
          text: 'x',
          actions: [{ label: 'l', href: '#a', style: 'primary' }],
        },
        { type: 'hero', title: 'PLAIN', text: 'x' },
        { type: 'heading', level: 3, text: 'HEADING' },
        { type: 'richText', html: '<p>RICHTEXT</p>' },
        {
          type: 'cards',
          columns: 2,
          items: [{ icon: 'no-such-icon', title: 'CARDS', text: 'x', href: '/a' }],
        },
        { type: 'steps', items: [{ title: 'STEPS', text: 'x' }] },
        {
          type: 'plans',
          items: [
            { name: 'PLANS', price: '€1', text: 'x', features: ['a'], action: { label: 'l', href: '/a' } },
          ],
        },
        { type: 'table', caption: 'TABLE', head: ['a'], rows: [['1']] },
        { type: 'faq', items: [{ question: 'FAQ', html: '<p>x</p>' }] },
        { type: 'quote', text: 'QUOTE', by: 'b' },
        { type: 'cta', title: 'CTA', actions: [{ label: 'l', href: '/a', style: 'secondary' }] },
        { type: 'contact', email: 'contact@example.org', lines: [] },
        { type: 'button', label: 'BUTTON', href: '/a', style: 'primary' },
        { type: 'html', html: '<p>HTML</p>' },
        {
          type: 'columns',
          items: [{ blocks: [{ type: 'heading', level: 2, text: 'COLUMNS' }] }, { blocks: [] }],
        },
        {
          type: 'form',
          title: 'FORM',
          fields: [{ input: 'text', label: 'l' }],
          submitLabel: 's',
          success: 't',
        },
      ],
    });
    const { html } = (await get(`${root}/blocks`)).expect(200);
    // Pictures are shown with their files in media.test.ts.
    for (const type of Object.keys(BLOCK_FIELDS).filter((type) => type !== 'image' && type !== 'gallery'))
      assert.ok(html.includes(type === 'contact' ? 'contact@example.org' : type.toUpperCase()), type);
    assert.equal(html.match(/<h1[\s>]/g)?.length, 2);
    await world.storePages.remove(world.inStore(), id);
  });

  it('run nothing that was typed into any field', async () => {
    const { storePages, inStore } = world;
    for (const [index, raw] of XSS_PAYLOADS.entries()) {
      // Control characters are refused before anything is stored.
      const payload = raw.replaceAll(/\p{Cc}/gu, ' ');
      const text = payload.slice(0, 190);
      const { id } = await storePages.create(inStore(), {
        slug: `xss-${index}`,
        title: text,
        description: text,
        status: 'published',
        placement: 'header',
        seo: { title: text.slice(0, 100), description: text },
        body: [
          { type: 'hero', eyebrow: text.slice(0, 100), title: text, text },
          { type: 'richText', html: payload },
          { type: 'faq', items: [{ question: text, html: payload }] },
          { type: 'table', caption: text, head: [text], rows: [[text]] },
          { type: 'quote', text, by: text },
          { type: 'contact', email: 'a@b.lu', phone: text.slice(0, 40), lines: [text], hours: text },
        ],
      });
      const { html } = (await get(`${root}/xss-${index}`)).expect(200);
      const tags =
        html
          .replace(HERO_ART, '')
          .replaceAll(
            /<svg class="icon"[\s\S]*?<\/svg>|<script type="application\/ld\+json">[^<]*<\/script>/g,
            '',
          )
          .match(/<[^>]*>/g) ?? [];
      const bad = tags.filter((tag) =>
        /^<(script|img|iframe|object|embed|svg|math|style|base|video|template|textarea|xmp)\b|\son\w+=(?![^"]*"[^"]*$)|(href|src)="?\s*(javascript|data|vbscript):/i.test(
          tag.replaceAll(/(content|aria-label|placeholder|value)="[^"]*"/g, ''),
        ),
      );
      assert.deepEqual(bad, [], payload);
      await storePages.remove(inStore(), id);
    }
  });
});
