import type { Language, SiteLink } from '@wizamart/core';
import type { MenuItem, MenuLabels, MenuLink } from './types.js';

/** A page that visitors see now, as a menu needs it. */
export interface LinkedPage {
  readonly id: string;
  /** The default that a store's page stands in for; null for none. */
  readonly twin: string | null;
  readonly path: string;
  readonly title: string;
}

/**
 * The entries of an edited menu that visitors see.
 *
 * Left out: what is hidden, pages that nobody sees now, headings without an entry below them.
 *
 * @param languages in order of preference; the first is the one that was asked for
 */
export function ownMenu(
  items: readonly MenuItem[],
  pages: readonly LinkedPage[],
  languages: readonly Language[],
): SiteLink[] {
  const byId = new Map(
    pages.flatMap((page) => [
      [page.id, page] as const,
      ...(page.twin === null ? [] : [[page.twin, page] as const]),
    ]),
  );
  const linksOf = (item: MenuItem): SiteLink[] => {
    if (!item.visible) return [];
    if (item.kind !== 'heading') return linkOf(item, byId, languages);
    const children = item.children.flatMap(linksOf);
    return children.length === 0 ? [] : [{ label: labelIn(item.labels, languages), path: null, children }];
  };
  return items.flatMap(linksOf);
}

function linkOf(
  item: MenuLink,
  pages: ReadonlyMap<string, LinkedPage>,
  languages: readonly Language[],
): SiteLink[] {
  if (item.kind === 'address') return [{ label: labelIn(item.labels, languages), path: item.href }];
  const page = pages.get(item.page);
  const [asked] = languages;
  // A label of another language is no better than the page's title in the right one.
  return page ? [{ label: (asked && item.labels[asked]) ?? page.title, path: page.path }] : [];
}

function labelIn(labels: MenuLabels, languages: readonly Language[]): string {
  return (
    languages.map((language) => labels[language]).find((label) => label !== undefined) ??
    Object.values(labels)[0] ??
    ''
  );
}
