import assert from 'node:assert/strict';
import {
  AlreadyOverridden,
  NothingToRevertTo,
  PageIsDefault,
  PageNotFound,
  SlugTaken,
} from '../src/errors.js';
import { body, openWorld, type World } from './world.fixture.js';

describe('pages of a store, from draft to deletion [module:cms]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());
  const seen = async (slug: string, shop = world.acmeShop): Promise<string | undefined> =>
    (await world.publicPages.find(world.visitor(world.inStore(shop)), slug))?.title;

  it('show a default until the store publishes its override, and again after it reverts', async () => {
    const { storePages, platformPages, onPlatform, inStore } = world;
    await platformPages.create(onPlatform(), 'default', {
      slug: 'about',
      title: 'Default about',
      body: body('default'),
      status: 'published',
      placement: 'footer',
    });
    assert.equal(await seen('about'), 'Default about');

    const draft = await storePages.override(inStore(), 'about');
    assert.deepEqual(
      [draft.source, draft.status, draft.hasDraft, draft.title, draft.placement],
      ['override', 'draft', true, 'Default about', 'footer'],
    );
    assert.equal(await seen('about'), 'Default about');
    await assert.rejects(storePages.override(inStore(), 'about'), AlreadyOverridden);

    await storePages.patch(inStore(), draft.id, { title: 'About Acme' });
    assert.equal(await seen('about'), 'Default about');
    const live = await storePages.publish(inStore(), draft.id);
    assert.deepEqual([live.status, live.hasDraft], ['published', false]);
    assert.equal(await seen('about'), 'About Acme');
    assert.equal(await seen('about', world.acmeEsch), 'Default about');

    const standard = await storePages.revert(inStore(), 'about');
    assert.deepEqual([standard.source, standard.title], ['default', 'Default about']);
    assert.equal(await seen('about'), 'Default about');
  });

  it('keep a live version as it is while a draft beside it is edited', async () => {
    const { storePages, inStore } = world;
    const page = await storePages.create(inStore(), {
      slug: 'hours',
      title: 'Hours',
      body: body('nine to six'),
      status: 'published',
    });
    assert.deepEqual([page.source, page.status, page.version], ['custom', 'published', 1]);
    const edited = await storePages.patch(inStore(), page.id, {
      title: 'New hours',
      translations: { fr: { title: 'Horaires' } },
    });
    assert.deepEqual(
      [edited.status, edited.hasDraft, edited.version, edited.languages],
      ['published', true, 2, ['en', 'fr']],
    );
    assert.equal(await seen('hours'), 'Hours');
    assert.equal((await storePages.patch(inStore(), page.id, { description: 'When' })).version, 2);
    await storePages.publish(inStore(), page.id);
    assert.equal(await seen('hours'), 'New hours');
    const rows = await world.db.everything(
      'select version, language, title from cms_store_page_translation where page_id = $1 order by 1, 2',
      [page.id],
    );
    assert.deepEqual(rows, [
      { version: 1, language: 'en', title: 'Hours' },
      { version: 2, language: 'en', title: 'New hours' },
      { version: 2, language: 'fr', title: 'Horaires' },
    ]);
  });

  it('publish and unpublish by PATCH, and publish twice without harm', async () => {
    const { storePages, inStore } = world;
    const { id } = await storePages.create(inStore(), { slug: 'jobs', title: 'Jobs' });
    assert.equal(await seen('jobs'), undefined);
    await storePages.patch(inStore(), id, { title: 'Careers', status: 'published' });
    assert.equal(await seen('jobs'), 'Careers');
    await storePages.publish(inStore(), id);
    const offline = await storePages.patch(inStore(), id, { status: 'draft' });
    assert.deepEqual(
      [offline.status, offline.hasDraft, offline.title, offline.publishedAt],
      ['draft', true, 'Careers', null],
    );
    assert.equal(await seen('jobs'), undefined);
    const events = await world.db.everything<{ name: string }>(
      `select name from core_outbox where payload ->> 'pageId' = $1 order by id`,
      [id],
    );
    assert.deepEqual(
      events.map(({ name }) => name),
      ['cms.page.published', 'cms.page.unpublished'],
    );
    const audit = await world.db.everything<{ action: string }>(
      'select action from core_audit_merchant where subject_id = $1 order by id',
      [id],
    );
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['cms.page.created', 'cms.page.changed', 'cms.page.published', 'cms.page.unpublished'],
    );
  });

  it('go with all their versions when they are deleted', async () => {
    const { storePages, inStore } = world;
    const { id } = await storePages.create(inStore(), { slug: 'gone', title: 'Gone', status: 'published' });
    await storePages.remove(inStore(), id);
    assert.equal(await seen('gone'), undefined);
    await assert.rejects(storePages.get(inStore(), id), PageNotFound);
    assert.deepEqual(
      await world.db.everything('select 1 from cms_store_page_translation where page_id = $1', [id]),
      [],
    );
  });

  it('answer nothing where a deleted default has no override', async () => {
    const { platformPages, onPlatform } = world;
    const { id } = await platformPages.create(onPlatform(), 'default', {
      slug: 'returns',
      title: 'Returns',
      status: 'published',
    });
    assert.equal(await seen('returns'), 'Returns');
    await platformPages.remove(onPlatform(), 'default', id);
    assert.equal(await seen('returns'), undefined);
  });

  it('refuse a slug twice, the change of a default, and a way back to none', async () => {
    const { storePages, platformPages, inStore, onPlatform } = world;
    const { id } = await storePages.create(inStore(), { slug: 'twice', title: 'Twice', status: 'published' });
    await assert.rejects(
      storePages.create(inStore(), { slug: 'twice', title: 'Again' }),
      new SlugTaken({ slug: 'twice' }),
    );
    await assert.rejects(storePages.revert(inStore(), 'twice'), NothingToRevertTo);
    await assert.rejects(storePages.revert(inStore(), 'nothing'), PageNotFound);
    await assert.rejects(storePages.override(inStore(), 'nothing'), PageNotFound);
    const standard = await platformPages.create(onPlatform(), 'default', {
      slug: 'faq',
      title: 'FAQ',
      status: 'published',
    });
    assert.equal((await storePages.get(inStore(), standard.id)).source, 'default');
    await assert.rejects(storePages.patch(inStore(), standard.id, { title: 'Mine' }), PageIsDefault);
    await assert.rejects(storePages.remove(inStore(), standard.id), PageIsDefault);
    await assert.rejects(storePages.patch(inStore(), id, { slug: 'hours' }), SlugTaken);
  });

  it('are a default’s override when they are created under its slug, and custom when they leave it', async () => {
    const { storePages, inStore } = world;
    const page = await storePages.create(inStore(), { slug: 'faq', title: 'Our FAQ' });
    assert.equal(page.source, 'override');
    assert.equal((await storePages.patch(inStore(), page.id, { slug: 'our-faq' })).source, 'custom');
  });

  it('show a published default to the store while its next version is drafted', async () => {
    const { storePages, platformPages, inStore, onPlatform } = world;
    const { id } = await platformPages.create(onPlatform(), 'default', {
      slug: 'privacy',
      title: 'Privacy',
      status: 'published',
    });
    await platformPages.patch(onPlatform(), 'default', id, { title: 'Secret plans' });
    const list = await storePages.list(inStore(), {
      page: 1,
      perPage: 20,
      sort: 'slug',
      q: 'privacy',
      source: 'default',
    });
    assert.deepEqual(
      list.items.map(({ title, hasDraft, source }) => [title, hasDraft, source]),
      [['Privacy', false, 'default']],
    );
    const shown = await storePages.get(inStore(), id);
    assert.deepEqual([shown.title, shown.hasDraft, shown.version], ['Privacy', false, 1]);
    assert.equal((await storePages.override(inStore(), 'privacy')).title, 'Privacy');
  });

  it('are cleaned of scripts before they are stored', async () => {
    const { storePages, inStore } = world;
    const page = await storePages.create(inStore(), {
      slug: 'clean',
      title: '<b>x</b>',
      body: [{ type: 'richText', html: '<p onclick="x()">a<script>alert(1)</script></p>' }],
    });
    assert.deepEqual(page.body, [{ type: 'richText', html: '<p>a</p>' }]);
    assert.equal(page.title, '<b>x</b>');
  });
});
