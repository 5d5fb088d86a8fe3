import { LANGUAGES, type Language, type PlatformRecord, type StoreRecord } from '../../kernel/context.js';
import { below, segmentEnd } from './requestPath.js';
import type { Resolution } from './resolution.js';
import type { Walk } from './Walk.js';

/** First segments that lie beside the public pages, never below a language. */
const NOT_IN_A_LANGUAGE: ReadonlySet<string> = new Set([
  'admin',
  'store',
  'stores',
  'platforms',
  'api',
  'health',
  'webhooks',
  'assets',
  'media',
  'vendor',
  'vendors',
  ...LANGUAGES,
]);

/** Pages of a platform (no store) or of a store, below a root at `at`: language prefix, old `shop/`, the page. */
export function publicPages(
  walk: Walk,
  platform: PlatformRecord,
  store: StoreRecord | null,
  at: number,
): Resolution {
  const end = segmentEnd(walk.path, at);
  if (end - at !== 3 || !isLanguage(walk.path, at)) return pageBelow(walk, platform, store, at, null);
  const language = walk.path.slice(at + 1, end) as Language;
  const { defaultLanguage, languages } = store ?? platform;
  if (!languages.includes(language)) return walk.notFound(platform);
  if (language === defaultLanguage) return walk.redirect(walk.path.slice(0, at), end);
  if (walk.endsAt(end)) return walk.addSlash(end);
  const first = walk.path.slice(end + 1, segmentEnd(walk.path, end));
  if (NOT_IN_A_LANGUAGE.has(first) || first.includes('.')) return walk.notFound(platform);
  return pageBelow(walk, platform, store, end, language);
}

function pageBelow(
  walk: Walk,
  platform: PlatformRecord,
  store: StoreRecord | null,
  at: number,
  language: Language | null,
): Resolution {
  const { path } = walk;
  if (store !== null) {
    const end = segmentEnd(path, at);
    const length = end - at;
    if (length === 5 && path.startsWith('/shop', at))
      return walk.redirect(`${path.slice(0, at)}/storefront`, end);
    if (length === 11 && walk.endsAt(end) && path.endsWith('/storefront')) return walk.addSlash(end);
  }
  const surface = store === null ? 'platform' : 'storefront';
  return walk.tenant({ platform, store, surface, kind: 'page', path: below(path, at), language });
}

function isLanguage(path: string, at: number): boolean {
  for (const language of LANGUAGES) if (path.startsWith(language, at + 1)) return true;
  return false;
}
