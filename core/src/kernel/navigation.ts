import { defineHook } from './hook.js';

/** An entry of a public site's menu: a link, or a heading above some. */
export interface SiteLink {
  /** In the language of the request; plain text. */
  readonly label: string;
  /** Below the site's root and without the language, or an address elsewhere (https:, mailto:, tel:); null for a heading. */
  readonly path: string | null;
  /** What stands below a heading; one level. */
  readonly children?: readonly SiteLink[];
}

export interface SiteNavigation {
  readonly header: readonly SiteLink[];
  readonly footer: readonly SiteLink[];
  /** What a visitor should do first, as a button beside the header's menu; at most one, the last tap's. */
  readonly action?: SiteLink;
}

/** Collects the links of a marketing site or storefront; runs in the request that shows them. */
export const siteNavigation = defineHook<SiteNavigation>('core.siteNavigation');
