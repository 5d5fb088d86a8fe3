import assert from 'node:assert/strict';
import { rootOf } from '@wizamart/core/testing';
import { PageNotFound } from '../src/errors.js';
import { NoNewerDefault } from '../src/revisions/errors.js';
import { body, openWorld, type World } from './world.fixture.js';

describe('a default that changes after it was overridden [module:cms] [surface:store]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const overridden = async (slug: string) => {
    const { platformPages, storePages, onPlatform, inStore } = world;
    const standard = await platformPages.create(onPlatform(), 'default', {
      slug,
      title: 'Terms',
      body: body('pay in 30 days'),
      status: 'published',
    });
    const own = await storePages.override(inStore(), slug);
    await storePages.patch(inStore(), own.id, { title: 'Our terms', status: 'published' });
    return { standard: standard.id, own: own.id };
  };
  const change = (id: string, text: string) =>
    world.platformPages.patch(world.onPlatform(), 'default', id, { body: body(text), status: 'published' });
  const flagged = async (slug: string) => {
    const { items } = await world.storePages.list(world.inStore(), {
      page: 1,
      perPage: 20,
      sort: 'slug',
      q: slug,
    });
    return items[0]?.defaultChanged;
  };

  it('is told in the list and at the page once it is published, not while it is drafted', async () => {
    const { standard, own } = await overridden('terms');
    assert.equal(await flagged('terms'), false);
    await world.platformPages.patch(world.onPlatform(), 'default', standard, { title: 'Secret' });
    assert.equal(await flagged('terms'), false);
    await assert.rejects(world.defaultChanges.get(world.inStore(), own), NoNewerDefault);
    await change(standard, 'pay in 14 days');
    assert.equal(await flagged('terms'), true);
    assert.equal((await world.storePages.get(world.inStore(), own)).defaultChanged, true);
    const { since, newest, theirs, own: mine } = await world.defaultChanges.get(world.inStore(), own);
    assert.deepEqual([since, newest], [1, 2]);
    assert.deepEqual(
      theirs[0]?.fields.map(({ path }) => path),
      ['title'],
    );
    assert.equal(theirs[0]?.blocks[0]?.change, 'changed');
    assert.deepEqual([mine[0]?.fields[0]?.path, mine[0]?.blocks[0]?.change], ['title', 'same']);
  });

  it('is taken over as a draft, which keeps what visitors see and every version', async () => {
    const { standard, own } = await overridden('privacy');
    await change(standard, 'new words');
    await world.defaultChanges.takeOver(world.inStore(), own);
    const page = await world.storePages.get(world.inStore(), own);
    assert.deepEqual(
      [page.title, page.body, page.status, page.hasDraft, page.defaultChanged],
      ['Terms', body('new words'), 'published', true, false],
    );
    assert.equal(
      (await world.publicPages.find(world.visitor(world.inStore()), 'privacy'))?.title,
      'Our terms',
    );
    const { items } = await world.revisions.list(world.inStore(), 'store', own, { page: 1, perPage: 20 });
    assert.deepEqual(
      items.map(({ origin, originVersion }) => [origin, originVersion]),
      [
        ['default', 2],
        ['overridden', 1],
      ],
    );
    await assert.rejects(world.defaultChanges.takeOver(world.inStore(), own), NoNewerDefault);
  });

  it('is put away until it changes again; what came since it was looked at is still news', async () => {
    const { standard, own } = await overridden('faq');
    await change(standard, 'two');
    await change(standard, 'three');
    await world.defaultChanges.markSeen(world.inStore(), own, 2);
    assert.equal((await world.defaultChanges.get(world.inStore(), own)).since, 2);
    await world.defaultChanges.markSeen(world.inStore(), own);
    assert.equal(await flagged('faq'), false);
    await assert.rejects(world.defaultChanges.markSeen(world.inStore(), own), NoNewerDefault);
    await change(standard, 'four');
    assert.equal(await flagged('faq'), true);
    const [line] = await world.db.everything<{ change_to: { basedOnVersion: number } }>(
      `select change_to from core_audit_merchant where subject_id = $1 and action = 'cms.page.default_seen' order by id desc`,
      [own],
    );
    assert.equal(line?.change_to.basedOnVersion, 3);
  });

  it('concerns a page that was written under its slug as well, and nobody else’s page', async () => {
    const { platformPages, storePages, defaultChanges, onPlatform, inStore, techproShop } = world;
    const standard = await platformPages.create(onPlatform(), 'default', {
      slug: 'returns',
      title: 'Returns',
      status: 'published',
    });
    const { id } = await storePages.create(inStore(), {
      slug: 'returns',
      title: 'Ours',
      status: 'published',
    });
    await change(standard.id, 'changed');
    assert.equal(await flagged('returns'), true);
    for (const attempt of [defaultChanges.get, defaultChanges.takeOver, defaultChanges.markSeen])
      await assert.rejects(
        (attempt as typeof defaultChanges.get).call(defaultChanges, inStore(techproShop), id),
        PageNotFound,
      );
  });

  it('is shown with what the store changed; reverting shows what becomes of the texts', async () => {
    const { server, acmeShop, oms } = world;
    const { standard, own } = await overridden('shipping');
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'staff' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
    assert.match(
      (await staff.get(`/content-pages/${own}/default-changes`)).expect(200).html,
      /Nothing new in the default/,
    );
    await change(standard, 'pay in 14 days');
    assert.match((await staff.get('/content-pages?q=shipping')).html, /Default changed/);
    assert.match((await staff.get(`/content-pages/${own}`)).html, /See what changed/);
    const { html } = (await staff.get(`/content-pages/${own}/default-changes`)).expect(200);
    assert.match(html, /<del>30<\/del>[\s\S]*<ins>14<\/ins>/);
    assert.match(html, /What you changed[\s\S]*<ins>Our terms<\/ins>|What you changed[\s\S]*<ins>/);
    assert.match(
      (await staff.get(`/content-pages/${own}/revert`)).expect(200).html,
      /What changes for visitors[\s\S]*<del>/,
    );
    (await staff.post(`/content-pages/${own}/default-changes/seen`, { form: { version: '2' } })).expect(303);
    assert.doesNotMatch((await staff.get('/content-pages?q=shipping')).html, /Default changed/);
  });
});
