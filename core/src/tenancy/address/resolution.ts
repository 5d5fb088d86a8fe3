import type { Language, PlatformRecord, StoreRecord, Surface } from '../../kernel/context.js';

/** One request as far as its address goes. */
export interface AddressRequest {
  /** The Host header as it came (see `clientFacts`). */
  readonly host: string | undefined;
  /** The request target as it came: path and query (`request.url`). */
  readonly path: string;
  readonly secure: boolean;
  readonly mode: AddressMode;
}

export interface AddressMode {
  /** Serves localhost with tenants in the path, and `/__dev`. */
  readonly development: boolean;
}

/** Where a request came in: everything that links need beside the tenant. */
export interface AddressBase {
  /** `local`: tenants are in the path. Else what the host itself stands for; `elsewhere`: all links are absolute. */
  readonly site: 'local' | 'platform' | 'store' | 'admin' | 'elsewhere';
  readonly secure: boolean;
  /** Host name without port. */
  readonly host: string;
  /** `:8000`, or empty. */
  readonly port: string;
  /** Domain of the platform main, whose `admin.` is the global admin; null where main is not there. */
  readonly mainDomain: string | null;
  /** A platform's admin reached through the global one: its links stay there. */
  readonly viaGlobalAdmin: boolean;
}

export type FoundBy = 'path' | 'domain' | 'subdomain' | 'customDomain' | 'adminHost';

/** The address belongs to a tenant: a route of its snapshot answers, or 404. */
export interface TenantResolution {
  readonly type: 'tenant';
  readonly platform: PlatformRecord;
  readonly store: StoreRecord | null;
  readonly surface: Surface;
  readonly kind: 'page' | 'api';
  /** Which admin routes match beside those of scope `both`. */
  readonly scope: 'platform' | 'global';
  /** Below the surface's root (APIs: below `/api/v1/{surface}`); no trailing slash but for `/`; still percent-encoded. */
  readonly path: string;
  /** From the address's prefix; null where it has none. */
  readonly language: Language | null;
  readonly base: AddressBase;
  readonly foundBy: FoundBy;
  /** A storefront API address named this other store: 404, or 403 for a member of that store. */
  readonly foreignStoreId: string | null;
}

export interface RedirectResolution {
  readonly type: 'redirect';
  /** A path, or an absolute address on another host; carries the query. */
  readonly location: string;
  readonly status: 302 | 308;
}

export interface RefusedResolution {
  readonly type: 'refused';
  readonly status: 400 | 404;
  readonly code: 'MALFORMED_HOST' | 'MALFORMED_REQUEST' | 'UNKNOWN_HOST' | 'NOT_FOUND';
  /** One sentence, fit to be shown. */
  readonly reason: string;
  readonly kind: 'page' | 'api';
  /** The platform whose look the error page takes; null where none is known. */
  readonly platform: PlatformRecord | null;
}

/** The public side of a store that is suspended: 503 and a neutral page. */
export interface SuspendedResolution {
  readonly type: 'suspended';
  readonly platform: PlatformRecord;
  readonly store: StoreRecord;
  readonly kind: 'page' | 'api';
  readonly base: AddressBase;
}

/** Answered without a tenant: health on every host, assets on every known one, tools in development. */
export type PlainResolution =
  | { readonly type: 'health'; readonly check: 'live' | 'ready' }
  /** A proxy asks whether it may get a certificate; on every host, since it asks by an address of its own. */
  | { readonly type: 'tlsCheck' }
  /** `path` is below `/assets`. */
  | { readonly type: 'asset'; readonly path: string }
  /** `path` is below `/__dev`. */
  | { readonly type: 'dev'; readonly path: string; readonly base: AddressBase };

export type Resolution =
  TenantResolution | RedirectResolution | RefusedResolution | SuspendedResolution | PlainResolution;

/** At once when all look-ups were answered from memory. */
export type MaybeResolution = Resolution | Promise<Resolution>;
