import type { Language, PlatformRecord, StoreRecord } from '../../kernel/context.js';
import { compileTheme } from '../theme/compileTheme.js';
import { THEME_PRESETS } from '../theme/presets.js';
import { HostCache } from './HostCache.js';
import type { Found, TenantLookup } from './TenantLookup.js';

const theme = compileTheme(THEME_PRESETS.modern);
const idOf = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export function platformRecord(
  code: string,
  domain: string,
  change: Partial<PlatformRecord> = {},
): PlatformRecord {
  return {
    id: idOf([...code].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000),
    code,
    name: code.toUpperCase(),
    domain,
    host: code,
    isActive: true,
    defaultLanguage: 'en',
    languages: ['en', 'fr', 'de'],
    theme,
    settings: {},
    revision: 1,
    ...change,
  };
}

let stores = 0;
export function storeRecord(
  platform: PlatformRecord,
  code: string,
  change: Partial<StoreRecord> = {},
): StoreRecord {
  const merchantId = idOf(5_000_000 + ++stores);
  return {
    id: idOf(9_000_000 + stores),
    merchantId,
    platformId: platform.id,
    code,
    name: code,
    status: 'active',
    isActiveOnPlatform: true,
    subdomain: code,
    primaryDomain: null,
    defaultLanguage: 'fr' satisfies Language,
    languages: ['fr', 'de', 'en'],
    theme,
    merchant: { id: merchantId, name: code },
    tierCode: null,
    ...change,
  };
}

/** Tenants in memory. With `slow`, every look-up of a store is answered by a promise, as on a miss. */
export class MemoryTenants implements TenantLookup {
  readonly hosts = new HostCache();
  asked = 0;

  constructor(
    private readonly all: readonly PlatformRecord[],
    private readonly stores: readonly StoreRecord[],
    private readonly slow = false,
  ) {}

  platforms = (): readonly PlatformRecord[] => this.all;
  platformById = (id: string) => this.all.find((platform) => platform.id === id);
  platformByCode = (code: string) => this.all.find((platform) => platform.code === code);
  platformByDomain = (domain: string) => this.all.find((platform) => platform.domain === domain);
  storeBySubdomain = (on: PlatformRecord, subdomain: string) =>
    this.find((store) => store.platformId === on.id && store.subdomain === subdomain);
  storeByCode = (on: PlatformRecord, code: string) =>
    this.find((store) => store.platformId === on.id && store.code === code);
  storeByDomain = (domain: string) => this.find((store) => store.primaryDomain === domain);
  storeAnywhere = (code: string) => this.find((store) => store.code === code);

  private find(test: (store: StoreRecord) => boolean): Found<StoreRecord> {
    this.asked++;
    const store = this.stores.find(test) ?? null;
    return this.slow ? Promise.resolve(store) : store;
  }
}

/** The four platforms, and stores in every standing. */
export function demoTenants(options: { slow?: boolean; withoutMain?: boolean } = {}) {
  const main = platformRecord('main', 'wizamart.lu');
  const oms = platformRecord('oms', 'oms.lu');
  const loyalty = platformRecord('loyalty', 'loyalty.lu');
  const siteBuilder = platformRecord('site-builder', 'sitebuilder.lu');
  const closed = platformRecord('closed', 'closed.lu', { isActive: false });
  const acme = storeRecord(oms, 'acme');
  const techpro = storeRecord(oms, 'techpro', { primaryDomain: 'techpro.example' });
  const asleep = storeRecord(oms, 'asleep', { status: 'suspended' });
  const gone = storeRecord(oms, 'gone', { status: 'inactive' });
  const left = storeRecord(oms, 'left', { isActiveOnPlatform: false });
  const weber = storeRecord(loyalty, 'weber', { subdomain: 'baeckerei' });
  const orphan = storeRecord(closed, 'orphan');
  const platforms = [closed, loyalty, ...(options.withoutMain ? [] : [main]), oms, siteBuilder];
  const records = {
    main,
    oms,
    loyalty,
    siteBuilder,
    closed,
    acme,
    techpro,
    asleep,
    gone,
    left,
    weber,
    orphan,
  };
  const lookup = new MemoryTenants(
    platforms,
    [acme, techpro, asleep, gone, left, weber, orphan],
    options.slow,
  );
  return { ...records, lookup };
}
