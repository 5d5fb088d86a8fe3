import { defineHook } from './hook.js';

/** A link of a public site, below the site's root. */
export interface SiteLink {
  /** In the language of the request; plain text. */
  readonly label: string;
  readonly path: string;
}

export interface SiteNavigation {
  readonly header: readonly SiteLink[];
  readonly footer: readonly SiteLink[];
}

/** Collects the links of a marketing site or storefront; runs in the request that shows them. */
export const siteNavigation = defineHook<SiteNavigation>('core.siteNavigation');
