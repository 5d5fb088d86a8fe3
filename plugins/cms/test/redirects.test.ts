import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rootOf } from '@wizamart/core/testing';
import { RedirectHidden, RedirectLoop, RedirectNotFound, RedirectTaken } from '../src/redirects/errors.js';
import { operation } from '../src/redirects/redirectSites.fixture.js';
import { openWorld, type World } from './world.fixture.js';

describe('redirects of sites [module:cms] [surface:storefront]', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());
  afterEach(() =>
    world.db.everything(
      'with a as (delete from cms_store_redirect), b as (delete from cms_platform_redirect), c as (delete from cms_platform_page) delete from cms_store_page',
    ),
  );

  const rootAt = (store = world.acmeShop) =>
    rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store });
  const get = async (path: string, store = world.acmeShop) => {
    const { status, location } = await world.server.client().get(rootAt(store) + path);
    return [status, location?.replace(rootAt(store), '')];
  };
  const page = async (slug: string, status: 'draft' | 'published' = 'published') =>
    (await world.storePages.create(world.inStore(), { slug, title: slug, status })).id;
  const move = (id: string, slug: string) => world.storePages.patch(world.inStore(), id, { slug });
  const lead = (source: string, target: string, status: 301 | 302 | 308 = 301) =>
    world.redirects.create(world.inStore(), 'store', { source, target, status });
  const all = async () =>
    (
      await world.db.everything<{ source: string; target: string }>(
        'select source, target from cms_store_redirect order by source',
      )
    ).map(({ source, target }) => [source, target]);

  it('lead from a published page’s old address to its new one, at once from the very first', async () => {
    const id = await page('a');
    await move(id, 'b');
    assert.deepEqual(await get('/a'), [301, '/b']);
    await move(id, 'c');
    assert.deepEqual(
      [await get('/a'), await get('/b'), await get('/c')],
      [
        [301, '/c'],
        [301, '/c'],
        [200, undefined],
      ],
    );
    assert.deepEqual(await get('/fr/a'), [301, '/fr/c']);
    await move(id, 'a');
    assert.deepEqual(
      [await get('/a'), await get('/b'), await get('/c')],
      [
        [200, undefined],
        [301, '/a'],
        [301, '/a'],
      ],
    );
    const { items } = await world.redirects.list(world.inStore(), 'store', { page: 1, perPage: 20, q: '' });
    assert.deepEqual(
      items.map(({ source, isAutomatic, status }) => [source, isAutomatic, status]),
      [
        ['/b', true, 301],
        ['/c', true, 301],
      ],
    );
  });

  it('are not made for drafts, and are gone when another page is shown at the address', async () => {
    const draft = await page('d', 'draft');
    await move(draft, 'e');
    assert.deepEqual(await all(), []);
    const id = await page('f');
    await move(id, 'g');
    const other = await page('f', 'draft');
    assert.deepEqual(await get('/f'), [301, '/g']);
    await world.storePages.publish(world.inStore(), other);
    assert.deepEqual([await get('/f'), await all()], [[200, undefined], []]);
    const planned = await page('h');
    await move(planned, 'i');
    const soon = await page('h', 'draft');
    await world.schedules.set(world.inStore(), 'store', soon, {
      publishAt: new Date(world.clock.now().getTime() + 1_000),
      unpublishAt: null,
    });
    world.clock.advance(1_000);
    assert.deepEqual(await get('/h'), [200, undefined], 'before the job has run');
    await world.schedules.carryOut(world.inStore(), 'store', soon);
    assert.deepEqual(await all(), []);
  });

  it('are set up by hand to a path or an https address, with their status, and deleted', async () => {
    await page('about');
    const { id } = await lead('/old.html', '/about', 308);
    await lead('/out', 'https://example.org/x', 302);
    assert.deepEqual(
      [await get('/old.html'), await get('/out')],
      [
        [308, '/about'],
        [302, 'https://example.org/x'],
      ],
    );
    await world.redirects.remove(world.inStore(), 'store', id);
    assert.deepEqual(await get('/old.html'), [404, undefined]);
    await assert.rejects(world.redirects.remove(world.inStore(), 'store', id), RedirectNotFound);
    const audit = await world.db.everything<{ action: string }>(
      `select action from core_audit_merchant where subject_id = $1 order by id`,
      [id],
    );
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['cms.redirect.created', 'cms.redirect.deleted'],
    );
  });

  it('are refused in a circle, twice, and where a page is', async () => {
    await page('here');
    await lead('/x', '/y');
    await assert.rejects(lead('/y', '/x'), RedirectLoop);
    await assert.rejects(lead('/z', '/z'), RedirectLoop);
    await assert.rejects(lead('/x', '/q'), RedirectTaken);
    await assert.rejects(lead('/here', '/x'), RedirectHidden);
    await world.platformPages.create(world.onPlatform(), 'default', {
      slug: 'shared',
      title: 's',
      status: 'published',
    });
    await assert.rejects(lead('/shared', '/x'), RedirectHidden);
    assert.deepEqual(await all(), [['/x', '/y']]);
    // Two at once make no circle, however often they meet.
    const pairs = Array.from({ length: 20 }, (_, index) => [`/m${index}`, `/n${index}`] as const);
    const both = await Promise.all(
      pairs.map(([one, other]) => Promise.allSettled([lead(one, other), lead(other, one)])),
    );
    for (const results of both)
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('of the platform hold in all its stores, after a store’s own, and send visitors once', async () => {
    const { platformPages, redirects, onPlatform, techproShop, loyalty, acmeEsch } = world;
    const { id } = await platformPages.create(onPlatform(), 'default', {
      slug: 'impressum',
      title: 'i',
      status: 'published',
    });
    await platformPages.patch(onPlatform(), 'default', id, { slug: 'imprint' });
    await lead('/legal', '/impressum');
    assert.deepEqual(
      [
        await get('/impressum'),
        await get('/legal'),
        await get('/impressum', techproShop),
        await get('/legal', techproShop),
      ],
      [
        [301, '/imprint'],
        [301, '/imprint'],
        [301, '/imprint'],
        [404, undefined],
      ],
    );
    const own = await page('impressum');
    assert.deepEqual(
      [await get('/impressum'), await get('/legal')],
      [
        [200, undefined],
        [301, '/impressum'],
      ],
    );
    await world.storePages.remove(world.inStore(), own);
    await redirects.create(onPlatform(), 'default', { source: '/p', target: '/q', status: 301 });
    await lead('/q', '/p');
    assert.deepEqual(
      [await get('/p'), await get('/q')],
      [
        [404, undefined],
        [404, undefined],
      ],
    );
    const elsewhere = rootOf({
      surface: 'storefront',
      kind: 'page',
      platform: loyalty,
      store: acmeEsch,
    });
    (await world.server.client().get(`${elsewhere}/impressum`)).expect(404);
    await redirects.create(onPlatform(), 'platform', { source: '/promo', target: '/pricing', status: 302 });
    const site = rootOf({ surface: 'platform', kind: 'page', platform: world.oms });
    assert.equal((await world.server.client().get(`${site}/promo`)).expect(302).location, `${site}/pricing`);
    assert.deepEqual(await get('/promo'), [404, undefined]);
  });

  it('of one store are nothing to another, in lists, look-ups and by id', async () => {
    const { redirects, inStore, techproShop, onPlatform } = world;
    const { id } = await lead('/mine', '/about');
    const foreign = inStore(techproShop);
    assert.deepEqual(await get('/mine', techproShop), [404, undefined]);
    assert.equal((await redirects.list(foreign, 'store', { page: 1, perPage: 20, q: '' })).total, 0);
    await assert.rejects(redirects.remove(foreign, 'store', id), RedirectNotFound);
    await assert.rejects(redirects.remove(onPlatform(), 'default', id), RedirectNotFound);
    await redirects.create(foreign, 'store', { source: '/mine', target: '/theirs', status: 301 });
    await world.db.withoutRowSecurity(async () => {
      assert.deepEqual(await get('/mine'), [301, '/about']);
      assert.equal((await redirects.list(inStore(), 'store', { page: 1, perPage: 20, q: '' })).total, 1);
    });
  });

  it('stay flat in the database, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        await world.db.everything('with a as (delete from cms_store_redirect) delete from cms_store_page');
        const ids = new Map<string, string>();
        for (const { do: what, from, to } of operations) {
          const [slug, other] = [from.slice(1), to.slice(1)];
          const id = ids.get(slug);
          if (what === 'redirect') await lead(from, to).catch(() => undefined);
          if (what === 'publish' && !id) ids.set(slug, await page(slug));
          if (what === 'move' && id && !ids.has(other)) {
            await move(id, other);
            ids.delete(slug);
            ids.set(other, id);
          }
          if (what === 'delete' && id) {
            await world.storePages.remove(world.inStore(), id);
            ids.delete(slug);
          }
          const edges = new Map((await all()) as [string, string][]);
          for (const [source, target] of edges)
            assert.ok(!edges.has(target) && !ids.has(source.slice(1)), `${source} → ${target}`);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are listed, made and deleted on a page and by API', async () => {
    const { server, acmeShop, oms } = world;
    const user = await server.user({ memberOf: { store: acmeShop, role: 'staff' } });
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const staff = await server.signIn(user, { surface: 'store', platform: oms, root });
    assert.match((await staff.get('/redirects')).expect(200).html, /No redirects yet/);
    const wrong = (
      await staff.post('/redirects', { form: { source: '/a/b', target: 'javascript:x', status: '301' } })
    ).expect(422);
    assert.match(wrong.html, /id="error-source"/);
    assert.match(wrong.html, /id="error-target"/);
    assert.match(wrong.html, /value="javascript:x"/);
    (await staff.post('/redirects', { form: { source: 'old', target: '/new', status: '302' } })).expect(303);
    const list = (await staff.get('/redirects?q=OLD')).expect(200).html;
    const address = /action="[^"]*(\/redirects\/[0-9a-f-]{36}\/delete)"/.exec(list)?.[1] as string;
    (await staff.post(address)).expect(303);
    assert.match((await staff.get('/redirects?q=zzz')).html, /Nothing found|zzz/);
    const reader = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.pages.view', 'cms.pages.edit'] } }),
      { surface: 'store', platform: oms, root },
    );
    (await reader.post('/redirects', { form: { source: 'old', target: '/new' } })).expect(403);
    assert.doesNotMatch((await reader.get('/redirects')).expect(200).html, /name="source"/);
    const admin = await server.signIn(await server.user({ adminOf: oms }), {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform: oms }),
    });
    assert.match((await admin.get('/redirects')).expect(200).html, /default-redirects/);
    (
      await admin.post('/default-redirects', { form: { source: 'agb', target: '/terms', status: '301' } })
    ).expect(303);
    assert.match((await admin.get('/default-redirects')).expect(200).html, /\/agb/);
  });
});
