import type { PlatformRecord, TenantContext } from '../../kernel/context.js';
import { asMerchant, asStore } from '../asTenant.js';
import { Domains } from '../services/Domains.js';
import { Merchants } from '../services/Merchants.js';
import { Stores } from '../services/Stores.js';
import type { TenancyParts } from '../services/TenancyParts.js';
import { THEME_PRESETS } from '../theme/presets.js';
import { DEMO_LANGUAGES, DEMO_MERCHANTS, type DemoMerchant, type DemoStore } from './demoTenants.js';

/** Makes contexts in which the system itself acts. */
interface SystemContexts {
  forSystem(name: string, platform: PlatformRecord): TenantContext;
}

/**
 * Brings the demo merchants, their stores and domains, as far as their platforms are there.
 *
 * May be run any number of times, by several processes: a store that exists, by its code, stays as it is.
 */
export async function seedDemoTenants(parts: TenancyParts, contexts: SystemContexts): Promise<void> {
  await parts.database.system(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('core.demo.tenants', 0))");
    for (const merchant of DEMO_MERCHANTS) await new DemoSeeder(parts, contexts).bring(merchant);
  });
}

class DemoSeeder {
  readonly #merchants: Merchants;
  readonly #stores: Stores;

  constructor(
    private readonly parts: TenancyParts,
    private readonly contexts: SystemContexts,
  ) {
    this.#merchants = new Merchants(parts);
    this.#stores = new Stores(parts);
  }

  async bring(demo: DemoMerchant): Promise<void> {
    const here = demo.stores.filter((store) => store.platforms.some((code) => this.#platform(code)));
    if (here.length === 0) return;
    const merchant = (await this.#known(demo.stores)) ?? (await this.#create(demo));
    for (const [code, tier] of Object.entries(demo.tiers)) {
      const platform = this.#platform(code);
      if (platform) await this.#merchants.joinPlatform(asMerchant(this.#context(platform), merchant), tier);
    }
    for (const store of here) await this.#bringStore(merchant, store);
  }

  async #bringStore(merchant: { id: string; name: string }, demo: DemoStore): Promise<void> {
    const platforms = demo.platforms
      .map((code) => this.#platform(code))
      .filter((platform) => platform !== undefined);
    const [first] = platforms;
    if (!first) return;
    const ctx = asMerchant(this.#context(first), merchant);
    const known = await this.parts.tenants.storeAnywhere(demo.code);
    const { id } =
      known ??
      (await this.#stores.create(ctx, {
        code: demo.code,
        name: demo.name,
        ...DEMO_LANGUAGES,
        theme: demo.theme && THEME_PRESETS[demo.theme],
      }));
    for (const platform of platforms) {
      // Where it was once, it stays as its merchant left it.
      if (await this.parts.tenants.storeById(platform, id)) continue;
      await this.#stores.joinPlatform(asMerchant(this.#context(platform), merchant), id);
    }
    if (demo.domain && !known) await this.#bringDomain(ctx, first, id, demo.domain);
  }

  /** Through the front door, with name servers that know the answer. */
  async #bringDomain(
    ctx: TenantContext,
    platform: PlatformRecord,
    storeId: string,
    domain: string,
  ): Promise<void> {
    const store = await this.parts.tenants.storeById(platform, storeId);
    if (!store) return;
    let token = '';
    const domains = new Domains({
      ...this.parts,
      resolveTxt: async () => [[token]],
      entitlement: { has: async () => true, require: async () => undefined },
    });
    const added = await domains.add(asStore(ctx, store), domain);
    token = added.token;
    await domains.verify(asStore(ctx, store), added.id);
  }

  async #create({ facts, tiers }: DemoMerchant): Promise<{ id: string; name: string }> {
    const platform = Object.keys(tiers)
      .map((code) => this.#platform(code))
      .find((found) => found !== undefined) as PlatformRecord;
    const { id, displayName } = await this.#merchants.create(
      this.#context(platform),
      facts,
      tiers[platform.code] ?? null,
    );
    return { id, name: displayName };
  }

  async #known(stores: readonly DemoStore[]): Promise<{ id: string; name: string } | undefined> {
    for (const { code } of stores) {
      const store = await this.parts.tenants.storeAnywhere(code);
      if (store) return store.merchant;
    }
    return undefined;
  }

  #platform(code: string): PlatformRecord | undefined {
    return this.parts.tenants.platformByCode(code);
  }

  #context(platform: PlatformRecord): TenantContext {
    return this.contexts.forSystem('core.demo', platform);
  }
}
