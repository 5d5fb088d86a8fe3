import type { PlatformListing } from '../core/visiblePlatforms.js';
import type { BadgeKind } from '../views/adminList.js';
import type { Words } from '../views/words.js';

/** Whether a platform is switched on, as a badge. */
export const platformBadge = (t: Words, isActive: boolean): { badge: string; kind: BadgeKind } => ({
  badge: t(isActive ? 'core.status.active' : 'core.status.inactive'),
  kind: isActive ? 'success' : 'neutral',
});

/** What a list of platforms is asked for. */
export interface PlatformsQuery {
  readonly q: string;
  readonly page: number;
  readonly perPage: number;
  readonly status?: string | undefined;
  readonly sort?: string | undefined;
  readonly format?: 'csv' | undefined;
}

const KEYS: Readonly<Record<string, (platform: PlatformListing) => string | number>> = {
  name: ({ name }) => name.toLowerCase(),
  domain: ({ domain }) => domain ?? '',
  stores: ({ storeCount }) => storeCount,
  modules: ({ moduleCount }) => moduleCount,
};

/** Names that the list may be sorted by. */
export const PLATFORM_SORTS = ['name', 'domain', 'stores', 'modules'] as const;

/** One page of the platforms, which are all in memory. */
export function pageOfPlatforms(
  platforms: readonly PlatformListing[],
  { q, page, perPage, status, sort = 'name', format }: PlatformsQuery,
): { items: readonly PlatformListing[]; total: number; page: number; perPage: number } {
  const wanted = q.toLowerCase();
  const found = platforms.filter(
    ({ name, code, domain, isActive }) =>
      (status === undefined || isActive === (status === 'active')) &&
      `${name} ${code} ${domain ?? ''}`.toLowerCase().includes(wanted),
  );
  const key = KEYS[sort.replace('-', '')] ?? ((platform: PlatformListing) => platform.name);
  const sign = sort.startsWith('-') ? -1 : 1;
  const sorted = [...found].sort((a, b) => sign * compare(key(a), key(b)) || compare(a.code, b.code));
  const at = (page - 1) * perPage;
  return { items: format ? sorted : sorted.slice(at, at + perPage), total: found.length, page, perPage };
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
