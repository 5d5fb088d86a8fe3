import assert from 'node:assert/strict';
import { setImmediate as soon } from 'node:timers/promises';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { databaseConfig } from './config.js';
import { Database } from './Database.js';
import { TenantMismatch } from './errors.js';
import { Item, sampleSets, sampleStore } from './sample.fixture.js';
import type { LastStatement } from './unitOfWork.js';
import { uuidv7 } from './uuid.js';

const COUNT = {
  name: 'sample.count',
  text: `update sample_item set stock = stock + 1 where merchant_id = $1 and store_id = $2 and id = $3 returning stock`,
};
const FAILS = { name: 'sample.fails', text: 'select 1 / $1::int as never' };

describe('a unit of work whose last statement goes out with COMMIT [module:core]', () => {
  let db: TestDatabase;
  let plain: Database;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    plain = new Database(databaseConfig({ appUrl: db.appUrl, pipeline: false, statementNames: false }));
  });
  after(async () => {
    await plain.close();
    await db.drop();
  });

  type Ctx = ReturnType<typeof sampleStore>;
  const counter = async (): Promise<{ ctx: Ctx; id: string; count: LastStatement<number> }> => {
    const ctx = sampleStore();
    const id = uuidv7();
    await db.database.unit(ctx, (inner) => Item.in(inner).insert({ id, sku: 'counter', stock: 0 }));
    const values = [ctx.merchant?.id, ctx.store?.id, id];
    return { ctx, id, count: { statement: COUNT, values, result: ([row]) => row?.['stock'] as number } };
  };
  const stockOf = async (ctx: Ctx, id: string): Promise<number | undefined> =>
    (await db.database.unit(ctx, (inner) => Item.in(inner).findById(id)))?.stock;

  it('commits both, and makes the result of the rows', async () => {
    for (const database of [db.database, plain]) {
      const { ctx, id, count } = await counter();
      const other = uuidv7();
      const seen = await database.unitEnding(ctx, async (inner) => {
        await Item.in(inner).insert({ id: other, sku: 'before', stock: 7 });
        return count;
      });
      assert.equal(seen, 1);
      assert.deepEqual([await stockOf(ctx, id), await stockOf(ctx, other)], [1, 7]);
    }
  });

  it('counts 200 at once without holes and duplicates', async () => {
    const { ctx, id, count } = await counter();
    const patient = new Database(databaseConfig({ appUrl: db.appUrl, acquireTimeoutMs: 20_000 }));
    const given = await Promise.all(
      Array.from({ length: 200 }, () => patient.unitEnding(ctx, async () => count)),
    );
    await patient.close();
    assert.deepEqual(
      given.sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
    assert.equal(await stockOf(ctx, id), 200);
  });

  it('takes back what came before when the statement fails, in its own words', async () => {
    for (const database of [db.database, plain]) {
      const { ctx } = await counter();
      const other = uuidv7();
      await assert.rejects(
        database.unitEnding(ctx, async (inner) => {
          await Item.in(inner).insert({ id: other, sku: 'before', stock: 7 });
          return { statement: FAILS, values: [0], result: () => assert.fail('there is no result') };
        }),
        (error: Error & { code?: string }) =>
          error.code === '22012' && /division by zero/.test(error.message),
      );
      assert.equal(await stockOf(ctx, other), undefined);
    }
  });

  it('fails with what failed first, when that was not waited for', async () => {
    const { ctx, id, count } = await counter();
    await assert.rejects(
      db.database.unitEnding(ctx, async ({ tx }) => ({ ...count, sent: tx.query('select 1 / 0') })),
      /division by zero/,
    );
    assert.equal(await stockOf(ctx, id), 0);
  });

  it('takes everything back when the work before throws, and sends no statement', async () => {
    const { ctx, id } = await counter();
    await assert.rejects(
      db.database.unitEnding(ctx, async () => {
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.equal(await stockOf(ctx, id), 0);
  });

  it('is part of an open unit, whose end counts', async () => {
    const { ctx, id, count } = await counter();
    await assert.rejects(
      db.database.unit(ctx, async (open) => {
        assert.equal(await db.database.unitEnding(open, async () => count), 1);
        assert.equal((await Item.in(open).findById(id))?.stock, 1);
        throw new Error('fails after it has counted');
      }),
      /after it has counted/,
    );
    assert.equal(await stockOf(ctx, id), 0);
    await assert.rejects(
      db.database.unit(sampleStore(), ({ tx }) => db.database.unitEnding({ ...ctx, tx }, async () => count)),
      TenantMismatch,
    );
  });

  it('knows its tenant, and leaves nothing behind in the connection', async () => {
    const { id, count } = await counter();
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
    assert.equal(await single.unitEnding(sampleStore(), async () => count), undefined);
    await assert.rejects(
      single.asLogin((login) => login.query('select * from sample_item where id = $1', [id])),
      /permission denied/,
    );
    await single.close();
  });

  it('runs what waits for the commit after it, and nothing when it failed', async () => {
    const { ctx, count } = await counter();
    const seen: string[] = [];
    await db.database.unitEnding(ctx, async ({ tx }) => {
      tx.afterCommit(() => void seen.push('after'));
      return { ...count, result: () => seen.push('result') };
    });
    await db.database
      .unitEnding(ctx, async ({ tx }) => {
        tx.afterCommit(() => void seen.push('never'));
        return { statement: FAILS, values: [0], result: () => 0 };
      })
      .catch(() => undefined);
    assert.deepEqual(seen, ['result', 'after']);
  });

  it('sends COMMIT without waiting for the answer', async () => {
    const { ctx, count } = await counter();
    const sent: unknown[] = [];
    const { query } = pg.Client.prototype;
    let counted: Promise<number> | undefined;
    await db.database.unit(ctx, async ({ tx }) => {
      // Holds the row, so that the statement has no answer yet.
      assert.equal((await tx.query(COUNT, count.values)).length, 1);
      pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
        sent.push(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text);
        return (query as (...all: unknown[]) => unknown).apply(this, args);
      } as typeof query;
      try {
        counted = db.database.unitEnding(ctx, async () => count);
        while (!sent.includes(COUNT.text)) await soon();
        await soon();
      } finally {
        pg.Client.prototype.query = query;
      }
    });
    assert.deepEqual(sent.slice(1), [COUNT.text, 'COMMIT']);
    assert.equal(await counted, 2);
  });
});
