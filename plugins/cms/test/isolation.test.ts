import assert from 'node:assert/strict';
import type { StoreContext, TenantContext } from '@wizamart/core';
import { PageNotFound } from '../src/errors.js';
import { StorePage } from '../src/models/StorePage.js';
import { PublicPages } from '../src/services/PublicPages.js';
import { openWorld, type World } from './world.fixture.js';

/** Four sites with a page of the same slug each: two merchants, two stores of one, and one store on two platforms. */
const SITES = ['acme', 'acmeEsch', 'acmeEschOnLoyalty', 'techpro'] as const;

describe('pages of different tenants [module:cms]', () => {
  let world: World;
  let sites: Record<(typeof SITES)[number], StoreContext>;
  const ids = new Map<string, string>();

  before(async () => {
    world = await openWorld();
    const { inStore, acmeShop, acmeEsch, techproShop, loyalty } = world;
    const onLoyalty = { ...acmeEsch, platformId: loyalty.id };
    sites = {
      acme: inStore(acmeShop),
      acmeEsch: inStore(acmeEsch),
      techpro: inStore(techproShop),
      acmeEschOnLoyalty: inStore(onLoyalty, { platform: loyalty }),
    };
    for (const site of SITES) {
      const page = await world.storePages.create(sites[site], {
        slug: 'about',
        title: site,
        status: 'published',
        placement: 'header',
      });
      ids.set(site, page.id);
    }
  });
  after(() => world.close());

  const visible = (ctx: TenantContext, database = world.database): Promise<string[]> =>
    database.unit(ctx, async ({ tx }) =>
      (await tx.query<{ id: string }>('select id from cms_store_page')).map(({ id }) => id),
    );

  for (const site of SITES) {
    it(`show ${site} its own page only, in lists, menus, sitemap and on its host`, async () => {
      const ctx = sites[site];
      const list = await world.storePages.list(ctx, { page: 1, perPage: 20, sort: 'slug', q: '' });
      assert.deepEqual(
        list.items.map(({ title }) => title),
        [site],
      );
      assert.equal((await world.publicPages.find(world.visitor(ctx), 'about'))?.title, site);
      assert.deepEqual((await world.pageMenu.of(ctx)).header, [{ label: site, path: '/about' }]);
      assert.equal((await world.sitemap.entries(ctx)).length, 1);
      assert.equal(list.usage.pages.used, 1);
    });

    it(`let ${site} read, change, publish or delete no other’s page`, async () => {
      for (const other of SITES.filter((name) => name !== site)) {
        const id = ids.get(other) as string;
        await assert.rejects(world.storePages.get(sites[site], id), PageNotFound);
        await assert.rejects(world.storePages.patch(sites[site], id, { title: 'x' }), PageNotFound);
        await assert.rejects(world.storePages.publish(sites[site], id), PageNotFound);
        await assert.rejects(world.storePages.remove(sites[site], id), PageNotFound);
      }
      assert.equal((await world.db.everything('select 1 from cms_store_page')).length, SITES.length);
    });

    it(`are kept from ${site} by row-level security alone`, async () => {
      assert.deepEqual(await visible(sites[site], world.db.withoutModelScope()), [ids.get(site)]);
      const changed = await world.db
        .withoutModelScope()
        .unit(sites[site], ({ tx }) => tx.query('update cms_store_page set position = 1 returning id'));
      assert.deepEqual(
        changed.map(({ id }) => id as string),
        [ids.get(site)],
      );
    });

    it(`are kept from ${site} by the WHERE alone`, async () => {
      await world.db.withoutRowSecurity(async () => {
        assert.equal((await visible(sites[site])).length, SITES.length);
        const page = await world.publicPages.find(world.visitor(sites[site]), 'about');
        assert.equal(page?.title, site);
        const list = await world.storePages.list(sites[site], { page: 1, perPage: 20, sort: 'slug', q: '' });
        assert.deepEqual(
          list.items.map(({ title }) => title),
          [site],
        );
        for (const other of SITES.filter((name) => name !== site))
          await assert.rejects(world.storePages.get(sites[site], ids.get(other) as string), PageNotFound);
      });
    });
  }

  it('refuse rows that are written for another tenant', async () => {
    const { acme, techpro, acmeEsch, acmeEschOnLoyalty } = sites;
    const unscoped = world.db.withoutModelScope();
    const copyTo = (from: StoreContext, to: StoreContext) =>
      unscoped.unit(from, ({ tx }) =>
        tx.query(
          `insert into cms_store_page (merchant_id, store_id, platform_id, id, slug, template, placement, position, draft_version, created_at, updated_at)
       values ($1, $2, $3, gen_random_uuid(), 'planted', 'article', 'none', 1, 1, now(), now())`,
          [to.merchant.id, to.store.id, to.platform.id],
        ),
      );
    for (const to of [techpro, acmeEsch]) await assert.rejects(copyTo(acme, to), /row-level security/);
    await assert.rejects(copyTo(acmeEsch, acmeEschOnLoyalty), /row-level security/);
    await assert.rejects(
      world.database.unit(acme, (ctx) => StorePage.in(ctx).insert({ storeId: techpro.store.id, slug: 'x' })),
      /another tenant|TENANT_MISMATCH|belongs to/i,
    );
  });

  it('of a platform are read by its sites and written by its admins only', async () => {
    const { platformPages, onPlatform, loyalty } = world;
    const { id } = await platformPages.create(onPlatform(), 'default', {
      slug: 'terms',
      title: 'Terms',
      status: 'published',
    });
    await assert.rejects(platformPages.get(onPlatform(loyalty), 'default', id), PageNotFound);
    await assert.rejects(platformPages.get(onPlatform(), 'platform', id), PageNotFound);
    await assert.rejects(
      platformPages.patch(onPlatform(loyalty), 'default', id, { title: 'x' }),
      PageNotFound,
    );
    const asStaff: TenantContext = { ...sites.acme, actor: { kind: 'anonymous' } };
    const touched = await world.database.unit(asStaff, ({ tx }) =>
      tx.query(`update cms_platform_page set slug = 'hacked' returning id`),
    );
    assert.deepEqual(touched, []);
    const elsewhere = new PublicPages({ database: world.database });
    assert.equal(await elsewhere.find(world.visitor(sites.acmeEschOnLoyalty), 'terms'), undefined);
  });

  it('are counted for the admin over all stores of the platform, without those of another', async () => {
    const { platformPages, onPlatform, loyalty } = world;
    await platformPages.create(onPlatform(), 'default', {
      slug: 'about',
      title: 'About',
      status: 'published',
    });
    await platformPages.create(onPlatform(loyalty), 'default', {
      slug: 'about',
      title: 'About',
      status: 'published',
    });
    const listOn = async (ctx: TenantContext) =>
      (
        await platformPages.list(ctx, 'default', { page: 1, perPage: 20, sort: 'slug', q: 'about' })
      ).items.map(({ usedBy, overriddenBy }) => [usedBy, overriddenBy]);
    assert.deepEqual(await listOn(onPlatform()), [[0, 3]]);
    assert.deepEqual(await listOn(onPlatform(loyalty)), [[0, 1]]);
    await world.storePages.remove(sites.techpro, ids.get('techpro') as string);
    assert.deepEqual(await listOn(onPlatform()), [[1, 2]]);
  });
});
