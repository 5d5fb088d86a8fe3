import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import type { StoreRecord } from '../../../kernel/context.js';
import { rootOf } from '../../../testing/places.js';
import { startCluster } from '../../../testing/startCluster.js';
import { testHost } from '../../../testing/testHost.js';
import { startTestServer, type TestAppServer } from '../../../testing/startTestServer.js';
import type { TestUser } from '../../../testing/TestTenants.js';

/** Links of mails that wait to be sent, the oldest first. */
const invitationLinks = async (server: TestAppServer): Promise<string[]> =>
  (
    await server.database.everything<{ text: string }>(
      "select payload -> 'payload' ->> 'text' as text from graphile_worker._private_jobs where payload -> 'payload' ->> 'text' like '%/invitation?token=%' order by id",
    )
  ).map(({ text }) => /http\S+\/invitation\?token=[\w-]+/.exec(text)?.[0] ?? '');

const PASSWORD = 'correct horse battery staple';

describe('teams over HTTP [module:platform-admin] [surface:store] [surface:admin]', () => {
  let server: TestAppServer, ours: StoreRecord, theirs: StoreRecord, owner: TestUser, stranger: TestUser;
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({
          tiers: [
            { code: 'two', name: 'Two', features: [], limits: { team_members: 2 } },
            { code: 'five', name: 'Five', features: [], limits: { team_members: 5 } },
          ],
        }),
      ],
    });
    ours = await server.store();
    theirs = await server.store();
    owner = await server.user({ ownerOf: ours.merchant, password: PASSWORD });
    stranger = await server.user({ ownerOf: theirs.merchant });
  });
  after(() => server.stop());

  const root = (store: StoreRecord, kind: 'page' | 'api' = 'api') =>
    rootOf({ surface: 'store', kind, platform: server.platform('test'), store });
  const as = (user: TestUser, store = ours) =>
    server.signIn(user, { surface: 'store', platform: server.platform('test'), root: root(store) });

  it('show and change nothing of another merchant', async () => {
    const member = await server.user({ memberOf: { store: ours, role: 'staff' } });
    const own = await as(owner);
    const role = (await own.post('/team/roles', { json: { name: 'Designers', permissions: [] } }))
      .expect(201)
      .json<{ id: string }>();
    const invitation = (
      await own.post('/team/invitations', { json: { email: 'a@example.org', language: 'en', role: 'staff' } })
    )
      .expect(201)
      .json<{ id: string }>();
    const foreign = await as(stranger, theirs);
    for (const [method, path, json] of [
      ['GET', `/team/${member.id}`],
      ['PUT', `/team/${member.id}/role`, { role: 'manager' }],
      ['DELETE', `/team/${member.id}`],
      ['GET', `/team/${member.id}/sessions`],
      ['DELETE', `/team/${member.id}/sessions`],
      ['DELETE', `/team/owners/${owner.id}`],
      ['PATCH', `/team/roles/${role.id}`, { name: 'Mine' }],
      ['DELETE', `/team/roles/${role.id}`],
      ['POST', `/team/invitations/${invitation.id}/resend`, {}],
      ['DELETE', `/team/invitations/${invitation.id}`],
    ] as const)
      assert.equal(
        (await foreign.request(method, path, json ? { json } : {})).status,
        404,
        `${method} ${path}`,
      );
    const entering = await as(stranger, ours);
    assert.equal((await entering.get('/team')).status, 403);
    assert.deepEqual((await foreign.get('/team/invitations')).json<{ items: unknown[] }>().items, []);
    assert.deepEqual((await foreign.get('/team/roles')).json<{ items: unknown[] }>().items, []);
  });

  it('keep to owners what is the owners’', async () => {
    const manager = await as(await server.user({ memberOf: { store: ours, role: 'manager' } }));
    const colleague = await server.user({ memberOf: { store: ours, role: 'staff' } });
    const staff = await as(colleague);
    (await manager.get('/team')).expect(200);
    (await manager.post('/team/roles', { json: { name: 'x' } })).expect(403);
    (await manager.delete(`/team/owners/${owner.id}`)).expect(403);
    (
      await manager.post('/team/owners/invitations', { json: { email: 'b@example.org', language: 'en' } })
    ).expect(403);
    (await staff.get('/team')).expect(403);
    // A page that the menu does not show is not there.
    const seen = await server.signIn(colleague, {
      surface: 'store',
      platform: server.platform('test'),
      root: root(ours, 'page'),
    });
    (await seen.get('/team')).expect(404);
    const page = await server.signIn(owner, {
      surface: 'store',
      platform: server.platform('test'),
      root: root(ours, 'page'),
    });
    assert.ok((await page.get('/team')).text.includes('/team/roles'));
  });

  it('never pass the limit of the tier: 50 invitations and 50 acceptances at once', async () => {
    const store = await server.store({ tier: 'five' });
    const boss = await server.user({ ownerOf: store.merchant });
    const client = await as(boss, store);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        client.post('/team/invitations', {
          json: { email: `m${n}@example.org`, language: 'en', role: 'staff' },
        }),
      ),
    );
    const by = (status: number) => answers.filter((answer) => answer.status === status);
    assert.deepEqual([by(201).length, by(402).length], [5, 45]);
    const problem = by(402)[0]?.json<{
      code: string;
      limit: number;
      current: number;
      upgradeTo: string | null;
    }>();
    assert.deepEqual(
      [problem?.code, problem?.limit, problem?.current, problem?.upgradeTo],
      ['TEAM_MEMBERS_LIMIT_REACHED', 5, 5, null],
    );
    // The tier is changed for a smaller one before they accept: what was promised fits no longer.
    await server.parts.tiers.assign(server.context({ platform: 'test' }), store.merchant, 'two');
    const links = (await invitationLinks(server)).slice(-5);
    const accepted = await Promise.all(
      links.map((link) =>
        server.client().post(new URL(link).pathname, {
          form: {
            token: new URL(link).searchParams.get('token') ?? '',
            name: 'Ann',
            password: 'nine quiet herons by the mill',
          },
        }),
      ),
    );
    assert.deepEqual(accepted.map(({ status }) => status).sort(), [303, 303, 402, 402, 402]);
    const { total } = (await client.get('/team')).expect(200).json<{ total: number }>();
    assert.equal(total, 2);
  });

  it('sign in with a second step through the API', async () => {
    const client = server.client({ root: root(ours), browser: false });
    const login = () =>
      server
        .client({ root: root(ours), browser: false })
        .post('/auth/login', { json: { email: owner.email, password: PASSWORD } });
    const { token } = (await login()).expect(200).json<{ token: string }>();
    const signedIn = server.client({ root: root(ours), token });
    const { secret } = (await signedIn.post('/account/totp', { json: {} }))
      .expect(201)
      .json<{ secret: string }>();
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.clock.now().getTime() });
    (await signedIn.post('/account/totp/confirm', { json: { code: code() } })).expect(200);
    server.clock.advance(30_000);
    const refused = (await login()).expect(401).json<{ code: string; challenge: string }>();
    assert.equal(refused.code, 'TOTP_REQUIRED');
    const second = { challenge: refused.challenge, code: code() };
    (await client.post('/auth/totp', { json: { ...second, code: '000000' } })).expect(422);
    const answer = (await client.post('/auth/totp', { json: second })).expect(200).json<{ token: string }>();
    (await server.client({ root: root(ours), token: answer.token }).get('/auth/me')).expect(200);
    const late = server.client({ root: root(ours), browser: false });
    (await late.post('/auth/totp', { json: second })).expect(410);
  });

  it('sign in with a second step by the form, and keep where one wanted to go', async () => {
    const browser = server.client({ root: root(ours, 'page') });
    const page = (
      await browser.post('/login', {
        form: { email: owner.email, password: PASSWORD, next: `${root(ours, 'page')}/team` },
      })
    ).expect(200).text;
    assert.ok(page.includes('one-time-code') && page.includes(`${root(ours, 'page')}/team`));
    const challenge = /name="challenge" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const again = (await browser.post('/login/code', { form: { challenge, code: '000000' } })).expect(
      422,
    ).text;
    assert.ok(again.includes(challenge));
  });

  it('answer a forgotten password the same for everybody', async () => {
    const ask = async (email: string) =>
      (await server.client({ root: root(ours, 'page') }).post('/forgot', { form: { email } }))
        .expect(200)
        .text.replaceAll(email, '…');
    assert.equal(await ask(owner.email), await ask('nobody@example.org'));
  });

  it('work with what the pages send: invite, change a role, tick permissions, delete', async () => {
    const page = await server.signIn(owner, {
      surface: 'store',
      platform: server.platform('test'),
      root: root(ours, 'page'),
    });
    const member = await server.user({ memberOf: { store: ours, role: 'staff' } });
    (
      await page.post('/team/invite', { form: { email: 'no address', role: 'staff', language: 'en' } })
    ).expect(422);
    (
      await page.post('/team/invite', { form: { email: 'form@example.org', role: 'staff', language: 'lb' } })
    ).expect(303);
    (await page.post(`/team/${member.id}/role`, { form: { role: 'manager' } })).expect(303);
    (await page.post('/team/roles/new', { form: { name: '' } })).expect(422);
    (await page.post('/team/roles/new', { form: { name: 'Window dressers' } })).expect(303);
    const role = (await server.parts.people.teamRoles.list(server.context({ store: ours }))).find(
      ({ name }) => name === 'Window dressers',
    );
    assert.ok(role);
    (
      await page.post('/team/roles', {
        form: { roles: role.id, [`grants.${role.id}`]: 'core.settings.view' },
      })
    ).expect(303);
    const after = await server.parts.people.teamRoles.get(server.context({ store: ours }), role.id);
    assert.deepEqual(after.permissions, ['core.settings.view']);
    (await page.post(`/team/${member.id}/role`, { form: { role: role.id } })).expect(303);
    const refused = (await page.post(`/team/roles/${role.id}/delete`)).expect(409).text;
    assert.ok(refused.includes(member.email));
    assert.deepEqual(
      (await page.get('/team?format=csv')).expect(200).headers['content-type'],
      'text/csv; charset=utf-8',
    );
    assert.deepEqual(server.log.errors, []);
  });
});

describe('sessions on several nodes [module:core]', () => {
  it('end everywhere at once', async () => {
    const cluster = await startCluster({ nodes: 3, plugins: [] });
    try {
      const [first, ...others] = cluster.nodes;
      const admin = await first.user({ superAdmin: true });
      const client = await first.signIn(admin, { surface: 'admin', root: '/api/v1/admin' });
      const { items } = (await client.get('/account/sessions'))
        .expect(200)
        .json<{ items: { id: string }[] }>();
      const token = (await first.signIn(admin, { surface: 'admin' })) && items[0]?.id;
      assert.ok(token);
      const ids = (await client.get('/account/sessions')).json<{ items: { id: string }[] }>().items;
      assert.equal(ids.length, 2);
      const elsewhere = await Promise.all(
        others.map((node) => node.signIn(admin, { surface: 'admin', root: '/api/v1/admin' })),
      );
      for (const each of elsewhere) (await each.get('/auth/me')).expect(200);
      (await client.delete('/account/sessions')).expect(200);
      for (const each of elsewhere) (await each.get('/auth/me')).expect(401);
      (await client.get('/auth/me')).expect(200);
    } finally {
      await cluster.stop();
    }
  });
});
