import assert from 'node:assert/strict';
import { rootOf, type TestClient, type TestUser } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

interface Page {
  readonly id: string;
  readonly slug: string;
  readonly source: string;
  readonly status: string;
  readonly hasDraft: boolean;
  readonly body: unknown;
}

describe('the API of pages [module:cms] [surface:store]', () => {
  let world: World;
  let owner: TestClient;
  let standardId: string;
  const apiOf = (client: World['acmeShop'], of = world.oms) =>
    rootOf({ surface: 'store', kind: 'api', platform: of, store: client });
  const signIn = (user: TestUser, store = world.acmeShop) =>
    world.server.signIn(user, { surface: 'store', platform: world.oms, root: apiOf(store) });

  before(async () => {
    world = await openWorld();
    const { server, tiers, onPlatform, oms, acme } = world;
    await tiers.seed(onPlatform(), [
      {
        code: 'small',
        name: 'Small',
        features: ['cms_basic', 'cms_custom_pages'],
        limits: { cms_pages: 3, cms_custom_pages: 3 },
      },
      { code: 'large', name: 'Large', features: ['cms_seo', 'cms_templates'], limits: {} },
    ]);
    await world.asTier(acme, 'small');
    standardId = (
      await world.platformPages.create(onPlatform(), 'default', {
        slug: 'about',
        title: 'Default',
        status: 'published',
      })
    ).id;
    owner = await signIn(await server.user({ ownerOf: acme }));
    assert.equal(oms.code, 'oms');
  });
  after(() => world.close());
  afterEach(() => world.db.everything('delete from cms_store_page'));

  const onSite = (slug: string): Promise<{ status: number; text: string }> =>
    world.server
      .client()
      .get(
        `${rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop })}/${slug}`,
      );
  const create = async (json: object): Promise<Page> =>
    (await owner.post('/pages', { json })).expect(201).json<Page>();

  it('creates, shows, changes, publishes and deletes a page', async () => {
    const page = await create({
      slug: 'hours',
      title: 'Hours',
      body: [{ type: 'richText', html: '<p>9–18<img src=x onerror=alert(1)></p>' }],
    });
    assert.deepEqual(
      [page.source, page.status, page.hasDraft, page.body],
      ['custom', 'draft', true, [{ type: 'richText', html: '<p>9–18</p>' }]],
    );
    assert.equal((await onSite('hours')).status, 404);
    (await owner.post(`/pages/${page.id}/publish`)).expect(200);
    assert.match((await onSite('hours')).text, /<p>9–18<\/p>/);
    const changed = (await owner.patch(`/pages/${page.id}`, { json: { title: 'New hours' } }))
      .expect(200)
      .json<Page>();
    assert.deepEqual([changed.status, changed.hasDraft], ['published', true]);
    assert.doesNotMatch((await onSite('hours')).text, /New hours/);
    (await owner.patch(`/pages/${page.id}`, { json: { status: 'published' } })).expect(200);
    assert.match((await onSite('hours')).text, /New hours/);
    (await owner.delete(`/pages/${page.id}`)).expect(204);
    assert.equal((await onSite('hours')).status, 404);
    (await owner.get(`/pages/${page.id}`)).expect(404);
  });

  it('overrides a default, publishes and reverts it', async () => {
    const override = (await owner.post('/pages/about/override')).expect(201).json<Page>();
    assert.equal(override.source, 'override');
    assert.equal((await owner.post('/pages/about/override')).expect(409).problem, 'CMS_ALREADY_OVERRIDDEN');
    (await owner.patch(`/pages/${override.id}`, { json: { title: 'Ours', status: 'published' } })).expect(
      200,
    );
    assert.match((await onSite('about')).text, /Ours/);
    const reverted = (await owner.post('/pages/about/revert')).expect(200).json<Page>();
    assert.deepEqual([reverted.id, reverted.source], [standardId, 'default']);
    assert.match((await onSite('about')).text, /Default/);
    assert.equal(
      (await owner.patch(`/pages/${standardId}`, { json: { title: 'x' } })).expect(409).problem,
      'CMS_PAGE_IS_DEFAULT',
    );
  });

  it('answers a list with usage, and refuses what a list does not take', async () => {
    await create({ slug: 'hours', title: 'Hours' });
    const list = (await owner.get('/pages?perPage=1&sort=-slug'))
      .expect(200)
      .json<{ items: Page[]; total: number; usage: unknown }>();
    assert.deepEqual([list.items.map(({ slug }) => slug), list.total], [['hours'], 2]);
    assert.deepEqual(list.usage, { pages: { used: 1, limit: 3 }, customPages: { used: 1, limit: 3 } });
    for (const query of ['perPage=101', 'page=0', 'sort=body', 'nothing=1', 'source=theirs']) {
      assert.equal((await owner.get(`/pages?${query}`)).expect(422).problem, 'INVALID_INPUT', query);
    }
  });

  it('answers 402 at the limit and for what the tier lacks', async () => {
    for (const slug of ['a', 'b', 'c']) await create({ slug, title: slug });
    const { limit, current, upgradeTo, code } = (
      await owner.post('/pages', { json: { slug: 'd', title: 'd' } })
    )
      .expect(402)
      .json();
    assert.deepEqual(
      { limit, current, upgradeTo, code },
      { limit: 3, current: 3, upgradeTo: 'large', code: 'CMS_PAGE_LIMIT_REACHED' },
    );
    const refused = (
      await owner.post('/pages', { json: { slug: 'e', title: 'e', seo: { robots: 'noindex' } } })
    )
      .expect(402)
      .json();
    assert.deepEqual(
      [refused['code'], refused['feature'], refused['availableIn']],
      ['FEATURE_NOT_IN_TIER', 'cms_seo', ['large']],
    );
  });

  it('makes exactly 3 pages of 20 that are sent at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        owner.post('/pages', { json: { slug: `p-${index}`, title: 'P' } }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 3);
    assert.equal(answers.filter(({ problem }) => problem === 'CMS_PAGE_LIMIT_REACHED').length, 17);
  });

  it('names each field that is not valid', async () => {
    const cases: readonly [object, readonly string[]][] = [
      [{ slug: 'store', title: 'x' }, ['slug']],
      [{ slug: 'a.b', title: 'x' }, ['slug']],
      [{ slug: 'Ä', title: '' }, ['slug', 'title']],
      [{ slug: 'a' }, ['title']],
      [{ slug: 'a', title: 'x', storeId: world.techproShop.id }, ['storeId']],
      [
        {
          slug: 'a',
          title: 'x',
          body: [
            {
              type: 'cta',
              title: 'x',
              actions: [{ label: 'x', href: 'javascript:alert(1)', style: 'primary' }],
            },
          ],
        },
        ['body.0.actions.0.href'],
      ],
      [
        { slug: 'a', title: 'x', translations: { de: { body: [] }, xx: { title: 'x' } } },
        ['translations.de.title', 'translations.xx'],
      ],
      [{ slug: 'a', title: 'x\u0007' }, ['title']],
      [{ slug: 'a', title: 'x', status: 'live' }, ['status']],
    ];
    for (const [json, paths] of cases) {
      const { errors } = (await owner.post('/pages', { json }))
        .expect(422)
        .json<{ errors: { path: string }[] }>();
      assert.deepEqual(
        errors.map(({ path }) => path),
        paths,
        JSON.stringify(json),
      );
    }
    assert.equal((await owner.post('/pages', { json: { slug: 'twice', title: 'x' } })).status, 201);
    assert.equal(
      (await owner.post('/pages', { json: { slug: 'twice', title: 'x' } })).expect(409).problem,
      'CMS_SLUG_TAKEN',
    );
  });

  it('answers a retried create with the first answer', async () => {
    const headers = { 'idempotency-key': 'create-1' };
    const json = { slug: 'once', title: 'Once' };
    const first = (await owner.post('/pages', { json, headers })).expect(201).json<Page>();
    const again = (await owner.post('/pages', { json, headers })).expect(201).json<Page>();
    assert.equal(again.id, first.id);
  });

  it('is for those who hold the permission, in their own store', async () => {
    const { server, acmeShop, acmeEsch, techpro } = world;
    const { id } = await create({ slug: 'hours', title: 'Hours' });
    (await server.client({ root: apiOf(acmeShop) }).get('/pages')).expect(401);
    const reader = await signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.pages.view'] } }),
    );
    (await reader.get('/pages')).expect(200);
    (await reader.post('/pages', { json: { slug: 'x', title: 'x' } })).expect(403);
    const editor = await signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.pages.view', 'cms.pages.edit'] } }),
    );
    (await editor.patch(`/pages/${id}`, { json: { title: 'Edited' } })).expect(200);
    (await editor.post(`/pages/${id}/publish`)).expect(403);
    assert.equal(
      (await editor.patch(`/pages/${id}`, { json: { status: 'published' } })).expect(403).problem,
      'PERMISSION_DENIED',
    );
    const stranger = await server.user({ ownerOf: techpro });
    assert.ok([403, 404].includes((await (await signIn(stranger)).get('/pages')).status));
    const sibling = await world.server.signIn(await server.user({ ownerOf: world.acme }), {
      surface: 'store',
      platform: world.oms,
      root: apiOf(acmeEsch),
    });
    (await sibling.get(`/pages/${id}`)).expect(404);
    (await sibling.delete(`/pages/${id}`)).expect(404);
  });

  it('shows visitors what is published, in their language', async () => {
    await create({
      slug: 'hours',
      title: 'Hours',
      status: 'published',
      translations: { fr: { title: 'Horaires' } },
    });
    const visitor = world.server.client({
      root: rootOf({ surface: 'storefront', kind: 'api', platform: world.oms, store: world.acmeShop }),
    });
    assert.equal((await visitor.get('/pages/hours')).expect(200).json()['title'], 'Hours');
    const french = (await visitor.get('/pages/hours?lang=fr')).expect(200).json();
    assert.deepEqual(
      [french['title'], french['language'], french['languages']],
      ['Horaires', 'fr', ['en', 'fr']],
    );
    assert.equal((await visitor.get('/pages/about')).expect(200).json()['source'], 'default');
    assert.equal((await visitor.get('/pages/nothing')).expect(404).problem, 'CMS_PAGE_NOT_FOUND');
  });
});
