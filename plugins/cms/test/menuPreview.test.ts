import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

describe('a menu while it is arranged [module:cms] [surface:store]', () => {
  let world: World;
  let desk: TestClient;
  let page: string;
  before(async () => {
    world = await openWorld();
    const { server, oms, acme, acmeShop, storePages, inStore } = world;
    page = (
      await storePages.create(inStore(), { slug: 'hours', title: 'Opening hours', status: 'published' })
    ).id;
    desk = await server.signIn(await server.user({ ownerOf: acme }), {
      surface: 'store',
      platform: oms,
      root: rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop }),
    });
  });
  after(() => world.close());

  const typed = () => ({
    'items.0.kind': 'page',
    'items.0.page': page,
    'items.0.visible': 'true',
    'items.1.kind': 'address',
    'items.1.href': 'https://example.org/',
    'items.1.labels.en': 'Elsewhere',
    'items.1.visible': 'true',
    'items.2.kind': 'address',
    'items.2.href': 'javascript:alert(1)',
    'items.2.labels.en': 'Not whole',
    'items.2.visible': 'true',
    do: 'preview',
  });
  const links = (html: string): string =>
    /<header[\s\S]*?<\/header>/.exec(html)?.[0] ?? assert.fail('no header');

  it('is shown on the site as it is typed, without what is not whole, to its editor alone', async () => {
    const shown = (await desk.post('/site-menus/header/live', { form: typed() })).expect(200);
    assert.match(links(shown.html), /Opening hours[\s\S]*Elsewhere/);
    assert.doesNotMatch(shown.html, /Not whole|javascript:/);
    assert.equal(shown.headers['cache-control'], 'no-store');
    const now = (await desk.get('/site-menus/header/live')).expect(200).html;
    assert.doesNotMatch(links(now), /Elsewhere/);
    const visitor = world.server.client({
      root: rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop }),
    });
    assert.doesNotMatch((await visitor.get('/hours')).expect(200).html, /Elsewhere/);
    assert.deepEqual(await world.db.everything('select 1 from cms_store_menu'), []);
  });

  it('stands beside its form', async () => {
    const form = (await desk.get('/site-menus/footer')).expect(200).html;
    assert.match(
      form,
      /formtarget="menu-preview"[\s\S]*<iframe name="menu-preview"[^>]*site-menus\/footer\/live"/,
    );
  });

  it('is for who may edit menus', async () => {
    const { server, oms, acmeShop } = world;
    const looker = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.menus.view'] } }),
      {
        surface: 'store',
        platform: oms,
        root: rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop }),
      },
    );
    (await looker.post('/site-menus/header/live', { form: typed() })).expect(403);
  });
});
