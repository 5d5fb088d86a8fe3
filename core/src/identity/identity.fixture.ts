import { uuidv7 } from '../database/uuid.js';
import type { Actor, MerchantRecord, PlatformRecord, StoreRecord, TenantContext } from '../kernel/context.js';
import { GLOBAL_PLATFORM } from '../tenancy/globalPlatform.js';
import { tenancyMigrations } from '../tenancy/migrations/tenancyMigrations.js';
import { testDatabase, type TestDatabaseOptions } from '../testing/database.js';
import { entitlementsMigration } from '../modules/entitlements/migrations/20261120_entitlements.js';
import { entitlementTermsMigration } from '../modules/entitlements/migrations/20261122_entitlement_terms.js';
import { tiersMigration } from '../modules/entitlements/migrations/20261122_tiers.js';
import { Audit } from './audit/Audit.js';
import type { LoginRequest, SignedIn } from './Authentication.js';
import { Identity } from './Identity.js';
import { LoginLimits } from './LoginLimits.js';
import { OutsideLinks } from './OutsideLinks.js';
import { makePeople } from './people/makePeople.js';
import { RateLimits } from './RateLimits.js';
import { Signatures } from './Signatures.js';
import { SecretBox } from '../modules/settings/secrets.js';
import type { Mail } from '../mail/Mailer.js';
import { identityMigrations } from './migrations/identityMigrations.js';
import { PASSWORD_SETTINGS } from './passwordSettings.js';
import { Passwords } from './Passwords.js';
import { Sessions } from './Sessions.js';
import { StoreAccess } from './StoreAccess.js';
import { Users } from './Users.js';

const SETS = [
  {
    plugin: 'core',
    migrations: [
      ...tenancyMigrations,
      entitlementsMigration,
      ...identityMigrations,
      entitlementTermsMigration,
      tiersMigration,
    ],
  },
];
const NOW = new Date('2026-11-20T08:00:00Z');
export const PASSWORD = 'correct horse battery staple';

/** Two platforms, two merchants, three stores, and the services of identity, over a database of their own. */
export const openIdentity = async (options: TestDatabaseOptions = {}) => {
  const db = await testDatabase({ sets: SETS, ...options });
  const { database } = db;
  const clock = {
    ms: NOW.getTime(),
    now: () => new Date(clock.ms),
    pass: (seconds: number) => {
      clock.ms += seconds * 1_000;
    },
  };
  const counts = { hash: 0, verify: 0 };
  // Cheap parameters: what is tested is which calls are made.
  const passwords = new Passwords(
    { ...PASSWORD_SETTINGS, memoryKib: 64, passes: 1, waitingHashes: 1_000 },
    async () => {
      const argon2 = await import('@node-rs/argon2');
      return {
        hash: (...args) => {
          counts.hash += 1;
          return argon2.hash(...args);
        },
        verify: (...args) => {
          counts.verify += 1;
          return argon2.verify(...args);
        },
      };
    },
  );
  const sessions = new Sessions({ database }),
    limits = new LoginLimits({ database }),
    access = new StoreAccess({ database });
  const users = new Users({ database, passwords, sessions });
  const audit = new Audit({ database });
  const signatures = new Signatures(Buffer.alloc(32, 7));
  /** Mails that were handed over, the oldest first. */
  const mails: Mail[] = [];
  const { people, authentication } = makePeople({
    ...{ database, audit, users, passwords, sessions, access, signatures },
    rateLimits: new RateLimits({ database }),
    box: new SecretBox(Buffer.alloc(32, 9)),
    mail: {
      send: async (_ctx: TenantContext, mail: Mail) => {
        mails.push(mail);
        return '';
      },
    } as never,
    jobs: { enqueue: async () => '' } as never,
    entitlements: { claim: async () => undefined } as never,
    issuer: 'Test',
    links: new OutsideLinks({ development: true, port: 8000, mainDomain: () => null }),
  });

  const platform = (code: string): PlatformRecord => ({
    ...GLOBAL_PLATFORM,
    id: uuidv7(NOW),
    code,
    name: code,
    host: code,
  });
  const merchant = (name: string): MerchantRecord => ({ id: uuidv7(NOW), name });
  const oms = platform('oms'),
    loyalty = platform('loyalty');
  const acme = merchant('Acme'),
    techpro = merchant('TechPro');
  const store = (code: string, of: MerchantRecord, on: PlatformRecord): StoreRecord => ({
    id: uuidv7(NOW),
    merchantId: of.id,
    platformId: on.id,
    code,
    name: code,
    status: 'active',
    isActiveOnPlatform: true,
    subdomain: code,
    primaryDomain: null,
    defaultLanguage: 'en',
    languages: ['en'],
    theme: on.theme,
    merchant: of,
    tierCode: null,
  });
  const acmeShop = store('acme', acme, oms),
    acmeEsch = store('acme-esch', acme, oms),
    techproShop = store('techpro', techpro, oms);

  const context = (over: Partial<TenantContext> = {}): TenantContext => ({
    platform: oms,
    merchant: over.store?.merchant ?? null,
    store: null,
    actor: { kind: 'system', name: 'test' } satisfies Actor,
    surface: 'job',
    language: 'en',
    now: clock.now(),
    requestId: 'request-1',
    snapshot: { key: 'test', isOn: () => true },
    links: { to: () => '', api: () => '', canonical: () => '' },
    tx: null,
    ...over,
  });
  const inMerchant = (of: MerchantRecord, sql: string, values: unknown[]) =>
    database.unit(context({ merchant: of }), ({ tx }) => tx.query(sql, values));

  for (const on of [oms, loyalty]) {
    await database.unit(context({ platform: on }), ({ tx }) =>
      tx.query(
        `insert into core_platform (id, code, name, host, default_language, languages, theme, created_at, updated_at)
       values ($1, $2, $2, $2, 'en', '{en}', '{}', $3, $3)`,
        [on.id, on.code, NOW],
      ),
    );
  }
  for (const of of [acme, techpro]) {
    await inMerchant(
      of,
      `insert into core_merchant (id, legal_name, display_name, country, email, created_at, updated_at)
      values ($1, $2, $2, 'LU', 'x@example.org', $3, $3)`,
      [of.id, of.name, NOW],
    );
  }
  const enrol = (of: MerchantRecord, on: PlatformRecord) =>
    database.unit(context({ platform: on, merchant: of }), ({ tx }) =>
      tx.query(
        'insert into core_merchant_platform (merchant_id, platform_id, joined_at) values ($1, $2, $3)',
        [of.id, on.id, NOW],
      ),
    );
  await enrol(acme, oms);
  await enrol(acme, loyalty);
  await enrol(techpro, oms);
  for (const { id, merchantId, code, merchant: of } of [acmeShop, acmeEsch, techproShop]) {
    await inMerchant(
      of,
      `insert into core_store (merchant_id, id, code, name, status, default_language, languages, created_at, updated_at)
      values ($1, $2, $3, $3, 'active', 'en', '{en}', $4, $4)`,
      [merchantId, id, code, NOW],
    );
  }
  const join = (shop: StoreRecord, on: PlatformRecord) =>
    inMerchant(
      shop.merchant,
      'insert into core_store_platform (merchant_id, store_id, platform_id, subdomain, is_active, is_primary, joined_at) values ($1, $2, $3, $4, true, $5, $6)',
      [shop.merchantId, shop.id, on.id, shop.code, on === oms, NOW],
    );
  await join(acmeShop, oms);
  await join(acmeEsch, oms);
  await join(acmeEsch, loyalty);
  await join(techproShop, oms);

  return {
    db,
    database,
    clock,
    counts,
    passwords,
    sessions,
    limits,
    access,
    users,
    authentication,
    /** Signs in where no second step is set up. */
    signIn: async (request: LoginRequest): Promise<SignedIn> => {
      const result = await authentication.login(request);
      if (result.kind !== 'signed-in') throw new Error('a second step is asked');
      return result;
    },
    people,
    mails,
    identity: new Identity({ sessions }),
    audit,
    oms,
    loyalty,
    global: GLOBAL_PLATFORM,
    acme,
    techpro,
    acmeShop,
    acmeEsch,
    techproShop,
    context,
    inMerchant,
    user: (email: string, isSuperAdmin = false) =>
      users.create({ email, name: email, password: PASSWORD, isSuperAdmin }, clock.now()),
    makeAdmin: (userId: string, on: PlatformRecord) =>
      database.unit(context({ platform: on }), ({ tx }) =>
        tx.query('insert into core_platform_admin (platform_id, user_id, created_at) values ($1, $2, $3)', [
          on.id,
          userId,
          NOW,
        ]),
      ),
    makeOwner: (userId: string, of: MerchantRecord) =>
      inMerchant(
        of,
        'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3)',
        [of.id, userId, NOW],
      ),
    makeMember: (userId: string, shop: StoreRecord, role: string, roleId: string | null = null) =>
      inMerchant(
        shop.merchant,
        'insert into core_store_member (merchant_id, store_id, user_id, role_code, role_id, created_at) values ($1, $2, $3, $4, $5, $6)',
        [shop.merchantId, shop.id, userId, role, roleId, NOW],
      ),
    customer: async (email: string, shop: StoreRecord, on: PlatformRecord = oms) => {
      const id = uuidv7(NOW),
        hash = await passwords.hash(PASSWORD);
      await database.unit(context({ platform: on, merchant: shop.merchant }), ({ tx }) =>
        tx.query(
          `insert into core_customer (merchant_id, store_id, platform_id, id, email, name, password_hash, created_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)`,
          [shop.merchantId, shop.id, on.id, id, email, hash, NOW],
        ),
      );
      return id;
    },
    close: () => db.drop(),
  };
};

export type IdentityWorld = Awaited<ReturnType<typeof openIdentity>>;
