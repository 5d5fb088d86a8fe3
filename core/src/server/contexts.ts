import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.js';
import type { Database } from '../database/Database.js';
import { NotFound } from '../errors/common.js';
import type { ContextFactory, JobTenant, ScheduledPlatforms } from '../jobs/ContextFactory.js';
import type { Clock } from '../kernel/clock.js';
import type {
  Actor,
  Language,
  MerchantRecord,
  PlatformRecord,
  StoreRecord,
  TenantContext,
} from '../kernel/context.js';
import type { ModuleStates } from '../modules/enablement/ModuleStates.js';
import type { Directory } from '../tenancy/Directory.js';
import { GLOBAL_PLATFORM, MAIN_PLATFORM_CODE } from '../tenancy/globalPlatform.js';
import { makeLinks, outsideBase } from '../tenancy/links.js';

/** Makes contexts for work that no request asked for: jobs, commands, first content. */
export class Contexts implements ContextFactory, ScheduledPlatforms {
  constructor(
    private readonly deps: {
      readonly config: Config;
      readonly clock: Clock;
      readonly database: Database;
      readonly states: ModuleStates;
      readonly tenants: Directory;
    },
  ) {}

  /** A context of a platform, or of one of its stores, in which the system itself acts. */
  forSystem(name: string, platform: PlatformRecord, store: StoreRecord | null = null): TenantContext {
    return this.#make({ kind: 'system', name }, platform, store?.merchant ?? null, store, null, 'cli');
  }

  async forJob({ platformId, merchantId, storeId, language, name }: JobTenant): Promise<TenantContext> {
    const platform =
      platformId === GLOBAL_PLATFORM.id ? GLOBAL_PLATFORM : this.deps.tenants.platformById(platformId);
    if (!platform) throw new NotFound({ what: `The platform ${platformId} of this job` });
    const store = storeId === null ? null : await this.deps.tenants.storeById(platform, storeId);
    if (storeId !== null && !store) throw new NotFound({ what: `The store ${storeId} of this job` });
    const merchant = store?.merchant ?? (merchantId === null ? null : await this.#merchant(merchantId));
    return this.#make({ kind: 'system', name }, platform, merchant, store, language, 'job');
  }

  all(): { readonly id: string; isOn(module: string): boolean }[] {
    return this.deps.tenants
      .platforms()
      .filter(({ isActive }) => isActive)
      .map(({ id }) => ({ id, isOn: (module) => this.deps.states.snapshotOf(id).isOn(module) }));
  }

  async #merchant(id: string): Promise<MerchantRecord> {
    const [row] = await this.deps.database.system((tx) =>
      tx.query<{ id: string; name: string }>(
        'select id, display_name as name from core_merchant where id = $1',
        [id],
      ),
    );
    if (!row) throw new NotFound({ what: `The merchant ${id} of this job` });
    return row;
  }

  #make(
    actor: Actor,
    platform: PlatformRecord,
    merchant: MerchantRecord | null,
    store: StoreRecord | null,
    language: Language | null,
    surface: 'job' | 'cli',
  ): TenantContext {
    const { config, clock, states, tenants } = this.deps;
    const development = config.environment !== 'production';
    const base = outsideBase({
      development,
      secure: !development,
      port: development ? `:${config.port}` : '',
      mainDomain: tenants.platformByCode(MAIN_PLATFORM_CODE)?.domain ?? null,
    });
    const spoken = language ?? (store ?? platform).defaultLanguage;
    return {
      platform,
      merchant,
      store,
      actor,
      surface,
      language: spoken,
      now: clock.now(),
      requestId: randomUUID(),
      snapshot: states.snapshotOf(platform.id),
      links: makeLinks({ platform, store, surface: store ? 'storefront' : 'platform', base }, spoken),
      tx: null,
    };
  }
}
