import assert from 'node:assert/strict';
import type { TestAppServer, TestClient } from '@wizamart/core/testing';
import { countRows, openShop, signedIn, superAdmin } from './world.fixture.js';

/** What administrators of loyalty reach because billing is on, in both ways to get there. */
const ADMIN_PATHS = [
  '/subscriptions',
  '/subscription-tiers',
  '/capacity',
  '/billing-history',
  '/webhook-events',
];
const ROOTS = ['/platforms/loyalty/admin', '/admin/platforms/loyalty'];
const API_PATHS = ['/subscriptions', '/subscription-capacity', '/subscription-capacity/trends'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

describe('billing is turned off on loyalty and on again [module:core] [module:billing]', function () {
  this.timeout(180_000);
  let server: TestAppServer;
  let admin: TestClient;
  before(async () => {
    server = await openShop();
    admin = await superAdmin(server);
  });
  after(() => server.stop());

  const modules = '/api/v1/admin/platforms/loyalty/modules';
  async function apply(change: { enable?: readonly string[]; disable?: readonly string[] }): Promise<void> {
    const { revision, enable, disable } = (await admin.post(`${modules}/plan`, { json: change }))
      .expect(200)
      .json<{ revision: number; enable: readonly string[]; disable: readonly string[] }>();
    (await admin.post(`${modules}/apply`, { json: { revision, enable, disable } })).expect(200);
  }
  const statuses = async (client: TestClient, path: string) =>
    Promise.all(METHODS.map(async (method) => (await client.request(method, path)).status));
  const pages = () => ROOTS.flatMap((root) => ADMIN_PATHS.map((path) => root + path));
  const apis = () => API_PATHS.map((path) => `/api/v1/admin/platforms/loyalty${path}`);
  const menuHas = async (root: string): Promise<boolean> =>
    /href="[^"]*\/subscriptions"/.test((await admin.get(`${root}/`)).expect(200).html);
  /** Which of the pages there are: pages come and go with what the plugin brings. */
  const existing = async (): Promise<string[]> => {
    const found = [];
    for (const path of [...pages(), ...apis()]) if ((await admin.get(path)).status === 200) found.push(path);
    return found;
  };

  it('leaves nothing: 404 to every method, for signed-in people and strangers, and no menu entry', async () => {
    const before = await existing();
    for (const root of ROOTS) assert.ok(before.includes(`${root}/subscriptions`), before.join(' '));
    for (const root of ROOTS) assert.equal(await menuHas(root), true);
    const owner = await signedIn(server, 'owner@acme.example', '/platforms/loyalty/store/acme-esch');
    (await owner.get('/platforms/loyalty/store/acme-esch/api/v1/store/billing/usage')).expect(200);
    const rows = await countRows(server);

    await apply({ disable: ['billing'] });
    const gone = METHODS.map(() => 404);
    for (const path of before) {
      assert.deepEqual(await statuses(admin, path), gone, path);
      assert.equal((await server.client().get(path)).status, 404, path);
    }
    for (const root of ROOTS) assert.equal(await menuHas(root), false);
    assert.equal(
      (await owner.get('/platforms/loyalty/store/acme-esch/api/v1/store/billing/usage')).status,
      404,
    );
    const { reports } = (await admin.get('/api/v1/admin/platforms/loyalty/health'))
      .expect(200)
      .json<{ reports: object }>();
    assert.equal('billing' in reports, false);
    // Elsewhere it is as it was.
    (await admin.get('/platforms/oms/admin/subscriptions')).expect(200);
    (await admin.get('/api/v1/admin/platforms/oms/subscription-capacity')).expect(200);
    const without = await countRows(server);
    for (const [table, count] of Object.entries(rows))
      if (table.startsWith('billing_')) assert.equal(without[table], count, table);

    await apply({ enable: ['billing'] });
    assert.deepEqual(await existing(), before);
    for (const root of ROOTS) assert.equal(await menuHas(root), true);
    (await owner.get('/platforms/loyalty/store/acme-esch/api/v1/store/billing/usage')).expect(200);
  });
});
