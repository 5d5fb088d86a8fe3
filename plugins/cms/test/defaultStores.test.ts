import assert from 'node:assert/strict';
import { type TestClient } from '@wizamart/core/testing';
import { body, openWorld, type World } from './world.fixture.js';

interface Listed {
  readonly items: readonly { readonly name: string; readonly shows: string; readonly isBehind: boolean }[];
  readonly total: number;
}

describe('stores of a default [module:cms] [surface:admin]', () => {
  let world: World;
  let api: TestClient;
  let desk: TestClient;
  let about: string;
  before(async () => {
    world = await openWorld();
    const { server, platformPages, storePages, onPlatform, inStore, acmeShop, techproShop } = world;
    const page = { slug: 'about', title: 'About us', status: 'published' } as const;
    about = (await platformPages.create(onPlatform(), 'default', { ...page, body: body('the default') })).id;
    const { id } = await storePages.override(inStore(acmeShop), 'about');
    await storePages.patch(inStore(acmeShop), id, { body: body('our own words') });
    await storePages.publish(inStore(acmeShop), id);
    await storePages.override(inStore(techproShop), 'about');
    await platformPages.patch(onPlatform(), 'default', about, { body: body('a newer default') });
    await platformPages.publish(onPlatform(), 'default', about);
    const admin = await server.user({ adminOf: 'oms' });
    const place = { surface: 'admin' } as const;
    api = await server.signIn(admin, { ...place, root: '/api/v1/admin/platforms/oms' });
    desk = await server.signIn(admin, { ...place, root: '/platforms/oms/admin' });
  });
  after(() => world.close());

  const listed = async (query = '') =>
    (await api.get(`/defaults/${about}/stores${query}`)).expect(200).json<Listed>();
  const shown = ({ items }: Listed) => items.map(({ shows, isBehind }) => [shows, isBehind]);

  it('are as many as the list of defaults says, by what visitors see: a draft is nobody else’s business', async () => {
    const { usedBy, overriddenBy } = (await api.get(`/defaults/${about}`)).json<Record<string, number>>();
    assert.deepEqual([usedBy, overriddenBy], [2, 1]);
    assert.deepEqual([(await listed('?shows=default')).total, (await listed('?shows=own')).total], [2, 1]);
    assert.deepEqual(shown(await listed('?shows=own')), [['own', true]]);
    assert.equal((await listed()).total, 3);
    const second = await listed('?perPage=2&page=2');
    assert.deepEqual([second.items.length, second.total], [1, 3]);
    assert.deepEqual((await listed('?q=%25')).total, 0, 'a sign of the search is a letter');
    (await api.get(`/defaults/${about}/stores?shows=else`)).expect(422);
  });

  it('are listed on a page to which both numbers lead, each own page beside the default', async () => {
    const list = (await desk.get('/defaults')).expect(200).html;
    for (const shows of ['default', 'own'])
      assert.match(list, new RegExp(`/defaults/${about}/stores\\?shows=${shows}"`));
    const own = (await desk.get(`/defaults/${about}/stores?shows=own`)).expect(200).html;
    assert.match(own, /Own page[\s\S]*Default changed since/);
    const compare = `/defaults/${about}/stores/${world.acmeShop.id}`;
    assert.ok(own.includes(compare));
    const diff = (await desk.get(compare)).expect(200).html;
    assert.match(diff, /<del>[^<]*newer[^<]*<\/del>|<del>[\s\S]*default/);
    assert.match(diff, /<ins>[\s\S]*our own words|<ins>[\s\S]*own/);
    (await desk.get(`/defaults/${about}/stores/${world.techproShop.id}`)).expect(404);
    assert.match((await desk.get(`/defaults/${about}/stores?q=nobody`)).html, /No active store/);
  });

  it('are for administrators of this platform who may see defaults', async () => {
    const { server } = world;
    const other = await server.signIn(await server.user({ adminOf: 'loyalty' }), {
      surface: 'admin',
      root: '/api/v1/admin/platforms/oms',
    });
    (await other.get(`/defaults/${about}/stores`)).expect(401, 403, 404);
  });
});
