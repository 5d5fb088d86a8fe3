import { openIdentity } from '../../../core/src/identity/identity.fixture.js';
import { coreMigrations } from '../../../core/src/builtin/core/plugin.js';
import { installJobSchema, JOB_SCHEMA_REVISION } from '../../../core/src/jobs/installJobSchema.js';
import { EntitlementStore } from '../../../core/src/modules/entitlements/EntitlementStore.js';
import { Entitlements } from '../../../core/src/modules/entitlements/Entitlements.js';
import { featureCatalog } from '../../../core/src/modules/entitlements/FeatureCatalog.js';
import { Tiers } from '../../../core/src/modules/entitlements/Tiers.js';
import { EventBus } from '../../../core/src/events/EventBus.js';
import { PageCache } from '../../../core/src/modules/pageCache/PageCache.js';
import type {
  MerchantRecord,
  PlatformRecord,
  StoreContext,
  StoreRecord,
  TenantContext,
} from '@wizamart/core';
import { cms } from '../src/plugin.js';
import { PageJournal } from '../src/services/PageJournal.js';
import { PageLimits } from '../src/services/PageLimits.js';
import { PageMenu } from '../src/services/PageMenu.js';
import { PageSeeder } from '../src/services/PageSeeder.js';
import { PlatformPages } from '../src/services/PlatformPages.js';
import { PublicPages } from '../src/services/PublicPages.js';
import { Sitemap } from '../src/services/Sitemap.js';
import { StorePages } from '../src/services/StorePages.js';

const SETS = [
  { plugin: 'core', migrations: coreMigrations },
  { plugin: 'cms', migrations: cms.migrations },
];

/** A bus of one process that hears itself. */
class OwnBus {
  readonly isConnected = true;
  publish = (): Promise<void> => Promise.resolve();
  on = (): void => undefined;
  onGap = (): void => undefined;
}

export async function openWorld() {
  const world = await openIdentity({
    sets: SETS,
    prepare: { key: `jobs-${JOB_SCHEMA_REVISION}`, run: installJobSchema },
    config: { poolSize: 24 },
  });
  const { database, clock, audit } = world;
  const bus = new OwnBus() as never;
  const store = new EntitlementStore({ database, bus });
  const entitlements = new Entitlements({
    store,
    catalog: featureCatalog([cms]),
    defaultTierOf: () => undefined,
  });
  const tiers = new Tiers({ database, store, audit, tenants: { changed: () => Promise.resolve() } } as never);
  const pageCache = new PageCache({ bus, clock });
  const journal = new PageJournal({ audit, events: new EventBus(), pageCache });
  const limits = new PageLimits({ entitlements });
  const tenants = { platforms: () => [world.oms, world.loyalty] } as never;
  const snapshot = { key: 'test', isOn: () => true, subscribers: () => [] };
  const links = {
    to: (surface: string, path: string) => `/${surface}${path}`,
    api: (path: string) => path,
    canonical: (path: string) => path,
  };

  const onPlatform = (
    platform: PlatformRecord = world.oms,
    over: Partial<TenantContext> = {},
  ): TenantContext =>
    world.context({ platform, snapshot, links, surface: 'admin', ...over } as Partial<TenantContext>);
  const inStore = (shop: StoreRecord = world.acmeShop, over: Partial<TenantContext> = {}): StoreContext =>
    world.context({
      store: shop,
      snapshot,
      links,
      surface: 'store',
      ...over,
    } as Partial<TenantContext>) as StoreContext;
  /** What a visitor of a store, or of a platform, sends. */
  const visitor = (ctx: TenantContext): TenantContext => ({
    ...ctx,
    actor: { kind: 'anonymous' },
    surface: ctx.store ? 'storefront' : 'platform',
  });

  const asTier = async (
    merchant: MerchantRecord,
    code: string | null,
    platform: PlatformRecord = world.oms,
  ): Promise<void> => tiers.assign(onPlatform(platform), merchant, code);

  return {
    ...world,
    bus,
    entitlements,
    tiers,
    pageCache,
    journal,
    snapshot,
    links,
    platformPages: new PlatformPages({ database, tenants, journal }),
    storePages: new StorePages({ database, entitlements, journal, limits }),
    publicPages: new PublicPages({ database }),
    pageMenu: new PageMenu({ database, pageCache }),
    sitemap: new Sitemap({ database }),
    seeder: new PageSeeder({ database, journal }),
    onPlatform,
    inStore,
    visitor,
    asTier,
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export const body = (text: string) => [{ type: 'richText' as const, html: `<p>${text}</p>` }];
