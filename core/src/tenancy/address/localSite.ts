import { MAIN_PLATFORM_CODE } from '../globalPlatform.js';
import { globalAdminApi, globalAdminPages } from './adminSites.js';
import { mainSite, platformSite } from './platformSite.js';
import { segmentEnd } from './requestPath.js';
import type { MaybeResolution } from './resolution.js';
import type { Walk } from './Walk.js';

/** A development host: every platform is below `/platforms/{code}/`, main and the global admin are at the root. */
export function localSite(walk: Walk): MaybeResolution {
  const { path, tenants } = walk;
  if (path.startsWith('/platforms/')) {
    const end = segmentEnd(path, 10);
    const platform = tenants.platformByCode(path.slice(11, end));
    return platform ? platformSite(walk, platform, end) : walk.notFound(null);
  }
  if (path === '/platforms') return walk.notFound(null);
  const main = tenants.platformByCode(MAIN_PLATFORM_CODE);
  return main?.isActive ? mainSite(walk, main) : withoutMain(walk);
}

/** One host may run alone, without main: the root leads to it, and the global admin stays where it is. */
function withoutMain(walk: Walk): MaybeResolution {
  const { path, tenants } = walk;
  const end = segmentEnd(path, 0);
  const first = path.slice(1, end);
  if (first === 'admin') return globalAdminPages(walk, end);
  if (path.startsWith('/api/v1/admin')) return globalAdminApi(walk);
  const alone = tenants.platforms().find((platform) => platform.isActive);
  if (first === '' && alone) return walk.redirect(`/platforms/${alone.code}`, 0, 302);
  const named = tenants.platformByCode(first);
  return named ? walk.redirect(`/platforms/${first}`, end) : walk.notFound(null);
}
