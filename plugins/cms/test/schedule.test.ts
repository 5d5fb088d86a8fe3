import assert from 'node:assert/strict';
import { FeatureNotInTier, InvalidInput, PermissionDenied } from '@wizamart/core';
import { rootOf } from '@wizamart/core/testing';
import { PageNotFound } from '../src/errors.js';
import { NothingToPublish, NothingToUnpublish } from '../src/schedule/errors.js';
import { openWorld, type World } from './world.fixture.js';

const HOUR = 3_600_000;

describe('times of pages [module:cms]', () => {
  let world: World;
  let root: string;
  before(async () => {
    world = await openWorld();
    root = rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop });
  });
  after(() => world.close());

  const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms);
  const draft = async (slug: string) =>
    (await world.storePages.create(world.inStore(), { slug, title: slug })).id;
  const seen = async (slug: string) =>
    (await world.publicPages.find(world.visitor(world.inStore()), slug))?.title;
  const set = (id: string, publishAt: Date | null, unpublishAt: Date | null = null) =>
    world.schedules.set(world.inStore(), 'store', id, { publishAt, unpublishAt });
  const row = async (id: string) =>
    (
      await world.db.everything(
        'select live_version, draft_version, published_at, publish_at, unpublish_at from cms_store_page where id = $1',
        [id],
      )
    )[0];
  const happened = async (id: string) =>
    (
      await world.db.everything<{ name: string }>(
        `select name from core_outbox where payload ->> 'pageId' = $1 order by id`,
        [id],
      )
    ).map(({ name }) => name);

  it('count at the request, before any job has run', async () => {
    const id = await draft('sale');
    await set(id, inMs(HOUR), inMs(2 * HOUR));
    assert.equal(await seen('sale'), undefined);
    world.clock.advance(HOUR - 1);
    assert.equal(await seen('sale'), undefined);
    world.clock.advance(1);
    assert.equal(await seen('sale'), 'sale');
    assert.ok(
      (await world.sitemap.entries(world.visitor(world.inStore()))).some(({ path }) => path === '/sale'),
    );
    world.clock.advance(HOUR);
    assert.equal(await seen('sale'), undefined);
    assert.equal((await row(id))?.['live_version'], null, 'no job has run');
  });

  it('are carried out once by however many come at once, and told of', async () => {
    const id = await draft('once');
    const at = inMs(HOUR);
    await set(id, at, inMs(2 * HOUR));
    world.clock.advance(HOUR + 5_000);
    await Promise.all(
      Array.from({ length: 8 }, () => world.schedules.carryOut(world.inStore(), 'store', id)),
    );
    const live = await row(id);
    assert.deepEqual(
      [live?.['live_version'], live?.['draft_version'], live?.['published_at'], live?.['publish_at']],
      [1, null, at, null],
    );
    world.clock.advance(HOUR);
    await Promise.all(
      Array.from({ length: 8 }, () => world.schedules.carryOut(world.inStore(), 'store', id)),
    );
    const gone = await row(id);
    assert.deepEqual(
      [gone?.['live_version'], gone?.['draft_version'], gone?.['unpublish_at']],
      [null, 2, null],
    );
    assert.equal((await world.storePages.get(world.inStore(), id)).title, 'once');
    assert.deepEqual(await happened(id), [
      'cms.page.scheduled',
      'cms.page.published',
      'cms.page.unpublished',
    ]);
    const audit = await world.db.everything<{ action: string; actor_name: string }>(
      'select action, actor_name from core_audit_merchant where subject_id = $1 order by id',
      [id],
    );
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['cms.page.created', 'cms.page.scheduled', 'cms.page.published', 'cms.page.unpublished'],
    );
    assert.equal(audit[2]?.actor_name, 'cms.schedule');
  });

  it('that were missed are found by the sweep, in all stores and on the platform, both at once too', async () => {
    const { storePages, platformPages, schedules, inStore, onPlatform, techproShop } = world;
    const own = await draft('missed');
    await set(own, inMs(HOUR), inMs(2 * HOUR));
    const foreign = await storePages.create(inStore(techproShop), { slug: 'missed', title: 'T' });
    await schedules.set(inStore(techproShop), 'store', foreign.id, {
      publishAt: inMs(HOUR),
      unpublishAt: null,
    });
    const standard = await platformPages.create(onPlatform(), 'default', { slug: 'missed', title: 'D' });
    await schedules.set(onPlatform(), 'default', standard.id, { publishAt: inMs(HOUR), unpublishAt: null });
    world.clock.advance(3 * HOUR);
    await Promise.all([schedules.sweep(onPlatform()), schedules.sweep(onPlatform())]);
    await schedules.sweep(onPlatform());
    assert.deepEqual(await happened(own), [
      'cms.page.scheduled',
      'cms.page.published',
      'cms.page.unpublished',
    ]);
    assert.deepEqual(await happened(foreign.id), ['cms.page.scheduled', 'cms.page.published']);
    assert.deepEqual(await happened(standard.id), ['cms.page.scheduled', 'cms.page.published']);
    assert.equal((await platformPages.get(onPlatform(), 'default', standard.id)).status, 'published');
  });

  it('that have come are carried out before somebody edits, so that what visitors saw is not changed', async () => {
    const id = await draft('edited');
    await set(id, inMs(HOUR));
    world.clock.advance(HOUR);
    const page = await world.storePages.patch(world.inStore(), id, { title: 'Later' });
    assert.deepEqual([page.version, page.status, page.hasDraft], [2, 'published', true]);
    assert.equal(await seen('edited'), 'edited');
  });

  it('are set anew, cancelled, and forgotten when somebody publishes by hand', async () => {
    const id = await draft('moved');
    await set(id, inMs(HOUR));
    await set(id, inMs(5 * HOUR));
    world.clock.advance(2 * HOUR);
    await world.schedules.carryOut(world.inStore(), 'store', id);
    assert.equal(await seen('moved'), undefined);
    await world.schedules.cancel(world.inStore(), 'store', id);
    world.clock.advance(4 * HOUR);
    assert.equal(await seen('moved'), undefined);
    await set(id, inMs(HOUR));
    assert.equal((await world.storePages.publish(world.inStore(), id)).publishAt, null);
  });

  it('are refused where they make no sense, or nobody may set them', async () => {
    const { schedules, inStore, server, acmeShop, techproShop } = world;
    const id = await draft('wrong');
    const paths = (error: unknown) =>
      (error as { errors: { path: string }[] }).errors.map(({ path }) => path);
    for (const [times, path] of [
      [[null, null], 'publishAt'],
      [[inMs(0), null], 'publishAt'],
      [[inMs(HOUR), inMs(HOUR)], 'unpublishAt'],
      [[inMs(HOUR), inMs(-HOUR)], 'unpublishAt'],
    ] as const)
      await assert.rejects(
        set(id, times[0], times[1]),
        (error) => error instanceof InvalidInput && paths(error).includes(path),
      );
    await assert.rejects(set(id, null, inMs(HOUR)), NothingToUnpublish);
    await world.storePages.publish(inStore(), id);
    await assert.rejects(set(id, inMs(HOUR)), NothingToPublish);
    await set(id, null, inMs(HOUR));
    await assert.rejects(
      schedules.set(inStore(techproShop), 'store', id, { publishAt: null, unpublishAt: inMs(HOUR) }),
      PageNotFound,
    );
    const writer = await server.user({
      memberOf: { store: acmeShop, role: ['cms.pages.view', 'cms.pages.edit'] },
    });
    const asWriter = server.context({ store: acmeShop, surface: 'store', actor: writer });
    await assert.rejects(
      schedules.set(asWriter, 'store', id, { publishAt: null, unpublishAt: inMs(HOUR) }),
      PermissionDenied,
    );
  });

  it('expire the pages in memory, whose menus change as well', async () => {
    const { storePages, inStore, server } = world;
    await storePages.create(inStore(), { slug: 'kept', title: 'Kept', status: 'published' });
    const { id } = await storePages.create(inStore(), {
      slug: 'soon',
      title: 'Coming soon',
      placement: 'header',
    });
    await set(id, inMs(30_000), inMs(50_000));
    const html = async () => (await server.client().get(`${root}/kept`)).expect(200).html;
    assert.doesNotMatch(await html(), /Coming soon/);
    assert.doesNotMatch(await html(), /Coming soon/);
    world.clock.advance(30_000);
    assert.match(await html(), /Coming soon/);
    (await server.client().get(`${root}/soon`)).expect(200);
    world.clock.advance(20_000);
    assert.doesNotMatch(await html(), /Coming soon/);
    (await server.client().get(`${root}/soon`)).expect(404);
  });

  it('are a feature of the plan for stores, locked on the page and refused by the API, and free for admins', async () => {
    const { tiers, onPlatform, acme, server, acmeShop, oms, platformPages, schedules } = world;
    await tiers.seed(onPlatform(), [
      { code: 'small', name: 'Small', features: ['cms_basic', 'cms_custom_pages'], limits: {} },
      { code: 'large', name: 'Large plan', features: ['cms_scheduling'], limits: {} },
    ]);
    const id = await draft('locked');
    await set(id, inMs(HOUR));
    await world.asTier(acme, 'small');
    await assert.rejects(set(id, inMs(2 * HOUR)), FeatureNotInTier);
    const place = { surface: 'store', platform: oms } as const;
    const user = await server.user({ memberOf: { store: acmeShop, role: 'staff' } });
    const api = await server.signIn(user, {
      ...place,
      root: rootOf({ surface: 'store', kind: 'api', platform: oms, store: acmeShop }),
    });
    const refused = (
      await api.post(`/pages/${id}/schedule`, { json: { publishAt: inMs(HOUR).toISOString() } })
    ).expect(402);
    assert.equal(refused.problem, 'FEATURE_NOT_IN_TIER');
    const pages = await server.signIn(user, {
      ...place,
      root: rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop }),
    });
    assert.match((await pages.get(`/content-pages/${id}/schedule`)).expect(200).html, /Part of: Large plan/);
    assert.match((await pages.get('/content-pages')).html, /goes live/);
    (await api.delete(`/pages/${id}/schedule`)).expect(204);
    await world.asTier(acme, 'large');
    const answer = (
      await api.post(`/pages/${id}/schedule`, { json: { publishAt: inMs(HOUR).toISOString() } })
    ).expect(200);
    assert.equal(answer.json<{ publishAt: string }>().publishAt, inMs(HOUR).toISOString());
    const form = (publishAt: string, unpublishAt = '') =>
      pages.post(`/content-pages/${id}/schedule`, { form: { publishAt, unpublishAt } });
    assert.match((await form('2030-03-31T02:30')).expect(422).html, /value="2030-03-31T02:30"/);
    (await form('2030-07-01T08:00', '2030-12-01T08:00')).expect(303);
    const stored = await row(id);
    assert.deepEqual(
      [stored?.['publish_at'], stored?.['unpublish_at']],
      [new Date('2030-07-01T06:00:00Z'), new Date('2030-12-01T07:00:00Z')],
    );
    const { id: page } = await platformPages.create(onPlatform(), 'platform', {
      slug: 'launch',
      title: 'Launch',
    });
    await schedules.set(onPlatform(), 'platform', page, { publishAt: inMs(HOUR), unpublishAt: null });
  });

  it('stand in order on a page: what is planned, what has happened, and by whom', async () => {
    const { storePages, inStore, server, acmeShop, oms, schedules, clock } = world;
    const user = await server.user({ name: 'Ada Weber', memberOf: { store: acmeShop, role: 'staff' } });
    const ada = () =>
      inStore(acmeShop, server.context({ store: acmeShop, surface: 'store', language: 'en', actor: user }));
    const desk = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const staff = await server.signIn(user, { surface: 'store', platform: oms, root: desk });
    const { id } = await storePages.create(ada(), { slug: 'fair', title: 'Fair' });
    const page = `/content-pages/${id}/schedule`;
    const empty = (await staff.get(page)).expect(200).html;
    assert.match(empty, /Nothing is planned/);
    assert.match(empty, /Nothing has happened yet/);
    assert.match(empty, /All times are those of Luxembourg/);
    assert.doesNotMatch(empty, /schedule\/cancel"/);
    assert.match((await staff.get(`${page}/cancel`)).expect(200).html, /Nothing is planned/);
    await schedules.set(ada(), 'store', id, { publishAt: inMs(3 * HOUR), unpublishAt: inMs(50 * HOUR) });
    const planned = (await staff.get(page)).html;
    assert.match(planned, /The draft goes live[\s\S]*in 3 hours[\s\S]*The page goes offline[\s\S]*in 2 days/);
    assert.match(planned, /Times were set[\s\S]*Ada Weber/);
    clock.advance(3 * HOUR);
    await schedules.carryOut(inStore(), 'store', id);
    const live = (await staff.get(page)).html;
    assert.match(live, /Went live[\s\S]*By itself, as planned[\s\S]*Times were set/);
    assert.doesNotMatch(live, /The draft goes live/);
  });

  it('are cancelled after a question, and refused for the past where they were typed', async () => {
    const { server, acmeShop, oms } = world;
    const desk = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const user = await server.user({ memberOf: { store: acmeShop, role: 'staff' } });
    const staff = await server.signIn(user, { surface: 'store', platform: oms, root: desk });
    const id = await draft('asked');
    const page = `/content-pages/${id}/schedule`;
    const form = { publishAt: '2020-01-01T08:00', unpublishAt: '' };
    const refused = (await staff.post(page, { form })).expect(422).html;
    assert.match(refused, /Choose a time to come/);
    assert.match(refused, /aria-invalid="true"/);
    assert.match(refused, /value="2020-01-01T08:00"/);
    await set(id, inMs(HOUR));
    assert.match((await staff.get(page)).html, /schedule\/cancel"/);
    const asked = (await staff.get(`${page}/cancel`)).expect(200).html;
    assert.match(asked, /Cancel what is planned\?[\s\S]*stays a draft/);
    assert.notEqual((await row(id))?.['publish_at'], null, 'asking changes nothing');
    (await staff.post(`${page}/cancel`)).expect(303);
    assert.equal((await row(id))?.['publish_at'], null);
    assert.match((await staff.get(page)).html, /Nothing is planned/);
  });
});
