import assert from 'node:assert/strict';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { Database } from './Database.js';
import { databaseConfig } from './config.js';
import { DatabaseBusy, TenantMismatch, TransactionRolledBack, UnitOfWorkOver } from './errors.js';
import { runPipelined } from './runPipelined.js';
import { Item, sampleContext, sampleSets, sampleStore, worker } from './sample.fixture.js';
import type { Transaction } from './unitOfWork.js';
import { uuidv7 } from './uuid.js';

describe('units of work [module:core]', () => {
  let db: TestDatabase;
  let database: Database;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    database = db.database;
  });
  after(() => db.drop());

  const countItems = async (): Promise<number> =>
    (await db.everything<{ n: number }>('select count(*)::int as n from sample_item'))[0]?.n ?? -1;

  it('carries role, tenant and access into the database', async () => {
    const ctx = { ...sampleStore(), actor: worker };
    const [row] = await database.unit(ctx, ({ tx }) =>
      tx.query(`select current_user::text as role, current_setting('app.platform_id') as platform,
      current_setting('app.merchant_id') as merchant, current_setting('app.store_id') as store, current_setting('app.access') as access`),
    );
    assert.deepEqual(row, {
      role: 'app_serve',
      platform: ctx.platform.id,
      merchant: ctx.merchant?.id,
      store: ctx.store?.id,
      access: 'system',
    });
  });

  it('commits what the work did and takes it back when the work throws', async () => {
    const ctx = sampleStore();
    await database.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'kept' }));
    await assert.rejects(
      database.unit(ctx, async (inner) => {
        await Item.in(inner).insert({ id: uuidv7(), sku: 'lost' });
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    const items = await database.unit(ctx, (inner) => Item.in(inner));
    assert.deepEqual(
      items.map((item) => item.sku),
      ['kept'],
    );
  });

  it('joins the open unit of the same tenant', async () => {
    const ctx = sampleStore();
    const [outer, inner] = await database.unit(ctx, async (open) => [
      open.tx,
      await database.unit(open, async ({ tx }) => tx),
    ]);
    assert.equal(outer, inner);
  });

  it('refuses to join a unit of another tenant or another role', async () => {
    const ctx = sampleStore();
    await assert.rejects(
      database.unit(ctx, ({ tx }) => database.unit({ ...sampleStore(), tx }, () => Promise.resolve())),
      TenantMismatch,
    );
    await assert.rejects(
      database.unit(ctx, ({ tx }) =>
        database.read({ ...sampleStore(), tx }, { name: 'other', text: 'select 1' }),
      ),
      TenantMismatch,
    );
    await assert.rejects(
      database.unit(ctx, (open) => database.directory(open, () => Promise.resolve())),
      TenantMismatch,
    );
  });

  it('refuses a store of another merchant than the context’s, and ids that are none', async () => {
    const ctx = sampleStore();
    await assert.rejects(
      database.unit({ ...ctx, merchant: { id: uuidv7(), name: 'Other' } }, () => Promise.resolve()),
      TenantMismatch,
    );
    await assert.rejects(
      database.unit(sampleContext({ merchantId: "'; reset role; --" }), () => Promise.resolve()),
      /merchant id must be a uuid/,
    );
  });

  it('runs what waits for the commit after it, in order, and logs what fails there', async () => {
    const seen: string[] = [];
    const logged: object[] = [];
    const noisy = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }), {
      log: { warn: () => undefined, error: (details) => void logged.push(details) },
    });
    await noisy.unit(sampleStore(), async (ctx) => {
      ctx.tx.afterCommit(async () => {
        // The connection is free again: a pool of one would stand still otherwise.
        await noisy.unit(sampleStore(), () => Promise.resolve());
        seen.push('first');
      });
      ctx.tx.afterCommit(() => {
        throw new Error('too late');
      });
      ctx.tx.afterCommit(() => void seen.push('third'));
      seen.push('work');
    });
    await assert.rejects(
      noisy.unit(sampleStore(), async ({ tx }) => {
        tx.afterCommit(() => void seen.push('never'));
        throw new Error('no');
      }),
    );
    await noisy.close();
    assert.deepEqual(seen, ['work', 'first', 'third']);
    assert.equal(logged.length, 1);
  });

  it('throws when a query failed and its error was swallowed, since COMMIT then rolls back', async () => {
    const before = await countItems();
    await assert.rejects(
      database.unit(sampleStore(), async (ctx) => {
        await Item.in(ctx).insert({ id: uuidv7(), sku: 'a' });
        await ctx.tx.query('select 1 / 0').catch(() => undefined);
      }),
      (error: Error) => error instanceof TransactionRolledBack && /division by zero/.test(error.message),
    );
    assert.equal(await countItems(), before);
  });

  it('refuses a builder that nobody awaited, instead of running it for whoever has the connection next', async () => {
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
    let late: Promise<unknown> | undefined;
    await single.unit(sampleStore(), async (ctx) => {
      late = Promise.resolve().then(() =>
        Item.in(ctx)
          .select('id')
          .then((rows) => rows),
      );
      late.catch(() => undefined);
    });
    const other = single.unit(sampleStore(), (ctx) => Item.in(ctx));
    await assert.rejects(late as Promise<unknown>, UnitOfWorkOver);
    assert.deepEqual(await other, []);
    let tx: Transaction | undefined;
    await single.unit(sampleStore(), async (ctx) => {
      tx = ctx.tx;
    });
    await assert.rejects((tx as Transaction).query('select 1'), UnitOfWorkOver);
    await assert.rejects(async () => (tx as Transaction).table('sample_item'), UnitOfWorkOver);
    await single.close();
  });

  it('waits with COMMIT for raw queries that nobody awaited', async () => {
    const ctx = sampleStore();
    await database.unit(ctx, async ({ tx }) => {
      void tx.query('insert into sample_item (merchant_id, store_id, id, sku) values ($1, $2, $3, $4)', [
        ctx.merchant?.id,
        ctx.store?.id,
        uuidv7(),
        'unawaited',
      ]);
    });
    assert.deepEqual(
      (await database.unit(ctx, (inner) => Item.in(inner))).map((item) => item.sku),
      ['unawaited'],
    );
  });

  it('lets nothing through outside of a transaction, where a broken BEGIN would leave a query', async () => {
    const insert =
      "insert into sample_item (merchant_id, store_id, id, sku) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x')";
    for (const sql of ['select * from sample_item', insert, 'select * from sample_session']) {
      await assert.rejects(
        database.asLogin((login) => login.query(sql)),
        /permission denied/,
      );
      await assert.rejects(
        database.asLogin((login) =>
          runPipelined(login as never, 'BEGIN; SET LOCAL nonsense', { text: sql }, true),
        ),
        /syntax error/,
      );
    }
  });

  it('leaves no setting behind in the connection', async () => {
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
    await single.unit(sampleStore(), () => Promise.resolve());
    const [row] = await single.asLogin(
      async (login) =>
        (
          await login.query(
            `select current_user::text as role, current_setting('app.merchant_id', true) as merchant`,
          )
        ).rows,
    );
    assert.notEqual(row.role, 'app_serve');
    assert.equal(row.merchant, '');
    await single.close();
  });

  it('does not hand on a connection with a transaction open in it', async () => {
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
    const pid = (sql: string) =>
      single.asLogin(async (login) => {
        await login.query(sql);
        return (await login.query('select pg_backend_pid() as pid')).rows[0].pid as number;
      });
    const first = await pid('select 1');
    assert.equal(await pid('BEGIN'), first);
    assert.notEqual(await pid('select 1'), first);
    await single.close();
  });

  it('does not see what somebody left in the session', async () => {
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1 }));
    const ctx = sampleStore();
    await single.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'private' }));
    await single.asLogin((login) => login.query(`set app.merchant_id = '${ctx.merchant?.id}'`));
    const seen = await single.unit(sampleContext(), ({ tx }) => tx.query('select * from sample_item'));
    assert.deepEqual(seen, []);
    await single.close();
  });

  it('keeps 200 parallel units of two tenants apart on two connections', async () => {
    const pair = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 2, acquireTimeoutMs: 20_000 }));
    const tenants = [sampleStore(), sampleStore()] as const;
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const ctx = tenants[(index % 2) as 0 | 1];
        await pair.unit(ctx, async (inner) => {
          const id = uuidv7();
          await Item.in(inner).insert({ id, sku: `sku-${index}` });
          await inner.tx.query('select pg_sleep(0.0005)');
          const item = await Item.in(inner).findById(id);
          assert.equal(item?.storeId, ctx.store?.id);
        });
      }),
    );
    for (const ctx of tenants) {
      const rows = await pair.unit(ctx, ({ tx }) => tx.query('select store_id from sample_item'));
      assert.equal(rows.length, 100);
      assert.ok(rows.every((row) => row['store_id'] === ctx.store?.id));
    }
    assert.equal(pair.load.total, 2);
    await pair.close();
  });

  it('gives up waiting for a connection, and says that the server is busy', async () => {
    const single = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 1, acquireTimeoutMs: 100 }));
    await single.unit(sampleStore(), async () => {
      await assert.rejects(
        single.unit(sampleStore(), () => Promise.resolve()),
        (error: Error & { status?: number }) => error instanceof DatabaseBusy && error.status === 503,
      );
    });
    await single.close();
  });

  it('works without pipelining and without names too', async () => {
    const plain = new Database(
      databaseConfig({ appUrl: db.appUrl, poolSize: 1, pipeline: false, statementNames: false }),
    );
    const ctx = sampleStore();
    await plain.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'plain' }));
    const rows = await plain.read(
      ctx,
      { name: 'plain', text: 'select sku from sample_item where store_id = $1' },
      [ctx.store?.id],
    );
    assert.deepEqual(rows, [{ sku: 'plain' }]);
    const names = await plain.asLogin(
      async (login) => (await login.query('select name from pg_prepared_statements')).rows,
    );
    assert.deepEqual(names, []);
    await plain.close();
  });

  it('reads bigint as a number and a date as text', async () => {
    const [row] = await database.system((tx) =>
      tx.query("select 9007199254740991::bigint as big, date '2026-03-29' as day, 1.50::numeric as exact"),
    );
    assert.deepEqual(row, { big: 9007199254740991, day: '2026-03-29', exact: '1.50' });
    await assert.rejects(
      database.system((tx) => tx.query('select 9007199254740993::bigint as big')),
      /does not fit a number/,
    );
  });

  it('reads before a tenant is known as app_system, and only what was granted to it', async () => {
    const [row] = await database.system((tx) => tx.query('select current_user::text as role'));
    assert.equal(row?.['role'], 'app_system');
    assert.ok((await database.system((tx) => tx.query('select sku from sample_item'))).length > 0);
    await assert.rejects(
      database.system((tx) => tx.query("update sample_item set sku = 'x'")),
      /permission denied/,
    );
    await assert.rejects(
      database.system((tx) => tx.query('select * from sample_note')),
      /permission denied/,
    );
    await assert.rejects(
      database.unit(sampleStore(), ({ tx }) => tx.query('select * from sample_session')),
      /permission denied/,
    );
  });

  it('reads across tenants in the directory, and writes nothing there', async () => {
    const found = await database.directory(sampleContext(), ({ tx }) =>
      tx.query('select distinct merchant_id from sample_item'),
    );
    assert.ok(found.length > 1);
    await assert.rejects(
      database.directory(sampleContext(), ({ tx }) => tx.query("update sample_item set sku = 'x'")),
      /permission denied|read-only/,
    );
  });
});
