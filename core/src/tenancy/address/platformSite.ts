import type { PlatformRecord } from '../../kernel/context.js';
import { globalAdminApi, globalAdminPages, platformAdminApi } from './adminSites.js';
import { apiRest } from './apiRest.js';
import { publicPages } from './publicPages.js';
import { below, segmentEnd } from './requestPath.js';
import type { MaybeResolution, Resolution } from './resolution.js';
import { originOf, storefrontRoot } from './roots.js';
import { dashboard, isOpen, storefront } from './storeSites.js';
import { whenFound } from './TenantLookup.js';
import type { Walk } from './Walk.js';

/** One platform below a root at `at`: marketing, its admin, its API, its stores. */
export function platformSite(walk: Walk, platform: PlatformRecord, at: number): MaybeResolution {
  const { path } = walk;
  if (!platform.isActive) return walk.notFound(null);
  if (walk.endsAt(at)) return walk.addSlash(at);
  const end = segmentEnd(path, at);
  switch (path.slice(at + 1, end)) {
    case 'admin':
      return walk.endsAt(end) ? walk.addSlash(end) : walk.page(platform, null, 'admin', end);
    case 'store':
      return dashboard(walk, platform, end);
    case 'stores':
      return storeByPath(walk, platform, end);
    case 'vendor':
      return walk.redirect(`${path.slice(0, at)}/store`, end);
    case 'vendors':
      return !walk.isLocal
        ? storeByPath(walk, platform, end)
        : walk.redirect(`${path.slice(0, at)}/stores`, end);
    case 'api':
      return path.startsWith('/api/v1/admin', at)
        ? platformAdminApi(walk, platform, at)
        : platformApi(walk, platform, at);
    default:
      return marketing(walk, platform, at);
  }
}

/** The provider's own platform at the root of its host or of a development host. It has no stores of its own there. */
export function mainSite(walk: Walk, main: PlatformRecord): MaybeResolution {
  const { path } = walk;
  const end = segmentEnd(path, 0);
  const first = path.slice(1, end);
  switch (first) {
    case 'admin':
      return walk.isLocal
        ? globalAdminPages(walk, end)
        : walk.redirect(originOf(walk.base(), `admin.${main.domain}`), end);
    case 'store':
    case 'vendor':
      return walk.notFound(main);
    case 'stores':
    case 'vendors':
      return movedStore(walk, main, end);
    case 'api':
      if (!path.startsWith('/api/v1/admin')) return platformApi(walk, main, 0);
      return walk.isLocal ? globalAdminApi(walk) : walk.notFound(main);
  }
  const named = first === '' ? undefined : walk.tenants.platformByCode(first);
  return named ? oldAddress(walk, named, end) : marketing(walk, main, 0);
}

function marketing(walk: Walk, platform: PlatformRecord, at: number): Resolution {
  if (!walk.path.startsWith('/webhooks/', at)) return publicPages(walk, platform, null, at);
  return walk.tenant({
    platform,
    store: null,
    surface: 'webhook',
    kind: 'api',
    path: below(walk.path, at + 9),
  });
}

function platformApi(walk: Walk, platform: PlatformRecord, at: number): Resolution {
  const page = below(walk.path, at);
  if (page === '/api/v1/openapi.json' || page === '/api/docs')
    return walk.page(platform, null, 'platform', at);
  const path = apiRest(walk.path, at, 'platform');
  if (path === null) return walk.notFound(platform);
  return walk.tenant({ platform, store: null, surface: 'platform', kind: 'api', path });
}

// In path mode the store's own pages are here; on the platform's host they moved to the store's primary address.
function storeByPath(walk: Walk, platform: PlatformRecord, at: number): MaybeResolution {
  const end = segmentEnd(walk.path, at);
  const code = walk.path.slice(at + 1, end);
  if (code === '') return walk.notFound(platform);
  return whenFound(walk.tenants.storeByCode(platform, code), (store) => {
    if (!store) return walk.notFound(platform);
    if (walk.isLocal) return storefront(walk, platform, store, end);
    if (walk.path.startsWith('/api/', end) || !isOpen(platform, store)) return walk.notFound(platform);
    return walk.redirect(storefrontRoot(walk.base(), platform, store), end);
  });
}

function movedStore(walk: Walk, main: PlatformRecord, at: number): MaybeResolution {
  const end = segmentEnd(walk.path, at);
  return whenFound(walk.tenants.storeAnywhere(walk.path.slice(at + 1, end)), (store) => {
    const home = store && walk.tenants.platformById(store.platformId);
    if (!home || !isOpen(home, store) || walk.path.startsWith('/api/', end)) return walk.notFound(main);
    return walk.redirect(storefrontRoot(walk.base(), home, store), end);
  });
}

/** `/oms/…` of earlier versions. */
function oldAddress(walk: Walk, platform: PlatformRecord, at: number): Resolution {
  if (walk.isLocal) return walk.redirect(`/platforms/${platform.code}`, at);
  if (platform.domain === null || !platform.isActive) return walk.notFound(null);
  return walk.redirect(originOf(walk.base(), platform.domain), at);
}
