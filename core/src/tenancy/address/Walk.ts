import type { Language, PlatformRecord, StoreRecord, Surface } from '../../kernel/context.js';
import { MAIN_PLATFORM_CODE } from '../globalPlatform.js';
import type { HostRecord } from './HostCache.js';
import { below } from './requestPath.js';
import type {
  AddressBase,
  AddressRequest,
  FoundBy,
  RedirectResolution,
  RefusedResolution,
  TenantResolution,
} from './resolution.js';
import type { TenantLookup } from './TenantLookup.js';

/** One request on its way along its path, and the answers every stop can give. */
export class Walk {
  constructor(
    readonly request: AddressRequest,
    readonly tenants: TenantLookup,
    readonly host: HostRecord,
    /** Without the query. */
    readonly path: string,
  ) {}

  /** Where links of this request start. One object per host, scheme and way in, made once. */
  base(viaGlobalAdmin = false): AddressBase {
    const { host, request } = this;
    const slot = (request.secure ? 1 : 0) + (viaGlobalAdmin ? 2 : 0);
    return (host.bases[slot] ??= {
      site: siteOf(host),
      secure: request.secure,
      host: host.name,
      port: host.port,
      mainDomain: this.tenants.platformByCode(MAIN_PLATFORM_CODE)?.domain ?? null,
      viaGlobalAdmin,
    });
  }

  get isLocal(): boolean {
    return this.host.target.kind === 'local';
  }

  /** The path ends here, without the slash that a root has. */
  endsAt(at: number): boolean {
    return at === this.path.length;
  }

  tenant(
    found: Pick<TenantResolution, 'platform' | 'store' | 'surface' | 'kind' | 'path'> & {
      readonly scope?: 'platform' | 'global';
      readonly language?: Language | null;
      readonly viaGlobalAdmin?: boolean;
      readonly foreignStoreId?: string | null;
    },
  ): TenantResolution {
    return {
      type: 'tenant',
      platform: found.platform,
      store: found.store,
      surface: found.surface,
      kind: found.kind,
      scope: found.scope ?? 'platform',
      path: found.path,
      language: found.language ?? null,
      base: this.base(found.viaGlobalAdmin ?? false),
      foundBy: foundBy(this.host),
      foreignStoreId: found.foreignStoreId ?? null,
    };
  }

  page(platform: PlatformRecord, store: StoreRecord | null, surface: Surface, at: number): TenantResolution {
    return this.tenant({ platform, store, surface, kind: 'page', path: below(this.path, at) });
  }

  /** Moves to `root` (a path, or an absolute root) plus what follows `at`, with the query. */
  redirect(root: string, at: number, status: 302 | 308 = 308): RedirectResolution {
    const rest = this.path.slice(at);
    const query = this.request.path.slice(this.path.length).replace(/[^!-~]/g, encodeURIComponent);
    return { type: 'redirect', location: root + (rest === '' ? '/' : rest) + query, status };
  }

  /** The root at `at` was asked for without its slash. */
  addSlash(at: number): RedirectResolution {
    return this.redirect(this.path.slice(0, at), at);
  }

  notFound(platform: PlatformRecord | null): RefusedResolution {
    return {
      type: 'refused',
      status: 404,
      code: 'NOT_FOUND',
      reason: 'This address does not exist.',
      kind: isApiPath(this.path) ? 'api' : 'page',
      platform,
    };
  }
}

/** Whether errors at this path are told to a program. */
export const isApiPath = (path: string): boolean => path.startsWith('/api/') || path.includes('/api/v1/');

function siteOf(host: HostRecord): AddressBase['site'] {
  const { kind } = host.target;
  return kind === 'local' || kind === 'store' || kind === 'admin' ? kind : 'platform';
}

function foundBy(host: HostRecord): FoundBy {
  switch (host.target.kind) {
    case 'local':
      return 'path';
    case 'admin':
      return 'adminHost';
    case 'store':
      return host.target.foundBy;
    default:
      return 'domain';
  }
}
