import assert from 'node:assert/strict';
import pg from 'pg';
import { lintSchema } from '../../database/lint/lintSchema.js';
import { STORE_STATEMENTS } from '../directory/storeRows.js';
import { openTenancy, type Tenancy } from '../tenancy.fixture.js';

describe('tenancy migrations [module:core]', () => {
  let tenancy: Tenancy;
  before(async () => {
    tenancy = await openTenancy();
  });
  after(() => tenancy.close());

  it('keep the rules of tenant tables', async () => {
    const client = new pg.Client(tenancy.db.ownerUrl);
    await client.connect();
    try {
      assert.deepEqual(await lintSchema(client), []);
    } finally {
      await client.end();
    }
  });

  it('find a store among many by index, whichever way it is asked for', async () => {
    const { db, database, platform } = tenancy;
    const oms = platform('oms').id;
    await db.everything(`
      with merchants as (insert into core_merchant (id, legal_name, display_name, country, email, created_at, updated_at)
        select gen_random_uuid(), 'Many', 'many-' || n, 'LU', 'a@b.example', now(), now() from generate_series(1, 3000) n returning id, display_name),
      clients as (insert into core_merchant_platform (merchant_id, platform_id, joined_at) select id, '${oms}', now() from merchants),
      stores as (insert into core_store (merchant_id, id, code, name, status, default_language, languages, created_at, updated_at)
        select id, gen_random_uuid(), display_name, 'Many', 'active', 'en', '{en}', now(), now() from merchants returning merchant_id, id, code)
      insert into core_store_platform (merchant_id, store_id, platform_id, subdomain, is_primary, joined_at)
        select merchant_id, id, '${oms}', code, true, now() from stores`);
    await db.everything('analyze');
    const values = {
      id: [oms, oms],
      code: [oms, 'many-7'],
      subdomain: [oms, 'many-7'],
      domain: ['a.example'],
      anywhere: ['many-7'],
    };
    for (const [way, given] of Object.entries(values)) {
      const { text } = STORE_STATEMENTS[way as keyof typeof values];
      const plan = await database.system((tx) =>
        tx.query<{ 'QUERY PLAN': string }>(`explain ${text}`, given),
      );
      const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
      assert.doesNotMatch(lines, /Seq Scan on core_store(_platform)?\b/, `${way}\n${lines}`);
      const cost = Number(/cost=[\d.]+\.\.([\d.]+)/.exec(lines)?.[1]);
      assert.ok(cost < 60, `${way} costs ${cost}\n${lines}`);
    }
  });
});
