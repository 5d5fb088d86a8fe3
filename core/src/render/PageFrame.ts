import type { Language, LinkBuilder, SnapshotView } from '../kernel/context.js';
import type { Words } from '../i18n/Words.js';

/** The outer shells a page can stand in. */
export const LAYOUTS = [
  'marketing',
  'storefront',
  'admin',
  'dashboard',
  'auth',
  'plain',
  'error',
  'mail',
] as const;
export type Layout = (typeof LAYOUTS)[number];

/**
 * Everything around the content of a page: filled by the HTTP layer for each request, read by the layouts as
 * `frame.…` and by every template as `@frame.…`. All fields are always there; what is not known is null or empty.
 */
export interface PageFrame {
  readonly surface: 'platform' | 'storefront' | 'admin' | 'store';
  readonly language: Language;
  /** All texts of that language: `translator.words(language, platform.defaultLanguage)`. */
  readonly words: Words;
  readonly links: LinkBuilder;
  /** Decides which modules' templates may be used. */
  readonly snapshot: SnapshotView;
  /** Block type → `plugin/template`, of the modules that are on; types that core draws itself need no entry. */
  readonly blocks: ReadonlyMap<string, string>;
  /** Name of the platform (marketing, admin) or of the store (storefront, dashboard). */
  readonly siteName: string;
  /** Address of the site's start page. */
  readonly homeHref: string;
  /** The tenant's stylesheet and pictures; null where the surface is not themed (admin, dashboard). */
  readonly theme: FrameTheme | null;
  /** The page stands in a frame beside its editor. */
  readonly isPreview?: boolean;
  /** Title of the page where its template sets none. */
  readonly title: string;
  readonly description: string | null;
  /** Absolute address of this page on the tenant's primary host. */
  readonly canonical: string | null;
  /** The same page in the other languages, for `hreflang`; empty where there is only one. */
  readonly alternates: readonly Alternate[];
  /** Content of the robots tag, e.g. `noindex`; null where the page may be indexed. */
  readonly robots: string | null;
  /** Entries of the language switch; fewer than two show no switch. */
  readonly languages: readonly LanguageChoice[];
  /** Main navigation, what the person may see already filtered and in order. */
  readonly menu: readonly MenuGroup[];
  /** Navigation at the foot of public pages. */
  readonly footerMenu: readonly MenuGroup[];
  /** Who is signed in; null for visitors and on pages that are cached for all. */
  readonly user: FrameUser | null;
  /** Address of the sign-in page of this surface; null where there is none. */
  readonly signInHref: string | null;
  /** What a visitor of a public site should do first: a button in its header; null: nothing. */
  readonly siteAction: { readonly label: string; readonly href: string } | null;
  /** Which platform or store the dashboards work on, at the head of their menu. */
  readonly workplace: Workplace | null;
  /** Where a store gets more than its tier gives; null, or left out: nowhere. */
  readonly upgradeHref?: string | null;
  /** What the last action led to; shown once. */
  readonly flash: Flash | null;
  /** An administrator acts as the person of the session; null, or left out: nobody does. */
  readonly impersonation?: { readonly text: string; readonly stopAction: string } | null;
  /** Standing notices: suspension, a module that needs attention. */
  readonly notices: readonly Notice[];
  /** Light or dark as the person chose for the dashboards; public pages follow the system. */
  readonly scheme: Scheme;
  /** What people may choose for the dashboards; null on public pages. */
  readonly preferences: Preferences | null;
}

export interface FrameTheme {
  /** Address of the stylesheet, `/theme.{hash}.css`. */
  readonly address: string;
  readonly hash: string;
  readonly logo: string | null;
  readonly favicon: string | null;
  /** Wide picture at the head of a storefront's home; null for none. */
  readonly banner: string | null;
  /** Addresses of font files that the page will surely need. */
  readonly fonts: readonly string[];
  /** How the head of the page is laid out: bar, centered or solid. */
  readonly header: string;
}

export interface Alternate {
  /** A language, or `x-default`. */
  readonly language: Language | 'x-default';
  /** Absolute address. */
  readonly href: string;
}

/** How a page looks where its address is shared; what is null comes from the page. */
export interface SocialCard {
  readonly title: string | null;
  readonly description: string | null;
  /** Absolute address of a picture. */
  readonly image: string | null;
}

export interface LanguageChoice {
  readonly code: Language;
  /** The language's name in itself, e.g. `Lëtzebuergesch`; see `LANGUAGE_NAMES`. */
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

export interface MenuGroup {
  readonly code: string;
  /** Heading of the group, translated; null for a group without one. */
  readonly label: string | null;
  readonly items: readonly MenuEntry[];
}

export interface MenuEntry {
  readonly code: string;
  /** Translated. */
  readonly label: string;
  /** Null for a heading that only holds `children`. */
  readonly href: string | null;
  /** Name of an icon in templates/icons; null for none. */
  readonly icon: string | null;
  readonly isCurrent: boolean;
  /** A number or word at the end of an entry of the dashboards' menu. */
  readonly count?: string | undefined;
  /** Of a heading in a public menu: what stands below it. */
  readonly children?: readonly MenuEntry[];
}

export interface FrameUser {
  readonly name: string;
  readonly email: string;
  /** Address that a POST signs out at. */
  readonly signOutAction: string;
  readonly profileHref: string | null;
  /** Where the person arranges their own menu; left out or null where there is none to arrange. */
  readonly ownMenuHref?: string | null;
}

export interface Workplace {
  readonly name: string;
  /** Second line, e.g. the domain; null for none. */
  readonly detail: string | null;
  /** Where another one is chosen; null where there is no choice. */
  readonly switchHref: string | null;
}

export interface Notice {
  readonly kind: 'info' | 'success' | 'warning' | 'error';
  /** Translated sentence, plain text. */
  readonly text: string;
  /** Where one reads or does more. */
  readonly link?: string | undefined;
  readonly linkText?: string | undefined;
}

/** What the last action led to, with the way back where there is one. */
export interface Flash {
  readonly kind: Notice['kind'];
  readonly text: string;
  readonly undo: {
    readonly action: string;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  } | null;
}

export const SCHEMES = ['light', 'dark', 'system'] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface Preferences {
  /** Address that a POST sets them at. */
  readonly action: string;
  /** Path to come back to. */
  readonly next: string;
  /** `short` as in `EN`, where there is no room for the name. */
  readonly languages: readonly (Omit<LanguageChoice, 'href'> & { readonly short: string })[];
  readonly schemes: readonly {
    readonly code: Scheme;
    readonly labelKey: string;
    readonly symbol: string;
    readonly isCurrent: boolean;
  }[];
}

/** The languages' names in themselves, for the language switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  lb: 'Lëtzebuergesch',
};

/** What a page's template may set about the page itself, with the helper `page`. */
export interface PageHead {
  title: string;
  description: string | null;
  robots: string | null;
  /** Absolute address that search engines are to keep for this page. */
  canonical: string | null;
  /** The same page in other languages, for `hreflang`; only languages in which it exists. */
  alternates: readonly Alternate[];
  /** What a shared link shows where it differs from title and description. */
  social: SocialCard;
  /** Objects of schema.org, in the order in which they are printed as JSON-LD. */
  structuredData: readonly object[];
  layout: Layout;
  /** Width of the content column in the `auth` and `plain` layouts and on articles. */
  width: 'narrow' | 'normal' | 'wide';
}

/** One rendering: the frame and the view's own data. */
export interface RenderPage {
  readonly frame: PageFrame;
  readonly data: Readonly<Record<string, unknown>>;
}
