import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Passwords } from '../Passwords.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_STORES, DEMO_USERS } from './demoAccounts.js';

interface DemoSeed {
  readonly database: Database;
  readonly ctxs: readonly TenantContext[];
  readonly stores: ReadonlyMap<string, StoreRow>;
  /** One hash for all: they have one password anyway, and a start should not take a second for it. */
  readonly hash: () => Promise<string>;
}

interface StoreRow {
  readonly id: string;
  readonly merchant_id: string;
  readonly code: string;
}

/**
 * Makes the demo accounts and what they may do, as far as their platforms and stores are there.
 *
 * May run any number of times: what is there stays as it is.
 *
 * @param ctxs one context of the system per platform
 */
export const seedDemoUsers = async (
  { database, passwords }: { database: Database; passwords: Passwords },
  ctxs: readonly TenantContext[],
): Promise<void> => {
  const [anyPlatform] = ctxs;
  if (!anyPlatform) return;
  let hash: Promise<string> | undefined;
  const rows = await database.system((tx) =>
    tx.query<StoreRow & object>('select id, merchant_id, code from core_store where code = any($1)', [
      DEMO_STORES,
    ]),
  );
  const seed: DemoSeed = {
    database,
    ctxs,
    stores: new Map(rows.map((row) => [row.code, row])),
    hash: () => (hash ??= passwords.hash(DEMO_PASSWORD)),
  };
  const userIds = await seedUsers(seed, anyPlatform.now);
  await seedRoles(seed, anyPlatform, userIds);
  await seedCustomers(seed);
};

const seedUsers = async ({ database, hash }: DemoSeed, now: Date): Promise<Map<string, string>> => {
  const emails = DEMO_USERS.map(({ email }) => email);
  const select = () =>
    database.system((tx) =>
      tx.query<{ id: string; email: string }>('select id, email from core_user where email = any($1)', [
        emails,
      ]),
    );
  const known = await select();
  const missing = DEMO_USERS.filter(({ email }) => !known.some((user) => user.email === email));
  if (missing.length > 0) {
    const passwordHash = await hash();
    await database.system(async (tx) => {
      for (const { email, name, isSuperAdmin = false } of missing) {
        await tx.query(
          `insert into core_user (id, email, name, password_hash, is_super_admin, created_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (email) do nothing`,
          [uuidv7(now), email, name, passwordHash, isSuperAdmin, now],
        );
      }
    });
  }
  const all = missing.length > 0 ? await select() : known;
  return new Map(all.map(({ id, email }) => [email, id]));
};

const seedRoles = async (
  { database, ctxs, stores }: DemoSeed,
  anyPlatform: TenantContext,
  userIds: Map<string, string>,
): Promise<void> => {
  for (const user of DEMO_USERS) {
    const userId = userIds.get(user.email),
      { now } = anyPlatform;
    for (const ctx of ctxs.filter(({ platform }) => user.adminOf?.includes(platform.code))) {
      await database.unit(ctx, ({ tx }) =>
        tx.query(
          'insert into core_platform_admin (platform_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing',
          [ctx.platform.id, userId, now],
        ),
      );
    }
    const owned = stores.get(user.ownerAt ?? '');
    if (owned) {
      await inMerchant(database, anyPlatform, owned, ({ tx }) =>
        tx.query(
          'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing',
          [owned.merchant_id, userId, now],
        ),
      );
    }
    for (const [code, role] of Object.entries(user.memberOf ?? {})) {
      const store = stores.get(code);
      if (!store) continue;
      await inMerchant(database, anyPlatform, store, ({ tx }) =>
        tx.query(
          'insert into core_store_member (merchant_id, store_id, user_id, role_code, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
          [store.merchant_id, store.id, userId, role, now],
        ),
      );
    }
  }
};

const seedCustomers = async ({ database, ctxs, stores, hash }: DemoSeed): Promise<void> => {
  for (const customer of DEMO_CUSTOMERS) {
    const ctx = ctxs.find(({ platform }) => platform.code === customer.platform);
    if (!ctx) continue;
    for (const store of customer.stores.flatMap((code) => stores.get(code) ?? [])) {
      const place = [store.merchant_id, store.id, ctx.platform.id, customer.email];
      const [known] = await inMerchant(database, ctx, store, ({ tx }) =>
        tx.query(
          'select id from core_customer where merchant_id = $1 and store_id = $2 and platform_id = $3 and email = $4',
          place,
        ),
      );
      if (known) continue;
      const passwordHash = await hash();
      await inMerchant(database, ctx, store, ({ tx }) =>
        tx.query(
          `insert into core_customer (merchant_id, store_id, platform_id, email, id, name, password_hash, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
          [...place, uuidv7(ctx.now), customer.name, passwordHash, ctx.now],
        ),
      );
    }
  }
};

const inMerchant = <Result>(
  database: Database,
  ctx: TenantContext,
  store: StoreRow,
  work: (ctx: InTransaction) => Promise<Result>,
): Promise<Result> =>
  database.unit({ ...ctx, merchant: { id: store.merchant_id, name: store.code }, store: null }, work);
