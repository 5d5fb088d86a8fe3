import type {
  MerchantRecord,
  PlatformRecord,
  StoreContext,
  StoreRecord,
  TenantContext,
} from '@wizamart/core';
import { startTestServer, testHost, type TestServerOptions } from '@wizamart/core/testing';
import { cms } from '../src/plugin.js';
import type { PreviewLinks } from '../src/preview/PreviewLinks.js';
import type { RedirectLookup } from '../src/redirects/RedirectLookup.js';
import type { Redirects } from '../src/redirects/Redirects.js';
import type { DefaultChanges } from '../src/revisions/DefaultChanges.js';
import type { Revisions } from '../src/revisions/Revisions.js';
import type { Schedules } from '../src/schedule/Schedules.js';
import type { SiteMenus } from '../src/menus/SiteMenus.js';
import type { PageMenu } from '../src/services/PageMenu.js';
import type { PageSeeder } from '../src/services/PageSeeder.js';
import type { PlatformPages } from '../src/services/PlatformPages.js';
import type { PublicPages } from '../src/services/PublicPages.js';
import type { Sitemap } from '../src/services/Sitemap.js';
import type { StorePages } from '../src/services/StorePages.js';

interface Services {
  readonly revisions: Revisions;
  readonly defaultChanges: DefaultChanges;
  readonly schedules: Schedules;
  readonly previews: PreviewLinks;
  readonly redirects: Redirects;
  readonly redirectLookup: RedirectLookup;
  readonly platformPages: PlatformPages;
  readonly storePages: StorePages;
  readonly publicPages: PublicPages;
  readonly pageMenu: PageMenu;
  readonly pageSitemap: Sitemap;
  readonly seeder: PageSeeder;
  readonly siteMenus: SiteMenus;
}

/** Two platforms; Acme with a store on oms and another on both; TechPro with a store on oms. */
export async function openWorld(config: NonNullable<TestServerOptions['config']> = {}, jobs = false) {
  const hosts = [testHost({ code: 'oms', plugins: [cms] }), testHost({ code: 'loyalty', plugins: [cms] })];
  const server = await startTestServer({ hosts, config, jobs });
  const { parts, database: db, clock } = server;
  const services = server.modules.kernel.container.wiringOf('cms') as unknown as Services;

  const oms = server.platform('oms');
  const loyalty = server.platform('loyalty');
  const acme = await server.merchant({ platform: oms, name: 'acme' });
  const techpro = await server.merchant({ platform: oms, name: 'techpro' });
  const acmeShop = await server.store({ merchant: acme, platform: oms });
  const acmeEsch = await server.store({ merchant: acme, platforms: [oms, loyalty] });
  const techproShop = await server.store({ merchant: techpro, platform: oms });

  const onPlatform = (platform: PlatformRecord = oms, over: Partial<TenantContext> = {}): TenantContext => ({
    ...server.context({ platform, surface: 'admin' }),
    ...over,
  });
  const inStore = (store: StoreRecord = acmeShop, over: Partial<TenantContext> = {}): StoreContext =>
    ({
      ...server.context({ store, surface: 'store', language: 'en' }),
      ...over,
    }) as StoreContext;

  return {
    server,
    db,
    clock,
    database: parts.database,
    tiers: parts.tiers,
    ...services,
    sitemap: services.pageSitemap,
    oms,
    loyalty,
    acme,
    techpro,
    acmeShop,
    acmeEsch,
    techproShop,
    onPlatform,
    inStore,
    /** What a visitor of a store, or of a platform, sends. */
    visitor: (ctx: TenantContext): TenantContext => ({
      ...ctx,
      actor: { kind: 'anonymous' },
      surface: ctx.store ? 'storefront' : 'platform',
    }),
    asTier: (merchant: MerchantRecord, code: string | null, platform: PlatformRecord = oms): Promise<void> =>
      parts.tiers.assign(onPlatform(platform), merchant, code),
    close: () => server.stop(),
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export const body = (text: string) => [{ type: 'richText' as const, html: `<p>${text}</p>` }];
