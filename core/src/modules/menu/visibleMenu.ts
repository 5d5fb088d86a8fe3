import type { From } from '../../kernel/snapshot/Snapshot.js';
import type { MenuItemDefinition } from '../../kernel/plugin.js';
import type { PermissionSet, Surface } from '../../kernel/context.js';

/** Who looks at the menu, and where. */
export interface MenuViewer {
  readonly surface: Exclude<Surface, 'webhook'>;
  /** For admin: one platform or above all of them. */
  readonly scope: 'platform' | 'global';
  readonly permissions: PermissionSet;
  hasFeature(feature: string): boolean;
}

/** The items a person sees: module on (the list is of a snapshot) ∧ permission ∧ feature. */
export function visibleMenu(
  items: readonly From<MenuItemDefinition>[],
  viewer: MenuViewer,
): From<MenuItemDefinition>[] {
  return items.filter(
    (item) => item.surface === viewer.surface && inScope(item, viewer) && isVisible(item, viewer),
  );
}

/** Whether one item shows for a person; a page whose item does not show is not there for them. */
export function isVisible(
  item: Pick<MenuItemDefinition, 'permission' | 'feature'>,
  viewer: Pick<MenuViewer, 'permissions' | 'hasFeature'>,
): boolean {
  return (
    (item.permission === undefined || viewer.permissions.has(item.permission)) &&
    (item.feature === undefined || viewer.hasFeature(item.feature))
  );
}

function inScope(item: MenuItemDefinition, { surface, scope }: MenuViewer): boolean {
  if (surface !== 'admin') return true;
  const declared = item.scope ?? 'platform';
  return declared === 'both' || declared === scope;
}
