import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

describe('several pages at once, and deletions undone [module:cms]', () => {
  let world: World;
  let staff: TestClient;
  let admin: TestClient;
  before(async () => {
    world = await openWorld();
    const { server, oms, acmeShop, acme, tiers, onPlatform } = world;
    await tiers.seed(onPlatform(), [
      {
        code: 'small',
        name: 'Small plan',
        features: ['cms_basic', 'cms_custom_pages'],
        limits: { cms_pages: 3, cms_custom_pages: 3 },
      },
    ]);
    await world.asTier(acme, 'small');
    const owner = await server.user({ ownerOf: acme });
    const store = { surface: 'store', platform: oms } as const;
    staff = await server.signIn(owner, {
      ...store,
      root: rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop }),
    });
    admin = await server.signIn(await server.user({ adminOf: 'oms' }), {
      surface: 'admin',
      root: '/platforms/oms/admin',
    });
  });
  after(() => world.close());
  afterEach(() =>
    world.db.everything(
      'delete from cms_store_page; delete from cms_platform_page; delete from cms_store_deleted_page',
    ),
  );

  const inShop = () => world.inStore();
  const page = (slug: string, status: 'draft' | 'published' = 'draft') =>
    world.storePages.create(inShop(), { slug, title: `Page ${slug}`, status });
  const seen = async (slug: string) => (await world.publicPages.find(world.visitor(inShop()), slug))?.title;
  const list = async (client = staff, path = '/content-pages') => (await client.get(path)).expect(200).html;
  /** What the toast's button sends. */
  const undoOf = (html: string) => {
    const [, action = '', inner = ''] =
      /<form method="post" action="([^"]+)">((?:\s*<input type="hidden"[^>]*>)*)\s*<button[^>]*>Undo/.exec(
        html,
      ) ?? assert.fail('no way back');
    const ids = [...inner.matchAll(/name="ids" value="([^"]+)"/g)].map(([, id]) => id as string);
    return { path: action.slice(action.indexOf('/content-pages')), form: { ids } };
  };
  const send = (path: string, ids: readonly string[], more: Record<string, string> = {}) =>
    staff.post(path, {
      body: new URLSearchParams([...ids.map((id) => ['ids', id]), ...Object.entries(more)]).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('publishes, unpublishes and deletes what was chosen, and brings it back with all it was', async () => {
    const [first, second] = [await page('first'), await page('second')];
    const ids = [first.id, second.id];
    (await send('/content-pages/bulk', ids, { do: 'publish' })).expect(303);
    assert.match(await list(), /2 pages are published\./);
    assert.equal(await seen('first'), 'Page first');
    await world.storePages.patch(inShop(), first.id, { title: 'Being written' });
    (await send('/content-pages/bulk', ids, { do: 'delete' })).expect(303);
    const html = await list();
    assert.match(html, /2 pages are deleted\./);
    assert.equal(await seen('second'), undefined);
    const { path, form } = undoOf(html);
    assert.deepEqual(form.ids, ids);
    (await send(path, form.ids)).expect(303);
    assert.match(await list(), /2 pages are back\./);
    assert.equal(await seen('first'), 'Page first');
    const back = await world.storePages.get(inShop(), first.id);
    assert.equal(back.title, 'Being written');
    assert.ok(back.hasDraft);
    assert.deepEqual(await world.db.everything('select page_id from cms_store_deleted_page'), []);
    (await send('/content-pages/bulk', ids, { do: 'unpublish' })).expect(303);
    assert.equal(await seen('second'), undefined);
    (await send('/content-pages/bulk', [], { do: 'delete' })).expect(303);
    assert.match(await list(), /No page was selected/);
    (await send('/content-pages/bulk', ['x'], { do: 'delete' })).expect(422);
  });

  it('does what can be done and says how much that was', async () => {
    const standard = await world.platformPages.create(world.onPlatform(), 'default', {
      slug: 'about',
      title: 'About',
      status: 'published',
    });
    const own = await page('own');
    (await send('/content-pages/bulk', [own.id, standard.id], { do: 'delete' })).expect(303);
    assert.match(await list(), /1 of 2 pages are deleted; the others stay\./);
  });

  it('brings nothing back where the address is taken, the plan is full, or a day has passed', async () => {
    const gone = await page('gone', 'published');
    const remove = () => world.storePages.remove(inShop(), gone.id);
    await remove();
    const rival = await page('gone');
    await assert.rejects(world.storePages.bringBack(inShop(), gone.id), /taken|already/i);
    await world.storePages.remove(inShop(), rival.id);
    for (const slug of ['a', 'b', 'c']) await page(slug);
    await assert.rejects(world.storePages.bringBack(inShop(), gone.id), { code: 'CMS_PAGE_LIMIT_REACHED' });
    await world.db.everything(
      `update cms_store_deleted_page set deleted_at = deleted_at - interval '25 hours'`,
    );
    const [one] = (await world.storePages.list(inShop(), { page: 1, perPage: 9, sort: 'slug', q: '' })).items;
    await world.storePages.remove(inShop(), one?.id as string);
    await assert.rejects(world.storePages.bringBack(inShop(), gone.id), { code: 'CMS_PAGE_NOT_FOUND' });
  });

  it('keeps what one store deleted from the next', async () => {
    const gone = await page('gone');
    await world.storePages.remove(inShop(), gone.id);
    const next = await world.server.store({ platform: 'oms' });
    await assert.rejects(world.storePages.bringBack(world.inStore(next), gone.id), {
      code: 'CMS_PAGE_NOT_FOUND',
    });
  });

  it('undoes the deletion of a default from its toast, and hands out both lists as files', async () => {
    const standard = await world.platformPages.create(world.onPlatform(), 'default', {
      slug: 'about',
      title: '=About',
      status: 'published',
    });
    (await admin.post(`/defaults/${standard.id}/delete`)).expect(303);
    assert.match(await list(admin, '/defaults'), /The page is deleted\.[\s\S]*Undo/);
    (await admin.post('/defaults/bring-back', { form: { ids: standard.id } })).expect(303);
    const file = (await admin.get('/defaults/export')).expect(200);
    assert.match(file.headers['content-disposition'] as string, /defaults\.csv/);
    assert.match(file.text, /"about","'=About","","published"/);
    await page('own');
    assert.match(
      (await staff.get('/content-pages/export?source=custom')).expect(200).text,
      /"own","Page own","custom","draft"/,
    );
    assert.match((await staff.get('/content-pages?sort=-title')).expect(200).html, /value="-title" selected/);
  });
});
