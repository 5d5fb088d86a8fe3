import type { PlatformRecord, StoreRecord } from '../../kernel/context.js';
import { RESERVED_STORE_CODES } from '../slugs.js';
import { apiRest } from './apiRest.js';
import { publicPages } from './publicPages.js';
import { segmentEnd } from './requestPath.js';
import type { MaybeResolution, Resolution } from './resolution.js';
import { whenFound } from './TenantLookup.js';
import { isApiPath, type Walk } from './Walk.js';

/** What a store's public address does not have: these belong to platforms. */
const NOT_ON_A_STORE: ReadonlySet<string> = new Set([
  'admin',
  'store',
  'stores',
  'platforms',
  'webhooks',
  'vendor',
  'vendors',
  'signup',
  'health',
  'assets',
]);

/** The public side of one store, below a root at `at`. */
export function storefront(walk: Walk, platform: PlatformRecord, store: StoreRecord, at: number): Resolution {
  if (!isOpen(platform, store)) return walk.notFound(platform.isActive ? platform : null);
  if (store.status === 'suspended') {
    const kind = isApiPath(walk.path) ? 'api' : 'page';
    return { type: 'suspended', platform, store, kind, base: walk.base() };
  }
  if (walk.endsAt(at)) return walk.addSlash(at);
  const first = walk.path.slice(at + 1, segmentEnd(walk.path, at));
  if (first === 'api') return storefrontApi(walk, platform, store, at);
  if (NOT_ON_A_STORE.has(first)) return walk.notFound(platform);
  return publicPages(walk, platform, store, at);
}

/** The staff's side of a store, or the store picker; `at` is where `/store` ends. A suspended store opens too. */
export function dashboard(walk: Walk, platform: PlatformRecord, at: number): MaybeResolution {
  if (walk.endsAt(at)) return walk.addSlash(at);
  const end = segmentEnd(walk.path, at);
  const code = walk.path.slice(at + 1, end);
  // What cannot be a store's code belongs to the picker itself: its sign-in, its API, its stylesheet.
  if (code === '' || code.includes('.') || RESERVED_STORE_CODES.has(code))
    return staffSide(walk, platform, null, at);
  return whenFound(walk.tenants.storeByCode(platform, code), (store) => {
    if (!store || !isOpen(platform, store)) return walk.notFound(platform);
    return walk.endsAt(end) ? walk.addSlash(end) : staffSide(walk, platform, store, end);
  });
}

function staffSide(walk: Walk, platform: PlatformRecord, store: StoreRecord | null, at: number): Resolution {
  if (!walk.path.startsWith('/api/', at)) return walk.page(platform, store, 'store', at);
  const path = apiRest(walk.path, at, 'store');
  return path === null
    ? walk.notFound(platform)
    : walk.tenant({ platform, store, surface: 'store', kind: 'api', path });
}

function storefrontApi(walk: Walk, platform: PlatformRecord, store: StoreRecord, at: number): Resolution {
  let path = apiRest(walk.path, at, 'storefront');
  if (path === null) return walk.notFound(platform);
  let foreignStoreId: string | null = null;
  if (path.startsWith('/stores/')) {
    const end = segmentEnd(path, 7);
    const storeId = path.slice(8, end);
    if (storeId.toLowerCase() !== store.id) foreignStoreId = storeId;
    path = end === path.length ? '/' : path.slice(end);
  }
  return walk.tenant({ platform, store, surface: 'storefront', kind: 'api', path, foreignStoreId });
}

/** Whether the store is to be found on this platform at all; a suspended one is, behind a notice. */
export const isOpen = (platform: PlatformRecord, store: StoreRecord): boolean =>
  platform.isActive && store.isActiveOnPlatform && store.status !== 'inactive';
