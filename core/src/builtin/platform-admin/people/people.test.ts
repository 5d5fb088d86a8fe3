import assert from 'node:assert/strict';
import { rootOf } from '../../../testing/places.js';
import { startTestServer, type TestAppServer } from '../../../testing/startTestServer.js';

describe('pages of people [module:platform-admin] [surface:admin] [surface:store]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ plugins: [] });
  });
  after(() => server.stop());

  it('open in every language, with nothing there yet', async () => {
    const platform = server.platform('test');
    const store = await server.store();
    const admin = await server.user({ superAdmin: true });
    const owner = await server.user({ ownerOf: store.merchant });
    const member = await server.user({ memberOf: { store, role: 'staff' } });
    const inAdmin = await server.signIn(admin, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'page', platform }),
    });
    const above = await server.signIn(admin, { surface: 'admin', root: '/admin' });
    const inStore = await server.signIn(owner, {
      surface: 'store',
      platform,
      root: rootOf({ surface: 'store', kind: 'page', platform, store }),
    });
    for (const language of ['en', 'fr', 'de', 'lb']) {
      const headers = { 'accept-language': language };
      for (const path of [
        '/profile',
        '/profile/security',
        '/admin-users',
        '/admin-users/invitations',
        '/admin-users/invite',
        `/admin-users/${admin.id}`,
      ])
        (await above.get(path, { headers })).expect(200);
      for (const path of [
        '/profile',
        '/admin-users',
        '/admin-users/invite',
        '/roles',
        '/roles/new',
        `/stores/${store.id}/people`,
        `/stores/${store.id}/people/${member.id}/impersonate`,
        `/merchants/${store.merchantId}/owners/invite`,
      ])
        (await inAdmin.get(path, { headers })).expect(200);
      for (const path of [
        '/profile',
        '/profile/security',
        '/team',
        '/team/invite',
        '/team/invitations',
        '/team/owners',
        '/team/owners/invite',
        '/team/roles',
        '/team/roles/new',
        `/team/${member.id}`,
      ])
        (await inStore.get(path, { headers })).expect(200);
    }
    assert.deepEqual(server.log.errors, []);
  });
});
