import assert from 'node:assert/strict';
import { LANGUAGES, type TenantContext } from '@wizamart/core';
import { body, openWorld, type World } from './world.fixture.js';

describe('what visitors see [module:cms]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const { platformPages, storePages, onPlatform, inStore } = world;
    await platformPages.create(onPlatform(), 'platform', {
      slug: 'about',
      title: 'Marketing',
      body: body('m'),
      status: 'published',
      placement: 'header',
      position: 20,
    });
    await platformPages.create(onPlatform(), 'platform', {
      slug: 'home',
      title: 'Home',
      status: 'published',
      placement: 'header',
      position: 10,
      translations: { fr: { title: 'Accueil' } },
    });
    await platformPages.create(onPlatform(), 'platform', {
      slug: 'hidden',
      title: 'Hidden',
      status: 'draft',
      placement: 'header',
    });
    await platformPages.create(onPlatform(), 'platform', {
      slug: 'thanks',
      title: 'Thanks',
      status: 'published',
      seo: { robots: 'noindex' },
    });
    await platformPages.create(onPlatform(), 'default', {
      slug: 'about',
      title: 'Default',
      status: 'published',
      placement: 'footer',
      position: 5,
    });
    await platformPages.create(onPlatform(), 'default', {
      slug: 'terms',
      title: 'Terms',
      language: 'de',
      status: 'published',
      placement: 'footer',
      position: 50,
      translations: { lb: { title: 'Konditiounen' } },
    });
    await platformPages.create(onPlatform(world.loyalty), 'default', {
      slug: 'points',
      title: 'Points',
      status: 'published',
    });
    await storePages.create(inStore(), {
      slug: 'about',
      title: 'Acme',
      status: 'published',
      placement: 'header',
    });
    await storePages.create(inStore(), {
      slug: 'secret',
      title: 'Secret',
      status: 'published',
      seo: { robots: 'noindex' },
    });
  });
  after(() => world.close());

  const titleOf = async (ctx: TenantContext, slug: string): Promise<string | undefined> =>
    (await world.publicPages.find(world.visitor(ctx), slug))?.title;

  it('is the store’s own page, else the default, and on the platform’s host its marketing page', async () => {
    const { onPlatform, inStore, acmeEsch } = world;
    assert.equal(await titleOf(inStore(), 'about'), 'Acme');
    assert.equal(await titleOf(inStore(acmeEsch), 'about'), 'Default');
    assert.equal(await titleOf(onPlatform(), 'about'), 'Marketing');
  });

  it('is never a marketing page on a store’s host, nor a store’s or default page on the platform’s', async () => {
    const { onPlatform, inStore } = world;
    assert.equal(await titleOf(inStore(), 'home'), undefined);
    assert.equal(await titleOf(onPlatform(), 'secret'), undefined);
    assert.equal(await titleOf(onPlatform(), 'terms'), undefined);
  });

  it('is never a draft, nor a page before its time', async () => {
    const { onPlatform, inStore } = world;
    assert.equal(await titleOf(onPlatform(), 'hidden'), undefined);
    const before = new Date(world.clock.now().getTime() - 1);
    assert.equal(await titleOf({ ...inStore(), now: before }, 'about'), undefined);
    assert.equal(await titleOf({ ...onPlatform(), now: before }, 'about'), undefined);
  });

  it('is of the store’s own platform only', async () => {
    const { inStore, acmeEsch, loyalty } = world;
    assert.equal(await titleOf(inStore(acmeEsch), 'points'), undefined);
    assert.equal(await titleOf({ ...inStore(acmeEsch), platform: loyalty }, 'points'), 'Points');
    assert.equal(await titleOf({ ...inStore(acmeEsch), platform: loyalty }, 'about'), undefined);
  });

  it('is in the language asked for, else the store’s, the platform’s, English, any', async () => {
    const { onPlatform, inStore } = world;
    const page = await world.publicPages.find({ ...world.visitor(onPlatform()), language: 'fr' }, 'home');
    assert.deepEqual(
      [page?.title, page?.language, [...(page?.languages ?? [])].sort()],
      ['Accueil', 'fr', ['en', 'fr']],
    );
    assert.equal(await titleOf({ ...onPlatform(), language: 'de' }, 'home'), 'Home');
    assert.equal(await titleOf({ ...inStore(), language: 'lb' }, 'terms'), 'Konditiounen');
    const german = { ...world.acmeShop, defaultLanguage: 'de' as const };
    assert.equal(await titleOf(inStore(german, { language: 'fr' }), 'terms'), 'Terms');
  });

  it('links to the pages of a menu in their order, defaults among them, from memory until one changes', async () => {
    const { pageMenu, onPlatform, inStore, acmeEsch, storePages } = world;
    assert.deepEqual(await pageMenu.of(onPlatform()), {
      header: [
        { label: 'Home', path: '/' },
        { label: 'Marketing', path: '/about' },
      ],
      footer: [],
    });
    const menu = {
      header: [{ label: 'Acme', path: '/about' }],
      footer: [{ label: 'Terms', path: '/terms' }],
    };
    assert.deepEqual(await pageMenu.of(inStore()), menu);
    assert.deepEqual(
      (await pageMenu.of(inStore(acmeEsch))).footer.map(({ path }) => path),
      ['/about', '/terms'],
    );
    await world.db.everything(`update cms_store_page set placement = 'footer' where slug = 'about'`);
    assert.deepEqual(await pageMenu.of(inStore()), menu);
    await storePages.create(inStore(), {
      slug: 'hours',
      title: 'Hours',
      status: 'published',
      placement: 'header',
    });
    assert.deepEqual((await pageMenu.of(inStore())).header, [{ label: 'Hours', path: '/hours' }]);
  });

  it('is in the sitemap exactly when it answers and may be indexed', async () => {
    const { sitemap, onPlatform, inStore } = world;
    assert.deepEqual(
      (await sitemap.entries(onPlatform())).map(({ path }) => path),
      ['/about', '/'],
    );
    const ctx = inStore({ ...world.acmeShop, languages: LANGUAGES });
    const entries = await sitemap.entries(ctx);
    assert.deepEqual(
      entries.map(({ path }) => path),
      ['/about', '/hours', '/terms'],
    );
    for (const { path, languages } of entries) {
      for (const language of languages) {
        const page = await world.publicPages.find({ ...world.visitor(ctx), language }, path.slice(1));
        assert.equal(page?.language, language);
      }
    }
  });
});
