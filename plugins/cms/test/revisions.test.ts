import assert from 'node:assert/strict';
import { FeatureNotInTier } from '@wizamart/core';
import { rootOf } from '@wizamart/core/testing';
import { PageNotFound } from '../src/errors.js';
import { RevisionNotFound } from '../src/revisions/errors.js';
import { picture, sendFile } from './media.fixture.js';
import { body, openWorld, type World } from './world.fixture.js';

describe('versions of a page [module:cms]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());
  const listed = async (id: string, ctx = world.inStore()) =>
    (await world.revisions.list(ctx, 'store', id, { page: 1, perPage: 20 })).items;

  it('tell who wrote them, when, what they change, and which visitors see', async () => {
    const { storePages, inStore, server, acmeShop, clock } = world;
    const user = await server.user({ name: 'Ada', memberOf: { store: acmeShop, role: 'staff' } });
    const ada = () =>
      inStore(acmeShop, server.context({ store: acmeShop, surface: 'store', language: 'en', actor: user }));
    const { id } = await storePages.create(ada(), {
      slug: 'hours',
      title: 'Hours',
      body: body('nine'),
      status: 'published',
    });
    clock.advance(60_000);
    await storePages.patch(ada(), id, { body: body('ten'), translations: { fr: { title: 'Horaires' } } });
    const [draft, live] = await listed(id);
    assert.deepEqual(
      [draft?.version, draft?.status, draft?.origin, draft?.createdBy, draft?.publishedAt],
      [2, 'draft', 'edited', 'Ada', null],
    );
    assert.deepEqual(draft?.changes, [
      { language: 'en', change: 'changed', fields: ['body'] },
      { language: 'fr', change: 'added', fields: [] },
    ]);
    assert.deepEqual([live?.status, live?.origin, live?.createdBy], ['live', 'created', 'Ada']);
    assert.equal((draft?.updatedAt.getTime() ?? 0) - (live?.updatedAt.getTime() ?? 0), 60_000);
    await storePages.publish(ada(), id);
    assert.deepEqual(
      (await listed(id)).map(({ status }) => status),
      ['live', 'former'],
    );
  });

  it('are restored as a draft, without losing the draft that there is', async () => {
    const { storePages, revisions, inStore, publicPages, visitor } = world;
    const { id } = await storePages.create(inStore(), { slug: 'menu', title: 'First', status: 'published' });
    await storePages.patch(inStore(), id, { title: 'Second', status: 'published' });
    await storePages.patch(inStore(), id, { title: 'Unfinished' });
    await revisions.restore(inStore(), 'store', id, 1);
    const page = await storePages.get(inStore(), id);
    assert.deepEqual([page.title, page.version, page.status, page.hasDraft], ['First', 4, 'published', true]);
    assert.equal((await publicPages.find(visitor(inStore()), 'menu'))?.title, 'Second');
    assert.deepEqual(
      (await listed(id)).map(({ version, status, origin, originVersion }) => [
        version,
        status,
        origin,
        originVersion,
      ]),
      [
        [4, 'draft', 'restored', 1],
        [3, 'discarded', 'edited', null],
        [2, 'live', 'edited', null],
        [1, 'former', 'created', null],
      ],
    );
    assert.equal((await revisions.get(inStore(), 'store', id, 3)).translations.en?.title, 'Unfinished');
    await storePages.publish(inStore(), id);
    assert.equal((await publicPages.find(visitor(inStore()), 'menu'))?.title, 'First');
    assert.equal((await storePages.patch(inStore(), id, { title: 'Fifth' })).version, 5);
    const audit = await world.db.everything<{ action: string }>(
      `select action from core_audit_merchant where subject_id = $1 and action = 'cms.page.restored'`,
      [id],
    );
    assert.equal(audit.length, 1);
  });

  it('are compared in any order, and are of this page only', async () => {
    const { storePages, revisions, inStore, techproShop } = world;
    const { id } = await storePages.create(inStore(), { slug: 'team', title: 'Team', status: 'published' });
    await storePages.patch(inStore(), id, { title: 'Our team' });
    const { languages } = await revisions.compare(inStore(), 'store', id, { from: 2, to: 1 });
    assert.deepEqual(languages[0]?.fields[0]?.path, 'title');
    await assert.rejects(revisions.compare(inStore(), 'store', id, { from: 1, to: 9 }), RevisionNotFound);
    await assert.rejects(revisions.restore(inStore(), 'store', id, 9), RevisionNotFound);
    const foreign = inStore(techproShop);
    for (const attempt of [
      () => listed(id, foreign),
      () => revisions.get(foreign, 'store', id, 1),
      () => revisions.compare(foreign, 'store', id, { from: 1, to: 2 }),
      () => revisions.restore(foreign, 'store', id, 1),
      () => revisions.list(world.onPlatform(), 'default', id, { page: 1, perPage: 20 }),
    ])
      await assert.rejects(attempt(), PageNotFound);
  });

  it('say in words and pictures what differs, any two of them, and who wrote them', async () => {
    const { storePages, inStore, server, acmeShop, oms } = world;
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const user = await server.user({ name: 'Ada Weber', memberOf: { store: acmeShop, role: 'staff' } });
    const ada = inStore(
      acmeShop,
      server.context({ store: acmeShop, surface: 'store', language: 'en', actor: user }),
    );
    const staff = await server.signIn(user, { surface: 'store', platform: oms, root });
    const button = (style: 'primary' | 'secondary') => ({
      type: 'button' as const,
      label: 'Buy',
      href: '/buy',
      style,
    });
    const { id } = await storePages.create(ada, { slug: 'words', title: 'Words', body: [button('primary')] });
    const one = (await staff.get(`/content-pages/${id}/revisions`)).expect(200).html;
    assert.match(one, /Ada Weber[\s\S]*just now · <time/);
    assert.match(one, /There is one version so far/);
    await storePages.publish(ada, id);
    await storePages.patch(ada, id, {
      body: [button('secondary'), ...body('added words')],
      seo: { robots: 'noindex' },
      status: 'published',
    });
    await storePages.patch(ada, id, { title: 'Third' });
    const list = (await staff.get(`/content-pages/${id}/revisions`)).html;
    assert.match(list, /<select[^>]*name="from"[\s\S]*<option value="3"[\s\S]*<option value="1"/);
    assert.match(list, /revisions\/1\/restore"/);
    assert.doesNotMatch(list, /revisions\/3\/restore"/, 'a draft need not be restored');
    const diff = (await staff.get(`/content-pages/${id}/revisions/compare?from=1&to=3`)).expect(200).html;
    assert.match(diff, /<del>Primary<\/del>[\s\S]*<ins>Secondary<\/ins>/);
    assert.match(diff, /Keep this page out of search engines/);
    assert.match(diff, /2\. Text[\s\S]*Nothing here[\s\S]*<ins>added words<\/ins>/);
    assert.doesNotMatch(diff, /&quot;type&quot;|\{"type/);
    assert.match(
      (await staff.get(`/content-pages/${id}/revisions/compare?from=2&to=2`)).html,
      /say the same in every language/,
    );
  });

  it('show a picture that was exchanged by its name, not by its id', async () => {
    const { storePages, inStore, server, acmeShop, oms, db } = world;
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const user = await server.user({ memberOf: { store: acmeShop, role: 'staff' } });
    const staff = await server.signIn(user, { surface: 'store', platform: oms, root });
    const upload = async (title: string): Promise<string> => {
      const sent = await sendFile(staff, '/media', await picture(), { name: `${title}.png` });
      sent.expect(303);
      const rows = await db.everything('select id from cms_store_media where title = $1', [title]);
      return String(rows[0]?.['id']);
    };
    const image = (media: string) => [
      { type: 'image' as const, media, alt: 'Seen', shape: 'natural' as const },
    ];
    const [sea, hill] = [await upload('sea'), await upload('hill')];
    const { id } = await storePages.create(inStore(), { slug: 'seen-picture', title: 'P', body: image(sea) });
    await storePages.publish(inStore(), id);
    await storePages.patch(inStore(), id, { body: image(hill) });
    const html = (await staff.get(`/content-pages/${id}/revisions/compare?from=1&to=2`)).expect(200).html;
    assert.match(html, /<del>sea<\/del>[\s\S]*<ins>hill<\/ins>/);
    assert.doesNotMatch(html, new RegExp(`<(?:del|ins)>[^<]*${hill.slice(0, 8)}`));
  });

  it('ask for the features that a restored text needs', async () => {
    const { storePages, revisions, tiers, inStore, onPlatform, acme } = world;
    const { id } = await storePages.create(inStore(), {
      slug: 'found',
      title: 'Found',
      seo: { title: 'Be found' },
    });
    await revisions.restore(inStore(), 'store', id, 1);
    await storePages.patch(inStore(), id, { seo: {} });
    await tiers.seed(onPlatform(), [
      { code: 'small', name: 'Small', features: ['cms_basic', 'cms_custom_pages'], limits: {} },
      { code: 'seo', name: 'Seo', features: ['cms_seo'], limits: {} },
    ]);
    await world.asTier(acme, 'small');
    await assert.rejects(revisions.restore(inStore(), 'store', id, 1), FeatureNotInTier);
    await world.asTier(acme, 'seo');
    await revisions.restore(inStore(), 'store', id, 1);
  });

  it('are listed, compared and restored on pages of the dashboard', async () => {
    const { storePages, inStore, server, acmeShop, oms } = world;
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'staff' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
    const { id } = await storePages.create(inStore(), {
      slug: 'seen',
      title: 'Old words',
      status: 'published',
    });
    await storePages.patch(inStore(), id, { title: 'New <words>' });
    const list = (await staff.get(`/content-pages/${id}/revisions`)).expect(200).html;
    assert.match(list, /revisions\/compare\?from&#x3D;1&amp;to&#x3D;2|revisions\/compare\?from=1&amp;to=2/);
    const diff = (await staff.get(`/content-pages/${id}/revisions/compare?from=1&to=2`)).expect(200).html;
    assert.match(diff, /<del>Old<\/del>/);
    assert.match(diff, /<ins>New<\/ins> <ins>&lt;<\/ins>words<ins>&gt;<\/ins>/);
    assert.match(diff, /Title[\s\S]*Version 1[\s\S]*<del>Old<\/del>[\s\S]*Version 2[\s\S]*<ins>New<\/ins>/);
    (await staff.get(`/content-pages/${id}/revisions/compare?from=1&to=7`)).expect(404);
    const asked = (await staff.get(`/content-pages/${id}/revisions/1/restore`)).expect(200).html;
    assert.match(asked, /Restore version 1\?[\s\S]*Visitors go on seeing what is live/);
    assert.match(asked, /Your present draft, version 2, is given up/);
    assert.match(asked, /<ins>Old<\/ins>/);
    (await staff.get(`/content-pages/${id}/revisions/7/restore`)).expect(404);
    const { location } = (await staff.post(`/content-pages/${id}/revisions/1/restore`)).expect(303);
    assert.match(
      (await staff.get((location as string).slice(root.length))).html,
      /The old version is your draft now/,
    );
  });
});
