import assert from 'node:assert/strict';
import { startTestServer, type TestAppServer } from '@wizamart/core/testing';
import oms from '@wizamart/host-oms';
import { rawRequest } from './rawRequest.fixture.js';
import { HOSTS, openShop, PASSWORD, superAdmin } from './world.fixture.js';

/** What an address answers, in one line: status, then the page's title, where it leads, or the problem's code. */
async function answerOf(server: TestAppServer, address: string, secure = false): Promise<string> {
  const slash = address.indexOf('/');
  const headers = secure ? { 'x-forwarded-proto': 'https' } : {};
  const answer = await server.client({ host: address.slice(0, slash), headers }).get(address.slice(slash));
  if (answer.location !== undefined) return `${answer.status} → ${answer.location}`;
  const type = answer.headers['content-type'] ?? '';
  if (type.startsWith('application/problem+json')) return `${answer.status} ${answer.problem}`;
  if (type.startsWith('text/html'))
    return `${answer.status} ${/<title>([^<]*)<\/title>/.exec(answer.text)?.[1] ?? 'no title'}`;
  return `${answer.status} ${type.split(';')[0]}`;
}

const nowhere = (site: string): string => `404 Page not found · ${site}`;
const OMS_HOME = '200 The back office for your Letzshop shop · Wizamart OMS';
const MAIN_HOME = '200 Software for merchants in Luxembourg · Wizamart';
const ACME_HOME = '200 Acme, home and household · Acme';
const login = (site: string): string => `200 Sign in · ${site}`;

const localhost: Readonly<Record<string, string>> = {
  'localhost/': MAIN_HOME,
  '127.0.0.1:8000/': MAIN_HOME,
  '[::1]:8000/': MAIN_HOME,
  'anything.localhost/pricing': '200 Pricing · Wizamart',
  'localhost/pricing/': '200 Pricing · Wizamart',
  'localhost/api/v1/platform/pages/about': '200 application/json',
  'localhost/admin': '308 → /admin/',
  'localhost/admin/': '303 → /admin/login?next=%2Fadmin%2F',
  'localhost/admin/login': login('Wizamart'),
  'localhost/admin/platforms': '303 → /admin/login?next=%2Fadmin%2Fplatforms',
  'localhost/admin/platforms/oms/pages':
    '303 → /admin/platforms/oms/login?next=%2Fadmin%2Fplatforms%2Foms%2Fpages',
  'localhost/api/v1/admin/platforms': '401 NOT_SIGNED_IN',
  'localhost/admin/pages': nowhere('Wizamart'),
  'localhost/platforms/oms': '308 → /platforms/oms/',
  'localhost/platforms/oms/': OMS_HOME,
  'localhost/platforms/oms/pricing': '200 Pricing · Wizamart OMS',
  'localhost/platforms/oms/api/v1/platform/pages/pricing': '200 application/json',
  'localhost/platforms/oms/admin/': '303 → /platforms/oms/admin/login?next=%2Fplatforms%2Foms%2Fadmin%2F',
  'localhost/platforms/oms/admin/login': login('Wizamart OMS'),
  'localhost/platforms/oms/api/v1/admin/merchants': '401 NOT_SIGNED_IN',
  'localhost/platforms/oms/store/': '303 → /platforms/oms/store/login',
  'localhost/platforms/oms/store/login': login('Wizamart OMS'),
  'localhost/platforms/oms/store/acme/login': login('Acme'),
  'localhost/platforms/oms/store/acme/dashboard':
    '303 → /platforms/oms/store/acme/login?next=%2Fplatforms%2Foms%2Fstore%2Facme%2Fdashboard',
  'localhost/platforms/oms/store/acme/api/v1/store/pages': '401 NOT_SIGNED_IN',
  'localhost/platforms/oms/stores/acme/': ACME_HOME,
  'localhost/platforms/oms/stores/acme/about': '200 About us · Acme',
  'localhost/platforms/oms/stores/acme/storefront': '308 → /platforms/oms/stores/acme/storefront/',
  'localhost/platforms/oms/stores/acme/storefront/': '200 Acme',
  'localhost/platforms/oms/stores/acme/storefront/account/login': login('Acme'),
  'localhost/platforms/oms/stores/acme/api/v1/storefront/pages/about': '200 application/json',
  'localhost/platforms/oms/stores/acme/api/v1/store/pages': '404 NOT_FOUND',
  'localhost/platforms/oms/stores/acme/admin/': nowhere('Wizamart OMS'),
  'localhost/platforms/nowhere/': nowhere('Wizamart'),
  'localhost/__dev/mail': '200 Mail preview · Wizamart',
};

const hostNames: Readonly<Record<string, string>> = {
  'oms.lu/': OMS_HOME,
  'OMS.lu.:8000/': OMS_HOME,
  'oms.lu/pricing': '200 Pricing · Wizamart OMS',
  'oms.lu/api/v1/platform/pages/pricing': '200 application/json',
  'oms.lu/admin': '308 → /admin/',
  'oms.lu/admin/login': login('Wizamart OMS'),
  'oms.lu/admin/pages': '303 → /admin/login?next=%2Fadmin%2Fpages',
  'oms.lu/api/v1/admin/merchants': '401 NOT_SIGNED_IN',
  'oms.lu/api/v1/admin/platforms/loyalty/merchants': '404 NOT_FOUND',
  'oms.lu/store/acme/login': login('Acme'),
  'oms.lu/store/acme/dashboard': '303 → /store/acme/login?next=%2Fstore%2Facme%2Fdashboard',
  'oms.lu/store/acme/api/v1/store/pages': '401 NOT_SIGNED_IN',
  'oms.lu/stores/acme': '308 → https://acme.oms.lu/',
  'oms.lu/stores/acme/about?x=1': '308 → https://acme.oms.lu/about?x=1',
  'oms.lu/stores/techpro': '308 → https://techpro.example/',
  'oms.lu/vendors/acme': '308 → https://acme.oms.lu/',
  'oms.lu/stores/acme/api/v1/storefront/pages/about': '404 NOT_FOUND',
  'acme.oms.lu/': ACME_HOME,
  'acme.oms.lu/about': '200 About us · Acme',
  'acme.oms.lu/storefront/': '200 Acme',
  'acme.oms.lu/admin': nowhere('Wizamart OMS'),
  'acme.oms.lu/store': nowhere('Wizamart OMS'),
  'acme.oms.lu/store/acme/login': nowhere('Wizamart OMS'),
  'acme.oms.lu/api/v1/storefront/pages/about': '200 application/json',
  'acme.oms.lu/api/v1/store/pages': '404 NOT_FOUND',
  'techpro.example/': '200 TechPro, electronics and repair · TechPro',
  'techpro.example/api/v1/storefront/pages/about': '200 application/json',
  'techpro.example/admin/': nowhere('Wizamart OMS'),
  'www.techpro.example/about?x=1': '308 → https://techpro.example/about?x=1',
  'techpro.oms.lu/': '200 TechPro, electronics and repair · TechPro',
  'admin.wizamart.lu/': '303 → /login?next=%2F',
  'admin.wizamart.lu/login': login('Wizamart'),
  'admin.wizamart.lu/platforms': '303 → /login?next=%2Fplatforms',
  'admin.wizamart.lu/admin/platforms': '308 → /platforms',
  'admin.wizamart.lu/api/v1/admin/platforms': '401 NOT_SIGNED_IN',
  'wizamart.lu/': MAIN_HOME,
  'wizamart.lu/admin': '308 → https://admin.wizamart.lu/',
  'wizamart.lu/api/v1/platform/pages/about': '200 application/json',
  'wizamart.lu/api/v1/admin/platforms': '404 NOT_FOUND',
  'www.oms.lu/pricing?x=1': '308 → https://oms.lu/pricing?x=1',
  'admin.oms.lu/pages': '308 → https://oms.lu/admin/pages',
  'api.oms.lu/': nowhere('Wizamart'),
  'acme.wizamart.lu/about?x=1': '308 → https://acme.oms.lu/about?x=1',
  'nobody.wizamart.lu/': nowhere('Wizamart'),
  'loyalty.lu/': '200 Loyalty programmes for retailers · Wizamart Loyalty',
  'weber.loyalty.lu/': '200 Bäckerei Weber, bread card · Bäckerei Weber',
  'weber.oms.lu/': nowhere('Wizamart'),
  'weber-esch.oms.lu/storefront/': '200 Bäckerei Weber Esch',
  'sitebuilder.lu/pricing': '200 Pricing · Wizamart Site Builder',
  'unknown.example/': nowhere('Wizamart'),
  '203.0.113.7/': nowhere('Wizamart'),
};

const oldAddresses: Readonly<Record<string, string>> = {
  'localhost/oms': '308 → /platforms/oms/',
  'localhost/oms/pricing?a=1&b=%20': '308 → /platforms/oms/pricing?a=1&b=%20',
  'localhost/loyalty/': '308 → /platforms/loyalty/',
  'localhost/site-builder/about': '308 → /platforms/site-builder/about',
  'localhost/oms/vendor/acme/dashboard?x=1': '308 → /platforms/oms/store/acme/dashboard?x=1',
  'localhost/oms/vendors/acme/shop/?x=1': '308 → /platforms/oms/stores/acme/storefront/?x=1',
  'localhost/platforms/oms/stores/acme/fr/shop/cart': '308 → /platforms/oms/stores/acme/fr/storefront/cart',
  'oms.lu/vendor/acme/login': '308 → /store/acme/login',
  'oms.lu/vendors/acme/shop/products?x=1': '308 → https://acme.oms.lu/storefront/products?x=1',
  'acme.oms.lu/shop/products?x=1': '308 → /storefront/products?x=1',
  'techpro.example/shop': '308 → /storefront/',
  'wizamart.lu/oms/pricing?x=1': '308 → https://oms.lu/pricing?x=1',
};

function table(server: () => TestAppServer, rows: Readonly<Record<string, string>>, secure = false): void {
  for (const [address, expected] of Object.entries(rows)) {
    it(`${address}  ${expected}`, async () => {
      assert.equal(await answerOf(server(), address, secure), expected);
    });
  }
}

describe('Every address [module:core] [module:cms]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await openShop({ config: { trustProxy: true } });
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  describe('on localhost, tenants in the path', () => {
    table(() => server, localhost);
  });
  describe('by host names', () => {
    table(() => server, hostNames, true);
  });
  describe('of former versions leads on in one step, with its query', () => {
    table(() => server, oldAddresses, true);
  });

  it('health answers on every host name, without a tenant', async () => {
    for (const host of [
      'localhost',
      'oms.lu',
      'api.oms.lu',
      'acme.oms.lu',
      'unknown.example',
      '203.0.113.7',
    ]) {
      (await server.client({ host }).get('/health/live')).expect(200);
    }
    (await server.client({ host: 'unknown.example' }).get('/health/ready')).expect(200);
  });

  it('a redirect of an old address is the only one on its way', async () => {
    for (const address of Object.keys(oldAddresses)) {
      const [, location = ''] = (await answerOf(server, address, true)).split(' → ');
      const next = location.startsWith('/')
        ? address.slice(0, address.indexOf('/')) + location
        : location.replace(/^https:\/\//, '');
      assert.doesNotMatch(await answerOf(server, next, true), /^308/, `${address} → ${location}`);
    }
  });

  it('an admin route is mounted at the platform and above it', async () => {
    const admin = await superAdmin(server);
    for (const path of ['/admin/platforms/oms/pages', '/platforms/oms/admin/pages']) {
      assert.match((await admin.get(path)).expect(200).html, /<h1[^>]*>\s*Marketing pages/);
    }
    for (const path of [
      '/api/v1/admin/platforms/oms/pages',
      '/platforms/oms/api/v1/admin/pages',
      '/platforms/oms/api/v1/admin/platforms/oms/pages',
    ]) {
      (await admin.get(path)).expect(200);
    }
    (await admin.get('/platforms/oms/api/v1/admin/platforms/loyalty/pages')).expect(404);
    (await admin.get('/api/v1/admin/pages')).expect(404);
  });

  describe('stores that are not open', () => {
    before(async () => {
      const admin = await superAdmin(server);
      for (const [code, status] of [
        ['asleep', 'suspended'],
        ['gone', 'inactive'],
      ] as const) {
        const store = await server.store({ code, platform: 'oms' });
        (
          await admin.put(`/api/v1/admin/platforms/oms/stores/${store.id}/status`, {
            json: { status, reason: 'Invoice open.' },
          })
        ).expect(200);
      }
    });

    it('a suspended one answers 503 with a neutral page, and a problem to programmes', async () => {
      for (const [host, root] of [
        ['localhost', '/platforms/oms/stores/asleep'],
        ['asleep.oms.lu', ''],
      ] as const) {
        const client = server.client({ host });
        const page = (await client.get(`${root}/about`)).expect(503);
        assert.ok(Number(page.headers['retry-after']) > 0);
        assert.doesNotMatch(page.html, /Invoice open/, 'the reason is for its staff');
        assert.equal(
          (await client.get(`${root}/api/v1/storefront/pages/about`)).expect(503).problem,
          'STORE_SUSPENDED',
        );
      }
    });

    it('staff of a suspended one sign in and read that it is', async () => {
      const store = await server.parts.tenants.storeByCode(server.platform('oms'), 'asleep');
      assert.ok(store);
      await server.user({ email: 'sleepy@example.org', password: PASSWORD, ownerOf: store.merchant });
      const client = server.client();
      await client.signIn({
        surface: 'store',
        path: '/platforms/oms/store/asleep/login',
        email: 'sleepy@example.org',
        password: PASSWORD,
      });
      assert.match(
        (await client.get('/platforms/oms/store/asleep/dashboard')).expect(200).html,
        /suspended/i,
      );
    });

    it('an inactive one, one of another platform and one that never was look all the same', async () => {
      const admin = await superAdmin(server);
      const bodies = new Set<string>();
      for (const code of ['gone', 'weber', 'nobody']) {
        for (const path of [
          `/platforms/oms/stores/${code}/`,
          `/platforms/oms/store/${code}/dashboard`,
          `/platforms/oms/store/${code}/login`,
        ]) {
          bodies.add((await admin.get(path)).expect(404).html.replace(/[0-9a-f-]{36}/g, ''));
        }
        assert.equal(
          (await admin.get(`/platforms/oms/stores/${code}/api/v1/storefront/pages/about`)).expect(404)
            .problem,
          'NOT_FOUND',
        );
      }
      assert.equal(bodies.size, 1);
    });
  });

  describe('languages', () => {
    const langOf = (html: string): string => /<html[^>]* lang="(\w+)"/.exec(html)?.[1] ?? '';

    it('stand in the path after the platform or the store; the default language has none', async () => {
      for (const [host, path, language] of [
        ['localhost', '/fr/', 'fr'],
        ['localhost', '/platforms/oms/de/pricing', 'de'],
        ['localhost', '/platforms/oms/stores/acme/fr/about', 'fr'],
        ['oms.lu', '/fr/pricing', 'fr'],
        ['acme.oms.lu', '/de/about', 'de'],
        ['techpro.example', '/fr/', 'fr'],
        ['acme.oms.lu', '/about', 'en'],
      ] as const) {
        const page = (await server.client({ host, headers: { 'accept-language': 'de' } }).get(path)).expect(
          200,
        );
        assert.equal(langOf(page.html), language, `${host}${path}`);
      }
    });

    it('the default one with a prefix moves to the address without; one that is not spoken does not exist', async () => {
      const client = server.client({ host: 'acme.oms.lu' });
      assert.equal((await client.get('/en/about?x=1')).expect(308).location, '/about?x=1');
      (await client.get('/nl/about')).expect(404);
      (await client.get('/xx/about')).expect(404);
      (await client.get('/fr/fr/about')).expect(404);
    });

    it('an API takes ?lang=, then Accept-Language, then the default', async () => {
      const titleOf = async (path: string, language?: string) =>
        (await server.client({ host: 'acme.oms.lu', headers: { 'accept-language': language } }).get(path))
          .expect(200)
          .json<{ language: string }>().language;
      assert.equal(await titleOf('/api/v1/storefront/pages/about?lang=de', 'fr'), 'de');
      assert.equal(await titleOf('/api/v1/storefront/pages/about', 'it, fr;q=0.8'), 'fr');
      assert.equal(await titleOf('/api/v1/storefront/pages/about', 'it'), 'en');
    });

    it('a page names its other languages by their whole addresses, and each exists', async () => {
      const page = (
        await server.client({ host: 'acme.oms.lu', headers: { 'x-forwarded-proto': 'https' } }).get('/about')
      ).html;
      const alternates = [...page.matchAll(/<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"/g)].map(
        ([, language, href]) => [language, href],
      );
      assert.deepEqual(
        alternates.filter(([language]) => language !== 'x-default'),
        [
          ['en', 'https://acme.oms.lu/about'],
          ['fr', 'https://acme.oms.lu/fr/about'],
          ['de', 'https://acme.oms.lu/de/about'],
          ['lb', 'https://acme.oms.lu/lb/about'],
        ],
      );
    });
  });

  describe('hostile requests', () => {
    it('a Host that is none, or not one, is refused with 400', async () => {
      const lines: readonly string[] = [
        'Host: ',
        'Host: oms.lu\r\nHost: acme.oms.lu',
        'Host: oms.lu, evil.example',
        'Host: oms.lu/x',
        'Host: oms lu',
        'Host: user@oms.lu',
        'Host: oms.lu:99999',
        'Host: oms.lu:80:80',
        'Host: -oms.lu',
        'Host: o\u00adms.lu',
        'Host: ..',
        `Host: ${'a'.repeat(64)}.lu`,
        'Host: %6fms.lu',
        'Host: [::1',
        'X-Nothing: 1',
      ];
      for (const line of lines) {
        const { status } = await rawRequest(
          server.port,
          `GET / HTTP/1.1\r\n${line}\r\nConnection: close\r\n\r\n`,
        );
        assert.equal(status, 400, line);
      }
    });

    it('a path in disguise is refused with 400 and reaches nobody’s page', async () => {
      for (const path of [
        '//evil.example/',
        '/platforms/oms/../loyalty/',
        '/platforms/oms/%2e%2e/loyalty/',
        '/platforms/oms%2fadmin/',
        '/a\\b',
        '/%c3%28',
        '/a%00b',
        '/.%2e/',
        'http://evil.example/',
        '*',
      ]) {
        const { status } = await rawRequest(
          server.port,
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        );
        assert.equal(status, 400, path);
      }
    });

    it('X-Forwarded-Host counts from a configured proxy only', async () => {
      const client = (on: TestAppServer) =>
        on.client({ host: 'oms.lu', headers: { 'x-forwarded-host': 'loyalty.lu' } });
      assert.match((await client(server).get('/')).html, /Wizamart Loyalty/);
      const other = await openShop();
      assert.match((await client(other).get('/')).html, /Wizamart OMS/);
      await other.stop();
    });

    it('behind a proxy that renames the host, a form of the site itself is one of the site, also for browsers that say no more than Origin', async () => {
      const post = (origin: string) =>
        server
          .client({
            host: 'backend:8000',
            browser: false,
            headers: { 'x-forwarded-host': 'oms.lu', 'x-forwarded-proto': 'https', origin },
          })
          .post('/admin/login', { form: { email: 'oms-admin@wizamart.example', password: PASSWORD } });
      (await post('https://oms.lu')).expect(303);
      for (const origin of [
        'http://oms.lu',
        'https://acme.oms.lu',
        'https://oms.lu:8443',
        'http://backend:8000',
        'null',
      ])
        (await post(origin)).expect(403);
    });

    it('an error page repeats nothing of the address that could run', async () => {
      const page = (
        await server.client().get('/%3Cscript%3Ealert(1)%3C/script%3E?x=%3Cscript%3Ealert(2)%3C/script%3E')
      ).expect(404);
      assert.doesNotMatch(page.html, /<script>alert/);
    });
  });
});

describe('Addresses in production [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ hosts: HOSTS, config: { environment: 'production', trustProxy: true } });
    await server.store({ code: 'bakery', platform: 'oms' });
  });
  after(() => server.stop());

  table(
    () => server,
    {
      'localhost/': nowhere('Wizamart'),
      'localhost/platforms/oms/': nowhere('Wizamart'),
      '127.0.0.1/admin/login': nowhere('Wizamart'),
      '[::1]/': nowhere('Wizamart'),
      'x.localhost/': nowhere('Wizamart'),
      'localhost/__dev/mail': nowhere('Wizamart'),
      'oms.lu/__dev/mail': nowhere('Wizamart OMS'),
      'oms.lu/platforms/oms/': nowhere('Wizamart OMS'),
      'oms.lu/': OMS_HOME,
      'bakery.oms.lu/about': '200 About us · Store bakery',
      'admin.wizamart.lu/login': login('Wizamart'),
      'oms.lu/stores/bakery': '308 → https://bakery.oms.lu/',
      'localhost/health/live': '200 application/json',
    },
    true,
  );

  it('cookies over HTTPS are __Host- cookies, and HSTS is on', async () => {
    await server.user({ email: 'boss@example.org', password: 'correct horse battery', superAdmin: true });
    const client = server.client({
      host: 'admin.wizamart.lu',
      headers: { 'x-forwarded-proto': 'https', origin: 'https://admin.wizamart.lu' },
    });
    const answer = (
      await client.post('/login', { form: { email: 'boss@example.org', password: 'correct horse battery' } })
    ).expect(303);
    assert.match(String(answer.headers['set-cookie']), /^__Host-wz_admin=[^;]+;.*Path=\/;.*HttpOnly.*Secure/);
    assert.ok(answer.headers['strict-transport-security']);
    (await client.get('/platforms')).expect(200);
  });

  it('a failure says nothing of the inside', async () => {
    const page = (await server.client({ host: 'oms.lu' }).get('/nothing-here')).expect(404);
    assert.doesNotMatch(page.html, /\.ts\b|at Object|node_modules/);
    assert.doesNotMatch((await server.client({ host: 'oms.lu' }).get('/admin/login')).html, /wizamart-demo/);
  });
});

describe('One host alone [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ hosts: [oms] });
  });
  after(() => server.stop());

  table(() => server, {
    'localhost/': '302 → /platforms/oms/',
    'localhost/platforms/oms/': OMS_HOME,
    'oms.lu/': OMS_HOME,
    'localhost/admin/login': login('Wizamart'),
    'localhost/platforms/loyalty/': nowhere('Wizamart'),
    'wizamart.lu/': nowhere('Wizamart'),
    'localhost/pricing': nowhere('Wizamart'),
  });
});
