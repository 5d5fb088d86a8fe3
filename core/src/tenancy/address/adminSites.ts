import type { PlatformRecord } from '../../kernel/context.js';
import { GLOBAL_PLATFORM } from '../globalPlatform.js';
import { apiRest } from './apiRest.js';
import { below, segmentEnd } from './requestPath.js';
import type { Resolution } from './resolution.js';
import type { Walk } from './Walk.js';

const PLATFORMS = '/platforms';
const PLATFORMS_SLASH = '/platforms/';

/** Pages of the global admin below a root at `at`; those of one platform are in `/platforms/{code}/…`. */
export function globalAdminPages(walk: Walk, at: number): Resolution {
  const { path } = walk;
  if (walk.endsAt(at)) return walk.addSlash(at);
  const platform = namedPlatform(walk, path, at);
  if (!platform) return globalAdmin(walk, 'page', below(path, at));
  const end = segmentEnd(path, at + PLATFORMS.length);
  if (walk.endsAt(end)) return walk.addSlash(end);
  return walk.tenant({
    platform,
    store: null,
    surface: 'admin',
    kind: 'page',
    path: below(path, end),
    viaGlobalAdmin: true,
  });
}

/** The global admin's API: everything that is done to one platform is scoped to it. */
export function globalAdminApi(walk: Walk): Resolution {
  const rest = apiRest(walk.path, 0, 'admin');
  if (rest === null) return walk.notFound(GLOBAL_PLATFORM);
  const platform = namedPlatform(walk, rest, 0);
  if (!platform) return globalAdmin(walk, 'api', rest);
  const path = below(rest, segmentEnd(rest, PLATFORMS.length));
  return walk.tenant({ platform, store: null, surface: 'admin', kind: 'api', path, viaGlobalAdmin: true });
}

/** The admin API on a platform's own address: that platform, or nothing. */
export function platformAdminApi(walk: Walk, platform: PlatformRecord, at: number): Resolution {
  const rest = apiRest(walk.path, at, 'admin');
  if (rest === null) return walk.notFound(platform);
  let path = rest;
  if (rest.startsWith(PLATFORMS_SLASH)) {
    if (namedPlatform(walk, rest, 0)?.code !== platform.code) return walk.notFound(platform);
    path = below(rest, segmentEnd(rest, PLATFORMS.length));
  }
  return walk.tenant({ platform, store: null, surface: 'admin', kind: 'api', path });
}

function globalAdmin(walk: Walk, kind: 'page' | 'api', path: string): Resolution {
  return walk.tenant({
    platform: GLOBAL_PLATFORM,
    store: null,
    surface: 'admin',
    kind,
    scope: 'global',
    path,
    viaGlobalAdmin: true,
  });
}

// A code that no platform has stays a global address, e.g. the form for a new platform.
function namedPlatform(walk: Walk, path: string, at: number): PlatformRecord | undefined {
  if (!path.startsWith(PLATFORMS_SLASH, at)) return undefined;
  const slash = at + PLATFORMS.length;
  return walk.tenants.platformByCode(path.slice(slash + 1, segmentEnd(path, slash)));
}
