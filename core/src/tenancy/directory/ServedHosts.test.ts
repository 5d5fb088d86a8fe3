import assert from 'node:assert/strict';
import { TlsCheck } from '../../http/TlsCheck.js';
import { eventually } from '../../testing/eventually.js';
import { openTenancy, type Tenancy } from '../tenancy.fixture.js';
import { asMerchant } from '../asTenant.js';
import { domainProof } from '../services/Domains.js';
import { ServedHosts } from './ServedHosts.js';

describe('ServedHosts [module:core]', () => {
  let tenancy: Tenancy;
  let hosts: ServedHosts;
  let queries = 0;
  before(async () => {
    tenancy = await openTenancy();
    const { bus, tenants, database } = tenancy;
    hosts = new ServedHosts({
      bus,
      tenants,
      database: {
        system: (work) => {
          queries++;
          return database.system(work);
        },
      },
    });
    await hosts.load();
  });
  after(() => tenancy.close());

  it('knows platforms, their www and admin, and nothing else below them', () => {
    for (const name of ['oms.lu', 'OMS.lu', 'www.oms.lu', 'admin.oms.lu', 'admin.wizamart.lu'])
      assert.ok(hosts.has(name), name);
    for (const name of [
      'api.oms.lu',
      'nobody.oms.lu',
      'lu',
      '',
      'a.www.oms.lu',
      'localhost',
      '127.0.0.1',
      '[::1]',
    ])
      assert.ok(!hosts.has(name), name);
  });

  it('knows a store from the moment it is open, until it is closed', async () => {
    const store = await tenancy.newStore('tls-shop');
    await eventually(() => hosts.has('tls-shop.oms.lu'));
    const inside = asMerchant(tenancy.context(), store.merchant);
    await tenancy.stores.setStatus(inside, store.id, { status: 'suspended', reason: 'x' });
    assert.ok(hosts.has('tls-shop.oms.lu'), 'its neutral page is served');
    await tenancy.stores.setStatus(inside, store.id, { status: 'inactive' });
    await eventually(() => !hosts.has('tls-shop.oms.lu'));
    await tenancy.stores.setStatus(inside, store.id, { status: 'active' });
    await tenancy.stores.setSubdomain(inside, store.id, 'tls-renamed');
    await eventually(() => hosts.has('tls-renamed.oms.lu'));
    assert.ok(!hosts.has('tls-shop.oms.lu'));
  });

  it('knows a domain once it is proved, with its www, until it is released', async () => {
    const store = await tenancy.newStore('tls-domain');
    const inside = tenancy.inStore(store);
    const added = await tenancy.domains.add(inside, 'tls-bakery.lu');
    assert.ok(!hosts.has('tls-bakery.lu'));
    tenancy.names.records.set(domainProof(added).name, [added.token]);
    await tenancy.domains.verify(inside, added.id);
    await eventually(() => hosts.has('tls-bakery.lu'));
    assert.ok(hosts.has('www.tls-bakery.lu'));
    assert.ok(!hosts.has('shop.tls-bakery.lu'));
    await tenancy.domains.release(inside, added.id);
    await eventually(() => !hosts.has('tls-bakery.lu'));
  });

  it('answers a hundred thousand unknown names without one query', () => {
    const before = queries;
    for (let index = 0; index < 100_000; index++) assert.ok(!hosts.has(`x${index}.example.org`));
    assert.equal(queries, before);
  });

  describe('TlsCheck', () => {
    const ask = (token: string | undefined, query: string, address: string, isForwarded = false) =>
      new TlsCheck({ hosts, token }).answer({
        query: new URLSearchParams(query),
        caller: { address, isForwarded },
      }).status;

    it('answers this machine, and nobody on behalf of a visitor', () => {
      assert.equal(ask(undefined, 'domain=oms.lu', '127.0.0.1'), 200);
      assert.equal(ask(undefined, 'domain=oms.lu', '::ffff:127.0.0.1'), 200);
      assert.equal(ask(undefined, 'domain=nobody.example', '::1'), 404);
      assert.equal(ask(undefined, 'domain=oms.lu', '127.0.0.1', true), 404);
      assert.equal(ask(undefined, 'domain=oms.lu', '10.0.0.1'), 404);
      assert.equal(ask(undefined, '', '127.0.0.1'), 404);
    });

    it('with a token answers whoever brings it, and this machine only with it', () => {
      const token = 'a-token-of-some-length';
      assert.equal(ask(token, `domain=oms.lu&token=${token}`, '10.0.0.1'), 200);
      assert.equal(ask(token, `domain=oms.lu&token=${token}`, '10.0.0.1', true), 200);
      assert.equal(ask(token, 'domain=oms.lu&token=wrong', '127.0.0.1'), 404);
      assert.equal(ask(token, 'domain=oms.lu', '127.0.0.1'), 404);
    });
  });
});
