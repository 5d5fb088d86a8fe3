import assert from 'node:assert/strict';
import { parseInput } from '@wizamart/core';
import type { DomainError } from '@wizamart/core';
import type { NewPage } from '../src/input/pageInput.js';
import { newPage } from '../src/input/pageInput.js';
import { openWorld, type World } from './world.fixture.js';

describe('what a page says to search engines [module:cms] [surface:storefront]', () => {
  let world: World;
  let host: string;
  before(async () => {
    world = await openWorld();
    host = `${world.acmeShop.subdomain}.oms.lu`;
  });
  after(() => world.close());
  afterEach(() => world.db.everything('delete from cms_store_page'));

  const create = (page: object) =>
    world.storePages.create(
      world.inStore(),
      parseInput(newPage, { title: 'A title', status: 'published', ...page }) as NewPage,
    );
  const get = async (path: string) => (await world.server.client({ host }).get(path)).expect(200).html;
  const refusal = (page: object): string[] => {
    const parsed = newPage.safeParse({ slug: 'x', title: 'x', ...page });
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  };
  const dataOf = (html: string): Record<string, unknown>[] =>
    [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json]) => JSON.parse(json as string) as Record<string, unknown>,
    );

  it('names the languages it exists in, and no others', async () => {
    await create({ slug: 'both', translations: { fr: { title: 'Titre' } } });
    await create({ slug: 'one' });
    const both = await get('/both');
    assert.deepEqual(
      [...both.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g)].map(
        ([, language, href]) => `${language} ${href}`,
      ),
      [`en http://${host}/both`, `fr http://${host}/fr/both`, `x-default http://${host}/both`],
    );
    assert.doesNotMatch(await get('/one'), /<link rel="alternate"/);
  });

  it('gives a text that stands in for a missing translation the address of its own language', async () => {
    await create({ slug: 'one' });
    for (const path of ['/one', '/fr/one', '/de/one'])
      assert.match(await get(path), new RegExp(`<link rel="canonical" href="http://${host}/one">`), path);
  });

  it('sends search engines to another page of the same site, and never to another host', async () => {
    await create({ slug: 'double', seo: { canonical: '/original' } });
    assert.match(await get('/double'), new RegExp(`<link rel="canonical" href="http://${host}/original">`));
    for (const canonical of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'original',
      '/fr/original',
      '/a#b',
      'javascript:alert(1)',
    ])
      assert.deepEqual(refusal({ seo: { canonical } }), ['seo.canonical'], canonical);
  });

  it('keeps itself or its links out of search engines as it is told', async () => {
    await create({ slug: 'plain' });
    await create({ slug: 'closed', seo: { robots: 'noindex', follow: 'nofollow' } });
    await create({ slug: 'links', seo: { follow: 'nofollow' } });
    assert.doesNotMatch(await get('/plain'), /name="robots"/);
    assert.match(await get('/closed'), /<meta name="robots" content="noindex, nofollow">/);
    assert.match(await get('/links'), /<meta name="robots" content="nofollow">/);
  });

  it('shows its own words and picture where it is shared', async () => {
    await create({
      slug: 'shared',
      description: 'Plain',
      seo: { ogTitle: 'Look', ogDescription: 'Here', ogImage: '/media/a.webp' },
    });
    const html = await get('/shared');
    for (const [name, content] of Object.entries({
      title: 'Look',
      description: 'Here',
      image: `http://${host}/media/a.webp`,
    }))
      assert.ok(html.includes(`<meta property="og:${name}" content="${content}">`), name);
    assert.deepEqual(refusal({ seo: { ogImage: 'https://evil.example/x.png' } }), ['seo.ogImage']);
    await assert.rejects(
      create({ slug: 'gone', seo: { ogImage: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } }),
      (error: DomainError) => /picture/.test(error.errors?.[0]?.message ?? ''),
    );
  });

  it('tells what it is about as data: the business, the page, the way to it, its questions', async () => {
    await create({
      slug: 'contact',
      title: 'Contact',
      body: [
        {
          type: 'contact',
          email: 'info@acme.example',
          phone: '+352 1',
          lines: ['1 rue Haute', 'L-1111 Luxembourg'],
        },
        { type: 'faq', items: [{ question: 'Open?', html: '<p>Yes &amp; <a href="/x">here</a></p>' }] },
      ],
    });
    const data = dataOf(await get('/contact'));
    assert.deepEqual(
      data.map((thing) => thing['@type']),
      ['LocalBusiness', 'ContactPage', 'BreadcrumbList', 'FAQPage'],
    );
    assert.equal(data[0]?.['telephone'], '+352 1');
    assert.deepEqual(data[3]?.['mainEntity'], [
      { '@type': 'Question', name: 'Open?', acceptedAnswer: { '@type': 'Answer', text: 'Yes & here' } },
    ]);
  });

  it('cannot leave the element that holds the data', async () => {
    const name = '</script><script>alert(1)</script><!--<script>';
    await create({
      slug: 'evil',
      title: name,
      body: [{ type: 'faq', items: [{ question: name, html: '<p>a</p>' }] }],
    });
    const html = await get('/evil');
    assert.equal(html.match(/<script(?! type="application\/ld\+json")/g), null);
    assert.equal(dataOf(html).find((thing) => thing['@type'] === 'WebPage')?.['name'], name);
  });

  it('is edited beside the texts, and shows an error at its field', async () => {
    const { server, acmeShop, oms } = world;
    const root = `/platforms/oms/store/${acmeShop.code}`;
    const staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'staff' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
    const form = {
      language: 'en',
      slug: 'seo',
      title: 'Seo',
      description: '',
      placement: 'none',
      position: '1',
      do: 'save',
      'seo.title': '',
      'seo.description': '',
      'seo.canonical': 'https://evil.example',
      'seo.ogTitle': 'Kept',
      'seo.ogDescription': '',
      'seo.ogImage': '',
    };
    const { html } = (await staff.post('/content-pages/new', { form })).expect(422);
    assert.match(html, /id="error-seo\.canonical"/);
    assert.match(html, /name="seo\.ogTitle"[^>]*value="Kept"/);
    (
      await staff.post('/content-pages/new', {
        form: { ...form, 'seo.canonical': '/about', 'seo.follow': 'nofollow' },
      })
    ).expect(303);
    const [{ seo }] = (await world.db.everything('select seo from cms_store_page_translation')) as [
      { seo: object },
    ];
    assert.deepEqual(seo, { canonical: '/about', ogTitle: 'Kept', follow: 'nofollow' });
  });

  it('is not crawled on a machine’s own address, and told of its sitemap on its host', async () => {
    const local = (await world.server.client().get('/platforms/oms/robots.txt')).expect(200).text;
    assert.equal(local, 'User-agent: *\nDisallow: /\n');
    const robots = (await world.server.client({ host }).get('/robots.txt')).expect(200).text;
    assert.match(
      robots,
      new RegExp(`Disallow: /storefront/cart\n[\\s\\S]*Sitemap: http://${host}/sitemap\\.xml`),
    );
  });
});
