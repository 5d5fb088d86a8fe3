import { TenantMissing } from '../errors/common.js';
import type { Language, LinkBuilder, PlatformRecord, StoreRecord, Surface } from '../kernel/context.js';
import { adminRoot, canonicalRoot, dashboardRoot, platformRoot, storefrontRoot } from './address/roots.js';
import type { AddressBase } from './address/resolution.js';
import { isGlobalPlatform } from './globalPlatform.js';

/** Whose links, seen from where; a `TenantResolution` fits. */
export interface LinkSubject {
  readonly platform: PlatformRecord;
  readonly store: StoreRecord | null;
  readonly surface: Surface;
  readonly base: AddressBase;
}

/** Builds addresses for one request or job; cheap to make, works out a root when it is first asked for. */
export function makeLinks(subject: LinkSubject, language: Language): LinkBuilder {
  return new Links(subject, language);
}

/** Where links start that no request asked for (mails, jobs): the public host, or this machine in development. */
export function outsideBase(options: {
  readonly development: boolean;
  readonly secure: boolean;
  readonly port: string;
  readonly mainDomain: string | null;
}): AddressBase {
  const { development, secure, port, mainDomain } = options;
  return development
    ? { site: 'local', secure, host: 'localhost', port, mainDomain, viaGlobalAdmin: false }
    : { site: 'elsewhere', secure, host: mainDomain ?? 'localhost', port, mainDomain, viaGlobalAdmin: false };
}

/** Path below which the customer's session cookie of this store is sent: the store's own part of a shared host. */
export function customerCookiePath(subject: LinkSubject): string {
  const { base, platform, store } = subject;
  return base.site === 'local' && store !== null ? storefrontRoot(base, platform, store) : '/';
}

class Links implements LinkBuilder {
  constructor(
    private readonly subject: LinkSubject,
    private readonly language: Language,
  ) {}

  to(surface: 'platform' | 'admin' | 'store' | 'storefront', path: string, language = this.language): string {
    const { base, platform, store } = this.subject;
    switch (surface) {
      case 'admin':
        return adminRoot(base, platform) + path;
      case 'store':
        return dashboardRoot(base, platform, store) + path;
      case 'platform':
        return platformRoot(base, platform) + inLanguage(platform, language, path);
      case 'storefront':
        if (store === null) throw new TenantMissing({ needed: 'store', where: `The link to '${path}'` });
        return storefrontRoot(base, platform, store) + inLanguage(store, language, path);
    }
  }

  api(path: string): string {
    const { base, platform, store, surface } = this.subject;
    switch (surface) {
      case 'admin':
        return adminApiRoot(base, platform) + path;
      case 'store':
        return `${dashboardRoot(base, platform, store)}/api/v1/store${path}`;
      case 'storefront':
        return `${this.to('storefront', '/api/v1/storefront')}${path}`;
      case 'platform':
        return `${platformRoot(base, platform)}/api/v1/platform${path}`;
      case 'webhook':
        return `${platformRoot(base, platform)}/webhooks${path}`;
    }
  }

  canonical(path: string, language = this.language): string {
    const { base, platform, store } = this.subject;
    return canonicalRoot(base, platform, store) + inLanguage(store ?? platform, language, path);
  }
}

function adminApiRoot(base: AddressBase, platform: PlatformRecord): string {
  const isGlobal = isGlobalPlatform(platform);
  const own = isGlobal ? '/api/v1/admin' : `/api/v1/admin/platforms/${platform.code}`;
  if (isGlobal || base.viaGlobalAdmin || base.site === 'admin') return own;
  return (base.site === 'local' ? `/platforms/${platform.code}` : platformRoot(base, platform)) + own;
}

/** Files and stylesheets are the same in every language; pages of the default language have no prefix. */
function inLanguage(
  owner: { readonly defaultLanguage: Language; readonly languages: readonly Language[] },
  language: Language,
  path: string,
): string {
  if (language === owner.defaultLanguage || !owner.languages.includes(language)) return path;
  return isFile(path) ? path : `/${language}${path}`;
}

const isFile = (path: string): boolean =>
  path.startsWith('/media/') || path.startsWith('/api/') || path.slice(0, segmentOf(path)).includes('.');

function segmentOf(path: string): number {
  const end = path.slice(1).search(/[/?#]/);
  return end < 0 ? path.length : end + 1;
}
