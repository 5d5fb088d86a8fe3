import assert from 'node:assert/strict';
import { LANGUAGES } from '@wizamart/core';
import { PAGE_SORTS } from '../src/input/listInput.js';
import { openWorld, type World } from './world.fixture.js';

describe('lists of pages [module:cms]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const { platformPages, storePages, onPlatform, inStore } = world;
    for (const [index, slug] of ['about', 'contact', 'faq', 'privacy', 'terms'].entries()) {
      await platformPages.create(onPlatform(), 'default', {
        slug,
        title: `Default ${slug}`,
        status: 'published',
        position: 100 - index,
      });
    }
    await platformPages.create(onPlatform(), 'default', { slug: 'planned', title: 'Planned' });
    await storePages.override(inStore(), 'about');
    await storePages.create(inStore(), {
      slug: '100-percent',
      title: '100 % linen_cloth',
      status: 'published',
      translations: { fr: { title: 'Lin' } },
    });
    await storePages.create(inStore(), { slug: 'jobs', title: 'Jobs' });
  });
  after(() => world.close());

  const query = { page: 1, perPage: 20, sort: 'slug', q: '' } as const;
  const slugs = async (input: Parameters<World['storePages']['list']>[1]): Promise<string[]> =>
    (await world.storePages.list(world.inStore(), input)).items.map(({ slug }) => slug);

  it('name each page once, with where it comes from and how far it is', async () => {
    const { items, total, usage } = await world.storePages.list(world.inStore(), query);
    assert.deepEqual(
      items.map(({ slug, source, status, hasDraft }) => `${slug} ${source} ${status} ${hasDraft}`),
      [
        '100-percent custom published false',
        'about override draft true',
        'contact default published false',
        'faq default published false',
        'jobs custom draft true',
        'privacy default published false',
        'terms default published false',
      ],
    );
    assert.equal(total, 7);
    assert.deepEqual(usage, { pages: { used: 3, limit: null }, customPages: { used: 2, limit: null } });
  });

  it('are searched by title in any language and by slug, taking signs for what they are', async () => {
    assert.deepEqual(await slugs({ ...query, q: 'lin' }), ['100-percent']);
    assert.deepEqual(await slugs({ ...query, q: 'LINEN' }), ['100-percent']);
    assert.deepEqual(await slugs({ ...query, q: '%' }), ['100-percent']);
    assert.deepEqual(await slugs({ ...query, q: 'n_c' }), ['100-percent']);
    assert.deepEqual(await slugs({ ...query, q: 'erm' }), ['terms']);
    assert.deepEqual(await slugs({ ...query, q: `'; drop table cms_store_page; --` }), []);
  });

  it('are filtered by status and origin', async () => {
    assert.deepEqual(await slugs({ ...query, source: 'custom' }), ['100-percent', 'jobs']);
    assert.deepEqual(await slugs({ ...query, status: 'draft' }), ['about', 'jobs']);
    assert.deepEqual(await slugs({ ...query, source: 'override', status: 'published' }), []);
  });

  it('come in pages, and say how many there are on a page beyond the last', async () => {
    assert.deepEqual(await slugs({ ...query, perPage: 3, page: 2 }), ['faq', 'jobs', 'privacy']);
    const beyond = await world.storePages.list(world.inStore(), { ...query, page: 9 });
    assert.deepEqual([beyond.items.length, beyond.total, beyond.page], [0, 7, 9]);
  });

  it('are sorted by every column, both ways', async () => {
    for (const sort of PAGE_SORTS) {
      const forth = await slugs({ ...query, sort });
      assert.equal(forth.length, 7, sort);
    }
    assert.deepEqual((await slugs({ ...query, sort: '-slug' }))[0], 'terms');
    assert.deepEqual(await slugs({ ...query, sort: 'position', source: 'default' }), [
      'terms',
      'privacy',
      'faq',
      'contact',
    ]);
  });

  it('show titles in the language of who looks', async () => {
    const titles = await Promise.all(
      LANGUAGES.map(
        async (language) =>
          (await world.storePages.list(world.inStore(world.acmeShop, { language }), { ...query, q: 'linen' }))
            .items[0]?.title,
      ),
    );
    assert.deepEqual(titles, ['100 % linen_cloth', 'Lin', '100 % linen_cloth', '100 % linen_cloth']);
  });

  it('of the platform hold drafts and both figures', async () => {
    const list = await world.platformPages.list(world.onPlatform(), 'default', { ...query, q: 'plan' });
    assert.deepEqual(
      list.items.map(({ slug, status, usedBy, overriddenBy }) => [slug, status, usedBy, overriddenBy]),
      [['planned', 'draft', 3, 0]],
    );
    assert.equal((await world.platformPages.list(world.onPlatform(), 'platform', query)).total, 0);
  });
});
