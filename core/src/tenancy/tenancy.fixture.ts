import { Bus } from '../database/Bus.js';
import { Database } from '../database/Database.js';
import { databaseConfig } from '../database/config.js';
import { Audit } from '../identity/audit/Audit.js';
import { auditMigration } from '../identity/migrations/20261120_identity_audit.js';
import { auditImpersonatorMigration } from '../identity/migrations/20261122_audit_impersonator.js';
import type { PlatformRecord, StoreRecord, TenantContext } from '../kernel/context.js';
import { testDatabase } from '../testing/database.js';
import { asMerchant, asStore } from './asTenant.js';
import { bareContext } from './bareContext.js';
import { Directory } from './Directory.js';
import { ensurePlatforms } from './ensurePlatforms.js';
import { tenancyMigrations } from './migrations/tenancyMigrations.js';
import { Domains } from './services/Domains.js';
import { Merchants } from './services/Merchants.js';
import { Platforms } from './services/Platforms.js';
import { Stores } from './services/Stores.js';
import type { StoreInput } from './tenantInputs.js';
import { THEME_PRESETS } from './theme/presets.js';

export const NOW = new Date('2026-11-20T08:00:00Z');
const languages = { default: 'en', supported: ['en', 'fr', 'de'] } as const;
export const HOSTS = (
  ['main:wizamart.lu', 'oms:oms.lu', 'loyalty:loyalty.lu', 'site-builder:sitebuilder.lu'] as const
).map((line) => {
  const [code, domain] = line.split(':') as [string, string];
  return { code, name: `Wizamart ${code}`, domain, theme: THEME_PRESETS.fresh, languages };
});
export const MERCHANT = {
  legalName: 'Acme S.à r.l.',
  displayName: 'Acme',
  country: 'LU',
  email: 'owner@acme.example',
};

/** Name servers by hand: name → values; an Error stands for one that does not answer. */
export class NameServers {
  readonly records = new Map<string, string[] | Error>();
  readonly resolveTxt = async (name: string): Promise<string[][]> => {
    const found = this.records.get(name);
    if (found instanceof Error) throw found;
    if (!found) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    return found.map((value) => [value.slice(0, 10), value.slice(10)]);
  };
}

/** The four platforms on a database of their own, and all services of this area on one node of it. */
export async function openTenancy(options: { readonly url?: (url: string) => string } = {}) {
  const db = await testDatabase({
    sets: [
      { plugin: 'core', migrations: [...tenancyMigrations, auditMigration, auditImpersonatorMigration] },
    ],
  });
  const nodes: (() => Promise<void>)[] = [];
  const openNode = async (busUrl = db.appUrl) => {
    const bus = new Bus({ url: busUrl, longestPauseMs: 100 });
    const database = new Database(
      databaseConfig({ appUrl: db.appUrl, poolSize: 4, applicationName: 'wizamart-test' }),
    );
    const tenants = new Directory({ database, bus });
    await bus.start();
    await tenants.load();
    nodes.push(async () => {
      await bus.close();
      await database.close();
    });
    return { bus, database, tenants };
  };
  await ensurePlatforms(db.database, HOSTS, NOW);
  const node = await openNode(options.url?.(db.appUrl));
  const { tenants } = node;
  const names = new NameServers();
  const tier = { domains: true };
  const parts = { ...node, audit: new Audit(node) };
  const stores = new Stores(parts);
  const merchants = new Merchants(parts);
  const domains = new Domains({
    ...parts,
    resolveTxt: names.resolveTxt,
    entitlement: {
      has: async () => tier.domains,
      require: async () => {
        if (!tier.domains) throw new Error('not in the tier');
      },
    },
  });

  const platform = (code: string): PlatformRecord => tenants.platformByCode(code) as PlatformRecord;
  const context = (code = 'oms'): TenantContext =>
    bareContext({ platform: platform(code), actor: 'test', now: NOW });
  const newMerchant = async (name = 'Acme', code = 'oms') => {
    const { id } = await merchants.create(context(code), { ...MERCHANT, displayName: name });
    return { id, name };
  };
  /** A store with a merchant of its own, unless one is named. */
  const newStore = async (
    code: string,
    input: Partial<StoreInput> = {},
    merchant?: { id: string; name: string },
  ): Promise<StoreRecord> => {
    const owner = merchant ?? (await newMerchant(code));
    const { id } = await stores.create(asMerchant(context(), owner), {
      code,
      name: code,
      defaultLanguage: 'en',
      languages: ['en', 'fr'],
      ...input,
    });
    return (await tenants.storeById(platform('oms'), id)) as StoreRecord;
  };
  return {
    ...parts,
    db,
    names,
    tier,
    stores,
    merchants,
    domains,
    openNode,
    platform,
    context,
    newMerchant,
    newStore,
    platforms: new Platforms({ ...parts, hosts: HOSTS.map((host) => host.code) }),
    inStore: (store: StoreRecord, now = NOW) => ({ ...asStore(context(), store), now }),
    close: async () => {
      for (const close of nodes) await close();
      await db.drop();
    },
  };
}

export type Tenancy = Awaited<ReturnType<typeof openTenancy>>;
