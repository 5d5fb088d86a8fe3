import assert from 'node:assert/strict';
import { resolveAddress } from '../resolveAddress.js';
import type { Resolution } from './resolution.js';
import { demoTenants } from './tenants.fixture.js';

const tenants = demoTenants();
const late = demoTenants({ slow: true });
const { acme, techpro } = tenants;

/** One line that says all: who, which surface, which path; `→` for redirects; the status for the rest. */
function said(found: Resolution): string {
  switch (found.type) {
    case 'tenant': {
      const owner = found.store ? `${found.platform.code}+${found.store.code}` : found.platform.code;
      const scope = found.surface === 'admin' ? `(${found.scope})` : '';
      const language = found.language ? ` [${found.language}]` : '';
      const foreign = found.foreignStoreId === null ? '' : ` foreign ${found.foreignStoreId}`;
      return `${owner} ${found.surface}${scope} ${found.kind} ${found.path}${language}${foreign}`;
    }
    case 'redirect':
      return `${found.status === 308 ? '' : `${found.status} `}→ ${found.location}`;
    case 'refused':
      return `${found.status} ${found.code}`;
    case 'suspended':
      return `503 ${found.store.code} ${found.kind}`;
    case 'health':
      return `health ${found.check}`;
    case 'tlsCheck':
      return found.type;
    default:
      return `${found.type} ${found.path}`;
  }
}

async function ask(
  address: string,
  options: { production?: boolean; slow?: boolean; secure?: boolean } = {},
): Promise<string> {
  const slash = address.indexOf('/');
  const request = {
    host: address.slice(0, slash),
    path: address.slice(slash),
    secure: options.secure ?? false,
    mode: { development: !options.production },
  };
  return said(await resolveAddress(request, (options.slow ? late : tenants).lookup));
}

function table(
  rows: Readonly<Record<string, string>>,
  options: { production?: boolean; secure?: boolean } = {},
): void {
  for (const [address, expected] of Object.entries(rows)) {
    it(`${address}  ${expected}`, async () => {
      assert.equal(await ask(address, options), expected);
      assert.equal(
        await ask(address, { ...options, slow: true }),
        expected,
        'the same when stores must be loaded first',
      );
    });
  }
}

describe('resolveAddress [module:core]', () => {
  describe('localhost: main at the root', () => {
    table({
      'localhost/': 'main platform page /',
      'localhost:8000/pricing': 'main platform page /pricing',
      '127.0.0.1:8000/pricing/': 'main platform page /pricing',
      '[::1]:8000/pricing?a=1': 'main platform page /pricing',
      'anything.localhost/about': 'main platform page /about',
      'LOCALHOST./about': 'main platform page /about',
      'localhost/fr/': 'main platform page / [fr]',
      'localhost/fr/pricing/': 'main platform page /pricing [fr]',
      'localhost/fr': '→ /fr/',
      'localhost/en/pricing?x=1': '→ /pricing?x=1',
      'localhost/en': '→ /',
      'localhost/lb/pricing': '404 NOT_FOUND',
      'localhost/fr/admin': '404 NOT_FOUND',
      'localhost/fr/sitemap.xml': '404 NOT_FOUND',
      'localhost/api/v1/platform/pages': 'main platform api /pages',
      'localhost/api/v1/platform': 'main platform api /',
      'localhost/api/v1/platforms': '404 NOT_FOUND',
      'localhost/api/v1/store/pages': '404 NOT_FOUND',
      'localhost/api/v1/storefront/pages': '404 NOT_FOUND',
      'localhost/api/v2/platform/pages': '404 NOT_FOUND',
      'localhost/api/v1/openapi.json': 'main platform page /api/v1/openapi.json',
      'localhost/api/docs': 'main platform page /api/docs',
      'localhost/sitemap.xml': 'main platform page /sitemap.xml',
      'localhost/robots.txt': 'main platform page /robots.txt',
      'localhost/media/2026/a.webp': 'main platform page /media/2026/a.webp',
      'localhost/theme.0123456789abcdef.css': 'main platform page /theme.0123456789abcdef.css',
      'localhost/webhooks/billing/stripe': 'main webhook api /billing/stripe',
      'localhost/store/': '404 NOT_FOUND',
      'localhost/store/acme/': '404 NOT_FOUND',
      'localhost/platforms': '404 NOT_FOUND',
      'localhost/stores/acme/about?x=1': '→ /platforms/oms/stores/acme/about?x=1',
      'localhost/stores/nobody': '404 NOT_FOUND',
      'localhost/stores/gone': '404 NOT_FOUND',
    });
  });

  describe('localhost: the global admin', () => {
    table({
      'localhost/admin': '→ /admin/',
      'localhost/admin/': 'global admin(global) page /',
      'localhost/admin/login': 'global admin(global) page /login',
      'localhost/admin/platforms': 'global admin(global) page /platforms',
      'localhost/admin/platforms/': 'global admin(global) page /platforms',
      'localhost/admin/platforms/new': 'global admin(global) page /platforms/new',
      'localhost/admin/platforms/oms': '→ /admin/platforms/oms/',
      'localhost/admin/platforms/oms/': 'oms admin(platform) page /',
      'localhost/admin/platforms/oms/subscriptions': 'oms admin(platform) page /subscriptions',
      'localhost/admin/platforms/oms/pages/': 'oms admin(platform) page /pages',
      'localhost/admin/platforms/closed/pages': 'closed admin(platform) page /pages',
      'localhost/api/v1/admin': 'global admin(global) api /',
      'localhost/api/v1/admin/auth/login': 'global admin(global) api /auth/login',
      'localhost/api/v1/admin/platforms': 'global admin(global) api /platforms',
      'localhost/api/v1/admin/platforms/oms': 'oms admin(platform) api /',
      'localhost/api/v1/admin/platforms/oms/modules/plan': 'oms admin(platform) api /modules/plan',
      'localhost/api/v1/admin/platforms/nowhere/pages': 'global admin(global) api /platforms/nowhere/pages',
      'localhost/api/v1/administrator': '404 NOT_FOUND',
    });
  });

  describe('localhost: a platform in the path', () => {
    table({
      'localhost/platforms/oms': '→ /platforms/oms/',
      'localhost/platforms/oms?x=1': '→ /platforms/oms/?x=1',
      'localhost/platforms/oms/': 'oms platform page /',
      'localhost/platforms/oms/pricing': 'oms platform page /pricing',
      'localhost/platforms/oms/fr/pricing': 'oms platform page /pricing [fr]',
      'localhost/platforms/oms/fr': '→ /platforms/oms/fr/',
      'localhost/platforms/oms/en/pricing': '→ /platforms/oms/pricing',
      'localhost/platforms/oms/en': '→ /platforms/oms/',
      'localhost/platforms/main/': 'main platform page /',
      'localhost/platforms/main/admin/': 'main admin(platform) page /',
      'localhost/platforms/oms/admin': '→ /platforms/oms/admin/',
      'localhost/platforms/oms/admin/': 'oms admin(platform) page /',
      'localhost/platforms/oms/admin/pages/7': 'oms admin(platform) page /pages/7',
      'localhost/platforms/oms/api/v1/platform/pages': 'oms platform api /pages',
      'localhost/platforms/oms/api/v1/admin/platforms/oms/pages': 'oms admin(platform) api /pages',
      'localhost/platforms/oms/api/v1/admin/platforms/loyalty/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/api/v1/admin/platforms/nowhere/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/api/v1/admin/auth/me': 'oms admin(platform) api /auth/me',
      'localhost/platforms/oms/api/v1/openapi.json': 'oms platform page /api/v1/openapi.json',
      'localhost/platforms/oms/api/docs/': 'oms platform page /api/docs',
      'localhost/platforms/oms/webhooks/billing/stripe': 'oms webhook api /billing/stripe',
      'localhost/platforms/oms/theme.0123456789abcdef.css': 'oms platform page /theme.0123456789abcdef.css',
      'localhost/platforms/nowhere/': '404 NOT_FOUND',
      'localhost/platforms/closed/': '404 NOT_FOUND',
      'localhost/platforms/': '404 NOT_FOUND',
    });
  });

  describe('localhost: staff', () => {
    table({
      'localhost/platforms/oms/store': '→ /platforms/oms/store/',
      'localhost/platforms/oms/store/': 'oms store page /',
      'localhost/platforms/oms/store/login': 'oms store page /login',
      'localhost/platforms/oms/store/api/v1/store/auth/login': 'oms store api /auth/login',
      'localhost/platforms/oms/store/theme.0123456789abcdef.css':
        'oms store page /theme.0123456789abcdef.css',
      'localhost/platforms/oms/store/acme': '→ /platforms/oms/store/acme/',
      'localhost/platforms/oms/store/acme/': 'oms+acme store page /',
      'localhost/platforms/oms/store/acme/login': 'oms+acme store page /login',
      'localhost/platforms/oms/store/acme/content-pages/7/edit': 'oms+acme store page /content-pages/7/edit',
      'localhost/platforms/oms/store/acme/api/v1/store/pages': 'oms+acme store api /pages',
      'localhost/platforms/oms/store/acme/api/v1/storefront/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/store/acme/api/v1/admin/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/store/asleep/dashboard': 'oms+asleep store page /dashboard',
      'localhost/platforms/oms/store/gone/dashboard': '404 NOT_FOUND',
      'localhost/platforms/oms/store/left/dashboard': '404 NOT_FOUND',
      'localhost/platforms/oms/store/weber/dashboard': '404 NOT_FOUND',
      'localhost/platforms/oms/store/nobody/': '404 NOT_FOUND',
      'localhost/platforms/loyalty/store/weber/dashboard': 'loyalty+weber store page /dashboard',
      'localhost/platforms/loyalty/store/baeckerei/dashboard': '404 NOT_FOUND',
      'localhost/platforms/closed/store/orphan/': '404 NOT_FOUND',
    });
  });

  describe('localhost: customers', () => {
    table({
      'localhost/platforms/oms/stores/acme': '→ /platforms/oms/stores/acme/',
      'localhost/platforms/oms/stores/acme/': 'oms+acme storefront page /',
      'localhost/platforms/oms/stores/acme/about/': 'oms+acme storefront page /about',
      'localhost/platforms/oms/stores/acme/de/about': 'oms+acme storefront page /about [de]',
      'localhost/platforms/oms/stores/acme/fr/about': '→ /platforms/oms/stores/acme/about',
      'localhost/platforms/oms/stores/acme/de': '→ /platforms/oms/stores/acme/de/',
      'localhost/platforms/oms/stores/acme/storefront': '→ /platforms/oms/stores/acme/storefront/',
      'localhost/platforms/oms/stores/acme/storefront/': 'oms+acme storefront page /storefront',
      'localhost/platforms/oms/stores/acme/de/storefront/products':
        'oms+acme storefront page /storefront/products [de]',
      'localhost/platforms/oms/stores/acme/storefront/products/bread':
        'oms+acme storefront page /storefront/products/bread',
      'localhost/platforms/oms/stores/acme/api/v1/storefront/pages/about':
        'oms+acme storefront api /pages/about',
      'localhost/platforms/oms/stores/acme/api/v1/store/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/acme/api/v1/admin/pages': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/acme/admin/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/acme/store/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/acme/webhooks/a/b': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/acme/sitemap.xml': 'oms+acme storefront page /sitemap.xml',
      'localhost/platforms/oms/stores/acme/media/a.webp': 'oms+acme storefront page /media/a.webp',
      'localhost/platforms/oms/stores/asleep/': '503 asleep page',
      'localhost/platforms/oms/stores/asleep/api/v1/storefront/pages': '503 asleep api',
      'localhost/platforms/oms/stores/gone/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/left/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/weber/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/nobody/': '404 NOT_FOUND',
      'localhost/platforms/oms/stores/': '404 NOT_FOUND',
      'localhost/platforms/loyalty/stores/weber/': 'loyalty+weber storefront page /',
    });
    it('checks and strips the store in a storefront API address', async () => {
      const root = 'localhost/platforms/oms/stores/acme/api/v1/storefront/stores';
      assert.equal(await ask(`${root}/${acme.id}/products`), 'oms+acme storefront api /products');
      assert.equal(
        await ask(`${root}/${acme.id.toUpperCase()}/products`),
        'oms+acme storefront api /products',
      );
      assert.equal(await ask(`${root}/${acme.id}`), 'oms+acme storefront api /');
      assert.equal(
        await ask(`${root}/${techpro.id}/products`),
        `oms+acme storefront api /products foreign ${techpro.id}`,
      );
      assert.equal(await ask(`${root}/x`), 'oms+acme storefront api / foreign x');
    });
  });

  const platformHost = {
    'oms.lu/': 'oms platform page /',
    'oms.lu:8000/pricing': 'oms platform page /pricing',
    'OMS.LU./pricing/': 'oms platform page /pricing',
    'oms.lu/de/pricing': 'oms platform page /pricing [de]',
    'oms.lu/admin': '→ /admin/',
    'oms.lu/admin/': 'oms admin(platform) page /',
    'oms.lu/admin/pages': 'oms admin(platform) page /pages',
    'oms.lu/store': '→ /store/',
    'oms.lu/store/': 'oms store page /',
    'oms.lu/store/acme': '→ /store/acme/',
    'oms.lu/store/acme/dashboard': 'oms+acme store page /dashboard',
    'oms.lu/store/acme/api/v1/store/pages': 'oms+acme store api /pages',
    'oms.lu/store/weber/': '404 NOT_FOUND',
    'oms.lu/api/v1/platform/pages': 'oms platform api /pages',
    'oms.lu/api/v1/admin/platforms/oms/pages': 'oms admin(platform) api /pages',
    'oms.lu/api/v1/admin/platforms/loyalty/pages': '404 NOT_FOUND',
    'oms.lu/api/v1/store/pages': '404 NOT_FOUND',
    'oms.lu/api/v1/storefront/pages': '404 NOT_FOUND',
    'oms.lu/webhooks/billing/stripe': 'oms webhook api /billing/stripe',
    'oms.lu/assets/cms/page.css': 'asset /cms/page.css',
    'oms.lu/stores/acme': '→ https://acme.oms.lu/',
    'oms.lu/stores/acme/about?x=1': '→ https://acme.oms.lu/about?x=1',
    'oms.lu/vendors/acme/about?x=1&y=%20': '→ https://acme.oms.lu/about?x=1&y=%20',
    'oms.lu/stores/techpro/about': '→ https://techpro.example/about',
    'oms.lu/stores/acme/api/v1/storefront/pages': '404 NOT_FOUND',
    'oms.lu/vendors/acme/api/v1/storefront/pages': '404 NOT_FOUND',
    'oms.lu/stores/nobody': '404 NOT_FOUND',
    'oms.lu/stores/gone': '404 NOT_FOUND',
    'oms.lu/stores/weber': '404 NOT_FOUND',
    'oms.lu/stores/asleep/': '→ https://asleep.oms.lu/',
    'closed.lu/': '404 NOT_FOUND',
    'closed.lu/admin/': '404 NOT_FOUND',
  };
  const storeHosts = {
    'acme.oms.lu/': 'oms+acme storefront page /',
    'acme.oms.lu/about': 'oms+acme storefront page /about',
    'acme.oms.lu/de/storefront/products': 'oms+acme storefront page /storefront/products [de]',
    'acme.oms.lu/storefront': '→ /storefront/',
    'acme.oms.lu/admin': '404 NOT_FOUND',
    'acme.oms.lu/admin/': '404 NOT_FOUND',
    'acme.oms.lu/store': '404 NOT_FOUND',
    'acme.oms.lu/store/acme/': '404 NOT_FOUND',
    'acme.oms.lu/stores/acme/': '404 NOT_FOUND',
    'acme.oms.lu/api/v1/storefront/products': 'oms+acme storefront api /products',
    'acme.oms.lu/api/v1/platform/pages': '404 NOT_FOUND',
    'acme.oms.lu/api/v1/store/pages': '404 NOT_FOUND',
    'acme.oms.lu/api/v1/admin/pages': '404 NOT_FOUND',
    'acme.oms.lu/webhooks/billing/stripe': '404 NOT_FOUND',
    'acme.oms.lu/robots.txt': 'oms+acme storefront page /robots.txt',
    'acme.oms.lu/assets/core/icons.svg': 'asset /core/icons.svg',
    'baeckerei.loyalty.lu/': 'loyalty+weber storefront page /',
    'weber.loyalty.lu/': '404 UNKNOWN_HOST',
    'weber.oms.lu/': '404 UNKNOWN_HOST',
    'nobody.oms.lu/': '404 UNKNOWN_HOST',
    'a.acme.oms.lu/': '404 UNKNOWN_HOST',
    'asleep.oms.lu/about': '503 asleep page',
    'asleep.oms.lu/api/v1/storefront/pages': '503 asleep api',
    'gone.oms.lu/': '404 NOT_FOUND',
    'left.oms.lu/': '404 NOT_FOUND',
    'orphan.closed.lu/': '404 NOT_FOUND',
    'techpro.example/about': 'oms+techpro storefront page /about',
    'techpro.example/admin/': '404 NOT_FOUND',
    'www.techpro.example/about?x=1': '→ https://techpro.example/about?x=1',
    'techpro.oms.lu/about': 'oms+techpro storefront page /about',
  };
  const providerHosts = {
    'admin.wizamart.lu/': 'global admin(global) page /',
    'admin.wizamart.lu/login': 'global admin(global) page /login',
    'admin.wizamart.lu/platforms': 'global admin(global) page /platforms',
    'admin.wizamart.lu/platforms/oms': '→ /platforms/oms/',
    'admin.wizamart.lu/platforms/oms/subscriptions': 'oms admin(platform) page /subscriptions',
    'admin.wizamart.lu/admin': '→ /',
    'admin.wizamart.lu/admin/platforms?x=1': '→ /platforms?x=1',
    'admin.wizamart.lu/api/v1/admin/platforms': 'global admin(global) api /platforms',
    'admin.wizamart.lu/api/v1/admin/platforms/oms/pages': 'oms admin(platform) api /pages',
    'admin.wizamart.lu/api/v1/platform/pages': '404 NOT_FOUND',
    'admin.wizamart.lu/assets/core/app.css': 'asset /core/app.css',
    'wizamart.lu/': 'main platform page /',
    'wizamart.lu/pricing': 'main platform page /pricing',
    'wizamart.lu/admin': '→ https://admin.wizamart.lu/',
    'wizamart.lu/admin/platforms?x=1': '→ https://admin.wizamart.lu/platforms?x=1',
    'wizamart.lu/api/v1/platform/pages': 'main platform api /pages',
    'wizamart.lu/api/v1/admin/platforms': '404 NOT_FOUND',
    'wizamart.lu/store/acme/': '404 NOT_FOUND',
    'wizamart.lu/stores/acme': '→ https://acme.oms.lu/',
    'wizamart.lu/oms/pricing?x=1': '→ https://oms.lu/pricing?x=1',
    'wizamart.lu/closed/pricing': '404 NOT_FOUND',
    'www.wizamart.lu/pricing': '→ https://wizamart.lu/pricing',
    'www.wizamart.lu/admin/platforms': '→ https://admin.wizamart.lu/platforms',
    'www.oms.lu/pricing?x=1': '→ https://oms.lu/pricing?x=1',
    'www.oms.lu/api/v1/platform/pages': '404 NOT_FOUND',
    'admin.oms.lu/': '→ https://oms.lu/admin/',
    'admin.oms.lu/pages?x=1': '→ https://oms.lu/admin/pages?x=1',
    'admin.oms.lu/admin/pages': '→ https://oms.lu/admin/pages',
    'admin.oms.lu/api/v1/admin/platforms': '404 NOT_FOUND',
    'api.oms.lu/': '404 UNKNOWN_HOST',
    'api.oms.lu/api/v1/platform/pages': '404 UNKNOWN_HOST',
    'acme.wizamart.lu/about?x=1': '→ https://acme.oms.lu/about?x=1',
    'techpro.wizamart.lu/': '→ https://techpro.example/',
    'weber.wizamart.lu/': '→ https://baeckerei.loyalty.lu/',
    'nobody.wizamart.lu/': '404 UNKNOWN_HOST',
    'gone.wizamart.lu/': '404 NOT_FOUND',
    'acme.wizamart.lu/api/v1/storefront/pages': '404 NOT_FOUND',
    'unknown.example/': '404 UNKNOWN_HOST',
    'www.unknown.example/': '404 UNKNOWN_HOST',
    '203.0.113.7/': '404 UNKNOWN_HOST',
    '[2001:db8::1]:8000/': '404 UNKNOWN_HOST',
    'intranet/': '404 UNKNOWN_HOST',
  };
  for (const production of [true, false]) {
    describe(`host names in ${production ? 'production' : 'development'}`, () => {
      for (const rows of [platformHost, storeHosts, providerHosts]) table(rows, { production, secure: true });
    });
  }

  it('keeps port and scheme of the request when it sends to another host', async () => {
    assert.equal(await ask('oms.lu:8000/stores/acme/x'), '→ http://acme.oms.lu:8000/x');
    assert.equal(await ask('oms.lu:8000/stores/acme/x', { secure: true }), '→ https://acme.oms.lu:8000/x');
  });

  describe('production has no path mode', () => {
    table(
      {
        'localhost/': '404 UNKNOWN_HOST',
        'localhost:8000/platforms/oms/': '404 UNKNOWN_HOST',
        '127.0.0.1/': '404 UNKNOWN_HOST',
        '[::1]/': '404 UNKNOWN_HOST',
        'a.localhost/': '404 UNKNOWN_HOST',
        'oms.lu/platforms/oms/': 'oms platform page /platforms/oms',
        'oms.lu/__dev/mail': 'oms platform page /__dev/mail',
      },
      { production: true },
    );
  });

  describe('old addresses', () => {
    table({
      'localhost/oms': '→ /platforms/oms/',
      'localhost/oms/': '→ /platforms/oms/',
      'localhost/oms/pricing?x=1&y=2': '→ /platforms/oms/pricing?x=1&y=2',
      'localhost/site-builder/about': '→ /platforms/site-builder/about',
      'localhost/oms/api/v1/platform/pages?x=1': '→ /platforms/oms/api/v1/platform/pages?x=1',
      'localhost/oms/vendor/acme/dashboard?x=1': '→ /platforms/oms/store/acme/dashboard?x=1',
      'localhost/oms/vendor/acme': '→ /platforms/oms/store/acme/',
      'localhost/oms/vendors/acme/shop/products?x=1': '→ /platforms/oms/stores/acme/storefront/products?x=1',
      'localhost/platforms/oms/vendor': '→ /platforms/oms/store/',
      'localhost/platforms/oms/vendor/acme/login': '→ /platforms/oms/store/acme/login',
      'localhost/platforms/oms/vendors/acme/about': '→ /platforms/oms/stores/acme/about',
      'localhost/platforms/oms/stores/acme/shop': '→ /platforms/oms/stores/acme/storefront/',
      'localhost/platforms/oms/stores/acme/shop/cart?x=1': '→ /platforms/oms/stores/acme/storefront/cart?x=1',
      'localhost/platforms/oms/stores/acme/de/shop/cart': '→ /platforms/oms/stores/acme/de/storefront/cart',
      'localhost/platforms/oms/stores/acme/shopping': 'oms+acme storefront page /shopping',
      'localhost/platforms/oms/shop/cart': 'oms platform page /shop/cart',
      'oms.lu/vendor/acme/dashboard': '→ /store/acme/dashboard',
      'oms.lu/vendors/acme/shop/cart?x=1': '→ http://acme.oms.lu/storefront/cart?x=1',
      'acme.oms.lu/shop/products?x=1': '→ /storefront/products?x=1',
      'acme.oms.lu/shop/': '→ /storefront/',
      'techpro.example/shop/products': '→ /storefront/products',
      'www.techpro.example/shop/products': '→ http://techpro.example/storefront/products',
      'acme.wizamart.lu/shop/products': '→ http://acme.oms.lu/storefront/products',
    });
  });

  describe('without a tenant', () => {
    table({
      'localhost/health/live': 'health live',
      'unknown.example/health/ready': 'health ready',
      '203.0.113.7/health/live': 'health live',
      'acme.oms.lu/health/live': 'health live',
      'api.oms.lu/health/live': 'health live',
      'www.oms.lu/health/live': 'health live',
      'oms.lu/health': '404 NOT_FOUND',
      'oms.lu/health/everything': '404 NOT_FOUND',
      'oms.lu/healthy': 'oms platform page /healthy',
      'localhost/assets/core/app.css': 'asset /core/app.css',
      'unknown.example/assets/core/app.css': '404 UNKNOWN_HOST',
      'localhost/__dev/mail': 'dev /mail',
      'oms.lu/__dev/': 'dev /',
      'oms.lu/__dev': '→ /__dev/',
      'unknown.example/__dev/mail': '404 UNKNOWN_HOST',
    });
  });

  describe('hostile requests', () => {
    const hosts = [
      '',
      ' ',
      ' oms.lu',
      'oms.lu ',
      'oms lu',
      'oms.lu,evil.example',
      'user@oms.lu',
      'user:pass@oms.lu',
      'oms..lu',
      '.oms.lu',
      'oms.lu..',
      '-oms.lu',
      'oms-.lu',
      'oms_.lu',
      'oms.lu:',
      'oms.lu:0',
      'oms.lu:65536',
      'oms.lu:80:80',
      'oms.lu:8x',
      'oms.lu:+80',
      'oms.lu\0',
      'oms.lu%00',
      'oms.lu%2e',
      'o\u017fms.lu',
      'b\u00e4ckerei.lu',
      'xn--.lu',
      'xn--a-ecp.ru',
      '[::1',
      '::1',
      '[::1]x',
      '[::1]:',
      '[fe80::1%25eth0]',
      '[12345::]',
      `${'a'.repeat(64)}.lu`,
      `${'a.'.repeat(127)}lu`,
      'x'.repeat(5_000),
    ];
    for (const host of hosts) {
      it(`refuses the host ${JSON.stringify(host.slice(0, 40))}`, async () => {
        const found = await resolveAddress(
          { host, path: '/', secure: false, mode: { development: true } },
          tenants.lookup,
        );
        assert.equal(said(found), '400 MALFORMED_HOST');
      });
    }
    it('refuses a request without a host', async () => {
      const found = await resolveAddress(
        { host: undefined, path: '/health/live', secure: false, mode: { development: true } },
        tenants.lookup,
      );
      assert.equal(said(found), '400 MALFORMED_HOST');
    });
    const paths = [
      '/..',
      '/../etc/passwd',
      '/a/../b',
      '/a/..',
      '/./a',
      '/a/.',
      '/%2e%2e/a',
      '/a/%2E%2e',
      '/a/.%2e/b',
      '//',
      '//evil.example',
      '/a//b',
      '/a%2fb',
      '/a%2Fb',
      '/a%5cb',
      '/a\\b',
      '/%00',
      '/a%0ab',
      '/a%7f',
      '/%',
      '/%zz',
      '/%c3',
      '/%ff',
      '/a b',
      '/a\tb',
      '/\u00e9',
      '/a#b',
      '',
      '*',
      'http://oms.lu/',
      'a',
    ];
    for (const path of paths) {
      it(`refuses the path ${JSON.stringify(path)}`, async () => {
        const found = await resolveAddress(
          { host: 'oms.lu', path, secure: false, mode: { development: true } },
          tenants.lookup,
        );
        assert.equal(said(found), '400 MALFORMED_REQUEST');
      });
    }
    table({
      'oms.lu/%C3%A9t%C3%A9': 'oms platform page /%C3%A9t%C3%A9',
      'oms.lu/.well-known/security.txt': 'oms platform page /.well-known/security.txt',
      'oms.lu/a..b': 'oms platform page /a..b',
      'oms.lu/...': 'oms platform page /...',
      'oms.lu/a?b=../..&c=%00//': 'oms platform page /a',
    });
    it('sends nobody away: a path that looks like a host stays on this one', async () => {
      assert.equal(await ask('oms.lu/vendor/%2Fevil.example'), '400 MALFORMED_REQUEST');
      assert.equal(await ask('oms.lu/vendor/evil.example'), '→ /store/evil.example');
    });
  });

  describe('one host alone, without main', () => {
    const alone = demoTenants({ withoutMain: true });
    const askAlone = async (path: string): Promise<string> =>
      said(
        await resolveAddress(
          { host: 'localhost', path, secure: false, mode: { development: true } },
          alone.lookup,
        ),
      );
    it('leads from the root to the first active platform', async () => {
      assert.equal(await askAlone('/'), '302 → /platforms/loyalty/');
    });
    it('serves the global admin, and nothing else at the root', async () => {
      assert.equal(await askAlone('/admin/platforms'), 'global admin(global) page /platforms');
      assert.equal(await askAlone('/api/v1/admin/platforms'), 'global admin(global) api /platforms');
      assert.equal(await askAlone('/pricing'), '404 NOT_FOUND');
      assert.equal(await askAlone('/oms/pricing'), '→ /platforms/oms/pricing');
    });
  });

  describe('what is remembered', () => {
    it('asks for a host once and answers at once from then on', async () => {
      const { lookup } = demoTenants({ slow: true });
      const request = { host: 'acme.oms.lu', path: '/about', secure: false, mode: { development: false } };
      assert.ok(resolveAddress(request, lookup) instanceof Promise);
      await resolveAddress(request, lookup);
      const { asked } = lookup;
      assert.ok(!(resolveAddress(request, lookup) instanceof Promise));
      assert.equal(lookup.asked, asked);
    });
    it('remembers no host that leads nowhere, and none whose tenant changed meanwhile', async () => {
      const { lookup } = demoTenants({ slow: true });
      await resolveAddress(
        { host: 'nobody.oms.lu', path: '/', secure: false, mode: { development: false } },
        lookup,
      );
      assert.equal(lookup.hosts.size, 0);
      const pending = resolveAddress(
        { host: 'acme.oms.lu', path: '/', secure: false, mode: { development: false } },
        lookup,
      );
      lookup.hosts.clear();
      await pending;
      assert.equal(lookup.hosts.size, 0);
    });
  });
});
