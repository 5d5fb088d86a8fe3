import type { PlatformRecord, StoreRecord } from '../../kernel/context.js';
import { MAIN_PLATFORM_CODE } from '../globalPlatform.js';
import { isDevelopmentHost, type HostName } from '../hostName.js';
import type { HostTarget } from './HostCache.js';
import { whenFound, type Found, type TenantLookup } from './TenantLookup.js';

/**
 * What a host name stands for; null where it is nobody's. Asked in this order: development hosts, a platform's
 * domain, its subdomains (`www`, `admin` and `api` before any store), a store's custom domain, `www.` of one.
 */
export function findHost(host: HostName, tenants: TenantLookup, development: boolean): Found<HostTarget> {
  if (isDevelopmentHost(host.name)) return development ? { kind: 'local' } : null;
  if (host.isAddress) return null;
  const platform = tenants.platformByDomain(host.name);
  if (platform) return { kind: 'platform', platform };
  const dot = host.name.indexOf('.');
  if (dot < 0) return null;
  const label = host.name.slice(0, dot);
  const parent = host.name.slice(dot + 1);
  const parentPlatform = tenants.platformByDomain(parent);
  if (parentPlatform) return subdomain(label, parentPlatform, tenants);
  return whenFound(tenants.storeByDomain(host.name), (store) => {
    if (store) return storeTarget(store, tenants, 'customDomain');
    if (label !== 'www') return null;
    return whenFound(tenants.storeByDomain(parent), (bare) =>
      bare ? { kind: 'moved' as const, host: parent } : null,
    );
  });
}

function subdomain(label: string, platform: PlatformRecord, tenants: TenantLookup): Found<HostTarget> {
  const isMain = platform.code === MAIN_PLATFORM_CODE;
  switch (label) {
    case 'www':
      return { kind: 'moved', host: platform.domain as string };
    case 'admin':
      return isMain ? { kind: 'admin' } : { kind: 'platformAdmin', platform };
    case 'api':
      return null;
  }
  if (!isMain) {
    return whenFound(tenants.storeBySubdomain(platform, label), (store) =>
      store ? { kind: 'store' as const, platform, store, foundBy: 'subdomain' as const } : null,
    );
  }
  return whenFound(tenants.storeAnywhere(label), (store) => {
    const home = store && tenants.platformById(store.platformId);
    return home ? { kind: 'movedStore' as const, platform: home, store } : null;
  });
}

function storeTarget(store: StoreRecord, tenants: TenantLookup, foundBy: 'customDomain'): HostTarget | null {
  const platform = tenants.platformById(store.platformId);
  return platform ? { kind: 'store', platform, store, foundBy } : null;
}
