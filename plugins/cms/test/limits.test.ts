import assert from 'node:assert/strict';
import { FeatureNotInTier, PermissionDenied } from '@wizamart/core';
import { PageLimitReached } from '../src/errors.js';
import { openWorld, type World } from './world.fixture.js';

const ALL = ['cms_basic', 'cms_custom_pages', 'cms_seo', 'cms_templates'];

describe('page limits and features of tiers [module:cms]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const { tiers, onPlatform } = world;
    await tiers.seed(onPlatform(), [
      {
        code: 'essential',
        name: 'Essential',
        features: ['cms_basic'],
        limits: { cms_pages: 3, cms_custom_pages: 0 },
      },
      {
        code: 'professional',
        name: 'Professional',
        features: ['cms_custom_pages', 'cms_seo'],
        limits: { cms_pages: 10, cms_custom_pages: 5 },
      },
      {
        code: 'business',
        name: 'Business',
        features: ['cms_templates'],
        limits: { cms_pages: 30, cms_custom_pages: 20 },
      },
      { code: 'test', name: 'Test', features: ALL, limits: { cms_pages: 3, cms_custom_pages: 3 } },
    ]);
    for (const slug of ['about', 'contact', 'faq', 'terms']) {
      await world.platformPages.create(onPlatform(), 'default', {
        slug,
        title: slug,
        template: 'landing',
        status: 'published',
      });
    }
  });
  after(() => world.close());
  afterEach(() => world.db.everything('delete from cms_store_page'));

  it('let 20 parallel creates make exactly 3 pages at a limit of 3, in 20 of 20 runs', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'test');
    for (let run = 0; run < 20; run++) {
      const answers = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          storePages.create(inStore(), { slug: `p-${run}-${index}`, title: 'P' }),
        ),
      );
      const refusals = answers
        .filter((answer) => answer.status === 'rejected')
        .map((answer) => answer.reason as unknown);
      assert.equal(answers.length - refusals.length, 3, `run ${run}`);
      for (const refusal of refusals)
        assert.deepEqual(refusal, new PageLimitReached({ limit: 3, current: 3, upgradeTo: 'professional' }));
      await world.db.everything('delete from cms_store_page');
    }
  });

  it('count overrides, and parallel creates and overrides together', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'test');
    const creates = Array.from({ length: 6 }, (_, index) =>
      storePages.create(inStore(), { slug: `p-${index}`, title: 'P' }),
    );
    const overrides = ['about', 'contact', 'faq', 'terms'].map((slug) =>
      storePages.override(inStore(), slug),
    );
    const made = (await Promise.allSettled([...creates, ...overrides])).filter(
      ({ status }) => status === 'fulfilled',
    );
    assert.equal(made.length, 3);
  });

  it('count per store and platform', async () => {
    const { storePages, inStore, acme, acmeShop, acmeEsch, loyalty } = world;
    await world.asTier(acme, 'test');
    for (const slug of ['a', 'b', 'c']) await storePages.create(inStore(acmeEsch), { slug, title: slug });
    assert.deepEqual(await storePages.usage(inStore(acmeShop)), {
      pages: { used: 0, limit: 3 },
      customPages: { used: 0, limit: 3 },
    });
    const onLoyalty = { ...inStore(acmeEsch), platform: loyalty };
    assert.equal((await storePages.usage(onLoyalty)).pages.used, 0);
    await storePages.create(inStore(acmeShop), { slug: 'a', title: 'a' });
  });

  it('refuse custom pages to a tier without them, and name the tiers that have them', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'essential');
    await assert.rejects(
      storePages.create(inStore(), { slug: 'mine', title: 'Mine' }),
      new FeatureNotInTier({
        feature: 'cms_custom_pages',
        availableIn: ['professional', 'business', 'test'],
      }),
    );
    const override = await storePages.override(inStore(), 'about');
    await assert.rejects(storePages.patch(inStore(), override.id, { slug: 'mine' }), FeatureNotInTier);
    for (const slug of ['contact', 'faq']) await storePages.override(inStore(), slug);
    await assert.rejects(
      storePages.override(inStore(), 'terms'),
      new PageLimitReached({ limit: 3, current: 3, upgradeTo: 'professional' }),
    );
    assert.deepEqual(await storePages.usage(inStore()), {
      pages: { used: 3, limit: 3 },
      customPages: { used: 0, limit: 0 },
    });
  });

  it('bound custom pages apart from the total', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'professional');
    for (let index = 0; index < 5; index++)
      await storePages.create(inStore(), { slug: `c-${index}`, title: 'C' });
    await assert.rejects(
      storePages.create(inStore(), { slug: 'c-5', title: 'C' }),
      new PageLimitReached({ limit: 5, current: 5, upgradeTo: 'business' }),
    );
    const override = await storePages.override(inStore(), 'about');
    await assert.rejects(storePages.patch(inStore(), override.id, { slug: 'c-5' }), PageLimitReached);
  });

  it('keep everything after a downgrade, let it be edited, and refuse only to create', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'business');
    const page = await storePages.create(inStore(), {
      slug: 'big',
      title: 'Big',
      template: 'landing',
      seo: { title: 'Best' },
      status: 'published',
    });
    for (let index = 0; index < 4; index++)
      await storePages.create(inStore(), { slug: `c-${index}`, title: 'C' });
    await world.asTier(acme, 'essential');
    assert.equal((await world.publicPages.find(world.visitor(inStore()), 'big'))?.title, 'Big');
    const edited = await storePages.patch(inStore(), page.id, {
      title: 'Bigger',
      template: 'landing',
      seo: { title: 'Best' },
      status: 'published',
    });
    assert.deepEqual([edited.title, edited.seo], ['Bigger', { title: 'Best' }]);
    await assert.rejects(storePages.patch(inStore(), page.id, { seo: {} }), FeatureNotInTier);
    await assert.rejects(storePages.patch(inStore(), page.id, { template: 'article' }), FeatureNotInTier);
    await assert.rejects(
      storePages.override(inStore(), 'about'),
      new PageLimitReached({ limit: 3, current: 5, upgradeTo: 'professional' }),
    );
  });

  it('refuse SEO fields and templates that a tier lacks', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, 'professional');
    await assert.rejects(
      storePages.create(inStore(), { slug: 'x', title: 'X', template: 'landing' }),
      new FeatureNotInTier({ feature: 'cms_templates', availableIn: ['business', 'test'] }),
    );
    await world.asTier(acme, 'essential');
    await assert.rejects(
      storePages.create(inStore(), { slug: 'about', title: 'X', seo: { robots: 'noindex' } }),
      new FeatureNotInTier({ feature: 'cms_seo', availableIn: ['professional', 'business', 'test'] }),
    );
  });

  it('are none for a merchant without a tier', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, null);
    assert.deepEqual(await storePages.usage(inStore()), {
      pages: { used: 0, limit: null },
      customPages: { used: 0, limit: null },
    });
  });

  it('leave what visitors see to those who may publish', async () => {
    const { storePages, inStore, acme } = world;
    await world.asTier(acme, null);
    const editor = inStore(world.acmeShop, {
      actor: {
        kind: 'user',
        userId: world.acmeShop.id,
        email: 'e@x.lu',
        name: 'E',
        audience: 'store',
        isSuperAdmin: false,
        sessionId: world.acmeShop.id,
        permissions: { has: (permission) => permission !== 'cms.pages.publish' },
      },
    });
    const denied = new PermissionDenied({ permission: 'cms.pages.publish' });
    await assert.rejects(storePages.create(editor, { slug: 'a', title: 'A', status: 'published' }), denied);
    const page = await storePages.create(editor, { slug: 'a', title: 'A' });
    await storePages.patch(editor, page.id, { slug: 'b', title: 'B' });
    await assert.rejects(storePages.publish(editor, page.id), denied);
    await storePages.publish(inStore(), page.id);
    await storePages.patch(editor, page.id, { title: 'C' });
    await assert.rejects(storePages.patch(editor, page.id, { slug: 'c' }), denied);
    await assert.rejects(storePages.patch(editor, page.id, { status: 'draft' }), denied);
    await assert.rejects(storePages.remove(editor, page.id), denied);
    assert.equal((await world.publicPages.find(world.visitor(inStore()), 'b'))?.title, 'B');
  });
});
