import assert from 'node:assert/strict';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { databaseConfig } from './config.js';
import { Database } from './Database.js';
import { param } from './models/CompiledQuery.js';
import { Item, ItemLine, Note, sampleSets, sampleStore } from './sample.fixture.js';
import { StatementNames } from './StatementNames.js';
import { uuidv7 } from './uuid.js';

describe('named statements [module:core]', () => {
  let db: TestDatabase;
  let database: Database;
  const bySku = Item.compile('sample.item.bySku', (query) =>
    query.select('id', 'sku', 'noteId').where('sku', param('sku')).orderBy('sku').limit(1),
  );
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    database = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
  });
  after(async () => {
    await database.close();
    await db.drop();
  });

  const prepared = (): Promise<{ name: string; statement: string }[]> =>
    database.asLogin(
      async (login) =>
        (
          await login.query<{ name: string; statement: string }>(
            'select name, statement from pg_prepared_statements order by prepare_time',
          )
        ).rows,
    );

  it('plans the same SQL once, from models, builders and raw queries, on one connection', async () => {
    const ctx = sampleStore();
    for (let round = 0; round < 3; round++) {
      await database.unit(ctx, async (inner) => {
        await Item.in(inner).where('sku', `x${round}`);
        await inner.tx
          .table('sample_item')
          .where({ storeId: ctx.store?.id, sku: `y${round}` })
          .select('id');
        await inner.tx.query('select id from sample_item where sku = $1', [`z${round}`]);
      });
    }
    const names = (await prepared()).map(({ name }) => name);
    assert.equal(names.length, 3);
    assert.ok(names.every((name) => /^k_[0-9a-f]{24}$/.test(name)));
  });

  it('runs a compiled query with the tenant in its WHERE and gives rows in camelCase', async () => {
    const ctx = sampleStore();
    const noteId = uuidv7();
    await database.unit(ctx, async (inner) => {
      await Note.in(inner).insert({ id: noteId, title: 'n' });
      await Item.in(inner).insert({ id: uuidv7(), sku: 'hot', noteId });
    });
    assert.match(bySku.text, /"merchant_id" = \$1 and .*"store_id" = \$2 and "sku" = \$3/);
    const [row] = await database.read(ctx, bySku, bySku.values(ctx, { sku: 'hot' }));
    assert.equal(row?.['noteId'], noteId);
    const other = sampleStore();
    assert.deepEqual(await database.read(other, bySku, bySku.values(other, { sku: 'hot' })), []);
    assert.ok((await prepared()).some(({ name }) => name === 'sample.item.bySku'));
    const [inside] = await database.unit(ctx, (inner) =>
      database.read(inner, bySku, bySku.values(inner, { sku: 'hot' })),
    );
    assert.equal(inside?.['noteId'], noteId);
  });

  it('refuses a compiled query without its values, or without the tenant', () => {
    const ctx = sampleStore();
    assert.throws(() => bySku.values(ctx), /'sample.item.bySku' needs a value for 'sku'/);
    assert.throws(() => bySku.values({ ...ctx, store: null }, { sku: 'x' }), { name: 'TENANT_MISSING' });
  });

  it('compiles joins with the tenant on both sides', () => {
    const { text } = Item.compile('sample.item.lines', (query) =>
      query
        .select('sample_item.id', 'text')
        .joinTenant(ItemLine, { id: 'itemId' })
        .where('sku', param('sku')),
    );
    assert.match(
      text,
      /join "sample_item_line" on "sample_item"."merchant_id" = "sample_item_line"."merchant_id" and "sample_item"."store_id" = "sample_item_line"."store_id" and "sample_item"."id" = "sample_item_line"."item_id"/,
    );
  });

  it('writes nothing on the hot path', async () => {
    await assert.rejects(
      database.read(sampleStore(), { name: 'sample.write', text: "update sample_item set sku = 'x'" }),
      /read-only/,
    );
  });

  it('survives a table that changes while its statement is known', async () => {
    const ctx = sampleStore();
    await database.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'changing' }));
    const all = { name: 'sample.item.all', text: 'select * from sample_item where store_id = $1' };
    await database.read(ctx, all, [ctx.store?.id]);
    await database.unit(ctx, (inner) => Item.in(inner));
    await db.owner('alter table sample_item add column colour text');
    const [row] = await database.read(ctx, all, [ctx.store?.id]);
    assert.ok('colour' in (row ?? {}));
    await db.owner('alter table sample_item add column size text');
    // Work that has begun cannot be repeated by itself: one unit fails, the next ones plan anew.
    const units = await Promise.allSettled(
      [1, 2].map(() => database.unit(ctx, ({ tx }) => tx.query(all, [ctx.store?.id]))),
    );
    assert.deepEqual(
      units.map(({ status }) => status),
      ['rejected', 'fulfilled'],
    );
    assert.equal((await database.unit(ctx, (inner) => Item.in(inner))).length, 1);
  });

  it('names no more than its limit, no long lists, and nothing but queries', () => {
    const names = new StatementNames(true, 2);
    const first = names.of('select 1', 0);
    assert.ok(first);
    assert.equal(names.of('select 1', 0), first);
    assert.equal(names.of('select $1', 33), undefined);
    assert.equal(names.of('savepoint x', 0), undefined);
    assert.ok(names.of('select 2', 0));
    assert.equal(names.of('select 3', 0), undefined);
    assert.equal(names.of('select 1', 0), first);
    names.renew();
    assert.notEqual(names.of('select 1', 0), first);
    assert.equal(new StatementNames(false).of('select 1', 0), undefined);
    assert.equal(new StatementNames(false).own('x'), undefined);
  });
});
