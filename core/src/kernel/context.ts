import type { Transaction } from '../database/unitOfWork.js';
import type { BlockDefinition } from './block.js';

export const LANGUAGES = ['en', 'fr', 'de', 'lb'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where a request arrives: which kind of page or API, and so which sessions and menus. */
export const SURFACES = ['admin', 'store', 'storefront', 'platform', 'webhook'] as const;
export type Surface = (typeof SURFACES)[number];

/** Who acts. A job or a command acts as `system`, with the name of what runs. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'system'; readonly name: string }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly email: string;
      readonly name: string;
      /** Which kind of session: an administrator's or a store member's. */
      readonly audience: 'admin' | 'store';
      readonly isSuperAdmin: boolean;
      readonly permissions: PermissionSet;
      readonly sessionId: string;
      /** The administrator who acts as this person; left out: the person themselves. */
      readonly impersonator?: { readonly userId: string; readonly email: string; readonly name: string };
      /** A member who could work in another store of the platform too. */
      readonly hasChoice?: true;
      /** Holds nothing until the second step of signing in is set up, as the configuration asks. */
      readonly mustSetUpTotp?: true;
    }
  | {
      readonly kind: 'customer';
      readonly customerId: string;
      readonly email: string;
      readonly name: string;
      readonly sessionId: string;
    };

export interface PermissionSet {
  has(permission: string): boolean;
}

/** One business product of the provider. `code` 'global' with the nil uuid stands for "above all platforms". */
export interface PlatformRecord {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly domain: string | null;
  /** Code of the host package that composes it; null for the global context. */
  readonly host: string | null;
  readonly isActive: boolean;
  readonly defaultLanguage: Language;
  readonly languages: readonly Language[];
  readonly theme: ThemeRecord;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Counts every change of modules; what nodes report and plans are checked against. */
  readonly revision: number;
}

/** A validated theme with the address of its stylesheet. */
export interface ThemeRecord {
  readonly name: string;
  /** CSS custom properties, ready to send. */
  readonly css: string;
  /** First 16 hex digits of the SHA-256 of `css`; part of its address `/theme.{hash}.css`. */
  readonly hash: string;
  /** Addresses of its font files, to be asked for before the style sheet is read. */
  readonly fonts: readonly string[];
  readonly branding: {
    readonly logo: string | null;
    readonly favicon: string | null;
    readonly banner: string | null;
  };
  readonly layout: Readonly<Record<string, string>>;
}

export interface MerchantRecord {
  readonly id: string;
  readonly name: string;
}

export const STORE_STATUSES = ['active', 'suspended', 'inactive'] as const;
export type StoreStatus = (typeof STORE_STATUSES)[number];

/** A store as it stands on one platform. */
export interface StoreRecord {
  readonly id: string;
  readonly merchantId: string;
  readonly platformId: string;
  readonly code: string;
  readonly name: string;
  readonly status: StoreStatus;
  /** Whether the store is switched on for this platform. */
  readonly isActiveOnPlatform: boolean;
  readonly subdomain: string;
  /** The active primary custom domain on this platform. */
  readonly primaryDomain: string | null;
  readonly defaultLanguage: Language;
  readonly languages: readonly Language[];
  readonly theme: ThemeRecord;
  readonly merchant: MerchantRecord;
  /** Code of the tier the merchant has on this platform; null where it has none. */
  readonly tierCode: string | null;
}

/** Answers what is on for the platform of a request; stays the same until the request ends. */
export interface SnapshotView {
  /** Changes whenever the set of modules does; belongs into every cache key. */
  readonly key: string;
  /** Kinds of content block that modules bring that are on; left out where nothing is edited or shown. */
  readonly blocks?: ReadonlyMap<string, BlockDefinition>;
  /** Features and limits of the modules that are on, by code, with the plugin that names them. */
  readonly features?: ReadonlyMap<string, { readonly name: string; readonly plugin: string }>;
  readonly limits?: ReadonlyMap<string, { readonly name: string; readonly plugin: string }>;
  isOn(module: string): boolean;
}

/** Addresses for links and redirects: relative to where the request came in, so that every mode works. */
export interface LinkBuilder {
  /** Path of a page of a surface in this context; `path` starts with '/'. Adds the language prefix where the surface has one. */
  to(surface: 'platform' | 'admin' | 'store' | 'storefront', path: string, language?: Language): string;
  /** Path of an API address of the request's surface, e.g. `api('/pages')`. */
  api(path: string): string;
  /** Absolute address of the public page `path` on the tenant's primary host. */
  canonical(path: string, language?: Language): string;
}

/**
 * The first argument of every service method: whose data, who acts, when, in which transaction.
 *
 * Immutable; `Database.unit` hands a copy with `tx` to what runs inside it.
 */
export interface TenantContext {
  readonly platform: PlatformRecord;
  readonly merchant: MerchantRecord | null;
  readonly store: StoreRecord | null;
  readonly actor: Actor;
  readonly surface: Surface | 'job' | 'cli';
  readonly language: Language;
  /** Time of the request from the injected clock. */
  readonly now: Date;
  readonly requestId: string;
  readonly snapshot: SnapshotView;
  readonly links: LinkBuilder;
  readonly tx: Transaction | null;
}

/** A context that surely has a store and its merchant. */
export interface StoreContext extends TenantContext {
  readonly merchant: MerchantRecord;
  readonly store: StoreRecord;
}
