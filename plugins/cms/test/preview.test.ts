import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { PageNotFound } from '../src/errors.js';
import { body, openWorld, type World } from './world.fixture.js';

const DAY = 86_400_000;

describe('preview links [module:cms] [surface:storefront]', () => {
  let world: World;
  let visitor: TestClient;
  before(async () => {
    world = await openWorld();
    visitor = world.server.client();
  });
  after(() => world.close());

  const rootAt = (store = world.acmeShop, platform = world.oms) =>
    rootOf({ surface: 'storefront', kind: 'page', platform, store });
  const draft = async (slug: string) => {
    const { id } = await world.storePages.create(world.inStore(), {
      slug,
      title: `Live ${slug}`,
      body: body('live'),
      status: 'published',
    });
    await world.storePages.patch(world.inStore(), id, {
      title: `Draft ${slug}`,
      translations: { fr: { title: `Brouillon ${slug}` } },
    });
    return id;
  };
  const tokenOf = (url: string) => /\/preview\/([^/]+)$/.exec(url)?.[1] as string;
  const link = async (id: string) => {
    const { url } = await world.previews.create(world.inStore(), 'store', id);
    return tokenOf(url);
  };

  it('show the draft on the store’s own address without a session, marked, unfound and unkept', async () => {
    const id = await draft('shown');
    const { url, expiresAt } = await world.previews.create(world.inStore(), 'store', id);
    assert.ok(
      new URL(url).pathname.startsWith(`${rootAt()}/preview/`) ||
        new URL(url).pathname.startsWith('/preview/'),
      url,
    );
    assert.equal(expiresAt.getTime() - world.clock.now().getTime(), 7 * DAY);
    const answer = (await visitor.get(`${rootAt()}/preview/${tokenOf(url)}`)).expect(200);
    assert.match(answer.html, /Draft shown/);
    assert.match(answer.html, /This is a draft/);
    assert.match(answer.html, /<meta name="robots" content="noindex, nofollow">/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['etag'], undefined);
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    assert.match(String(answer.headers['x-robots-tag']), /noindex/);
    assert.match(
      (await visitor.get(`${rootAt()}/fr/preview/${tokenOf(url)}`)).expect(200).html,
      /Brouillon shown/,
    );
    assert.match((await visitor.get(`${rootAt()}/shown`)).html, /Live shown/);
    await world.storePages.patch(world.inStore(), id, { title: 'Draft changed' });
    assert.match((await visitor.get(`${rootAt()}/preview/${tokenOf(url)}`)).html, /Draft changed/);
  });

  it('end with their time, when they are revoked, and with their page', async () => {
    const id = await draft('ends');
    const first = await link(id);
    world.clock.advance(7 * DAY - 1_000);
    (await visitor.get(`${rootAt()}/preview/${first}`)).expect(200);
    world.clock.advance(1_000);
    const over = (await visitor.get(`${rootAt()}/preview/${first}`)).expect(410);
    assert.match(over.html, /This preview is over/);
    assert.equal(over.headers['cache-control'], 'no-store');
    const second = await link(id);
    (await visitor.get(`${rootAt()}/preview/${second}`)).expect(200);
    await world.previews.revoke(world.inStore(), 'store', id);
    (await visitor.get(`${rootAt()}/preview/${second}`)).expect(410);
    const third = await link(id);
    (await visitor.get(`${rootAt()}/preview/${third}`)).expect(200);
    await world.storePages.remove(world.inStore(), id);
    (await visitor.get(`${rootAt()}/preview/${third}`)).expect(410);
    const audit = await world.db.everything<{ action: string }>(
      `select action from core_audit_merchant where subject_id = $1 and action like 'cms.preview.%' order by id`,
      [id],
    );
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['cms.preview.created', 'cms.preview.created', 'cms.preview.revoked', 'cms.preview.created'],
    );
  });

  it('open nothing anywhere else, nor when a single sign of them is changed', async () => {
    const token = await link(await draft('bound'));
    for (const root of [
      rootAt(world.techproShop),
      rootAt(world.acmeEsch),
      rootOf({ surface: 'platform', kind: 'page', platform: world.oms }),
    ])
      assert.match(
        (await visitor.get(`${root}/preview/${token}`)).expect(404).html,
        /There is no such preview/,
      );
    for (let index = 0; index < token.length; index++) {
      const changed = token.slice(0, index) + (token[index] === 'a' ? 'b' : 'a') + token.slice(index + 1);
      const { status } = await visitor.get(`${rootAt()}/preview/${changed}`);
      assert.equal(status, 404, changed);
    }
    for (const wrong of [
      'x',
      `${token}a`,
      token.replace(/\.\w+\./, '.zzzzzzz.'),
      encodeURIComponent('../..'),
      'ə',
    ])
      (await visitor.get(`${rootAt()}/preview/${encodeURIComponent(wrong)}`)).expect(404);
  });

  it('show marketing pages and defaults on the platform’s address', async () => {
    const { platformPages, previews, onPlatform, oms, loyalty } = world;
    for (const kind of ['platform', 'default'] as const) {
      const { id } = await platformPages.create(onPlatform(), kind, { slug: 'about', title: `New ${kind}` });
      const token = tokenOf((await previews.create(onPlatform(), kind, id)).url);
      const on = (platform: typeof oms) =>
        `${rootOf({ surface: 'platform', kind: 'page', platform })}/preview/${token}`;
      assert.match((await visitor.get(on(oms))).expect(200).html, new RegExp(`New ${kind}`));
      (await visitor.get(on(loyalty))).expect(404);
      (await visitor.get(`${rootAt()}/preview/${token}`)).expect(404);
    }
  });

  it('are made and revoked by editors of the page alone', async () => {
    const { previews, inStore, techproShop, server, acmeShop, oms } = world;
    const id = await draft('made');
    await assert.rejects(previews.create(inStore(techproShop), 'store', id), PageNotFound);
    await assert.rejects(previews.revoke(inStore(techproShop), 'store', id), PageNotFound);
    const place = { surface: 'store', platform: oms } as const;
    const signIn = async (role: 'staff' | string[], kind: 'api' | 'page') =>
      server.signIn(await server.user({ memberOf: { store: acmeShop, role } }), {
        ...place,
        root: rootOf({ surface: 'store', kind, platform: oms, store: acmeShop }),
      });
    (await (await signIn(['cms.pages.view'], 'api')).post(`/pages/${id}/preview`)).expect(403);
    const staff = await signIn('staff', 'page');
    (await staff.get(`/content-pages/${id}/preview`)).expect(200);
    const made = (await staff.post(`/content-pages/${id}/preview`)).expect(200);
    const url = /value="([^"]*\/preview\/[^"]*)"/.exec(made.html)?.[1] as string;
    (await visitor.get(`${rootAt()}/preview/${tokenOf(url)}`)).expect(200);
    assert.equal(made.headers['cache-control'], 'no-store');
    (await staff.post(`/content-pages/${id}/preview/revoke`)).expect(303);
    (await visitor.get(`${rootAt()}/preview/${tokenOf(url)}`)).expect(410);
  });
});
