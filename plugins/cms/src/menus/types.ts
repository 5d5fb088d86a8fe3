import type { Language } from '@wizamart/core';

/** Where on a site a menu stands. */
export const MENU_PLACES = ['header', 'footer'] as const;
export type MenuPlace = (typeof MENU_PLACES)[number];

/** What an entry is called, by language; a language that is missing is taken from the others. */
export type MenuLabels = Readonly<Partial<Record<Language, string>>>;

/** Leads to a page, wherever its address moves; shown while visitors see the page. */
export interface PageItem {
  readonly kind: 'page';
  readonly page: string;
  /** Empty: the page's own title. */
  readonly labels: MenuLabels;
  readonly visible: boolean;
}
export interface AddressItem {
  readonly kind: 'address';
  readonly href: string;
  readonly labels: MenuLabels;
  readonly visible: boolean;
}
export type MenuLink = PageItem | AddressItem;

/** Holds links and leads nowhere itself; shown while one of them is. */
export interface HeadingItem {
  readonly kind: 'heading';
  readonly labels: MenuLabels;
  readonly visible: boolean;
  readonly children: readonly MenuLink[];
}
export type MenuItem = MenuLink | HeadingItem;

/** One menu of a site as its editors see it. */
export interface SiteMenu {
  readonly place: MenuPlace;
  /** Nobody has edited it: it lists the pages that are placed there, in their order. */
  readonly isAutomatic: boolean;
  readonly items: readonly MenuItem[];
  /** Null while it is automatic. */
  readonly updatedAt: Date | null;
}

/** A page that an entry may lead to. */
export interface MenuPageChoice {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  /** Visitors see it now. */
  readonly isLive: boolean;
}
