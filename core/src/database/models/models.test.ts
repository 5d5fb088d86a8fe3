import assert from 'node:assert/strict';
import { TenantMissing } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { testDatabase, type TestDatabase } from '../../testing/database.js';
import { sqlBuilder } from '../builder.js';
import type { Database } from '../Database.js';
import { QueryRefused, TenantMismatch } from '../errors.js';
import {
  Item,
  ItemLine,
  Note,
  Page,
  sampleContext,
  sampleSets,
  sampleStore,
  worker,
} from '../sample.fixture.js';
import type { InTransaction } from '../InTransaction.js';
import { uuidv7 } from '../uuid.js';
import { refusedMethods } from './refusedMethods.js';

describe('tenant models [module:core]', () => {
  let db: TestDatabase;
  let database: Database;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    database = db.database;
  });
  after(() => db.drop());

  /** The SQL a query would send, with its values. */
  const sqlOf = (build: (ctx: InTransaction) => unknown): Promise<string> =>
    database.unit(fixed, (ctx) =>
      Promise.resolve(String((build(ctx) as { toKnexQuery(): object }).toKnexQuery())),
    );
  const fixed: TenantContext = sampleContext({ merchantId: uuidv7(), storeId: uuidv7() });

  it('fills the tenant in on insert and finds the row again, camelCase in code', async () => {
    const ctx = sampleStore();
    const id = uuidv7();
    const [item, notes] = await database.unit(ctx, async (inner) => {
      await Note.in(inner).insert([
        { id, title: 'one', dueOn: '2026-03-29' },
        { id: uuidv7(), title: 'two' },
      ]);
      await Item.in(inner).insert({ id, sku: 'a', noteId: id });
      return [await Item.in(inner).findById(id), await Note.in(inner).orderBy('title')];
    });
    assert.equal(item?.merchantId, ctx.merchant?.id);
    assert.equal(item?.storeId, ctx.store?.id);
    assert.equal(item?.noteId, id);
    assert.deepEqual(
      notes.map((note) => [note.title, note.dueOn, note.views]),
      [
        ['one', '2026-03-29', 0],
        ['two', null, 0],
      ],
    );
  });

  it('keeps the tenant’s WHERE around everything the caller writes', async () => {
    const tenant = `"sample_item"."merchant_id" = '${fixed.merchant?.id}' and "sample_item"."store_id" = '${fixed.store?.id}'`;
    assert.ok(
      (await sqlOf((ctx) => Item.in(ctx).where('sku', 'a').orWhere('sku', 'b'))).endsWith(
        `where ${tenant} and ("sku" = 'a' or "sku" = 'b')`,
      ),
    );
    assert.ok(
      (await sqlOf((ctx) => Item.in(ctx).whereRaw('1 = 1 or 2 = 2'))).endsWith(
        `where ${tenant} and (1 = 1 or 2 = 2)`,
      ),
    );
    assert.ok(
      (await sqlOf((ctx) => Item.in(ctx).where('sku', 'a').clearWhere())).endsWith(`where ${tenant}`),
    );
    assert.ok(
      (
        await sqlOf((ctx) => Item.in(ctx).where((some) => some.where('sku', 'a').orWhere('sku', 'b')))
      ).endsWith(`where ${tenant} and ("sku" = 'a' or "sku" = 'b')`),
    );
    assert.ok(
      (await sqlOf((ctx) => Item.in(ctx).alias('i').where('i.sku', 'a'))).includes(
        `where "i"."merchant_id" = '${fixed.merchant?.id}'`,
      ),
    );
    assert.ok(
      (await sqlOf((ctx) => Item.in(ctx).patch({ stock: 1 }).where('sku', 'a').orWhere('sku', 'b'))).endsWith(
        `where ${tenant} and ("sku" = 'a' or "sku" = 'b')`,
      ),
    );
    assert.ok((await sqlOf((ctx) => Item.in(ctx).delete())).endsWith(`where ${tenant}`));
    assert.equal(
      (await sqlOf((ctx) => Item.in(ctx).whereIn('id', ItemLine.in(ctx).select('itemId')))).split(
        fixed.store?.id ?? '?',
      ).length,
      3,
    );
  });

  it('counts and pages within the tenant, in the same transaction', async () => {
    const ctx = sampleStore();
    const [page, size] = await database.unit(ctx, async (inner) => {
      for (const sku of ['a', 'b', 'c']) await Item.in(inner).insert({ id: uuidv7(), sku });
      return [
        await Item.in(inner).orderBy('sku').page(1, 2),
        await Item.in(inner).where('sku', 'a').orWhere('sku', 'b').resultSize(),
      ];
    });
    assert.deepEqual([page.total, page.results.map((item) => item.sku), size], [3, ['c'], 2]);
  });

  it('fetches what it wrote, updates by id, and works on keys of several columns', async () => {
    const ctx = sampleStore();
    await database.unit(ctx, async (inner) => {
      const item = await Item.in(inner).insertAndFetch({ id: uuidv7(), sku: 'a' });
      assert.equal(item.stock, 0);
      assert.equal((await Item.in(inner).patchAndFetchById(item.id, { stock: 4 }))?.stock, 4);
      assert.equal(await Item.in(inner).findById(item.id).patch({ stock: 5 }).where('stock', 4), 1);
      assert.deepEqual(
        (await Item.in(inner).where('id', item.id).increment('stock', 2).returning('stock'))[0]?.stock,
        7,
      );
      await ItemLine.in(inner).insert({ itemId: item.id, language: 'en', text: 'one' });
      await ItemLine.in(inner)
        .insert({ itemId: item.id, language: 'en', text: 'two' })
        .onConflict(['itemId', 'language'])
        .merge(['text']);
      assert.equal((await ItemLine.in(inner).findById([item.id, 'en']))?.text, 'two');
      const joined = await Item.in(inner)
        .joinTenant(ItemLine, { id: 'itemId' })
        .select('sample_item.sku', 'text');
      assert.deepEqual(
        joined.map((row) => ({ ...row })),
        [{ sku: 'a', text: 'two' }],
      );
      assert.equal(await Item.in(inner).deleteById(item.id), 1);
      assert.deepEqual(await ItemLine.in(inner), []);
    });
  });

  it('joins a model of another owner only when the context has that owner', async () => {
    await database.unit(fixed, async (ctx) => {
      await Item.in(ctx).leftJoinTenant(Note, { noteId: 'id' }).select('sample_item.id');
      await Item.in(ctx).joinTenant(Page, { sku: 'slug' }).select('sample_item.id');
    });
    await assert.rejects(
      database.unit(sampleContext({ merchantId: uuidv7() }), (ctx) =>
        Note.in(ctx).joinTenant(Item, { id: 'noteId' }),
      ),
      TenantMissing,
    );
  });

  it('refuses rows and changes that name another tenant', async () => {
    const ctx = sampleStore();
    await database.unit(ctx, async (inner) => {
      const id = uuidv7();
      await assert.rejects(
        async () => Item.in(inner).insert({ id, sku: 'a', storeId: uuidv7() }),
        TenantMismatch,
      );
      await assert.rejects(
        async () =>
          Item.in(inner).insert([
            { id, sku: 'a' },
            { id, sku: 'b', merchantId: uuidv7() },
          ]),
        TenantMismatch,
      );
      await Item.in(inner).insert({ id, sku: 'a', storeId: ctx.store?.id as string });
      await assert.rejects(
        async () => Item.in(inner).findById(id).patch({ storeId: uuidv7() }),
        TenantMismatch,
      );
      await assert.rejects(
        async () => Item.in(inner).findById(id).update({ merchantId: uuidv7() }),
        TenantMismatch,
      );
      assert.equal(
        await Item.in(inner)
          .findById(id)
          .patch({ storeId: ctx.store?.id as string, stock: 1 }),
        1,
      );
    });
  });

  it('needs a unit of work and the owner of its rows', async () => {
    const ctx = sampleStore();
    assert.throws(
      () => Item.in(ctx as InTransaction),
      (error: Error) => error instanceof TenantMissing && /Item.in needs a transaction/.test(error.message),
    );
    await assert.rejects(
      database.unit(sampleContext({ merchantId: uuidv7() }), (inner) => Item.in(inner)),
      TenantMissing,
    );
    await assert.rejects(
      database.unit(sampleContext(), (inner) => Note.in(inner)),
      TenantMissing,
    );
  });

  it('lets a merchant’s owner look across the stores, and a store only at itself', async () => {
    const merchantId = uuidv7();
    const stores = [uuidv7(), uuidv7()].map((storeId) => sampleContext({ merchantId, storeId }));
    for (const ctx of stores)
      await database.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'same' }));
    const owned = await database.unit(sampleContext({ merchantId }), (inner) => Item.inMerchant(inner));
    assert.equal(owned.length, 2);
    const seen = await database.unit(stores[0] as TenantContext, (inner) => Item.inMerchant(inner));
    assert.deepEqual(
      seen.map((item) => item.storeId),
      [stores[0]?.store?.id],
    );
  });

  it('lets everybody on a platform read its rows, and only its administrators and the system write them', async () => {
    const platformId = uuidv7();
    const system = sampleContext({ platformId, actor: worker, surface: 'job' });
    await database.unit(system, (inner) => Page.in(inner).insert({ id: uuidv7(), slug: 'home' }));
    const visitor = sampleContext({
      platformId,
      merchantId: uuidv7(),
      storeId: uuidv7(),
      surface: 'storefront',
    });
    assert.equal((await database.unit(visitor, (inner) => Page.in(inner))).length, 1);
    await assert.rejects(
      database.unit(visitor, (inner) => Page.in(inner).insert({ id: uuidv7(), slug: 'x' })),
      /row-level security/,
    );
    assert.equal(await database.unit(visitor, (inner) => Page.in(inner).patch({ slug: 'x' })), 0);
    assert.equal(await database.unit(visitor, (inner) => Page.in(inner).delete()), 0);
  });

  it('fails with PostgreSQL’s own error, as raw queries do', async () => {
    const insert = (ctx: InTransaction) => Item.in(ctx).insert({ id: uuidv7(), sku: 'twice' });
    await assert.rejects(
      database.unit(sampleStore(), async (ctx) => {
        await insert(ctx);
        await insert(ctx);
      }),
      { code: '23505', constraint: 'sample_item_sku_key' },
    );
  });

  it('has no way round: graphs, relations, raw joins, other tables, unscoped queries', async () => {
    await database.unit(fixed, async (ctx) => {
      for (const method of Object.keys(refusedMethods)) {
        const query = Item.in(ctx) as unknown as Record<string, (...args: unknown[]) => unknown>;
        assert.throws(
          () => query[method]?.('x', {}),
          (error: Error) => error instanceof QueryRefused && error.message.includes(method),
          method,
        );
      }
      await assert.rejects(async () => Item.query());
      await assert.rejects(async () => Item.query().knex(sqlBuilder), QueryRefused);
      const item = Item.fromJson({ id: uuidv7(), sku: 'a' });
      await assert.rejects(async () => item.$query().delete());
      assert.throws(() => Item.in(ctx).transacting({} as never), QueryRefused);
    });
  });
});
