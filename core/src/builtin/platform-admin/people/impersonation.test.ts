import assert from 'node:assert/strict';
import type { StoreRecord } from '../../../kernel/context.js';
import { rootOf } from '../../../testing/places.js';
import { startTestServer, type TestAppServer } from '../../../testing/startTestServer.js';
import type { TestUser } from '../../../testing/TestTenants.js';
import type { TestClient } from '../../../testing/TestClient.js';

describe('acting as a member [module:platform-admin] [surface:admin] [surface:store]', () => {
  let server: TestAppServer, store: StoreRecord, other: StoreRecord, admin: TestUser, owner: TestUser;
  before(async () => {
    server = await startTestServer({ plugins: [] });
    store = await server.store();
    other = await server.store({ merchant: store.merchant });
    admin = await server.user({ adminOf: 'test' });
    owner = await server.user({ ownerOf: store.merchant });
  });
  after(() => server.stop());

  const platform = () => server.platform('test');
  const inAdmin = () =>
    server.signIn(admin, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform: platform() }),
    });
  const storeRoot = (of: StoreRecord, kind: 'page' | 'api' = 'page') =>
    rootOf({ surface: 'store', kind, platform: platform(), store: of });
  const handOver = async (client: TestClient, reason = 'Ticket 4711'): Promise<string> => {
    const answer = await client.post(`/stores/${store.id}/people/${owner.id}/impersonate`, {
      form: { reason },
    });
    return answer.expect(303).headers['location'] ?? '';
  };
  const tokenOf = (address: string): string => new URL(address, 'http://x').searchParams.get('token') ?? '';
  const begin = async (client: TestClient): Promise<TestClient> => {
    const address = await handOver(client);
    const browser = server.client();
    (await browser.get(address)).expect(200);
    (await browser.post(`${storeRoot(store)}/impersonation`, { form: { token: tokenOf(address) } })).expect(
      303,
    );
    return browser;
  };

  it('asks for a reason', async () => {
    const client = await inAdmin();
    (
      await client.post(`/stores/${store.id}/people/${owner.id}/impersonate`, { form: { reason: ' ' } })
    ).expect(422);
  });

  it('shows a banner on every page, with the way out', async () => {
    const browser = await begin(await inAdmin());
    for (const path of ['/dashboard', '/team', '/settings', '/profile']) {
      const page = (await browser.get(`${storeRoot(store)}${path}`)).expect(200).text;
      assert.ok(page.includes(`${admin.email} acts as ${owner.email}`), path);
      assert.ok(page.includes('/impersonation/stop'), path);
    }
    for (const path of ['/nothing-here', '/team/01935a3e-7c00-7000-8000-000000000004'])
      assert.match((await browser.get(`${storeRoot(store)}${path}`)).expect(404).text, / acts as /, path);
    assert.doesNotMatch((await server.client().get(`${storeRoot(store)}/nothing-here`)).text, / acts as /);
    (await browser.post(`${storeRoot(store)}/impersonation/stop`)).expect(303);
    (await browser.get(`${storeRoot(store)}/dashboard`)).expect(303);
  });

  it('counts in the one store', async () => {
    const browser = await begin(await inAdmin());
    (await browser.get(`${storeRoot(other)}/dashboard`)).expect(303);
    (await browser.get(`${rootOf({ surface: 'store', kind: 'page', platform: platform() })}/`)).expect(303);
  });

  it('keeps passwords, second step, sessions and roles out of reach', async () => {
    const browser = await begin(await inAdmin());
    const api = storeRoot(store, 'api');
    const refused = async (method: string, path: string, json?: unknown) =>
      assert.equal(
        (await browser.request(method, `${api}${path}`, json === undefined ? {} : { json })).status,
        403,
        `${method} ${path}`,
      );
    await refused('POST', '/account/password', {
      currentPassword: 'x',
      newPassword: 'nine quiet herons by the mill',
    });
    await refused('POST', '/account/email', { email: 'x@example.org', currentPassword: 'x' });
    await refused('PATCH', '/account', { name: 'x', language: null });
    await refused('POST', '/account/totp');
    await refused('POST', '/account/recovery-codes', { currentPassword: 'x' });
    await refused('GET', '/account/sessions');
    await refused('DELETE', '/account/sessions');
    await refused('POST', '/team/roles', { name: 'x' });
    await refused('POST', '/team/invitations', { email: 'x@example.org', language: 'en', role: 'staff' });
    await refused('POST', '/team/owners/invitations', { email: 'x@example.org', language: 'en' });
    await refused('DELETE', `/team/owners/${owner.id}`);
  });

  it('names both in the trail of what is done meanwhile', async () => {
    const browser = await begin(await inAdmin());
    const colors = {
      primary: '#0f766e',
      secondary: '#334155',
      accent: '#f59e0b',
      background: '#ffffff',
      text: '#0f172a',
    };
    (
      await browser.put(`${storeRoot(store, 'api')}/theme`, { json: { theme: { name: 'Sea', colors } } })
    ).expect(200);
    const { items } = await server.parts.audit.list(server.context({ store }), { perPage: 100 });
    const change = items.find(
      ({ action, impersonator }) => impersonator !== null && !action.startsWith('core.impersonation'),
    );
    assert.deepEqual([change?.actor.name, change?.impersonator?.name], [owner.email, admin.email]);
    for (const action of ['core.impersonation.requested', 'core.impersonation.started'])
      assert.ok(
        items.some((one) => one.action === action),
        action,
      );
  });

  it('ends with the administrator’s session, with their role, and after an hour', async () => {
    const alive = async (browser: TestClient): Promise<boolean> =>
      (await browser.get(`${storeRoot(store)}/dashboard`)).status === 200;
    const first = await inAdmin();
    const byLogout = await begin(first);
    assert.ok(await alive(byLogout));
    (await first.post('/logout')).expect(303);
    assert.ok(!(await alive(byLogout)));

    const second = await inAdmin();
    const byTime = await begin(second);
    server.clock.advance(3_600_000);
    assert.ok(!(await alive(byTime)));

    const byRole = await begin(second);
    await server.parts.people.adminUsers.remove(
      server.context({ platform: 'test', surface: 'admin' }),
      admin.id,
    );
    assert.ok(!(await alive(byRole)));
  });

  it('begins once, and not at another store', async () => {
    const helper = await server.user({ superAdmin: true });
    const client = await server.signIn(helper, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform: platform() }),
    });
    const token = tokenOf(await handOver(client));
    const browser = server.client();
    (await browser.post(`${storeRoot(other)}/impersonation`, { form: { token } })).expect(410);
    const settled = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.client().post(`${storeRoot(store)}/impersonation`, { form: { token } }),
      ),
    );
    assert.equal(settled.filter(({ status }) => status === 303).length, 1);
  });

  it('is refused to administrators without the permission, and of strangers', async () => {
    const role = await server.parts.people.platformRoles.create(server.context({ platform: 'test' }), {
      name: 'Look only',
      permissions: ['platform-admin.stores.view'],
    });
    const looker = await server.user({ adminOf: 'test' });
    await server.parts.people.adminUsers.setRole(
      server.context({ platform: 'test', surface: 'admin' }),
      looker.id,
      role.id,
    );
    const client = await server.signIn(looker, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform: platform() }),
    });
    const form = { reason: 'Ticket 4711' };
    (await client.get(`/stores/${store.id}/people`)).expect(200);
    (await client.post(`/stores/${store.id}/people/${owner.id}/impersonate`, { form })).expect(403);
    const helper = await server.user({ superAdmin: true });
    const strong = await server.signIn(helper, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform: platform() }),
    });
    (await strong.post(`/stores/${store.id}/people/${looker.id}/impersonate`, { form })).expect(404);
  });
});
