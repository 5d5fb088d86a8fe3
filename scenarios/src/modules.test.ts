import assert from 'node:assert/strict';
import type { TestAppServer, TestClient } from '@wizamart/core/testing';
import { acmeOwner, countRows, HOSTS, openShop, signedIn, superAdmin } from './world.fixture.js';
import { wizamart } from './wizamart.fixture.js';

interface Plan {
  readonly revision: number;
  readonly enable: readonly string[];
  readonly disable: readonly string[];
  readonly impact: {
    readonly disappears: Readonly<Record<string, readonly string[]>>;
    readonly stores: number;
    readonly dataKept: boolean;
  };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

describe('cms is turned off on oms and on again [module:core] [module:cms]', () => {
  let server: TestAppServer;
  let admin: TestClient;
  let owner: TestClient;
  before(async () => {
    server = await openShop();
    admin = await superAdmin(server);
    owner = await acmeOwner(server);
  });
  after(() => server.stop());

  const modules = (platform = 'oms'): string => `/api/v1/admin/platforms/${platform}/modules`;
  const plan = async (change: object, platform = 'oms'): Promise<Plan> =>
    (await admin.post(`${modules(platform)}/plan`, { json: change }))
      .expect(200)
      .json<Plan>() as unknown as Plan;
  async function apply(
    change: { enable?: readonly string[]; disable?: readonly string[] },
    platform = 'oms',
  ): Promise<void> {
    const { revision, enable, disable } = await plan(change, platform);
    (await admin.post(`${modules(platform)}/apply`, { json: { revision, enable, disable } })).expect(200);
  }
  const statusesOf = (client: TestClient, path: string) =>
    Promise.all(METHODS.map(async (method) => `${method} ${(await client.request(method, path)).status}`));
  const allOf = (status: number) => METHODS.map((method) => `${method} ${status}`);
  const openApi = async (root: string): Promise<string[]> =>
    Object.keys(
      (await server.client().get(`${root}/api/v1/openapi.json`)).expect(200).json<{ paths: object }>().paths,
    );
  const locations = async (path: string): Promise<string[]> =>
    [...(await server.client().get(path)).expect(200).text.matchAll(/<loc>([^<]+)</g)].map(
      ([, loc = '']) => loc,
    );
  const permissions = async (client: TestClient, me: string): Promise<readonly string[]> =>
    (await client.get(me)).expect(200).json<{ permissions: readonly string[] }>().permissions;

  /** What answers only because cms is on: as who, and where. */
  const cmsAddresses = (): readonly (readonly [TestClient, string])[] => [
    [server.client(), '/platforms/oms/features'],
    [server.client(), '/platforms/oms/fr/about'],
    [server.client(), '/platforms/oms/stores/acme/about'],
    [server.client({ host: 'oms.lu' }), '/features'],
    [server.client({ host: 'acme.oms.lu' }), '/about'],
    [server.client({ host: 'techpro.example' }), '/about'],
    [server.client(), '/platforms/oms/api/v1/platform/pages/pricing'],
    [server.client(), '/platforms/oms/stores/acme/api/v1/storefront/pages/about'],
    [owner, '/platforms/oms/store/acme/content-pages'],
    [owner, '/platforms/oms/store/acme/content-pages/new'],
    [owner, '/platforms/oms/store/acme/api/v1/store/pages'],
    [admin, '/admin/platforms/oms/pages'],
    [admin, '/platforms/oms/admin/defaults'],
    [admin, '/api/v1/admin/platforms/oms/pages'],
    [admin, '/api/v1/admin/platforms/oms/defaults'],
  ];
  const elsewhere = (): readonly (readonly [TestClient, string])[] => [
    [server.client(), '/features'],
    [server.client(), '/platforms/loyalty/features'],
    [server.client(), '/platforms/site-builder/'],
    [server.client({ host: 'weber-esch.loyalty.lu' }), '/about'],
    [admin, '/admin/platforms/loyalty/pages'],
  ];

  let before_: { readonly pages: Map<string, string>; readonly rows: Record<string, number> };
  it('first everything of it is there', async () => {
    for (const [client, path] of [...cmsAddresses(), ...elsewhere()]) (await client.get(path)).expect(200);
    const pages = new Map<string, string>();
    for (const path of [
      '/platforms/oms/',
      '/platforms/oms/fr/features',
      '/platforms/oms/stores/acme/about',
      '/platforms/oms/sitemap.xml',
    ])
      pages.set(path, (await server.client().get(path)).expect(200).text);
    before_ = { pages, rows: await countRows(server) };
    assert.ok((await openApi('/platforms/oms')).some((path) => path.endsWith('/pages/{slug}')));
  });

  it('a plan says what goes, and changes nothing', async () => {
    const { disable, impact } = await plan({ disable: ['cms'] });
    assert.deepEqual([disable, impact.stores, impact.dataKept], [['cms'], 4, true]);
    const goes = impact.disappears;
    assert.ok(
      goes['menuItems']?.includes('store content-pages') && goes['menuItems'].includes('admin defaults'),
    );
    assert.ok(goes['features']?.includes('cms_basic') && goes['permissions']?.includes('cms.pages.edit'));
    assert.ok(goes['apiRoutes']?.some((route) => /^store POST \/pages$/.test(route)));
    for (const [client, path] of cmsAddresses()) (await client.get(path)).expect(200);
  });

  it('core modules, unknown ones, contradictions and half closures are refused', async () => {
    const { revision } = await plan({});
    for (const [json, status, code] of [
      [{ disable: ['core'] }, 422, 'MODULE_IS_CORE'],
      [{ disable: ['platform-admin'] }, 422, 'MODULE_IS_CORE'],
      [{ enable: ['nothing'] }, 422, 'MODULE_UNKNOWN'],
      [{ enable: ['cms'], disable: ['cms'] }, 422, 'MODULE_CONTRADICTION'],
    ] as const) {
      assert.equal((await admin.post(`${modules()}/plan`, { json })).expect(status).problem, code);
      assert.equal(
        (await admin.post(`${modules()}/apply`, { json: { ...json, revision } })).expect(status).problem,
        code,
      );
    }
    assert.deepEqual(await countRows(server), before_.rows);
  });

  it('turned off, it answers 404 to every method, on oms only', async () => {
    await apply({ disable: ['cms'] });
    for (const [client, path] of cmsAddresses())
      assert.deepEqual(await statusesOf(client, path), allOf(404), path);
    for (const [client, path] of elsewhere()) (await client.get(path)).expect(200);
  });

  it('core answers the addresses that were its, with the name and the ways in', async () => {
    for (const client of [server.client({ host: 'oms.lu' }), server.client({ root: '/platforms/oms' })]) {
      const page = (await client.get('/')).expect(200).html;
      assert.match(page, /<h1[^>]*>[^<]*Wizamart OMS/);
      assert.match(page, /href="[^"]*\/store\/"/);
      assert.match(page, /href="[^"]*\/admin\/"/);
      assert.doesNotMatch(page, /href="[^"]*\/(pricing|about|terms)"/, 'no menu leads into the void');
    }
    (await server.client({ host: 'acme.oms.lu' }).get('/')).expect(200);
    (await server.client({ host: 'acme.oms.lu' }).get('/storefront/')).expect(200);
  });

  it('it is gone from sitemap, OpenAPI, menus, permissions and features, there only', async () => {
    assert.deepEqual(await locations('/platforms/oms/sitemap.xml'), []);
    assert.deepEqual(await locations('/platforms/oms/stores/acme/sitemap.xml'), []);
    assert.ok((await locations('/sitemap.xml')).length > 5);
    assert.deepEqual(
      (await openApi('/platforms/oms')).filter((path) => /pages|defaults/.test(path)),
      [],
    );
    assert.ok((await openApi('/platforms/loyalty')).some((path) => path.includes('/pages')));
    assert.doesNotMatch(
      (await owner.get('/platforms/oms/store/acme/dashboard')).expect(200).html,
      /content-pages/,
    );
    assert.doesNotMatch(
      (await admin.get('/admin/platforms/oms/')).expect(200).html,
      /\/admin\/platforms\/oms\/(pages|defaults)"/,
    );
    assert.match(
      (await admin.get('/admin/platforms/loyalty/')).expect(200).html,
      /\/admin\/platforms\/loyalty\/pages"/,
    );
    assert.deepEqual(
      (await permissions(owner, '/platforms/oms/store/acme/api/v1/store/auth/me')).filter((name) =>
        name.startsWith('cms.'),
      ),
      [],
    );
    assert.deepEqual(
      (await permissions(admin, '/platforms/oms/api/v1/admin/auth/me')).filter((name) =>
        name.startsWith('cms.'),
      ),
      [],
    );
    const store = await server.parts.tenants.storeByCode(server.platform('oms'), 'acme');
    assert.ok(store);
    const features = await server.parts.entitlements.features(server.context({ store }));
    assert.deepEqual(
      [...features].filter((feature) => feature.startsWith('cms_')),
      [],
    );
  });

  it('its data stay as they are', async () => {
    const { core_audit_platform: _a, core_platform_module: _b, ...rows } = await countRows(server);
    const { core_audit_platform: _c, core_platform_module: _d, ...were } = before_.rows;
    assert.deepEqual(rows, were);
  });

  it('turned on again, every page is back as it was, draft and all', async () => {
    await apply({ enable: ['cms'] });
    for (const [client, path] of cmsAddresses()) (await client.get(path)).expect(200);
    for (const [path, text] of before_.pages)
      assert.equal((await server.client().get(path)).expect(200).text, text, path);
  });

  it('each change is one row of the audit trail: who, when, from, to, revision', async () => {
    const { items } = (await admin.get('/api/v1/admin/platforms/oms/audit-log?action=core.modules.changed'))
      .expect(200)
      .json<{
        items: {
          actor: { name: string };
          occurredAt: string;
          from: { revision: number; modules: string[] };
          to: { revision: number; modules: string[] };
        }[];
      }>();
    assert.equal(items.length, 2);
    const [on, off] = items as [(typeof items)[0], (typeof items)[0]];
    assert.deepEqual(
      [off.from.modules.includes('cms'), off.to.modules.includes('cms'), on.to.modules.includes('cms')],
      [true, false, true],
    );
    assert.equal(off.to.revision, off.from.revision + 1);
    assert.deepEqual([on.from.revision, on.actor.name], [off.to.revision, 'admin@wizamart.example']);
    assert.equal(on.occurredAt, server.clock.now().toISOString());
    for (const other of ['loyalty', 'main']) {
      assert.equal(
        (await admin.get(`/api/v1/admin/platforms/${other}/audit-log?action=core.modules.changed`)).json<{
          total: number;
        }>().total,
        0,
      );
    }
  });

  it('the second of two admins gets 409 with a fresh plan, and nothing is changed twice', async () => {
    const second = await signedIn(server, 'oms-admin@wizamart.example', '/platforms/oms/admin');
    const api = '/platforms/oms/api/v1/admin/modules';
    const mine = await plan({ disable: ['cms'] });
    const theirs = (await second.post(`${api}/plan`, { json: { disable: ['cms'] } }))
      .expect(200)
      .json<Plan>();
    (await admin.post(`${modules()}/apply`, { json: { revision: mine.revision, disable: ['cms'] } })).expect(
      200,
    );
    const answer = (
      await second.post(`${api}/apply`, { json: { revision: theirs.revision, disable: ['cms'] } })
    ).expect(409);
    assert.equal(answer.problem, 'MODULE_PLAN_STALE');
    const fresh = answer.json<{ plan: Plan }>().plan;
    assert.deepEqual([fresh.revision, fresh.disable], [mine.revision + 1, []]);
    (await second.post(`${api}/apply`, { json: { revision: fresh.revision, enable: ['cms'] } })).expect(200);
    (await server.client().get('/platforms/oms/features')).expect(200);
  });

  it('only those who may, change modules', async () => {
    const omsAdmin = await signedIn(server, 'oms-admin@wizamart.example', '/platforms/oms/admin');
    for (const [client, path] of [
      [owner, `${modules()}/plan`],
      [server.client(), `${modules()}/plan`],
    ] as const)
      (await client.post(path, { json: { disable: ['cms'] } })).expect(401);
    (await omsAdmin.post(`${modules('loyalty')}/plan`, { json: { disable: ['cms'] } })).expect(403, 404);
    (
      await omsAdmin.post('/platforms/loyalty/api/v1/admin/modules/plan', { json: { disable: ['cms'] } })
    ).expect(403, 404);
    (await omsAdmin.post(`${modules()}/plan`, { json: { disable: ['cms'] } })).expect(200);
  });

  it('the command does the same while the server runs, and is heard', async function () {
    this.timeout(120_000);
    const environment = {
      DATABASE_URL: server.database.appUrl,
      WIZAMART_SECRET: '5e'.repeat(32),
      WIZAMART_LOG: 'silent',
      WIZAMART_DEMO: 'false',
    };
    const run = async (...words: readonly string[]) => {
      const ended = await wizamart(['modules', ...words], environment);
      assert.equal(ended.code, 0, ended.stderr + ended.stdout);
      return ended.stdout;
    };
    const shown = JSON.parse(await run('plan', 'oms', '--disable', 'cms', '--json')) as Plan;
    assert.deepEqual([shown.disable, shown.revision], [['cms'], (await plan({})).revision]);
    (await server.client().get('/platforms/oms/features')).expect(200);
    assert.match(await run('apply', 'oms', '--disable', 'cms'), /off cms/);
    (await server.client().get('/platforms/oms/features')).expect(404);
    (await server.client().get('/platforms/loyalty/features')).expect(200);
    assert.match(await run('apply', 'oms', '--enable', 'cms'), /on cms/);
    (await server.client().get('/platforms/oms/features')).expect(200);
    const { items } = (
      await admin.get('/api/v1/admin/platforms/oms/audit-log?action=core.modules.changed&perPage=1')
    ).json<{ items: { actor: { kind: string; name: string } }[] }>();
    assert.deepEqual(items[0]?.actor.kind, 'system');
    const wrong = await wizamart(['modules', 'apply', 'oms', '--disable', 'core'], environment);
    assert.deepEqual([wrong.code, /MODULE_IS_CORE/.test(wrong.stderr + wrong.stdout)], [1, true]);
  });

  it('no platform but oms was touched by any of it', () => {
    for (const { code } of HOSTS)
      assert.ok(server.parts.states.snapshotOf(server.platform(code).id).isOn('cms'), code);
    assert.deepEqual(server.log.errors, [], server.log.text());
  });
});
