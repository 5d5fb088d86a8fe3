import type { PlatformRecord, StoreRecord } from '../../kernel/context.js';
import { isGlobalPlatform, MAIN_PLATFORM_CODE } from '../globalPlatform.js';
import type { AddressBase } from './resolution.js';

/*
 * Where a surface of a tenant starts, seen from where the request came in: '' or a path on the same host, an
 * absolute address on another one. Never ends with a slash.
 */

/** `https://oms.lu:8000` */
export const originOf = (base: AddressBase, host: string): string =>
  `${base.secure ? 'https' : 'http'}://${host}${base.port}`;

/** Root of the platform's marketing pages. */
export function platformRoot(base: AddressBase, platform: PlatformRecord): string {
  if (base.site === 'local') {
    return platform.code === MAIN_PLATFORM_CODE || isGlobalPlatform(platform)
      ? ''
      : `/platforms/${platform.code}`;
  }
  return base.site === 'platform' ? '' : platformOrigin(base, platform);
}

/** Root of the platform's admin: its own, or the global one where the request came through that. */
export function adminRoot(base: AddressBase, platform: PlatformRecord): string {
  const isGlobal = isGlobalPlatform(platform);
  if (base.site === 'local') {
    if (isGlobal) return '/admin';
    return base.viaGlobalAdmin ? `/admin/platforms/${platform.code}` : `/platforms/${platform.code}/admin`;
  }
  if (base.site === 'admin') return isGlobal ? '' : `/platforms/${platform.code}`;
  if (isGlobal || platform.code === MAIN_PLATFORM_CODE) {
    const root = base.mainDomain === null ? '' : originOf(base, `admin.${base.mainDomain}`);
    return isGlobal ? root : `${root}/platforms/${platform.code}`;
  }
  return `${platformRoot(base, platform)}/admin`;
}

/** Root of the staff's dashboard; of the store picker where there is no store. */
export function dashboardRoot(
  base: AddressBase,
  platform: PlatformRecord,
  store: StoreRecord | null,
): string {
  const root = base.site === 'local' ? `/platforms/${platform.code}` : platformRoot(base, platform);
  return store === null ? `${root}/store` : `${root}/store/${store.code}`;
}

/** Root of the store's public pages. */
export function storefrontRoot(base: AddressBase, platform: PlatformRecord, store: StoreRecord): string {
  if (base.site === 'local') return `/platforms/${platform.code}/stores/${store.code}`;
  return base.site === 'store' ? '' : originOf(base, publicHost(platform, store));
}

/** Absolute root of the tenant's public pages at its primary address. */
export function canonicalRoot(
  base: AddressBase,
  platform: PlatformRecord,
  store: StoreRecord | null,
): string {
  if (base.site === 'local') {
    const root = store === null ? platformRoot(base, platform) : storefrontRoot(base, platform, store);
    return originOf(base, base.host) + root;
  }
  return store === null ? platformOrigin(base, platform) : originOf(base, publicHost(platform, store));
}

/** The store's primary custom domain, else its subdomain. */
const publicHost = (platform: PlatformRecord, store: StoreRecord): string =>
  store.primaryDomain ?? (platform.domain === null ? platform.code : `${store.subdomain}.${platform.domain}`);

const platformOrigin = (base: AddressBase, platform: PlatformRecord): string =>
  originOf(base, platform.domain ?? base.mainDomain ?? base.host);
