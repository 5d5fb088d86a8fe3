/** The surfaces whose menu can be arranged. */
export const MENU_SURFACES = ['admin', 'store'] as const;
export type MenuSurface = (typeof MENU_SURFACES)[number];

/** What a platform changed about its menus, by `surface code`. */
export interface PlatformMenu {
  readonly hidden: ReadonlySet<string>;
  readonly positions: ReadonlyMap<string, number>;
}

/** How a person arranged their own menu, by `surface code`. */
export interface OwnMenu {
  readonly hidden: ReadonlySet<string>;
  readonly pinned: ReadonlySet<string>;
}

export const UNCHANGED_MENU: PlatformMenu = Object.freeze({
  hidden: new Set<string>(),
  positions: new Map(),
});
export const UNARRANGED_MENU: OwnMenu = Object.freeze({
  hidden: new Set<string>(),
  pinned: new Set<string>(),
});

/** A menu item's name within one platform: codes are unique per surface only. */
export const itemKey = (surface: string, code: string): string => `${surface} ${code}`;
