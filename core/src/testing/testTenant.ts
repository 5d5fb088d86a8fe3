import type { Database } from '../database/Database.js';
import { uuidv7 } from '../database/uuid.js';
import type {
  MerchantRecord,
  PlatformRecord,
  StoreContext,
  StoreRecord,
  TenantContext,
} from '../kernel/context.js';
import { GLOBAL_PLATFORM } from '../tenancy/globalPlatform.js';
import { TEST_CLOCK_START } from './testClock.js';

export interface TestTenantOptions {
  /** A platform that is there, for a second tenant on it. */
  readonly platform?: PlatformRecord;
  /** A merchant that is there, for another of its stores. */
  readonly merchant?: MerchantRecord;
  /** A store that is there, to see it on another platform. */
  readonly store?: StoreRecord;
  readonly now?: Date;
  /** Whether a module is on; default: all are. */
  readonly isOn?: (module: string) => boolean;
}

let count = 0;

/**
 * A store of a merchant on a platform, and a context in which the system acts there: for tests of services that need
 * no server. What is not named is made, directly in the tables of {@link testSchema}.
 */
export async function testTenant(database: Database, options: TestTenantOptions = {}): Promise<StoreContext> {
  const { now = TEST_CLOCK_START, isOn = () => true } = options;
  const number = ++count;
  const platform = options.platform ?? {
    ...GLOBAL_PLATFORM,
    id: uuidv7(now),
    code: `platform-${number}`,
    name: `Platform ${number}`,
    host: `platform-${number}`,
  };
  const merchant = options.store?.merchant ??
    options.merchant ?? { id: uuidv7(now), name: `Merchant ${number}` };
  const code = `store-${number}`;
  const store: StoreRecord = {
    id: uuidv7(now),
    code,
    name: `Store ${number}`,
    status: 'active',
    isActiveOnPlatform: true,
    primaryDomain: null,
    defaultLanguage: 'en',
    languages: ['en', 'fr', 'de'],
    tierCode: null,
    theme: platform.theme,
    merchantId: merchant.id,
    merchant,
    ...options.store,
    platformId: platform.id,
    subdomain: code,
  };
  const ctx: StoreContext = {
    platform,
    merchant,
    store,
    actor: { kind: 'system', name: 'test' },
    surface: 'job',
    language: 'en',
    now,
    requestId: `test-${number}`,
    snapshot: { key: 'test', isOn, subscribers: () => [], taps: () => [] } as StoreContext['snapshot'],
    links: {
      to: (surface, path) => `/${surface}${path}`,
      api: (path) => path,
      canonical: (path) => `https://${platform.code}.lu${path}`,
    },
    tx: null,
  };
  if (!options.platform) await addPlatform(database, ctx);
  await database.unit({ ...ctx, store: null }, async ({ tx }) => {
    if (!options.store && !options.merchant) {
      await tx.query(
        `insert into core_merchant (id, legal_name, display_name, country, email, created_at, updated_at)
        values ($1, $2, $2, 'LU', 'merchant@example.org', $3, $3)`,
        [merchant.id, merchant.name, now],
      );
    }
    await tx.query(
      'insert into core_merchant_platform (merchant_id, platform_id, joined_at) values ($1, $2, $3) on conflict do nothing',
      [merchant.id, platform.id, now],
    );
    if (!options.store) {
      await tx.query(
        `insert into core_store (merchant_id, id, code, name, status, default_language, languages, created_at, updated_at)
        values ($1, $2, $3, $4, 'active', 'en', '{en,fr,de}', $5, $5)`,
        [merchant.id, store.id, store.code, store.name, now],
      );
    }
    await tx.query(
      `insert into core_store_platform (merchant_id, store_id, platform_id, subdomain, is_active, is_primary, joined_at)
      values ($1, $2, $3, $4, true, $5, $6)`,
      [merchant.id, store.id, platform.id, store.subdomain, !options.store, now],
    );
  });
  return ctx;
}

async function addPlatform(database: Database, ctx: TenantContext): Promise<void> {
  const { id, code, name } = ctx.platform;
  await database.unit({ ...ctx, merchant: null, store: null }, ({ tx }) =>
    tx.query(
      `insert into core_platform (id, code, name, host, default_language, languages, theme, created_at, updated_at)
     values ($1, $2, $3, $2, 'en', '{en,fr,de}', '{}', $4, $4)`,
      [id, code, name, ctx.now],
    ),
  );
}
