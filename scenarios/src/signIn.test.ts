import assert from 'node:assert/strict';
import { startTestServer, type TestAppServer, type TestClient } from '@wizamart/core/testing';
import { HOSTS, openShop, PASSWORD } from './world.fixture.js';

interface Door {
  readonly surface: string;
  readonly email: string;
  /** Where the pages and the API of the surface lie. */
  readonly pages: string;
  readonly api: string;
  /** The sign-in page, and what comes after it. */
  readonly login: string;
  readonly logout: string;
  readonly start: string;
  readonly cookie: string;
  /** Path that the cookie is good for. */
  readonly scope: string;
}

const DOORS: readonly Door[] = [
  {
    surface: 'admin',
    email: 'admin@wizamart.example',
    pages: '/admin',
    api: '/api/v1/admin',
    login: '/admin/login',
    logout: '/admin/logout',
    start: '/admin/',
    cookie: 'wz_admin',
    scope: '/',
  },
  {
    surface: 'store',
    email: 'owner@acme.example',
    pages: '/platforms/oms/store/acme',
    api: '/platforms/oms/store/acme/api/v1/store',
    login: '/platforms/oms/store/acme/login',
    logout: '/platforms/oms/store/acme/logout',
    start: '/platforms/oms/store/acme/dashboard',
    cookie: 'wz_store',
    scope: '/platforms/oms/store',
  },
  {
    surface: 'storefront',
    email: 'ada@customer.example',
    pages: '/platforms/oms/stores/acme',
    api: '/platforms/oms/stores/acme/api/v1/storefront',
    login: '/platforms/oms/stores/acme/storefront/account/login',
    logout: '/platforms/oms/stores/acme/storefront/account/logout',
    start: '/platforms/oms/stores/acme/storefront/',
    cookie: 'wz_customer',
    scope: '/platforms/oms/stores/acme',
  },
];

describe('Sign-in on three surfaces [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await openShop();
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });
  // Guesses of one test are not counted against the next.
  afterEach(() => {
    server.clock.advance(24 * 3_600_000);
  });

  for (const door of DOORS) {
    describe(`${door.surface} [surface:${door.surface}]`, () => {
      const form = (client: TestClient, fields: Record<string, string> = {}) =>
        client.post(door.login, { form: { email: door.email, password: PASSWORD, ...fields } });
      const me = (client: TestClient) => client.get(`${door.api}/auth/me`);

      it('by the form: a cookie that scripts and other sites do not get, and the first page', async () => {
        const client = server.client();
        const answer = (await form(client)).expect(303);
        assert.equal(answer.location, door.start);
        const [line = ''] = answer.headers['set-cookie'] ?? [];
        assert.match(
          line,
          new RegExp(
            `^${door.cookie}=[\\w-]{20,}; Max-Age=\\d+; Path=${door.scope}; HttpOnly; SameSite=Lax$`,
          ),
        );
        assert.match(String(answer.headers['cache-control']), /no-store/);
        (await client.get(door.start)).expect(200);
        assert.equal(
          (await me(client)).expect(200).json<{ user: { email: string } }>().user.email,
          door.email,
        );
      });

      it('by the API: a token for programmes, the cookie for pages', async () => {
        const client = server.client();
        const answer = (
          await client.post(`${door.api}/auth/login`, {
            json: { email: ` ${door.email.toUpperCase()} `, password: PASSWORD },
          })
        ).expect(200);
        const { token, expiresAt, user } = answer.json<{
          token: string;
          expiresAt: string;
          user: { email: string };
        }>();
        assert.ok(token.length >= 32 && new Date(expiresAt) > server.clock.now());
        assert.equal(user.email, door.email);
        assert.equal(client.cookies.get(door.cookie), token);
        (await me(server.client({ token, browser: false }))).expect(200);
        const stored = await server.database.everything<{ row: string }>(
          'select s::text as row from core_session s',
        );
        assert.ok(stored.length > 0 && stored.every(({ row }) => !row.includes(token)), 'hashed at rest');
      });

      it('leads on to where one was going, and never to another site', async () => {
        const wanted = `${door.pages}/nowhere?x=1&y=%2F`;
        assert.equal((await form(server.client(), { next: wanted })).expect(303).location, wanted);
        for (const next of [
          'https://evil.example/',
          '//evil.example/',
          '/\\evil.example',
          'javascript:alert(1)',
          '/\t/evil.example',
          '/.//evil.example',
          '\r\nSet-Cookie: a=b',
          '/%0d%0aLocation:x//',
          'evil',
        ]) {
          const { location = '' } = (await form(server.client(), { next })).expect(303);
          assert.ok(
            location === door.start || (location === next && next.startsWith('/%0d')),
            `${next} led to ${location}`,
          );
        }
        const page = (
          await server.client().get(`${door.login}?next=${encodeURIComponent('"><script>alert(1)</script>')}`)
        ).expect(200);
        assert.doesNotMatch(page.html, /<script>alert/);
      });

      it('a wrong password, an unknown address and an empty form look the same, keep what was typed but the password', async () => {
        const texts = new Set<string>();
        for (const [email, password] of [
          [door.email, 'wrong'],
          ['nobody@nowhere.example', PASSWORD],
          [door.email, ''],
        ] as const) {
          const answer = (await server.client().post(door.login, { form: { email, password } })).expect(401);
          assert.equal(answer.headers['set-cookie'], undefined);
          assert.ok(answer.html.includes(`value="${email}"`));
          assert.ok(password === '' || password === PASSWORD || !answer.html.includes(`value="${password}"`));
          texts.add(answer.html.replace(`value="${email}"`, ''));
          if (password !== '') {
            assert.equal(
              (await server.client().post(`${door.api}/auth/login`, { json: { email, password } })).expect(
                401,
              ).problem,
              'INVALID_CREDENTIALS',
            );
          }
        }
        assert.equal(texts.size, 1);
      });

      it('the eleventh guess waits, also with the right password; others do not', async () => {
        const guess = (password: string, email = door.email) =>
          server.client().post(`${door.api}/auth/login`, { json: { email, password } });
        for (let i = 0; i < 10; i++) (await guess(`guess ${i}`)).expect(401);
        const refused = (await guess(PASSWORD)).expect(429);
        assert.equal(refused.problem, 'TOO_MANY_LOGINS');
        const seconds = Number(refused.headers['retry-after']);
        assert.ok(seconds > 0 && seconds <= 24 * 3_600, `retry after ${seconds}`);
        const page = (await form(server.client())).expect(429);
        assert.ok(page.html.includes(`value="${door.email}"`));
        server.clock.advance((seconds + 1) * 1_000);
        (await guess(PASSWORD)).expect(200);
      });

      it('signing out ends the session for every copy of it', async () => {
        const client = server.client();
        await form(client);
        const cookie = `${door.cookie}=${client.cookies.get(door.cookie)}`;
        const answer = (await client.post(door.logout)).expect(303);
        assert.match(
          String(answer.headers['set-cookie']),
          new RegExp(`^${door.cookie}=; Max-Age=0; Path=${door.scope}`),
        );
        (await server.client().get(`${door.api}/auth/me`, { headers: { cookie } })).expect(401);
        // Once more harms nobody.
        (await client.post(door.logout)).expect(303);
        const token = (
          await server
            .client()
            .post(`${door.api}/auth/login`, { json: { email: door.email, password: PASSWORD } })
        ).json<{ token: string }>().token;
        const programme = server.client({ token, browser: false });
        (await programme.post(`${door.api}/auth/logout`)).expect(200, 204);
        (await me(programme)).expect(401);
      });

      it('a new sign-in ends the session that the browser came with', async () => {
        const client = server.client();
        await form(client);
        const first = client.cookies.get(door.cookie);
        await form(client);
        assert.notEqual(client.cookies.get(door.cookie), first);
        (
          await server.client().get(`${door.api}/auth/me`, { headers: { cookie: `${door.cookie}=${first}` } })
        ).expect(401);
      });

      it('a session that is over, revoked or made up is nobody’s', async () => {
        const client = server.client();
        await form(client);
        (await me(client)).expect(200);
        await server.database.everything('delete from core_session');
        server.clock.advance(61_000);
        (await me(client)).expect(401);
        await form(client);
        server.clock.advance(400 * 24 * 3_600_000);
        (await me(client)).expect(401);
        if (door.surface !== 'storefront')
          assert.match((await client.get(door.start)).expect(303).location ?? '', /login\?next=/);
      });

      it('who is signed in already is sent on from the sign-in page', async () => {
        const client = server.client();
        await form(client);
        assert.equal((await client.get(door.login)).expect(303).location, door.start);
      });
    });
  }

  it('people sign in where they have business, and hear of nothing else', async () => {
    for (const [email, login] of [
      ['owner@acme.example', '/admin/login'],
      ['ada@customer.example', '/admin/login'],
      ['oms-admin@wizamart.example', '/platforms/loyalty/admin/login'],
      ['owner@techpro.example', '/platforms/oms/store/acme/login'],
      ['ada@customer.example', '/platforms/oms/store/acme/login'],
      ['owner@acme.example', '/platforms/oms/stores/acme/storefront/account/login'],
      ['owner@techpro.example', '/platforms/loyalty/store/login'],
    ] as const) {
      const answer = await server.client().post(login, { form: { email, password: PASSWORD } });
      assert.deepEqual(
        [answer.headers['set-cookie'], answer.status >= 400 && answer.status < 500],
        [undefined, true],
        `${email} at ${login}: ${answer.status}`,
      );
    }
  });

  it('those with several stores pick one, those with one are there', async () => {
    const owner = server.client();
    await owner.signIn({
      surface: 'store',
      path: '/platforms/oms/store/login',
      email: 'owner@acme.example',
      password: PASSWORD,
    });
    const picker = (await owner.get('/platforms/oms/store/')).expect(200).html;
    assert.match(picker, /href="\/platforms\/oms\/store\/acme\/dashboard"/);
    assert.match(picker, /href="\/platforms\/oms\/store\/acme-esch\/dashboard"/);
    assert.doesNotMatch(picker, /techpro|weber/);
    const staff = server.client();
    await staff.signIn({
      surface: 'store',
      path: '/platforms/oms/store/login',
      email: 'staff@acme.example',
      password: PASSWORD,
    });
    assert.equal(
      (await staff.get('/platforms/oms/store/')).expect(303).location,
      '/platforms/oms/store/acme/dashboard',
    );
  });

  it('a cookie of one host is not set for its siblings', async () => {
    const answer = await server
      .client({ host: 'acme.oms.lu' })
      .post('/storefront/account/login', { form: { email: 'ada@customer.example', password: PASSWORD } });
    assert.doesNotMatch(String(answer.expect(303).headers['set-cookie']), /domain/i);
  });

  it('dashboards follow the person’s language', async () => {
    const owner = server.client({ headers: { 'accept-language': 'de' } });
    await owner.signIn({
      surface: 'store',
      path: '/platforms/oms/store/acme/login',
      email: 'owner@acme.example',
      password: PASSWORD,
    });
    assert.match((await owner.get('/platforms/oms/store/acme/dashboard')).html, /<html lang="de" /);
    (
      await owner.post('/platforms/oms/store/acme/profile', {
        form: { name: 'Claire Hoffmann', language: 'lb' },
      })
    ).expect(303);
    assert.match((await owner.get('/platforms/oms/store/acme/dashboard')).html, /<html lang="lb" /);
    (
      await owner.post('/platforms/oms/store/acme/profile', {
        form: { name: 'Claire Hoffmann', language: '' },
      })
    ).expect(303);
  });
});

describe('Demo accounts and production [module:core]', () => {
  it('are refused while they have the password that everybody knows, and no longer once it is changed', async () => {
    const demo = await openShop();
    try {
      const start = () =>
        startTestServer({
          hosts: HOSTS,
          database: demo.database,
          config: { environment: 'production', demo: false },
        });
      await assert.rejects(start, /admin@wizamart\.example/);
      await demo.database.everything(
        "update core_user set password_hash = null where email like '%.example'",
      );
      await demo.database.everything('update core_customer set password_hash = null');
      const production = await start();
      assert.doesNotMatch(
        (await production.client({ host: 'admin.wizamart.lu' }).get('/login')).expect(200).html,
        /wizamart-demo|admin@wizamart/,
      );
      await production.stop();
    } finally {
      await demo.stop();
    }
  });

  it('on a sign-in page of a store only those are named who may enter it', async () => {
    const demo = await openShop();
    const named = async (path: string) =>
      [...(await demo.client().get(path)).expect(200).html.matchAll(/<strong>([^<]+@[^<]+)</g)].map(
        ([, email]) => email,
      );
    const [acme, oms, loyalty] = [
      await named('/platforms/oms/store/acme/login'),
      await named('/platforms/oms/store/login'),
      await named('/platforms/loyalty/store/login'),
    ];
    await demo.stop();
    assert.deepEqual(acme, ['owner@acme.example', 'staff@acme.example']);
    assert.deepEqual(oms, [
      'owner@acme.example',
      'staff@acme.example',
      'owner@techpro.example',
      'owner@weber.example',
    ]);
    assert.deepEqual(loyalty, ['owner@acme.example', 'owner@weber.example']);
  });
});
