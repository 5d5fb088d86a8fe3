import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/unitOfWork.js';
import { uuidv7 } from '../../database/uuid.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Passwords } from '../Passwords.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_STORES, DEMO_USERS } from './demoAccounts.js';

interface StoreRow { id: string; merchant_id: string; code: string }

/**
 * Makes the demo accounts and what they may do on the context's platform, as far as its stores are there.
 *
 * May run any number of times, once per platform, as `system`: what is there stays as it is.
 */
export const seedDemoUsers = async ({ database, passwords }: { database: Database; passwords: Passwords }, ctx: TenantContext): Promise<void> => {
  // One hash for all: they have one password anyway, and a start should not take a second for it.
  let hash: Promise<string> | undefined;
  const demoHash = (): Promise<string> => (hash ??= passwords.hash(DEMO_PASSWORD));
  const userIds = await seedUsers(database, ctx.now, demoHash);
  const stores = await database.system((tx) =>
    tx.query<StoreRow>('select id, merchant_id, code from core_store where code = any($1)', [DEMO_STORES]));
  const storeBy = (code: string | undefined) => stores.find((store) => store.code === code);

  for (const user of DEMO_USERS) {
    const userId = userIds.get(user.email);
    if (!userId) continue;
    if (user.adminOf?.includes(ctx.platform.code)) {
      await database.unit({ ...ctx, merchant: null, store: null }, ({ tx }) => tx.query(
        'insert into core_platform_admin (platform_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing', [ctx.platform.id, userId, ctx.now]));
    }
    const owned = storeBy(user.ownerAt);
    if (owned) {
      await inMerchant(database, ctx, owned, ({ tx }) => tx.query(
        'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing', [owned.merchant_id, userId, ctx.now]));
    }
    for (const [code, role] of Object.entries(user.memberOf ?? {})) {
      const store = storeBy(code);
      if (store) {
        await inMerchant(database, ctx, store, ({ tx }) => tx.query(
          'insert into core_store_member (merchant_id, store_id, user_id, role_code, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
          [store.merchant_id, store.id, userId, role, ctx.now]));
      }
    }
  }
  await seedCustomers(database, ctx, storeBy, demoHash);
};

const seedUsers = async (database: Database, now: Date, demoHash: () => Promise<string>): Promise<Map<string, string>> => {
  const emails = DEMO_USERS.map(({ email }) => email);
  const select = () => database.system((tx) => tx.query<{ id: string; email: string }>('select id, email from core_user where email = any($1)', [emails]));
  const known = await select();
  const missing = DEMO_USERS.filter(({ email }) => !known.some((user) => user.email === email));
  if (missing.length > 0) {
    const hash = await demoHash();
    await database.system(async (tx) => {
      for (const { email, name, isSuperAdmin = false } of missing) {
        await tx.query(
          `insert into core_user (id, email, name, password_hash, is_super_admin, created_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (email) do nothing`, [uuidv7(now), email, name, hash, isSuperAdmin, now]);
      }
    });
  }
  return new Map((await select()).map(({ id, email }) => [email, id]));
};

const seedCustomers = async (
  database: Database, ctx: TenantContext, storeBy: (code: string) => StoreRow | undefined, demoHash: () => Promise<string>,
): Promise<void> => {
  for (const customer of DEMO_CUSTOMERS.filter(({ platform }) => platform === ctx.platform.code)) {
    for (const store of customer.stores.flatMap((code) => storeBy(code) ?? [])) {
      const place = [store.merchant_id, store.id, ctx.platform.id, customer.email];
      const [known] = await inMerchant(database, ctx, store, ({ tx }) => tx.query(
        'select id from core_customer where merchant_id = $1 and store_id = $2 and platform_id = $3 and email = $4', place));
      if (known) continue;
      const hash = await demoHash();
      await inMerchant(database, ctx, store, ({ tx }) => tx.query(
        `insert into core_customer (merchant_id, store_id, platform_id, email, id, name, password_hash, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`, [...place, uuidv7(ctx.now), customer.name, hash, ctx.now]));
    }
  }
};

const inMerchant = <Result>(
  database: Database, ctx: TenantContext, store: StoreRow, work: (ctx: InTransaction) => Promise<Result>,
): Promise<Result> => database.unit({ ...ctx, merchant: { id: store.merchant_id, name: store.code }, store: null }, work);
