import type { Language } from '../../kernel/context.js';

/** Everything that makes two requests get two pages. */
export interface PageAddress {
  /** Key of the platform's snapshot: another set of modules is another page. */
  readonly snapshot: string;
  readonly platformId: string;
  readonly storeId: string | null;
  readonly language: Language;
  /** Origin and prefix under which the tenant was reached, since links on the page hang on it. */
  readonly base: string;
  /** Clean path below the base, with the query where the page reads it. */
  readonly path: string;
}

/** The key of a page; no part can run into the next, since none may contain a line break. */
export const pageKey = (address: PageAddress): string =>
  [
    address.platformId,
    address.storeId ?? '',
    address.language,
    address.snapshot,
    address.base,
    address.path,
  ].join('\n');
