import { globalAdminApi, globalAdminPages } from './address/adminSites.js';
import { findHost } from './address/findHost.js';
import { followRedirects } from './address/followRedirects.js';
import type { HostRecord } from './address/HostCache.js';
import { localSite } from './address/localSite.js';
import { mainSite, platformSite } from './address/platformSite.js';
import { pathEnd, segmentEnd } from './address/requestPath.js';
import type { AddressRequest, MaybeResolution, RefusedResolution, Resolution } from './address/resolution.js';
import { originOf, storefrontRoot } from './address/roots.js';
import { isOpen, storefront } from './address/storeSites.js';
import { whenFound, type TenantLookup } from './address/TenantLookup.js';
import { isApiPath, Walk } from './address/Walk.js';
import { MalformedHost } from './errors.js';
import { MAIN_PLATFORM_CODE } from './globalPlatform.js';
import { parseHost } from './hostName.js';

/**
 * Says whose request this is, before any route: host, then platform, store, surface and language.
 *
 * Answers at once unless a store must first be loaded. Never throws for what a client sends, never falls back to
 * a tenant that was not named. Several redirects in a row are answered as one.
 */
export function resolveAddress(request: AddressRequest, tenants: TenantLookup): MaybeResolution {
  const resolution = resolveOnce(request, tenants);
  if (resolution instanceof Promise) return resolution.then((found) => settled(found, request, tenants));
  return settled(resolution, request, tenants);
}

function settled(resolution: Resolution, request: AddressRequest, tenants: TenantLookup): MaybeResolution {
  if (resolution.type !== 'redirect' || resolution.status !== 308) return resolution;
  return followRedirects(resolution, request, (next) => resolveOnce(next, tenants));
}

function resolveOnce(request: AddressRequest, tenants: TenantLookup): MaybeResolution {
  const target = request.path;
  const end = pathEnd(target);
  if (end < 0) return refused(400, 'MALFORMED_REQUEST', 'The path of this request is not valid.', target);
  const path = end === target.length ? target : target.slice(0, end);
  const known = tenants.hosts.get(request.host ?? '');
  if (known) return resolveOn(new Walk(request, tenants, known, path));
  return resolveNewHost(request, tenants, path);
}

function resolveNewHost(request: AddressRequest, tenants: TenantLookup, path: string): MaybeResolution {
  let host;
  try {
    host = parseHost(request.host);
  } catch (error) {
    if (error instanceof MalformedHost) return refused(400, 'MALFORMED_HOST', error.message, path);
    throw error;
  }
  const plain = health(path);
  if (plain) return plain;
  const { generation } = tenants.hosts;
  return whenFound(findHost(host, tenants, request.mode.development), (target): MaybeResolution => {
    if (!target) return unknownHost(path);
    const record: HostRecord = { name: host.name, port: host.port, target, bases: [] };
    tenants.hosts.put(request.host as string, record, generation);
    return resolveOn(new Walk(request, tenants, record, path));
  });
}

function resolveOn(walk: Walk): MaybeResolution {
  const { path, host } = walk;
  const { target } = host;
  if (isPlain(path)) {
    const plain = resolvePlain(walk);
    if (plain) return plain;
  }
  switch (target.kind) {
    case 'store':
      return storefront(walk, target.platform, target.store, 0);
    case 'platform':
      return target.platform.code === MAIN_PLATFORM_CODE && target.platform.isActive
        ? mainSite(walk, target.platform)
        : platformSite(walk, target.platform, 0);
    case 'local':
      return walk.request.mode.development ? localSite(walk) : unknownHost(path);
    case 'admin':
      return adminHost(walk);
    case 'moved':
      return isApiPath(path) ? walk.notFound(null) : walk.redirect(originOf(walk.base(), target.host), 0);
    case 'platformAdmin':
      return movedAdmin(walk, target.platform.domain as string);
    case 'movedStore':
      if (isApiPath(path) || !isOpen(target.platform, target.store)) return walk.notFound(null);
      return walk.redirect(storefrontRoot(walk.base(), target.platform, target.store), 0);
  }
}

function adminHost(walk: Walk): Resolution {
  const { path } = walk;
  if (path.startsWith('/api/')) return globalAdminApi(walk);
  const end = segmentEnd(path, 0);
  return end === 6 && path.startsWith('/admin') ? walk.redirect('', end) : globalAdminPages(walk, 0);
}

function movedAdmin(walk: Walk, domain: string): Resolution {
  if (isApiPath(walk.path)) return walk.notFound(null);
  const start = walk.path.startsWith('/admin/') || walk.path === '/admin' ? 6 : 0;
  return walk.redirect(`${originOf(walk.base(), domain)}/admin`, start);
}

/** Cheap guess before the exact look: `/h…`, `/as…`, `/__…`, `/internal…`. */
function isPlain(path: string): boolean {
  const code = path.charCodeAt(1);
  return code === 104 || code === 97 || code === 95 || code === 105;
}

function resolvePlain(walk: Walk): Resolution | undefined {
  const { path } = walk;
  const { kind } = walk.host.target;
  const isKnown = kind === 'store' || kind === 'platform' || kind === 'local' || kind === 'admin';
  if (isKnown && path.startsWith('/assets/')) return { type: 'asset', path: path.slice(7) };
  if (isKnown && path.startsWith('/__dev') && walk.request.mode.development) {
    if (path.length === 6) return walk.addSlash(6);
    if (path[6] === '/') return { type: 'dev', path: path.slice(6), base: walk.base() };
  }
  return health(path);
}

function health(path: string): Resolution | undefined {
  if (path === '/internal/tls-check') return { type: 'tlsCheck' };
  if (!path.startsWith('/health')) return undefined;
  if (path === '/health/live' || path === '/health/ready')
    return { type: 'health', check: path === '/health/live' ? 'live' : 'ready' };
  return path.length === 7 || path[7] === '/'
    ? refused(404, 'NOT_FOUND', 'This address does not exist.', path)
    : undefined;
}

const unknownHost = (path: string): RefusedResolution =>
  refused(404, 'UNKNOWN_HOST', 'Nothing is served under this host name.', path);

function refused(
  status: RefusedResolution['status'],
  code: RefusedResolution['code'],
  reason: string,
  path: string,
): RefusedResolution {
  return { type: 'refused', status, code, reason, kind: isApiPath(path) ? 'api' : 'page', platform: null };
}
