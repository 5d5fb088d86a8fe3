import assert from 'node:assert/strict';
import type { MerchantRecord, StoreRecord } from '@wizamart/core';
import { rootOf, type TestAppServer, type TestClient } from '@wizamart/core/testing';
import { countRows, openShop, PASSWORD, signedIn, superAdmin } from './world.fixture.js';

/** The API or the pages of a store on a platform, as staff or as visitors see them. */
const at = (
  platform: string,
  store: string,
  kind: 'api' | 'page' = 'api',
  surface: 'store' | 'storefront' = 'store',
): string => rootOf({ surface, kind, platform: { code: platform }, store: { code: store } });

describe('Nobody reaches into another tenant [module:core] [module:cms]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await openShop();
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  const storeOf = async (platform: string, code: string): Promise<StoreRecord> => {
    const store = await server.parts.tenants.storeByCode(server.platform(platform), code);
    assert.ok(store, `${code} on ${platform}`);
    return store;
  };
  const owner = (who: 'acme' | 'techpro' | 'weber', platform: string, store: string): Promise<TestClient> =>
    signedIn(server, `owner@${who}.example`, at(platform, store, 'page'));
  const newPage = async (
    client: TestClient,
    platform: string,
    store: string,
    slug: string,
  ): Promise<string> =>
    (
      await client.post(`${at(platform, store)}/pages`, {
        json: { slug, title: `Page of ${store}`, status: 'published' },
      })
    )
      .expect(201)
      .json<{ id: string }>().id;

  describe('two merchants on one platform', () => {
    let acme: TestClient;
    let techpro: TestClient;
    let theirs: string;
    before(async () => {
      acme = await owner('acme', 'oms', 'acme');
      techpro = await owner('techpro', 'oms', 'techpro');
      theirs = await newPage(techpro, 'oms', 'techpro', 'repair-prices');
    });

    it('an id of the other is nobody’s, for every action, and stays as it is', async () => {
      const rows = await countRows(server);
      const pages = `${at('oms', 'acme')}/pages`;
      for (const answer of [
        await acme.get(`${pages}/${theirs}`),
        await acme.patch(`${pages}/${theirs}`, { json: { title: 'Taken' } }),
        await acme.post(`${pages}/${theirs}/publish`),
        await acme.delete(`${pages}/${theirs}`),
        await acme.post(`${pages}/repair-prices/revert`),
        await acme.post(`${pages}/repair-prices/override`),
      ])
        assert.equal(answer.expect(404).problem, 'CMS_PAGE_NOT_FOUND', answer.path);
      const forms = `${at('oms', 'acme', 'page')}/content-pages/${theirs}`;
      for (const path of [forms, `${forms}/delete`, `${forms}/revert`]) (await acme.get(path)).expect(404);
      for (const path of [`${forms}/delete`, `${forms}/revert`, `${forms}/publish`, `${forms}/unpublish`])
        (await acme.post(path, { form: {} })).expect(404);
      (await acme.post(forms, { form: { slug: 'taken', title: 'Taken' } })).expect(404);
      assert.deepEqual(await countRows(server), rows);
      assert.match(
        (await server.client({ host: 'techpro.example' }).get('/repair-prices')).expect(200).html,
        /Page of techpro/,
      );
      (await server.client({ host: 'acme.oms.lu' }).get('/repair-prices')).expect(404);
    });

    it('the dashboard and API of the other answer no session of this one', async () => {
      for (const path of ['/dashboard', '/content-pages', '/settings', '/profile']) {
        const answer = await acme.get(at('oms', 'techpro', 'page') + path);
        assert.ok(
          answer.status === 403 || answer.status === 404 || answer.status === 303,
          `${path} answered ${answer.status}`,
        );
        assert.doesNotMatch(answer.text, /repair-prices/);
      }
      (await acme.get(`${at('oms', 'techpro')}/pages`)).expect(403);
      (await acme.post(`${at('oms', 'techpro')}/pages`, { json: { slug: 'mine-now', title: 'X' } })).expect(
        403,
      );
      (await acme.put(`${at('oms', 'techpro')}/theme`, { json: { theme: null } })).expect(403);
    });

    it('lists hold one’s own only', async () => {
      for (const [client, store, foreign] of [
        [acme, 'acme', 'repair-prices'],
        [techpro, 'techpro', 'gift-service'],
      ] as const) {
        const { items } = (await client.get(`${at('oms', store)}/pages?perPage=100`))
          .expect(200)
          .json<{ items: { slug: string }[] }>();
        assert.ok(!items.some(({ slug }) => slug === foreign));
        assert.equal(
          (await client.get(`${at('oms', store)}/pages?q=${foreign}`)).json<{ total: number }>().total,
          0,
        );
      }
    });

    it('a session cookie of one store is nobody at another store’s address, also when it is carried there', async () => {
      const cookie = `wz_store=${techpro.cookies.get('wz_store')}`;
      (await server.client().get(`${at('oms', 'acme')}/pages`, { headers: { cookie } })).expect(403);
      (await server.client().get(`${at('loyalty', 'weber')}/pages`, { headers: { cookie } })).expect(401);
      (
        await server.client({ host: 'oms.lu' }).get('/store/acme/api/v1/store/pages', { headers: { cookie } })
      ).expect(403);
      (
        await server
          .client({ host: 'oms.lu' })
          .get('/store/techpro/api/v1/store/pages', { headers: { cookie } })
      ).expect(200);
      // The same token under the names of other audiences.
      for (const name of ['wz_admin', 'wz_customer']) {
        (
          await server
            .client()
            .get('/api/v1/admin/platforms', { headers: { cookie: cookie.replace('wz_store', name) } })
        ).expect(401);
      }
    });

    it('the storefront API of another store’s id is 404, and 403 for that store’s staff', async () => {
      const [own, other] = [await storeOf('oms', 'acme'), await storeOf('oms', 'techpro')];
      const api = `${at('oms', 'acme', 'api', 'storefront')}/stores`;
      (await server.client().get(`${api}/${own.id}/pages/about`)).expect(200);
      for (const id of [other.id, '01935a3e-7c00-7000-8000-0000000000ff', 'x', '%27'])
        (await server.client().get(`${api}/${id}/pages/about`)).expect(404);
      const { token } = (
        await techpro.post(`${at('oms', 'techpro')}/auth/login`, {
          json: { email: 'owner@techpro.example', password: PASSWORD },
        })
      )
        .expect(200)
        .json<{ token: string }>();
      const staff = server.client({ token });
      assert.equal((await staff.get(`${api}/${other.id}/pages/about`)).expect(403).problem, 'CROSS_STORE');
      (await staff.get(`${api}/${(await storeOf('oms', 'weber-esch')).id}/pages/about`)).expect(404);
    });
  });

  describe('two stores of one merchant', () => {
    it('keep their pages apart, even for their common owner', async () => {
      const acme = await owner('acme', 'oms', 'acme');
      const id = await newPage(acme, 'oms', 'acme', 'grand-rue-only');
      (await acme.get(`${at('oms', 'acme')}/pages/${id}`)).expect(200);
      assert.equal(
        (await acme.get(`${at('oms', 'acme-esch')}/pages/${id}`)).expect(404).problem,
        'CMS_PAGE_NOT_FOUND',
      );
      (await acme.patch(`${at('oms', 'acme-esch')}/pages/${id}`, { json: { title: 'Moved' } })).expect(404);
      (await acme.delete(`${at('oms', 'acme-esch')}/pages/${id}`)).expect(404);
      (await server.client({ host: 'acme-esch.oms.lu' }).get('/grand-rue-only')).expect(404);
      (await server.client({ host: 'acme.oms.lu' }).get('/grand-rue-only')).expect(200);
    });

    it('a member of one is no member of the other', async () => {
      const staff = await signedIn(server, 'staff@acme.example', at('oms', 'acme', 'page'));
      (await staff.get(`${at('oms', 'acme')}/pages`)).expect(200);
      (await staff.get(`${at('oms', 'acme-esch')}/pages`)).expect(403);
      (await staff.get(`${at('oms', 'acme-esch', 'page')}/dashboard`)).expect(303, 403, 404);
      const answer = await server.client().post(`${at('oms', 'acme-esch', 'page')}/login`, {
        form: { email: 'staff@acme.example', password: PASSWORD },
      });
      assert.deepEqual([answer.headers['set-cookie'], answer.status >= 400], [undefined, true]);
    });
  });

  describe('one merchant on two platforms', () => {
    it('has other pages on each, and a session counts on the one it was opened on', async () => {
      const onOms = await owner('acme', 'oms', 'acme-esch');
      const id = await newPage(onOms, 'oms', 'acme-esch', 'oms-only');
      (await server.client({ host: 'acme-esch.oms.lu' }).get('/oms-only')).expect(200);
      (await server.client({ host: 'acme-esch.loyalty.lu' }).get('/oms-only')).expect(404);
      const cookie = `wz_store=${onOms.cookies.get('wz_store')}`;
      (await server.client().get(`${at('loyalty', 'acme-esch')}/pages`, { headers: { cookie } })).expect(401);
      const onLoyalty = await owner('acme', 'loyalty', 'acme-esch');
      (await onLoyalty.get(`${at('loyalty', 'acme-esch')}/pages/${id}`)).expect(404);
      (await onLoyalty.delete(`${at('loyalty', 'acme-esch')}/pages/${id}`)).expect(404);
      assert.equal(
        (await onLoyalty.get(`${at('loyalty', 'acme-esch')}/pages?q=oms-only`)).json<{ total: number }>()
          .total,
        0,
      );
    });

    it('has on each the tier of that platform', async () => {
      const weber = await owner('weber', 'oms', 'weber-esch');
      assert.equal(
        (
          await weber.post(`${at('oms', 'weber-esch')}/pages`, { json: { slug: 'own', title: 'Own' } })
        ).expect(402).problem,
        'FEATURE_NOT_IN_TIER',
      );
      const there = await owner('weber', 'loyalty', 'weber-esch');
      (
        await there.post(`${at('loyalty', 'weber-esch')}/pages`, { json: { slug: 'own', title: 'Own' } })
      ).expect(201);
    });
  });

  describe('people', () => {
    it('staff without a permission learn its name from the API and do not find the page', async () => {
      const staff = await signedIn(server, 'staff@acme.example', at('oms', 'acme', 'page'));
      (await staff.get(`${at('oms', 'acme')}/theme`)).expect(200);
      const answer = (await staff.put(`${at('oms', 'acme')}/theme`, { json: { theme: null } })).expect(403);
      assert.deepEqual(
        [answer.problem, /core\.theme\.publish/.test(answer.text)],
        ['PERMISSION_DENIED', true],
      );
      (await staff.get(`${at('oms', 'acme', 'page')}/settings`)).expect(404);
      (
        await staff.post(`${at('oms', 'acme', 'page')}/settings`, {
          form: { name: 'Mine', defaultLanguage: 'en' },
        })
      ).expect(404);
      assert.doesNotMatch(
        (await staff.get(`${at('oms', 'acme', 'page')}/dashboard`)).expect(200).html,
        /href="[^"]*\/settings"/,
      );
    });

    it('a role of one’s own holds exactly what it names', async () => {
      const store = await storeOf('oms', 'acme');
      const reader = await server.user({ memberOf: { store, role: ['cms.pages.view'] } });
      const client = await server.signIn(reader, {
        surface: 'store',
        platform: server.platform('oms'),
        root: at('oms', 'acme'),
      });
      const { items } = (await client.get('/pages'))
        .expect(200)
        .json<{ items: { id: string; source: string }[] }>();
      const own = items.find(({ source }) => source !== 'default')?.id as string;
      (await client.get(`/pages/${own}`)).expect(200);
      for (const answer of [
        await client.post('/pages', { json: { slug: 'x1', title: 'X' } }),
        await client.patch(`/pages/${own}`, { json: { title: 'X' } }),
        await client.delete(`/pages/${own}`),
        await client.post(`/pages/${own}/publish`),
        await client.post('/pages/about/revert'),
      ]) {
        assert.equal(answer.expect(403).problem, 'PERMISSION_DENIED', answer.path);
      }
    });

    it('the admin of oms is nobody at loyalty, nor above all platforms', async () => {
      const admin = await signedIn(server, 'oms-admin@wizamart.example', '/platforms/oms/admin');
      (await admin.get('/platforms/oms/api/v1/admin/pages')).expect(200);
      for (const path of [
        '/platforms/loyalty/api/v1/admin/pages',
        '/api/v1/admin/platforms/loyalty/pages',
        '/api/v1/admin/platforms/main/merchants',
        '/api/v1/admin/audit-log',
        '/api/v1/admin/merchants',
      ]) {
        assert.ok(
          [401, 403, 404].includes((await admin.get(path)).status),
          `${path} answered ${(await admin.get(path)).status}`,
        );
      }
      assert.deepEqual(
        (await admin.get('/api/v1/admin/platforms'))
          .expect(200)
          .json<{ items: { code: string }[] }>()
          .items.map(({ code }) => code),
        ['oms'],
      );
      (await admin.get('/platforms/loyalty/admin/')).expect(303, 403, 404);
      const theme = server.platform('oms').theme.name;
      assert.equal(
        (
          await admin.post('/api/v1/admin/platforms', {
            json: {
              code: 'mine',
              name: 'Mine',
              domain: null,
              host: 'oms',
              defaultLanguage: 'en',
              languages: ['en'],
              theme: { name: theme },
            },
          })
        ).status,
        403,
      );
      (await admin.patch('/api/v1/admin/platforms/oms', { json: { domain: 'stolen.example' } })).expect(403);
      (await admin.put('/api/v1/admin/platforms/oms/active', { json: { isActive: false } })).expect(403);
    });

    it('the admin of oms sees its merchants and stores only, whatever id is asked for', async () => {
      const admin = await signedIn(server, 'oms-admin@wizamart.example', '/platforms/oms/admin');
      const loyal = await server.merchant({ platform: 'loyalty', name: 'loyal-only' });
      const store = await server.store({ merchant: loyal, platform: 'loyalty', code: 'loyal-only' });
      const api = '/api/v1/admin/platforms/oms';
      (await admin.get(`${api}/merchants/${loyal.id}`)).expect(404);
      (await admin.patch(`${api}/merchants/${loyal.id}`, { json: { displayName: 'Mine' } })).expect(404);
      (await admin.put(`${api}/merchants/${loyal.id}/tier`, { json: { tier: 'essential' } })).expect(404);
      (await admin.get(`${api}/stores/${store.id}`)).expect(404);
      (await admin.put(`${api}/stores/${store.id}/status`, { json: { status: 'inactive' } })).expect(404);
      (await admin.post(`${api}/stores/${store.id}/domains`, { json: { domain: 'stolen.example' } })).expect(
        404,
      );
      assert.equal((await admin.get(`${api}/merchants?q=loyal-only`)).json<{ total: number }>().total, 0);
      assert.equal((await admin.get(`${api}/stores?q=loyal-only`)).json<{ total: number }>().total, 0);
      // A store on both platforms is seen as it stands on oms.
      const esch = await storeOf('oms', 'weber-esch');
      (await admin.get(`${api}/stores/${esch.id}`)).expect(200);
    });

    it('bearer tokens are good for their audience and nothing else', async () => {
      const login = async (path: string, email: string) =>
        (await server.client().post(`${path}/auth/login`, { json: { email, password: PASSWORD } }))
          .expect(200)
          .json<{ token: string }>().token;
      const tokens = {
        admin: await login('/api/v1/admin', 'admin@wizamart.example'),
        store: await login(at('oms', 'acme'), 'owner@acme.example'),
        customer: await login(at('oms', 'acme', 'api', 'storefront'), 'ada@customer.example'),
      };
      const addresses = {
        admin: '/api/v1/admin/auth/me',
        store: `${at('oms', 'acme')}/auth/me`,
        customer: `${at('oms', 'acme', 'api', 'storefront')}/auth/me`,
      };
      for (const [audience, token] of Object.entries(tokens)) {
        for (const [other, path] of Object.entries(addresses)) {
          (await server.client({ token, browser: false }).get(path)).expect(audience === other ? 200 : 401);
        }
      }
      // A token in a cookie of its own audience is a session; a super admin is no member of stores.
      (
        await server.client().get(addresses.store, { headers: { cookie: `wz_store=${tokens.admin}` } })
      ).expect(401);
    });

    it('a customer of acme is nobody at techpro, though the same address has an account there', async () => {
      const atAcme = server.client();
      await atAcme.signIn({
        surface: 'storefront',
        path: `${at('oms', 'acme', 'page', 'storefront')}/storefront/account/login`,
        email: 'ada@customer.example',
        password: PASSWORD,
      });
      const token = atAcme.cookies.get('wz_customer');
      const me = (store: string) =>
        server.client().get(`${at('oms', store, 'api', 'storefront')}/auth/me`, {
          headers: { cookie: `wz_customer=${token}` },
        });
      const ada = (await me('acme')).expect(200).json<{ user: { id: string } }>().user.id;
      (await me('techpro')).expect(401);
      (await me('acme-esch')).expect(401);
      const other = (
        await server.client().post(`${at('oms', 'techpro', 'api', 'storefront')}/auth/login`, {
          json: { email: 'ada@customer.example', password: PASSWORD },
        })
      )
        .expect(200)
        .json<{ user: { id: string } }>().user.id;
      assert.notEqual(ada, other);
      (
        await server.client().post(`${at('oms', 'weber-esch', 'api', 'storefront')}/auth/login`, {
          json: { email: 'ada@customer.example', password: PASSWORD },
        })
      ).expect(401);
    });

    it('an owner who loses the merchant loses every session’s rights at once', async () => {
      const merchant: MerchantRecord = await server.merchant({ platform: 'oms', name: 'brief' });
      await server.store({ merchant, platform: 'oms', code: 'brief' });
      const user = await server.user({ ownerOf: merchant });
      const client = await server.signIn(user, {
        surface: 'store',
        platform: server.platform('oms'),
        root: at('oms', 'brief'),
      });
      (await client.get('/pages')).expect(200);
      await server.database.everything('delete from core_merchant_owner where user_id = $1', [user.id]);
      server.clock.advance(60_000);
      (await client.get('/pages')).expect(401, 403);
    });
  });

  it('the store comes from the address: no header, query or body says another', async () => {
    const acme = await owner('acme', 'oms', 'acme');
    const other = await storeOf('oms', 'techpro');
    for (const headers of [
      { 'x-store-id': other.id },
      { 'x-tenant': 'techpro' },
      { 'x-forwarded-host': 'techpro.oms.lu' },
      { forwarded: 'host=techpro.oms.lu' },
      { 'x-original-url': '/platforms/oms/store/techpro/api/v1/store/pages' },
    ]) {
      const { items } = (await acme.get(`${at('oms', 'acme')}/pages?perPage=100`, { headers }))
        .expect(200)
        .json<{ items: { slug: string }[] }>();
      assert.ok(
        items.some(({ slug }) => slug === 'gift-service') &&
          !items.some(({ slug }) => slug === 'repair-prices'),
      );
    }
  });

  it('everything of every tenant is reached by the one who may', async () => {
    const admin = await superAdmin(server);
    for (const platform of ['main', 'oms', 'loyalty', 'site-builder'])
      (await admin.get(`/api/v1/admin/platforms/${platform}/pages`)).expect(200);
  });
});
