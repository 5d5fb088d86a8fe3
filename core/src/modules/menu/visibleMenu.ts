import type { From } from '../../kernel/snapshot/Snapshot.js';
import type { MenuItemDefinition } from '../../kernel/plugin.js';
import type { PermissionSet, Surface } from '../../kernel/context.js';
import { itemKey, UNCHANGED_MENU, type PlatformMenu } from './MenuChoices.js';

/** Who looks at the menu, and where. */
export interface MenuViewer {
  readonly surface: Exclude<Surface, 'webhook'>;
  /** For admin: one platform or above all of them. */
  readonly scope: 'platform' | 'global';
  readonly permissions: PermissionSet;
  hasFeature(feature: string): boolean;
  /** What the platform changed about its menus. */
  readonly platformMenu: PlatformMenu;
}

/**
 * The items a person sees, in the platform's order: module on (the list is of a snapshot) ∧ not hidden by the
 * platform ∧ permission ∧ feature.
 */
export function visibleMenu(
  items: readonly From<MenuItemDefinition>[],
  viewer: MenuViewer,
): From<MenuItemDefinition>[] {
  return inOrder(
    items.filter(
      (item) => item.surface === viewer.surface && inScope(item, viewer) && isVisible(item, viewer),
    ),
    viewer.platformMenu,
  );
}

/** Whether one item shows for a person; a page whose item does not show is not there for them. */
export function isVisible(
  item: Pick<MenuItemDefinition, 'permission' | 'feature'> &
    Partial<Pick<MenuItemDefinition, 'surface' | 'code' | 'mandatory'>>,
  {
    permissions,
    hasFeature,
    platformMenu = UNCHANGED_MENU,
  }: Pick<MenuViewer, 'permissions' | 'hasFeature'> & Partial<Pick<MenuViewer, 'platformMenu'>>,
): boolean {
  return (
    (item.permission === undefined || permissions.has(item.permission)) &&
    (item.feature === undefined || hasFeature(item.feature)) &&
    !isHidden(item, platformMenu)
  );
}

/** Whether the platform hides an item; mandatory ones it never does. */
export function isHidden(
  {
    surface = 'admin',
    code = '',
    mandatory,
  }: Partial<Pick<MenuItemDefinition, 'surface' | 'code' | 'mandatory'>>,
  { hidden }: PlatformMenu,
): boolean {
  return mandatory !== true && hidden.size > 0 && hidden.has(itemKey(surface, code));
}

/** The platform's order within each section; sections stay where their first item stands. */
export function inOrder<Item extends Pick<MenuItemDefinition, 'surface' | 'code' | 'section'>>(
  items: readonly Item[],
  { positions }: PlatformMenu,
): Item[] {
  if (positions.size === 0) return [...items];
  const sections = new Map<string, Item[]>();
  for (const item of items) sections.set(item.section, [...(sections.get(item.section) ?? []), item]);
  const place = (item: Item, declared: number): number =>
    positions.get(itemKey(item.surface, item.code)) ?? declared;
  return [...sections.values()].flatMap((section) =>
    section
      .map((item, declared) => ({ item, place: place(item, declared), declared }))
      .sort((a, b) => a.place - b.place || a.declared - b.declared)
      .map(({ item }) => item),
  );
}

function inScope(item: MenuItemDefinition, { surface, scope }: MenuViewer): boolean {
  if (surface !== 'admin') return true;
  const declared = item.scope ?? 'platform';
  return declared === 'both' || declared === scope;
}
