import type { BadgeKind } from '../views/adminList.js';
import type { Words } from '../views/words.js';

const KINDS: Readonly<Record<string, BadgeKind>> = {
  active: 'success',
  suspended: 'warning',
  inactive: 'neutral',
  left: 'neutral',
};

/** How a store stands on a platform, as a badge. */
export function storeBadge(
  t: Words,
  { status, isActive }: { readonly status: string; readonly isActive: boolean },
): { badge: string; kind: BadgeKind } {
  const standing = isActive ? status : 'left';
  return { badge: t(`core.status.${standing}`), kind: KINDS[standing] ?? 'neutral' };
}
