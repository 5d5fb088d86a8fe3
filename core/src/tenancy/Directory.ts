import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '../database/Bus.js';
import type { Database } from '../database/Database.js';
import type { Statement, Transaction } from '../database/unitOfWork.js';
import { isUuid } from '../database/uuid.js';
import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import { HostCache } from './address/HostCache.js';
import type { Found, TenantLookup } from './address/TenantLookup.js';
import { PlatformMemory } from './directory/PlatformMemory.js';
import { ALL_PLATFORMS, platformRecord, type PlatformRow } from './directory/platformRows.js';
import { storeKey, StoreMemory } from './directory/StoreMemory.js';
import { STORE_STATEMENTS, storeRecord, type StoreRow } from './directory/storeRows.js';
import { ThemeMemory } from './directory/ThemeMemory.js';

/** What changed, as far as look-ups are concerned. */
export type TenantChange =
  | { readonly kind: 'platform'; readonly id: string }
  | { readonly kind: 'merchant'; readonly id: string }
  | { readonly kind: 'store'; readonly id: string };

const TENANTS_CHANGED = 'core.tenants';
const MODULES_CHANGED = 'modules';
const ENTITLEMENTS_CHANGED = 'core.entitlements';

/** Keys kept; a store takes up to four of them and about 2 kB. */
const MAX_STORE_KEYS = 80_000;
const LOAD_ATTEMPTS = 10;

/**
 * Platforms and stores from memory: which tenant a host or path belongs to.
 *
 * Platforms are all there; stores are loaded when first asked for. Every change is told to all processes and drops
 * what it concerns; after a gap in the connection everything is dropped.
 */
export class Directory implements TenantLookup {
  readonly hosts = new HostCache();
  /** Marks this process's own messages: what they tell was dropped here when the transaction ended. */
  readonly #self = randomUUID();
  readonly #database: Database;
  readonly #bus: Bus;
  readonly #platforms = new PlatformMemory();
  readonly #stores: StoreMemory;
  readonly #themes = new ThemeMemory();
  #loading: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  constructor({
    database,
    bus,
    maxStoreKeys = MAX_STORE_KEYS,
  }: {
    database: Database;
    bus: Bus;
    maxStoreKeys?: number;
  }) {
    this.#database = database;
    this.#bus = bus;
    this.#stores = new StoreMemory(maxStoreKeys);
    bus.on(TENANTS_CHANGED, (payload) => {
      const { by, ...change } = payload as TenantChange & { by: string };
      return by === this.#self ? undefined : this.#apply(change as TenantChange);
    });
    // A platform's revision, and a merchant's tier, are written by others.
    bus.on(MODULES_CHANGED, () => this.#loadPlatforms());
    bus.on(ENTITLEMENTS_CHANGED, (payload) =>
      this.#apply({ kind: 'merchant', id: (payload as { merchantId: string }).merchantId }),
    );
    bus.onGap(() => this.#loadUntilDone());
  }

  /** Reads all platforms and drops all stores. Calls while one waits to begin share it. */
  load(): Promise<void> {
    return (this.#waiting ??= this.#loading =
      this.#loading
        .catch(() => undefined)
        .then(() => {
          this.#waiting = undefined;
          return this.#load();
        }));
  }

  /** Tells all processes when the transaction commits; this one has dropped it before the unit of work returns. */
  async changed(tx: Transaction, change: TenantChange): Promise<void> {
    await this.#bus.publish(tx, TENANTS_CHANGED, { ...change, by: this.#self });
    tx.afterCommit(() => this.#apply(change));
  }

  platforms(): readonly PlatformRecord[] {
    return this.#platforms.all();
  }

  platformById(id: string): PlatformRecord | undefined {
    return this.#platforms.byId(id);
  }

  platformByCode(code: string): PlatformRecord | undefined {
    return this.#platforms.byCode(code);
  }

  platformByDomain(domain: string): PlatformRecord | undefined {
    return this.#platforms.byDomain(domain);
  }

  storeById(platform: PlatformRecord, id: string): Found<StoreRecord> {
    return isUuid(id) ? this.#onPlatform('id', platform, id.toLowerCase()) : null;
  }

  storeByCode(platform: PlatformRecord, code: string): Found<StoreRecord> {
    return this.#onPlatform('code', platform, code);
  }

  storeBySubdomain(platform: PlatformRecord, subdomain: string): Found<StoreRecord> {
    return this.#onPlatform('subdomain', platform, subdomain);
  }

  storeByDomain(domain: string): Found<StoreRecord> {
    return this.#stores.get(`domain ${domain}`, () => this.#find(STORE_STATEMENTS.domain, [domain]));
  }

  storeAnywhere(code: string): Found<StoreRecord> {
    return this.#stores.get(`anywhere ${code}`, () => this.#find(STORE_STATEMENTS.anywhere, [code]));
  }

  #onPlatform(
    kind: 'id' | 'code' | 'subdomain',
    platform: PlatformRecord,
    value: string,
  ): Found<StoreRecord> {
    return this.#stores.get(storeKey(kind, platform.id, value), () =>
      this.#find(STORE_STATEMENTS[kind], [platform.id, value]),
    );
  }

  async #find(statement: Statement, values: readonly string[]): Promise<StoreRecord | null> {
    const [row] = await this.#database.system((tx) => tx.query<StoreRow & object>(statement, values));
    return row ? storeRecord(row, this.#platforms.byId(row.platform_id), this.#themes) : null;
  }

  async #load(): Promise<void> {
    this.#stores.clear();
    await this.#loadPlatforms();
    // Once more: a store loaded meanwhile may carry the theme that its platform had before.
    this.#stores.clear();
  }

  async #loadPlatforms(): Promise<void> {
    const rows = await this.#database.system((tx) => tx.query<PlatformRow & object>(ALL_PLATFORMS));
    this.#platforms.replace(rows.map((row) => platformRecord(row, this.#themes)));
    this.hosts.clear();
  }

  /** After a gap nothing in memory can be trusted, and the database may need a moment more. */
  async #loadUntilDone(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.load();
      } catch (error) {
        if (attempt === LOAD_ATTEMPTS) throw error;
        await pause(attempt * 200);
      }
    }
  }

  #apply({ kind, id }: TenantChange): void | Promise<void> {
    if (kind === 'platform') return this.#loadUntilDone();
    this.#stores.forget(kind === 'store' ? (store) => store.id === id : (store) => store.merchantId === id);
    this.hosts.clear();
  }
}
