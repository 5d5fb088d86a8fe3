import assert from 'node:assert/strict';
import { parseInput, type DomainError, type FieldError, InvalidInput } from '@wizamart/core';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { menuContent } from '../src/menus/menuInput.js';
import type { MenuItem } from '../src/menus/types.js';
import { openWorld, type World } from './world.fixture.js';

describe('the menus of a site [module:cms] [surface:store]', () => {
  let world: World;
  let staff: TestClient;
  let root: string;
  let host: string;

  before(async () => {
    world = await openWorld();
    const { server, acmeShop, oms } = world;
    root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    host = `${acmeShop.subdomain}.oms.lu`;
    staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'manager' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
  });
  after(() => world.close());
  afterEach(async () => {
    for (const table of ['cms_store_menu', 'cms_platform_menu', 'cms_store_page', 'cms_platform_page'])
      await world.db.everything(`delete from ${table}`);
    world.server.parts.pageCache.clear();
  });

  const page = async (slug: string, more: object = {}) =>
    (
      await world.storePages.create(world.inStore(), {
        slug,
        title: `The ${slug}`,
        status: 'published',
        ...more,
      })
    ).id;
  const link = (id: string, more: object = {}): MenuItem => ({
    kind: 'page',
    page: id,
    labels: {},
    visible: true,
    ...more,
  });
  const seen = async (language = '') => {
    const { html } = (await world.server.client({ host }).get(`${language}/shown`)).expect(200);
    const nav = /<nav class="site-nav"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
    return [...nav.matchAll(/<(?:a href="([^"]*)"|summary)[^>]*>([^<]*)/g)].map(
      ([, href, label]) => `${label}${href === undefined ? '' : ` ${href}`}`,
    );
  };
  const put = (items: readonly MenuItem[], ctx = world.inStore()) =>
    world.siteMenus.replace(ctx, 'header', items);

  it('list the pages that are placed there until somebody edits them, and again after a reset', async () => {
    await page('shown', { placement: 'header' });
    const other = await page('other');
    assert.deepEqual(await seen(), ['The shown /shown']);
    const [header] = await world.siteMenus.all(world.inStore());
    assert.equal(header?.isAutomatic, true);
    assert.equal(header?.items.length, 1);
    await put([link(other)]);
    assert.deepEqual(await seen(), ['The other /other']);
    await page('newest', { placement: 'header' });
    assert.deepEqual(await seen(), ['The other /other']);
    await world.siteMenus.reset(world.inStore(), 'header');
    assert.deepEqual(await seen(), ['The newest /newest', 'The shown /shown']);
  });

  it('follow a page to its new address, and leave it out while nobody sees it', async () => {
    const shown = await page('shown');
    const moving = await page('moving');
    await put([link(moving), link(shown)]);
    await world.storePages.patch(world.inStore(), moving, { slug: 'moved' });
    assert.deepEqual(await seen(), ['The moving /moved', 'The shown /shown']);
    await world.storePages.patch(world.inStore(), moving, { status: 'draft' });
    assert.deepEqual(await seen(), ['The shown /shown']);
    await world.storePages.publish(world.inStore(), moving);
    assert.equal((await seen()).length, 2);
    await world.storePages.remove(world.inStore(), moving);
    assert.deepEqual(await seen(), ['The shown /shown']);
  });

  it('keep their link to a default that the store replaces by its own page', async () => {
    const standard = await world.platformPages.create(world.onPlatform(), 'default', {
      slug: 'about',
      title: 'Standard',
      status: 'published',
    });
    await page('shown');
    await put([link(standard.id)]);
    assert.deepEqual(await seen(), ['Standard /about']);
    await page('about');
    assert.deepEqual(await seen(), ['The about /about']);
  });

  it('say labels in the visitor’s language, and lead to addresses and below headings', async () => {
    const shown = await page('shown', { translations: { fr: { title: 'Titre' } } });
    await put([
      link(shown, { labels: { en: 'Own word' } }),
      {
        kind: 'heading',
        labels: { en: 'More', fr: 'Plus' },
        visible: true,
        children: [
          { kind: 'address', href: 'https://example.org/', labels: { en: 'Elsewhere' }, visible: true },
          { kind: 'address', href: '/shown', labels: { en: 'Hidden' }, visible: false },
        ],
      },
      {
        kind: 'heading',
        labels: { en: 'Empty' },
        visible: true,
        children: [{ kind: 'address', href: '#a', labels: { en: 'x' }, visible: false }],
      },
    ]);
    assert.deepEqual(await seen(), ['Own word /shown', 'More', 'Elsewhere https://example.org/']);
    assert.deepEqual(await seen('/fr'), ['Titre /fr/shown', 'Plus', 'Elsewhere https://example.org/']);
  });

  it('stand as columns with their headings in the footer', async () => {
    const shown = await page('shown');
    await world.siteMenus.replace(world.inStore(), 'footer', [
      {
        kind: 'heading',
        labels: { en: 'Law' },
        visible: true,
        children: [{ kind: 'page', page: shown, labels: {}, visible: true }],
      },
    ]);
    const { html } = await world.server.client({ host }).get('/shown');
    assert.match(html, /site-footer__heading" id="footer-[^"]*">Law<[\s\S]*<a href="\/shown"/);
  });

  it('refuse pages of others and addresses that run something', async () => {
    const mine = await page('shown');
    const theirs = (
      await world.storePages.create(world.inStore(world.techproShop), {
        slug: 'theirs',
        title: 'x',
        status: 'published',
      })
    ).id;
    const marketing = (
      await world.platformPages.create(world.onPlatform(), 'platform', {
        slug: 'm',
        title: 'x',
        status: 'published',
      })
    ).id;
    for (const id of [theirs, marketing])
      await assert.rejects(
        put([link(mine), link(id)]),
        (error: DomainError) => (error.errors as FieldError[])[0]?.path === 'items.1.page',
      );
    await assert.rejects(put([link(mine)], world.onPlatform() as never), InvalidInput);
    for (const href of ['javascript:alert(1)', '//evil.example', 'data:text/html,x', '/\\evil.example'])
      assert.throws(
        () => parseInput(menuContent, { items: [{ kind: 'address', href, labels: { en: 'x' } }] }),
        InvalidInput,
        href,
      );
    assert.throws(
      () =>
        parseInput(menuContent, {
          items: [
            {
              kind: 'heading',
              labels: { en: 'x' },
              children: [{ kind: 'heading', labels: { en: 'y' }, children: [] }],
            },
          ],
        }),
      InvalidInput,
    );
  });

  it('belong to one site each, also by row-level security alone', async () => {
    await page('shown');
    await put([{ kind: 'address', href: '/x', labels: { en: 'Mine' }, visible: true }]);
    for (const ctx of [world.inStore(world.techproShop), world.inStore(world.acmeEsch), world.onPlatform()])
      assert.deepEqual(
        (await world.siteMenus.all(ctx)).map(({ isAutomatic }) => isAutomatic),
        [true, true],
      );
    const rows = await world.db
      .withoutModelScope()
      .unit(world.inStore(world.techproShop), ({ tx }) => tx.query('select 1 from cms_store_menu'));
    assert.deepEqual(rows, []);
  });

  it('are arranged on a page without a script, and changed for good only when saved', async () => {
    const shown = await page('shown');
    const items = {
      'items.0.kind': 'page',
      'items.0.page': shown,
      'items.0.visible': 'true',
      'items.1.kind': 'address',
      'items.1.href': '/second',
      'items.1.labels.en': 'Second',
      'items.1.visible': 'true',
    };
    const moved = (await staff.post('/site-menus/header', { form: { ...items, do: 'up:1' } })).expect(
      200,
    ).html;
    assert.ok(moved.indexOf('value="/second"') < moved.indexOf(`value="${shown}" selected`));
    assert.match(
      (await staff.post('/site-menus/header', { form: { ...items, do: 'add:heading' } })).expect(200).html,
      /items\.2\.labels\.en/,
    );
    assert.deepEqual(await world.db.everything('select 1 from cms_store_menu'), []);
    (await staff.post('/site-menus/header', { form: { ...items, do: 'save' } })).expect(303);
    assert.deepEqual(await seen(), ['The shown /shown', 'Second /second']);
    assert.match((await staff.get('/site-menus')).expect(200).html, /Second[\s\S]*visitors see it now/);
    const refused = (
      await staff.post('/site-menus/header', {
        form: { ...items, 'items.1.href': 'javascript:alert(1)', do: 'save' },
      })
    ).expect(422).html;
    assert.match(refused, /id="error-items\.1\.href"/);
    (await staff.post('/site-menus/header/reset')).expect(303);
    assert.deepEqual(await world.db.everything('select 1 from cms_store_menu'), []);
    const [, undone = ''] =
      /name="items" value="([^"]+)"/.exec((await staff.get('/site-menus')).html) ??
      assert.fail('no way back');
    const put = (items: string) => staff.post('/site-menus/header/undo', { form: { items } });
    (await put(undone.replaceAll('&quot;', '"'))).expect(303);
    assert.deepEqual(await seen(), ['The shown /shown', 'Second /second']);
    for (const items of ['{', '[{"kind":"address","href":"javascript:x","labels":{"en":"x"}}]', 'null'])
      (await put(items)).expect(422);
    (await put('')).expect(303);
    assert.deepEqual(await world.db.everything('select 1 from cms_store_menu'), []);
  });

  it('are noted in the audit trail with what they were and are', async () => {
    const shown = await page('shown');
    await put([link(shown)]);
    await put([]);
    const rows = await world.db.everything<{
      change_from: { items: object[] } | null;
      change_to: { items: object[] };
    }>(
      `select change_from, change_to from core_audit_merchant where action = 'cms.menu.changed' and subject_name = 'header' order by occurred_at, id`,
    );
    const last = rows.at(-1);
    assert.deepEqual([last?.change_from?.items.length, last?.change_to.items.length], [1, 0]);
  });

  it('have an API for the store and for the platform’s administrators', async () => {
    const { server, acmeShop, oms, loyalty } = world;
    const shown = await page('shown');
    const manager = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: 'manager' } }),
      { surface: 'store', platform: oms, root: `/platforms/oms/store/${acmeShop.code}/api/v1/store` },
    );
    const answer = (
      await manager.put('/site-menus/header', { json: { items: [{ kind: 'page', page: shown }] } })
    )
      .expect(200)
      .json<{ items: object[] }>();
    assert.deepEqual(answer.items, [{ kind: 'page', page: shown, labels: {}, visible: true }]);
    (
      await manager.put('/site-menus/header', { json: { items: [{ kind: 'page', page: loyalty.id }] } })
    ).expect(422);
    (await manager.put('/site-menus/sidebar', { json: { items: [] } })).expect(404);
    const reader = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.menus.view'] } }),
      { surface: 'store', platform: oms, root: `/platforms/oms/store/${acmeShop.code}/api/v1/store` },
    );
    (await reader.get('/site-menus')).expect(200);
    (await reader.delete('/site-menus/header')).expect(403);
    const admin = await server.signIn(await server.user({ adminOf: oms }), {
      surface: 'admin',
      root: '/api/v1/admin/platforms/oms',
    });
    (
      await admin.put('/site-menus/footer', {
        json: { items: [{ kind: 'address', href: 'https://example.org', labels: { en: 'x' } }] },
      })
    ).expect(200);
    assert.equal(
      (await admin.get('/site-menus'))
        .expect(200)
        .json<{ items: { place: string; isAutomatic: boolean }[] }>().items[1]?.isAutomatic,
      false,
    );
  });
});
