import assert from 'node:assert/strict';
import type { StoreRecord } from '../../../kernel/context.js';
import { rootOf } from '../../../testing/places.js';
import { startTestServer, type TestAppServer } from '../../../testing/startTestServer.js';
import type { TestClient } from '../../../testing/TestClient.js';

/** More than one page of an API takes. */
const MANY = 230;
interface Found {
  readonly items: readonly { readonly email: string; readonly role: string }[];
  readonly total: number;
}

describe('lists of invitations and owners [module:platform-admin] [surface:admin] [surface:store]', () => {
  let server: TestAppServer, store: StoreRecord, owner: TestClient, ownerApi: TestClient;
  let admin: TestClient, adminApi: TestClient;
  before(async () => {
    server = await startTestServer({ plugins: [] });
    const platform = server.platform('test');
    store = await server.store();
    const [person, boss] = [
      await server.user({ ownerOf: store.merchant, name: 'Zoe' }),
      await server.user({ superAdmin: true }),
    ];
    const inStore = (kind: 'page' | 'api') =>
      server.signIn(person, {
        surface: 'store',
        platform,
        root: rootOf({ surface: 'store', kind, platform, store }),
      });
    const inAdmin = (kind: 'page' | 'api') =>
      server.signIn(boss, { surface: 'admin', root: rootOf({ surface: 'admin', kind, platform }) });
    [owner, ownerApi, admin, adminApi] = [
      await inStore('page'),
      await inStore('api'),
      await inAdmin('page'),
      await inAdmin('api'),
    ];
    const now = server.clock.now();
    const end = new Date(now.getTime() + 86_400_000);
    await server.database.everything(
      `insert into core_team_invitation (merchant_id, id, platform_id, store_id, email, role, language, token_hash, invited_by_name, created_at, sent_at, expires_at)
       select $1, gen_random_uuid(), $2, case when n <= 5 then null else $3::uuid end, 'guest' || n || '@example.org',
         case when n <= 5 then 'owner' else 'staff' end, 'en', sha256(('team' || n)::bytea), 'Ann', $4, $4, $5 from generate_series(1, ${MANY}) n`,
      [store.merchantId, platform.id, store.id, now, end],
    );
    await server.database.everything(
      `insert into core_admin_invitation (platform_id, id, email, role, language, token_hash, invited_by_name, created_at, sent_at, expires_at)
       select $1, gen_random_uuid(), 'guest' || n || '@example.org', 'admin', 'en', sha256(('admin' || n)::bytea), 'Ann', $2, $2, $3 from generate_series(1, ${MANY}) n`,
      [platform.id, now, end],
    );
  });
  after(() => server.stop());

  const addresses = (html: string): Set<string> => new Set(html.match(/guest\d+@example\.org/g) ?? []);
  const pagesOf = async (client: TestClient, path: string): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let page = 1; page <= 3; page++)
      for (const one of addresses((await client.get(`${path}?perPage=100&page=${page}`)).expect(200).html))
        seen.add(one);
    return seen;
  };

  it('show all of them, page by page', async () => {
    assert.equal((await pagesOf(owner, '/team/invitations')).size, MANY);
    assert.equal((await pagesOf(admin, '/admin-users/invitations')).size, MANY);
    assert.equal(addresses((await owner.get('/team/invitations')).expect(200).html).size, 20);
  });

  it('find by a part of the address, and go along as a file', async () => {
    for (const [client, path] of [
      [owner, '/team/invitations'],
      [admin, '/admin-users/invitations'],
    ] as const) {
      const { html } = (await client.get(`${path}?q=GUEST22`)).expect(200);
      assert.equal(addresses(html).size, 11, 'guest22 and guest220 to guest229');
      assert.equal(addresses((await client.get(`${path}?format=csv`)).expect(200).text).size, MANY);
      for (const [sort, first] of [
        ['email', 'guest100@example.org'],
        ['-email', 'guest9@example.org'],
      ] as const)
        assert.equal([...addresses((await client.get(`${path}?sort=${sort}`)).expect(200).html)][0], first);
    }
  });

  it('tell clients how many there are, owners apart from members', async () => {
    const list = async (client: TestClient, path: string): Promise<Found> =>
      (await client.get(path)).expect(200).json<Found & Record<string, unknown>>();
    assert.equal((await list(adminApi, '/admin-users/invitations?perPage=100')).total, MANY);
    const members = await list(ownerApi, '/team/invitations?page=3&perPage=100');
    assert.deepEqual([members.total, members.items.length], [MANY - 5, MANY - 5 - 200]);
    const owners = await list(ownerApi, '/team/owners/invitations');
    assert.deepEqual([owners.total, new Set(owners.items.map(({ role }) => role))], [5, new Set(['owner'])]);
    assert.equal((await list(ownerApi, '/team/owners?q=zo')).total, 1);
    assert.equal((await list(ownerApi, '/team/owners?q=nobody')).total, 0);
  });

  it('find owners, and say so where nobody is found', async () => {
    for (const index of [1, 2, 3]) await server.user({ ownerOf: store.merchant, name: `Owner ${index}` });
    const { html } = (await owner.get('/team/owners?q=owner+2')).expect(200);
    assert.match(html, /Owner 2/);
    assert.doesNotMatch(html, /Owner 1|Owner 3/);
    assert.match((await owner.get('/team/owners?q=nobody')).expect(200).html, /Nothing/);
  });

  it('send again and withdraw one that is far down the list', async () => {
    const [row] = await server.database.everything<{ id: string }>(
      "select id from core_team_invitation where email = 'guest6@example.org'",
    );
    const path = `/team/invitations/${row?.id ?? ''}`;
    (await ownerApi.post(`${path}/resend`, { json: {} })).expect(200);
    (await ownerApi.delete(path)).expect(204);
    (await ownerApi.post(`${path}/resend`, { json: {} })).expect(404);
  });
});
