import { uuidv7 } from '../database/uuid.js';
import { actorFor } from '../identity/actorFor.js';
import type { Grants } from '../identity/grants.js';
import type {
  Actor,
  Language,
  MerchantRecord,
  PlatformRecord,
  StoreContext,
  StoreRecord,
  TenantContext,
} from '../kernel/context.js';
import type { RunningServer } from '../server/startServer.js';
import { asMerchant } from '../tenancy/asTenant.js';
import { THEME_PRESETS } from '../tenancy/theme/presets.js';

type OneOrMore<Value> = Value | readonly Value[];

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isSuperAdmin: boolean;
  readonly adminOf: readonly PlatformRecord[];
  readonly ownerOf: readonly MerchantRecord[];
  readonly memberOf: readonly Membership[];
}

interface Membership {
  readonly store: StoreRecord;
  /** `manager`, `staff`, or permissions of a role made for it. */
  readonly role: 'manager' | 'staff' | readonly string[];
}

export interface TestUserOptions {
  readonly email?: string;
  readonly name?: string;
  /** Left out: signs in only by `server.signIn`. */
  readonly password?: string;
  readonly superAdmin?: boolean;
  readonly adminOf?: OneOrMore<PlatformRecord | string>;
  readonly ownerOf?: OneOrMore<MerchantRecord>;
  readonly memberOf?: OneOrMore<Membership>;
}

export interface TestCustomer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface TestContextOptions {
  readonly platform?: PlatformRecord | string;
  readonly merchant?: MerchantRecord;
  readonly store?: StoreRecord;
  /** Default: the system itself. A user acts with what they were given when they were made. */
  readonly actor?: Actor | TestUser;
  readonly surface?: TenantContext['surface'];
  readonly language?: Language;
}

let count = 0;
const next = (word: string): string => `${word}-${++count}`;

/** Makes platforms' tenants and people through the real services, and contexts to call services with. */
export class TestTenants {
  readonly #server: RunningServer;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  /** A platform by its code; default: the first. */
  platform(code?: string): PlatformRecord {
    const { tenants } = this.#server.parts;
    const found = code === undefined ? tenants.platforms()[0] : tenants.platformByCode(code);
    if (!found)
      throw new Error(
        `no platform '${code ?? ''}': there are ${tenants
          .platforms()
          .map((platform) => platform.code)
          .join(', ')}`,
      );
    return found;
  }

  /** A client of a platform. @param tier left out: the host's default */
  async merchant({
    platform,
    tier = null,
    name = next('merchant'),
  }: {
    readonly platform?: PlatformRecord | string;
    readonly tier?: string | null;
    readonly name?: string;
  } = {}): Promise<MerchantRecord> {
    const { id, displayName } = await this.#server.parts.merchants.create(
      this.context({ ...(platform === undefined ? {} : { platform }) }),
      {
        legalName: `${name} S.à r.l.`,
        displayName: name,
        country: 'LU',
        email: `${name}@example.org`,
      },
      tier,
    );
    return { id, name: displayName };
  }

  /** A store on one platform or several; the record is as it stands on the first. Without a merchant it gets a new one. */
  async store({
    merchant,
    platforms,
    platform,
    code = next('store'),
    tier,
    languages = ['en', 'fr', 'de'],
  }: {
    readonly merchant?: MerchantRecord;
    readonly platforms?: readonly (PlatformRecord | string)[];
    readonly platform?: PlatformRecord | string;
    readonly code?: string;
    readonly tier?: string;
    readonly languages?: readonly Language[];
  } = {}): Promise<StoreRecord> {
    const { stores, tenants } = this.#server.parts;
    const [first, ...others] = (platforms ?? [platform ?? this.platform()]).map((one) =>
      this.#platform(one),
    ) as [PlatformRecord, ...PlatformRecord[]];
    const owner =
      merchant ?? (await this.merchant({ platform: first, ...(tier === undefined ? {} : { tier }) }));
    const { id } = await stores.create(asMerchant(this.context({ platform: first }), owner), {
      code,
      name: `Store ${code}`,
      defaultLanguage: languages[0] ?? 'en',
      languages: [...languages],
      theme: THEME_PRESETS.fresh,
    });
    for (const other of others)
      await stores.joinPlatform(asMerchant(this.context({ platform: other }), owner), id);
    return (await tenants.storeById(first, id)) as StoreRecord;
  }

  /** A store as it stands on another of its platforms. */
  async storeOn(store: StoreRecord, platform: PlatformRecord | string): Promise<StoreRecord> {
    const on = this.#platform(platform);
    const found = await this.#server.parts.tenants.storeById(on, store.id);
    if (!found) throw new Error(`the store '${store.code}' is not on the platform '${on.code}'`);
    return found;
  }

  /** A person who may do what is named; nothing otherwise. */
  async user({
    email,
    name = next('user'),
    password,
    superAdmin = false,
    adminOf = [],
    ownerOf = [],
    memberOf = [],
  }: TestUserOptions = {}): Promise<TestUser> {
    const { users, clock } = this.#server.parts;
    const { id } = await users.create(
      {
        email: email ?? `${name}@example.org`,
        name,
        isSuperAdmin: superAdmin,
        ...(password === undefined ? {} : { password }),
      },
      clock.now(),
    );
    const user: TestUser = {
      id,
      name,
      email: email ?? `${name}@example.org`,
      isSuperAdmin: superAdmin,
      adminOf: list(adminOf).map((platform) => this.#platform(platform)),
      ownerOf: list(ownerOf),
      memberOf: list(memberOf),
    };
    for (const platform of user.adminOf) {
      await this.#insert(
        this.context({ platform }),
        'insert into core_platform_admin (platform_id, user_id, created_at) values ($1, $2, $3)',
        [platform.id, id],
      );
    }
    for (const merchant of user.ownerOf) {
      await this.#insert(
        this.context({ merchant }),
        'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3)',
        [merchant.id, id],
      );
    }
    for (const membership of user.memberOf) await this.#member(id, membership);
    return user;
  }

  /** A customer of one store on its platform. */
  async customer({
    store,
    name = next('customer'),
    password,
  }: {
    readonly store: StoreRecord;
    readonly name?: string;
    readonly password?: string;
  }): Promise<TestCustomer> {
    const { clock, passwords } = this.#server.parts;
    const id = uuidv7(clock.now());
    const email = `${name}@example.org`;
    const hash = password === undefined ? null : await passwords.hash(password);
    const platform = this.#server.parts.tenants.platformById(store.platformId) as PlatformRecord;
    await this.#insert(
      this.context({ platform, merchant: store.merchant }),
      `insert into core_customer (merchant_id, store_id, created_at, platform_id, id, email, name, password_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [store.merchantId, store.id],
      [store.platformId, id, email, name, hash],
    );
    return { id, email, name };
  }

  /** A context to call services with. A store brings its merchant and, unless another is named, its platform. */
  context(options: TestContextOptions & { readonly store: StoreRecord }): StoreContext;
  context(options?: TestContextOptions): TenantContext;
  context({ platform, merchant, store, actor, surface, language }: TestContextOptions = {}): TenantContext {
    const { contexts, parts } = this.#server;
    const on =
      platform !== undefined
        ? this.#platform(platform)
        : ((store && parts.tenants.platformById(store.platformId)) ?? this.platform());
    const ctx = contexts.forSystem('test', on, store ?? null);
    const whole: TenantContext = {
      ...ctx,
      merchant: store?.merchant ?? merchant ?? null,
      ...(surface === undefined ? {} : { surface }),
      ...(language === undefined ? {} : { language }),
    };
    return actor === undefined
      ? whole
      : { ...whole, actor: 'kind' in actor ? actor : this.#actor(whole, actor) };
  }

  #actor({ platform, store, surface }: TenantContext, user: TestUser): Actor {
    const membership = user.memberOf.find((one) => one.store.id === store?.id);
    const grants: Grants = {
      isSuperAdmin: user.isSuperAdmin,
      adminOf: user.adminOf.map(({ id }) => id),
      ownerOf: user.ownerOf.map(({ id }) => id),
      membership: membership
        ? {
            storeId: membership.store.id,
            roleCode: typeof membership.role === 'string' ? membership.role : 'custom',
            permissions: typeof membership.role === 'string' ? [] : membership.role,
          }
        : null,
    };
    const audience = surface === 'admin' || !store ? 'admin' : 'store';
    const { states, clock } = this.#server.parts;
    const actor = actorFor(
      {
        id: uuidv7(clock.now()),
        audience,
        lastSeenAt: clock.now(),
        expiresAt: clock.now(),
        person: { id: user.id, email: user.email, name: user.name, language: null },
        grants,
      },
      states.snapshotOf(platform.id).permissions,
      platform,
      store,
    );
    if (!actor)
      throw new Error(
        `${user.name} has no business on ${store ? `the store '${store.code}'` : `the platform '${platform.code}'`}`,
      );
    return actor;
  }

  async #member(userId: string, { store, role }: Membership): Promise<void> {
    const ctx = this.context({ merchant: store.merchant });
    let roleId: string | null = null;
    if (typeof role !== 'string') {
      roleId = uuidv7(ctx.now);
      await this.#insert(
        ctx,
        'insert into core_role (merchant_id, id, created_at, name, permissions) values ($1, $2, $3, $4, $5)',
        [store.merchantId, roleId],
        [next('role'), role],
      );
    }
    await this.#insert(
      ctx,
      'insert into core_store_member (merchant_id, user_id, created_at, store_id, role_code, role_id) values ($1, $2, $3, $4, $5, $6)',
      [store.merchantId, userId],
      [store.id, roleId === null ? role : 'custom', roleId],
    );
  }

  #insert(
    ctx: TenantContext,
    sql: string,
    [a, b]: readonly [unknown, unknown],
    rest: readonly unknown[] = [],
  ): Promise<unknown> {
    return this.#server.parts.database.unit(ctx, ({ tx }) => tx.query(sql, [a, b, ctx.now, ...rest]));
  }

  #platform(platform: PlatformRecord | string): PlatformRecord {
    return typeof platform === 'string' ? this.platform(platform) : platform;
  }
}

const list = <Value>(value: OneOrMore<Value>): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
