import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

describe('the API of marketing pages and defaults [module:cms] [surface:admin]', () => {
  let world: World;
  let admin: TestClient;
  const root = '/api/v1/admin/platforms/oms';

  before(async () => {
    world = await openWorld();
    admin = await world.server.signIn(await world.server.user({ superAdmin: true }), {
      surface: 'admin',
      root,
    });
  });
  after(() => world.close());

  const onPlatform = (slug: string) => world.server.client().get(`/platforms/oms/${slug}`);
  const onStore = (slug: string) =>
    world.server
      .client()
      .get(
        `${rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop })}/${slug}`,
      );

  it('keeps a page of each kind under one slug, each on its own hosts', async () => {
    const page = (
      await admin.post('/pages', { json: { slug: 'about', title: 'Marketing', status: 'published' } })
    )
      .expect(201)
      .json();
    const standard = (
      await admin.post('/defaults', { json: { slug: 'about', title: 'Standard', status: 'published' } })
    )
      .expect(201)
      .json();
    assert.match((await onPlatform('about')).expect(200).text, /<h1>Marketing/);
    assert.match((await onStore('about')).expect(200).text, /<h1>Standard/);
    (await admin.get(`/defaults/${page['id'] as string}`)).expect(404);
    assert.deepEqual([standard['usedBy'], standard['overriddenBy']], [3, 0]);
  });

  it('shows a change when it is published, and nothing after it is deleted', async () => {
    const { id } = (await admin.post('/defaults', { json: { slug: 'terms', title: 'Terms' } }))
      .expect(201)
      .json<{ id: string }>();
    (await onStore('terms')).expect(404);
    (await admin.post(`/defaults/${id}/publish`)).expect(200);
    (await onStore('terms')).expect(200);
    (await admin.patch(`/defaults/${id}`, { json: { title: 'New terms' } })).expect(200);
    assert.doesNotMatch((await onStore('terms')).text, /New terms/);
    (await admin.post(`/defaults/${id}/publish`)).expect(200);
    assert.match((await onStore('terms')).text, /New terms/);
    (await admin.delete(`/defaults/${id}`)).expect(204);
    (await onStore('terms')).expect(404);
  });

  it('is for admins of the platform', async () => {
    const { server, oms, loyalty, acme } = world;
    const own = await server.signIn(await server.user({ adminOf: oms }), { surface: 'admin', root });
    (await own.get('/pages')).expect(200);
    const other = await server.signIn(await server.user({ adminOf: loyalty }), { surface: 'admin', root });
    assert.ok([403, 404].includes((await other.get('/pages')).status));
    assert.ok(
      [403, 404].includes((await other.post('/defaults', { json: { slug: 'x', title: 'x' } })).status),
    );
    (await server.client({ root }).get('/pages')).expect(401);
    const owner = await server.signIn(await server.user({ ownerOf: acme }), {
      surface: 'store',
      platform: oms,
      root,
    });
    (await owner.get('/pages')).expect(401);
  });

  it('is gone, for every method, while the module is off, and back with its pages', async () => {
    const { server } = world;
    const ctx = server.context({ platform: 'loyalty' });
    const there = await server.signIn(await server.user({ superAdmin: true }), {
      surface: 'admin',
      root: '/api/v1/admin/platforms/loyalty',
    });
    (await there.post('/pages', { json: { slug: 'kept', title: 'Kept', status: 'published' } })).expect(201);
    const { revision } = server.parts.modules.list(ctx);
    await server.parts.modules.apply(ctx, { enable: [], disable: ['cms'], revision });
    for (const method of ['GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE']) {
      assert.equal((await there.request(method, '/pages')).status, 404, method);
      assert.equal((await server.client().request(method, '/platforms/loyalty/kept')).status, 404, method);
    }
    const after = server.parts.modules.list(ctx);
    await server.parts.modules.apply(ctx, { enable: ['cms'], disable: [], revision: after.revision });
    assert.equal((await server.client().get('/platforms/loyalty/kept')).status, 200);
  });

  it('refuses platforms’ codes as slugs of main, which are old addresses there', async () => {
    const main = { ...world.onPlatform(), platform: { ...world.oms, code: 'main' } };
    await assert.rejects(world.platformPages.create(main, 'platform', { slug: 'loyalty', title: 'x' }), {
      code: 'INVALID_INPUT',
    });
  });
});
