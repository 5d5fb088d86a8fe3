import assert from 'node:assert/strict';
import type { TenantContext } from '../../kernel/context.js';
import { testDatabase, type TestDatabase } from '../../testing/database.js';
import type { Database } from '../Database.js';
import { Item, Note, Page, sampleContext, sampleSets, worker } from '../sample.fixture.js';
import { uuidv7 } from '../uuid.js';
import type { TenantModelClass, TenantModel } from './TenantModel.js';

describe('the two locks of a tenant’s rows [module:core]', () => {
  const merchantId = uuidv7();
  const own = sampleContext({ merchantId, storeId: uuidv7(), actor: worker });
  const sister = sampleContext({ platformId: own.platform.id, merchantId, storeId: uuidv7(), actor: worker });
  const stranger = sampleContext({ merchantId: uuidv7(), storeId: uuidv7(), actor: worker });
  const models = [Page, Note, Item] as readonly (TenantModelClass<TenantModel> & typeof Item)[];
  const rows: Record<string, object> = { Page: { slug: 's' }, Note: { title: 't' }, Item: { sku: 'k' } };
  let db: TestDatabase;

  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    for (const ctx of [own, stranger]) {
      await db.database.unit(ctx, async (inner) => {
        for (const model of models) await model.in(inner).insert({ id: uuidv7(), ...rows[model.name] });
      });
    }
    await db.database.unit(sister, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'k' }));
  });
  after(() => db.drop());

  async function sweep(database: Database, ctx: TenantContext): Promise<void> {
    for (const model of models) {
      await database
        .unit(ctx, async (inner) => {
          const seen = await model.in(inner);
          assert.equal(seen.length, 1, `${model.name} shows ${seen.length} rows`);
          assert.equal(
            await model
              .in(inner)
              .patch({ id: seen[0]?.id as string })
              .where('id', '<>', uuidv7()),
            1,
            `${model.name} updates`,
          );
          assert.equal(await model.in(inner).resultSize(), 1, `${model.name} counts`);
          assert.equal(await model.in(inner).delete(), 1, `${model.name} deletes`);
          throw new Undo();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Undo)) throw error;
        });
    }
  }

  it('hold together', () => sweep(db.database, own));

  it('hold without the models’ WHERE: row-level security alone', async () => {
    const database = db.withoutModelScope();
    const sql = await database.unit(own, (ctx) => Promise.resolve(String(Item.in(ctx).toKnexQuery())));
    assert.doesNotMatch(sql, /where/);
    await sweep(database, own);
    await sweep(database, stranger);
  });

  it('hold without row-level security: the models’ WHERE alone', () =>
    db.withoutRowSecurity(async () => {
      const [all] = await db.database.unit(own, ({ tx }) =>
        tx.query<{ n: number }>('select count(*)::int as n from sample_item'),
      );
      assert.equal(all?.n, 3);
      await sweep(db.database, own);
      await sweep(db.database, stranger);
    }));

  it('are both off where both are switched off, so that the tests above prove something', () =>
    db.withoutRowSecurity(async () => {
      await assert.rejects(sweep(db.withoutModelScope(), own), /shows \d+ rows/);
    }));

  it('refuse writes for another tenant in the database itself', async () => {
    await db.database
      .unit(own, async ({ tx }) => {
        await assert.rejects(
          tx
            .table('sample_item')
            .insert({
              merchantId: stranger.merchant?.id,
              storeId: stranger.store?.id,
              id: uuidv7(),
              sku: 'x',
            })
            .then(),
          /row-level security/,
        );
      })
      .catch(() => undefined);
    await assert.rejects(
      db.database.unit(own, ({ tx }) =>
        tx
          .table('sample_item')
          .insert({ merchantId, storeId: sister.store?.id, id: uuidv7(), sku: 'x' })
          .then(),
      ),
      /row-level security/,
    );
    await assert.rejects(
      db.database.unit(own, ({ tx }) => tx.table('sample_item').update({ storeId: sister.store?.id }).then()),
      /row-level security/,
    );
    assert.equal(
      await db.database.unit(own, ({ tx }) =>
        tx.table('sample_item').where({ storeId: sister.store?.id }).delete(),
      ),
      0,
    );
  });

  it('show nothing of a platform in another, nor anything without a tenant', async () => {
    const elsewhere = sampleContext({ actor: worker });
    for (const table of ['sample_page', 'sample_note', 'sample_item']) {
      assert.deepEqual(await db.database.unit(elsewhere, ({ tx }) => tx.table(table).select('*')), [], table);
    }
  });
});

class Undo extends Error {}
