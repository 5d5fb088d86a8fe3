import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import { MAIN_PLATFORM_CODE } from '../globalPlatform.js';
import { parseHost } from '../hostName.js';
import type { Directory, TenantChange } from '../Directory.js';

interface HostRow {
  readonly store_id: string;
  readonly platform_id: string;
  readonly subdomain: string | null;
  readonly domain: string | null;
}

/** Host names of stores that are open, or closed for a while: a subdomain, and each active domain. */
const HOSTS = `select p.store_id, p.platform_id, p.subdomain, null as domain
    from core_store_platform p join core_store s on s.merchant_id = p.merchant_id and s.id = p.store_id
    where p.is_active and s.status <> 'inactive' and ($1::uuid is null or p.store_id = $1)
  union all
  select d.store_id, d.platform_id, null, d.domain
    from core_store_domain d join core_store s on s.merchant_id = d.merchant_id and s.id = d.store_id
    join core_store_platform p on p.merchant_id = d.merchant_id and p.store_id = d.store_id and p.platform_id = d.platform_id
    where d.status = 'active' and p.is_active and s.status <> 'inactive' and ($1::uuid is null or d.store_id = $1)`;

const TRIES = 5;

/**
 * All host names that are served here, from memory: who asks for one that is not costs nothing.
 *
 * For proxies that get certificates on demand and must be told for which names. About 150 bytes a store.
 */
export class ServedHosts {
  /** Domain, or `platform id/subdomain` → platform and store. */
  #hosts = new Map<string, { readonly platformId: string; readonly storeId: string }>();
  #keysOf = new Map<string, string[]>();
  #reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: {
      readonly database: Pick<Database, 'system'>;
      readonly bus: Bus;
      readonly tenants: Pick<Directory, 'platformByDomain' | 'platformById'>;
    },
  ) {
    deps.bus.on('core.tenants', (payload) => {
      const { kind, id } = payload as TenantChange;
      // Platforms are asked in their own memory, and a merchant has no host name.
      return kind === 'store' ? this.#next(() => this.#readStore(id)) : undefined;
    });
    deps.bus.onGap(() => this.load());
  }

  /** How many names of stores are known. */
  get size(): number {
    return this.#hosts.size;
  }

  /** Reads all names anew. */
  load(): Promise<void> {
    return this.#next(async () => {
      const rows = await this.#read(null);
      this.#hosts = new Map();
      this.#keysOf = new Map();
      this.#add(rows);
    });
  }

  /** Whether pages are answered under a host name, as somebody typed it. Asks no database. */
  has(typed: string): boolean {
    const name = nameOf(typed);
    if (name === undefined) return false;
    const { tenants } = this.deps;
    const platform = tenants.platformByDomain(name);
    if (platform) return platform.isActive;
    const dot = name.indexOf('.');
    const [label, parent] = [name.slice(0, dot), name.slice(dot + 1)];
    const above = tenants.platformByDomain(parent);
    if (above) {
      // The provider's own administration is there whatever becomes of its site.
      if (label === 'admin') return above.isActive || above.code === MAIN_PLATFORM_CODE;
      return above.isActive && (label === 'www' || this.#isOpen(`${above.id}/${label}`));
    }
    return this.#isOpen(name) || (label === 'www' && this.#isOpen(parent));
  }

  #isOpen(key: string): boolean {
    const host = this.#hosts.get(key);
    return host !== undefined && this.deps.tenants.platformById(host.platformId)?.isActive === true;
  }

  /** One after the other: an older answer must not come after a newer one. */
  #next(work: () => Promise<void>): Promise<void> {
    return (this.#reading = this.#reading.catch(() => undefined).then(work));
  }

  async #readStore(id: string): Promise<void> {
    const rows = await this.#read(id);
    for (const key of this.#keysOf.get(id) ?? []) this.#hosts.delete(key);
    this.#keysOf.delete(id);
    this.#add(rows);
  }

  #add(rows: readonly HostRow[]): void {
    for (const { store_id: storeId, platform_id: platformId, subdomain, domain } of rows) {
      const key = domain ?? `${platformId}/${subdomain}`;
      this.#hosts.set(key, { platformId, storeId });
      const keys = this.#keysOf.get(storeId);
      if (keys) keys.push(key);
      else this.#keysOf.set(storeId, [key]);
    }
  }

  async #read(storeId: string | null): Promise<HostRow[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.deps.database.system((tx) => tx.query<HostRow & object>(HOSTS, [storeId]));
      } catch (error) {
        if (attempt === TRIES) throw error;
        await pause(attempt * 200);
      }
    }
  }
}

/** In the spelling that is looked for; undefined for what is no host name of ours: addresses, single labels, rubbish. */
function nameOf(typed: string): string | undefined {
  if (typed.length > 253) return undefined;
  try {
    const { name, port, isAddress } = parseHost(typed);
    return isAddress || port !== '' || !name.includes('.') ? undefined : name;
  } catch {
    return undefined;
  }
}
