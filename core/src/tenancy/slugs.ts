import { z } from 'zod';
import { LANGUAGES } from '../kernel/context.js';

/** First path segments that the system itself uses. */
const SYSTEM_SEGMENTS = [
  'admin',
  'store',
  'stores',
  'storefront',
  'platforms',
  'api',
  'health',
  'webhooks',
  'assets',
  'media',
  'signup',
  'vendor',
  'vendors',
  'shop',
] as const;

/** Words that no page can have as its slug: the system's own addresses and the languages. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([...SYSTEM_SEGMENTS, ...LANGUAGES]);
/** Words below `/store/` that belong to the store picker. */
export const RESERVED_STORE_CODES: ReadonlySet<string> = new Set([
  ...RESERVED_SLUGS,
  'login',
  'logout',
  'new',
  'media',
  'forgot-password',
  'reset-password',
  'account',
  'invitation',
  'forgot',
  'reset',
  'confirm-email',
]);
const RESERVED_PLATFORM_CODES: ReadonlySet<string> = new Set([
  ...RESERVED_SLUGS,
  'global',
  'new',
  'login',
  'logout',
  '__dev',
]);
const RESERVED_SUBDOMAINS: ReadonlySet<string> = new Set([
  'www',
  'admin',
  'api',
  'mail',
  'smtp',
  'imap',
  'pop',
  'ftp',
  'ns',
  'ns1',
  'ns2',
  'mx',
  'autodiscover',
  'autoconfig',
  'localhost',
  'static',
  'assets',
  'cdn',
  'media',
  'status',
  'webhooks',
]);

/**
 * What is wrong with a page's slug, in one sentence that says how to mend it; undefined when it may be used.
 *
 * @param platformCodes on the platform main also the codes of all platforms, which are old addresses there
 */
export function slugFault(slug: string, platformCodes: readonly string[] = []): string | undefined {
  if (slug.length === 0) return 'Enter a slug, for example about-us.';
  if (slug.length > 100) return `The slug has ${slug.length} characters; shorten it to 100.`;
  if (!/^[a-z0-9-]+$/.test(slug)) return `Use only a–z, 0–9 and hyphens, for example '${suggestSlug(slug)}'.`;
  if (RESERVED_SLUGS.has(slug))
    return `'${slug}' is an address of the system; choose another, for example '${slug}-page'.`;
  if (platformCodes.includes(slug))
    return `'${slug}' is the code of a platform; choose another, for example '${slug}-page'.`;
  return undefined;
}

/** What is wrong with a store's code; undefined when it may be used. */
export const storeCodeFault = (code: string): string | undefined =>
  codeFault(code, 'store', RESERVED_STORE_CODES);

/** What is wrong with a platform's code; undefined when it may be used. */
export const platformCodeFault = (code: string): string | undefined =>
  codeFault(code, 'platform', RESERVED_PLATFORM_CODES);

/** What is wrong with a store's subdomain; undefined when it may be used. */
export function subdomainFault(subdomain: string): string | undefined {
  if (subdomain.length > 63) return `The subdomain has ${subdomain.length} characters; shorten it to 63.`;
  if (RESERVED_SUBDOMAINS.has(subdomain))
    return `'${subdomain}' is used by the system; choose another, for example '${subdomain}-store'.`;
  if (subdomain.startsWith('xn--'))
    return `'${subdomain}' is an encoded international name; use a–z, 0–9 and hyphens.`;
  return codeFault(subdomain, 'subdomain', new Set());
}

function codeFault(code: string, what: string, reserved: ReadonlySet<string>): string | undefined {
  if (code.length === 0) return `Enter a ${what} code, for example acme.`;
  if (code.length > 50 && what !== 'subdomain')
    return `The code has ${code.length} characters; shorten it to 50.`;
  if (!/^[a-z0-9]+(?:-+[a-z0-9]+)*$/.test(code)) {
    return `Use only a–z, 0–9 and hyphens between them, for example '${suggestSlug(code)}'.`;
  }
  if (reserved.has(code))
    return `'${code}' is a word of the system; choose another, for example '${code}-1'.`;
  return undefined;
}

/** The nearest valid slug to any text. */
export function suggestSlug(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  if (slug === '') return 'page';
  return RESERVED_SLUGS.has(slug) ? `${slug}-page` : slug;
}

const checkedBy = (fault: (value: string) => string | undefined) =>
  z.string().superRefine((value, issues) => {
    const message = fault(value);
    if (message !== undefined) issues.addIssue({ code: 'custom', message });
  });

/** A page's slug; the platforms' codes on main are checked where the page is written. */
export const slugSchema = checkedBy((slug) => slugFault(slug));
export const storeCodeSchema = checkedBy(storeCodeFault);
export const platformCodeSchema = checkedBy(platformCodeFault);
export const subdomainSchema = checkedBy(subdomainFault);
