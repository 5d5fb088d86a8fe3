import type { Language } from '@wizamart/core';
import type { Body } from './blocks/schemas.js';

/** Marketing page of the platform, or what each of its stores shows under a slug until it has its own. */
export const PLATFORM_PAGE_KINDS = ['platform', 'default'] as const;
export type PlatformPageKind = (typeof PLATFORM_PAGE_KINDS)[number];

/** Where a store's page comes from: the platform's default, the store's own instead of it, or the store's alone. */
export const PAGE_SOURCES = ['default', 'override', 'custom'] as const;
export type PageSource = (typeof PAGE_SOURCES)[number];

/** `landing` is as wide as the window, `article` is a column of text. */
export const PAGE_TEMPLATES = ['landing', 'article'] as const;
export type PageTemplate = (typeof PAGE_TEMPLATES)[number];

/** Which menu of the site links to the page. */
export const PLACEMENTS = ['header', 'footer', 'none'] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** `published`: visitors see it. A draft beside a published version does not change that. */
export const PAGE_STATUSES = ['draft', 'published'] as const;
export type PageStatus = (typeof PAGE_STATUSES)[number];

/** For search engines and shared links; what is left out comes from the page itself. */
export interface Seo {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** `noindex` keeps the page out of search engines and the sitemap. */
  readonly robots?: 'index' | 'noindex' | undefined;
  /** `nofollow`: links of the page do not speak for where they lead. */
  readonly follow?: 'follow' | 'nofollow' | undefined;
  /** Path of the page of this site that search engines are to show instead, without the language. */
  readonly canonical?: string | undefined;
  /** Where the page is shared; what is left out comes from title and description above. */
  readonly ogTitle?: string | undefined;
  readonly ogDescription?: string | undefined;
  /** Picture of the media library by its id, or a path of this site. */
  readonly ogImage?: string | undefined;
}

/** One language of one version of a page. */
export interface Translation {
  readonly title: string;
  /** One or two sentences for lists and search results; empty where nobody wrote any. */
  readonly description: string;
  readonly body: Body;
  readonly seo: Seo;
}

export type Translations = Readonly<Partial<Record<Language, Translation>>>;

/** What holds for a page as a whole, in every version and language; a change takes effect at once. */
export interface PageSettings {
  readonly slug: string;
  readonly template: PageTemplate;
  readonly placement: Placement;
  /** Order within the menu, ascending. */
  readonly position: number;
}

/** A page as a list shows it. */
export interface PageSummary extends PageSettings {
  readonly id: string;
  readonly status: PageStatus;
  /** There is a version that visitors do not see yet. */
  readonly hasDraft: boolean;
  readonly title: string;
  readonly languages: readonly Language[];
  /** When the version that visitors see went live; null while there is none. */
  readonly publishedAt: Date | null;
  /** From when visitors see the draft; null: nothing is set. */
  readonly publishAt: Date | null;
  /** From when visitors see the page no more; null: nothing is set. */
  readonly unpublishAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A page as its editors see it: the draft where there is one, else the live version. */
export interface PageDetail extends PageSummary {
  /** Of the version shown. */
  readonly version: number;
  /** Language of `title`, `description`, `body` and `seo`. */
  readonly language: Language;
  readonly description: string;
  readonly body: Body;
  readonly seo: Seo;
  readonly translations: Translations;
}

/** A default with what became of it in the stores of its platform. */
export interface DefaultUsage {
  /** Active stores that show the default. */
  readonly usedBy: number;
  /** Active stores that show a page of their own instead. */
  readonly overriddenBy: number;
}

/** A page of a store, whoever wrote it. */
export interface StorePageSummary extends PageSummary {
  readonly source: PageSource;
  /** The default has a newer published version than the one the page was copied from. */
  readonly defaultChanged: boolean;
}
export interface StorePageDetail extends PageDetail {
  readonly source: PageSource;
  /** As in the summary. */
  readonly defaultChanged: boolean;
}

/** One bounded number; `limit` null is unlimited. */
export interface Meter {
  readonly used: number;
  readonly limit: number | null;
}

export interface PageUsage {
  /** A store's own pages: overrides and custom ones. */
  readonly pages: Meter;
  readonly customPages: Meter;
}

export interface PageList<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

/** What a visitor gets. */
export interface PublicPage {
  readonly slug: string;
  readonly source: 'platform' | 'default' | 'store';
  readonly template: PageTemplate;
  /** Language of the content, which may not be the one that was asked for. */
  readonly language: Language;
  /** Every language the page exists in. */
  readonly languages: readonly Language[];
  readonly title: string;
  readonly description: string;
  readonly body: Body;
  readonly seo: Seo;
  readonly publishedAt: Date;
}
