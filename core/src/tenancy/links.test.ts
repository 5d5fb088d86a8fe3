import assert from 'node:assert/strict';
import { TenantMissing } from '../errors/common.js';
import type { Language } from '../kernel/context.js';
import type { TenantResolution } from './address/resolution.js';
import { demoTenants } from './address/tenants.fixture.js';
import { customerCookiePath, makeLinks, outsideBase } from './links.js';
import { resolveAddress } from './resolveAddress.js';

const { lookup, acme, techpro, oms, main } = demoTenants();

function resolved(address: string): TenantResolution {
  const slash = address.indexOf('/');
  const request = {
    host: address.slice(0, slash),
    path: address.slice(slash),
    secure: false,
    mode: { development: true },
  };
  const found = resolveAddress(request, lookup) as TenantResolution;
  assert.equal(found.type, 'tenant', address);
  return found;
}
const at = (address: string, language: Language = 'en') => makeLinks(resolved(address), language);

describe('links [module:core]', () => {
  /** Asked at → platform, admin, store, storefront, api, canonical. */
  const rows: Readonly<Record<string, readonly string[]>> = {
    'localhost:8000/': [
      '/x',
      '/platforms/main/admin/x',
      '/platforms/main/store/x',
      '-',
      '/api/v1/platform/x',
      'http://localhost:8000/x',
    ],
    'localhost/admin/': [
      '/x',
      '/admin/x',
      '/platforms/global/store/x',
      '-',
      '/api/v1/admin/x',
      'http://localhost/x',
    ],
    'localhost/admin/platforms/oms/': [
      '/platforms/oms/x',
      '/admin/platforms/oms/x',
      '/platforms/oms/store/x',
      '-',
      '/api/v1/admin/platforms/oms/x',
      'http://localhost/platforms/oms/x',
    ],
    'localhost/platforms/oms/': [
      '/platforms/oms/x',
      '/platforms/oms/admin/x',
      '/platforms/oms/store/x',
      '-',
      '/platforms/oms/api/v1/platform/x',
      'http://localhost/platforms/oms/x',
    ],
    'localhost/platforms/oms/admin/': [
      '/platforms/oms/x',
      '/platforms/oms/admin/x',
      '/platforms/oms/store/x',
      '-',
      '/platforms/oms/api/v1/admin/platforms/oms/x',
      'http://localhost/platforms/oms/x',
    ],
    'localhost/platforms/oms/store/acme/': [
      '/platforms/oms/x',
      '/platforms/oms/admin/x',
      '/platforms/oms/store/acme/x',
      '/platforms/oms/stores/acme/en/x',
      '/platforms/oms/store/acme/api/v1/store/x',
      'http://localhost/platforms/oms/stores/acme/en/x',
    ],
    'localhost/platforms/oms/stores/techpro/': [
      '/platforms/oms/x',
      '/platforms/oms/admin/x',
      '/platforms/oms/store/techpro/x',
      '/platforms/oms/stores/techpro/en/x',
      '/platforms/oms/stores/techpro/api/v1/storefront/x',
      'http://localhost/platforms/oms/stores/techpro/en/x',
    ],
    'oms.lu/': ['/x', '/admin/x', '/store/x', '-', '/api/v1/platform/x', 'http://oms.lu/x'],
    'oms.lu/store/acme/': [
      '/x',
      '/admin/x',
      '/store/acme/x',
      'http://acme.oms.lu/en/x',
      '/store/acme/api/v1/store/x',
      'http://acme.oms.lu/en/x',
    ],
    'acme.oms.lu:8000/': [
      'http://oms.lu:8000/x',
      'http://oms.lu:8000/admin/x',
      'http://oms.lu:8000/store/acme/x',
      '/en/x',
      '/api/v1/storefront/x',
      'http://acme.oms.lu:8000/en/x',
    ],
    'techpro.oms.lu/': [
      'http://oms.lu/x',
      'http://oms.lu/admin/x',
      'http://oms.lu/store/techpro/x',
      '/en/x',
      '/api/v1/storefront/x',
      'http://techpro.example/en/x',
    ],
    'wizamart.lu/': [
      '/x',
      'http://admin.wizamart.lu/platforms/main/x',
      '/store/x',
      '-',
      '/api/v1/platform/x',
      'http://wizamart.lu/x',
    ],
    'admin.wizamart.lu/': [
      'http://wizamart.lu/x',
      '/x',
      'http://wizamart.lu/store/x',
      '-',
      '/api/v1/admin/x',
      'http://wizamart.lu/x',
    ],
    'admin.wizamart.lu/platforms/oms/': [
      'http://oms.lu/x',
      '/platforms/oms/x',
      'http://oms.lu/store/x',
      '-',
      '/api/v1/admin/platforms/oms/x',
      'http://oms.lu/x',
    ],
    'oms.lu/webhooks/a/b': ['/x', '/admin/x', '/store/x', '-', '/webhooks/x', 'http://oms.lu/x'],
  };
  for (const [address, [platform, admin, store, storefront, api, canonical]] of Object.entries(rows)) {
    it(`asked at ${address} lead to the right place on every surface`, () => {
      const links = at(address);
      assert.equal(links.to('platform', '/x'), platform);
      assert.equal(links.to('admin', '/x'), admin);
      assert.equal(links.to('store', '/x'), store);
      if (storefront === '-') assert.throws(() => links.to('storefront', '/x'), TenantMissing);
      else assert.equal(links.to('storefront', '/x'), storefront);
      assert.equal(links.api('/x'), api);
      assert.equal(links.canonical('/x'), canonical);
    });
  }

  it('carry the language of the request, or the one asked for, on public pages only', () => {
    const french = at('oms.lu/', 'fr');
    assert.equal(french.to('platform', '/pricing'), '/fr/pricing');
    assert.equal(french.to('platform', '/pricing', 'en'), '/pricing');
    assert.equal(french.to('platform', '/', 'de'), '/de/');
    assert.equal(french.to('platform', '/pricing', 'lb'), '/pricing', 'the platform has no Luxembourgish');
    assert.equal(french.to('admin', '/pages'), '/admin/pages');
    assert.equal(french.canonical('/pricing'), 'http://oms.lu/fr/pricing');
  });

  it('put no language before files', () => {
    const links = at('acme.oms.lu/', 'de');
    for (const path of ['/media/a.webp', '/theme.0123.css', '/sitemap.xml', '/robots.txt?x=1'])
      assert.equal(links.to('storefront', path), path);
    assert.equal(links.to('storefront', '/storefront/products?file=a.b'), '/de/storefront/products?file=a.b');
  });

  it('lead back to what they were asked for', () => {
    for (const address of ['localhost/platforms/oms/stores/acme/', 'acme.oms.lu/']) {
      const host = address.slice(0, address.indexOf('/'));
      const links = at(address, 'de');
      assert.deepEqual(
        { ...resolved(host + links.to('storefront', '/about')) },
        { ...resolved(`${address}de/about`) },
      );
      assert.equal(resolved(host + links.api('/pages')).path, '/pages');
    }
  });

  it('are absolute where no request asked: mails and jobs', () => {
    const base = outsideBase({ development: false, secure: true, port: '', mainDomain: main.domain });
    const links = makeLinks({ platform: oms, store: techpro, surface: 'store', base }, 'fr');
    assert.equal(links.to('store', '/orders'), 'https://oms.lu/store/techpro/orders');
    assert.equal(links.to('storefront', '/about'), 'https://techpro.example/about');
    assert.equal(links.to('platform', '/x'), 'https://oms.lu/fr/x');
    assert.equal(links.to('admin', '/x'), 'https://oms.lu/admin/x');
    const local = outsideBase({ development: true, secure: false, port: ':8000', mainDomain: main.domain });
    assert.equal(
      makeLinks({ platform: oms, store: acme, surface: 'store', base: local }, 'fr').canonical('/about'),
      'http://localhost:8000/platforms/oms/stores/acme/about',
    );
  });

  it('keep a customer’s cookie to the store where stores share a host', () => {
    assert.equal(
      customerCookiePath(resolved('localhost/platforms/oms/stores/acme/')),
      '/platforms/oms/stores/acme',
    );
    assert.equal(customerCookiePath(resolved('acme.oms.lu/')), '/');
  });
});
