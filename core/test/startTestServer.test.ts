import assert from 'node:assert/strict';
import { definePlugin, defineRoute } from '../src/index.js';
import { rootOf, startTestServer, testClock, type TestAppServer } from '../src/testing/index.js';

const probe = definePlugin({
  code: 'probe',
  name: 'Probe',
  description: 'Says who asks.',
  permissions: {
    'probe.desk.view': { audience: 'store', label: 'probe.desk', roles: ['staff'] },
    'probe.site.view': { audience: 'admin', label: 'probe.site' },
  },
  routes: () =>
    (['admin', 'store', 'storefront', 'platform'] as const).map((surface) =>
      defineRoute({
        method: 'GET',
        path: '/who',
        surface,
        kind: 'api',
        scope: 'both',
        access:
          surface === 'store'
            ? 'probe.desk.view'
            : surface === 'admin'
              ? 'probe.site.view'
              : surface === 'storefront'
                ? 'customer'
                : 'public',
        handle: ({ actor, platform, store, now }) => ({
          actor: actor.kind,
          platform: platform.code,
          store: store?.code ?? null,
          now,
        }),
      }),
    ),
});

describe('startTestServer [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ plugins: [probe], clock: testClock('2026-05-01T10:00:00Z') });
  });
  after(() => server.stop());

  it('serves what the plugins bring, at the time of its clock', async () => {
    const who = (await server.client({ host: 'test.lu' }).get('/api/v1/platform/who')).expect(200).json();
    assert.deepEqual(who, {
      actor: 'anonymous',
      platform: 'test',
      store: null,
      now: '2026-05-01T10:00:00.000Z',
    });
  });

  it('signs people in where they may be, and nowhere else', async () => {
    const platform = server.platform();
    const store = await server.store();
    const other = await server.store();
    const staff = await server.user({ memberOf: { store, role: 'staff' } });
    const owner = await server.user({ ownerOf: other.merchant });
    const admin = await server.user({ adminOf: platform });
    const api = { kind: 'api', platform } as const;
    const atStore = await server.signIn(staff, {
      surface: 'store',
      platform,
      root: rootOf({ ...api, surface: 'store', store }),
    });
    assert.equal((await atStore.get('/who')).json()['store'], store.code);
    const atOther = await server.signIn(staff, {
      surface: 'store',
      platform,
      root: rootOf({ ...api, surface: 'store', store: other }),
    });
    (await atOther.get('/who')).expect(403);
    const owning = await server.signIn(owner, {
      surface: 'store',
      platform,
      root: rootOf({ ...api, surface: 'store', store: other }),
    });
    (await owning.get('/who')).expect(200);
    const atAdmin = await server.signIn(admin, {
      surface: 'admin',
      root: rootOf({ ...api, surface: 'admin' }),
    });
    (await atAdmin.get('/who')).expect(200);
    const shopper = await server.customer({ store });
    const shopping = await server.signIn(shopper, {
      surface: 'storefront',
      platform,
      store,
      root: rootOf({ ...api, surface: 'storefront', store }),
    });
    assert.deepEqual([(await shopping.get('/who')).json()['actor']], ['customer']);
  });

  it('signs in by the form and keeps the cookie', async () => {
    const user = await server.user({ password: 'correct horse battery', adminOf: server.platform() });
    const client = server.client();
    await client.signIn({
      surface: 'admin',
      path: '/platforms/test/admin/login',
      email: user.email,
      password: 'correct horse battery',
    });
    (await client.get('/platforms/test/api/v1/admin/who')).expect(200);
    (await server.client().get('/platforms/test/api/v1/admin/who')).expect(401);
  });

  it('makes contexts in which users may do what they were given', async () => {
    const store = await server.store();
    const staff = await server.user({ memberOf: { store, role: ['probe.desk.view'] } });
    const { actor, merchant } = server.context({ store, actor: staff });
    assert.ok(
      actor.kind === 'user' &&
        actor.permissions.has('probe.desk.view') &&
        !actor.permissions.has('probe.site.view'),
    );
    assert.equal(merchant?.id, store.merchantId);
  });

  it('collects warnings and errors', () => {
    assert.deepEqual(server.log.entries, []);
    server.running.parts.logger.error({ err: new Error('boom') }, 'it broke');
    assert.match(server.log.text(), /^error: it broke \(Error: boom/);
    server.log.clear();
  });
});
