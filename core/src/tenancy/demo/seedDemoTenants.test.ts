import assert from 'node:assert/strict';
import type { PlatformRecord } from '../../kernel/context.js';
import { bareContext } from '../bareContext.js';
import { Directory } from '../Directory.js';
import { ensurePlatforms } from '../ensurePlatforms.js';
import { HOSTS, NOW, openTenancy, type Tenancy } from '../tenancy.fixture.js';
import { seedDemoTenants } from './seedDemoTenants.js';

const contexts = {
  forSystem: (actor: string, platform: PlatformRecord) => bareContext({ platform, actor, now: NOW }),
};

describe('seedDemoTenants [module:core]', () => {
  let tenancy: Tenancy;
  beforeEach(async () => {
    tenancy = await openTenancy();
  });
  afterEach(() => tenancy.close());

  const places = () =>
    tenancy.db.everything<
      Record<string, unknown>
    >(`select p.code as platform, s.code as store, m.legal_name as merchant, t.tier_code as tier, sp.is_primary as "isPrimary"
    from core_store s join core_merchant m on m.id = s.merchant_id join core_store_platform sp on sp.store_id = s.id join core_platform p on p.id = sp.platform_id
    join core_merchant_platform t on t.merchant_id = m.id and t.platform_id = p.id order by s.code, p.code`);
  const EXPECTED = [
    ['oms', 'acme', 'Acme S.à r.l.', 'professional', true],
    ['loyalty', 'acme-esch', 'Acme S.à r.l.', 'basic', false],
    ['oms', 'acme-esch', 'Acme S.à r.l.', 'professional', true],
    ['oms', 'techpro', 'TechPro S.A.', 'business', true],
    ['loyalty', 'weber', 'Bäckerei Weber', 'plus', true],
    ['loyalty', 'weber-esch', 'Bäckerei Weber', 'plus', true],
    ['oms', 'weber-esch', 'Bäckerei Weber', 'essential', false],
  ];

  it('brings merchants, stores, tiers and the active domain; a second time changes nothing', async () => {
    await seedDemoTenants(tenancy, contexts);
    assert.deepEqual(
      (await places()).map((row) => Object.values(row)),
      EXPECTED,
    );
    const techpro = await tenancy.tenants.storeByDomain('techpro.example');
    assert.deepEqual([techpro?.code, techpro?.primaryDomain], ['techpro', 'techpro.example']);
    assert.equal((await tenancy.tenants.storeAnywhere('acme'))?.theme.name, 'modern');
    await tenancy.db.everything("update core_store set name = 'Kept' where code = 'acme'");
    await tenancy.tenants.load();
    await seedDemoTenants(tenancy, contexts);
    assert.deepEqual(
      (await places()).map((row) => Object.values(row)),
      EXPECTED,
    );
    assert.equal((await tenancy.tenants.storeAnywhere('acme'))?.name, 'Kept');
  });

  it('brings them once when two processes start', async () => {
    const other = await tenancy.openNode();
    await Promise.all([
      seedDemoTenants(tenancy, contexts),
      seedDemoTenants({ ...tenancy, ...other }, contexts),
    ]);
    assert.equal((await places()).length, EXPECTED.length);
  });

  it('brings the part of a host that runs alone, and the rest when the others come', async () => {
    const { db, database, bus } = tenancy;
    await db.everything("delete from core_platform where code <> 'loyalty'");
    const tenants = new Directory({ database, bus });
    await tenants.load();
    await seedDemoTenants({ ...tenancy, tenants }, contexts);
    assert.deepEqual(
      (await places()).map(({ store }) => store),
      ['acme-esch', 'weber', 'weber-esch'],
    );
    await ensurePlatforms(database, HOSTS, NOW);
    await tenants.load();
    await seedDemoTenants({ ...tenancy, tenants }, contexts);
    assert.deepEqual(
      (await places()).map((row) => Object.values(row).slice(0, 4)),
      EXPECTED.map((row) => row.slice(0, 4)),
    );
  });
});
