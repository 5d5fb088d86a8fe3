import { flash } from '../../../http/flash/flash.js';
import type { AdminUser } from '../../../identity/people/AdminUsers.js';
import { redirect, type Redirect, type RouteContext } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import type { CoreParts } from '../../core/CoreParts.js';
import type { Words } from '../../views/words.js';
import { roleOptions, roleText, tabsOf } from './peopleWords.js';

export const BASE = '/admin-users';
export const EDIT = 'platform-admin.admin_users.edit';
const common = { surface: 'admin', scope: 'both', kind: 'page', menu: 'admin-users' } as const;
export const see = { ...common, access: 'platform-admin.admin_users.view' } as const;
export const edit = { ...common, access: EDIT } as const;

/** Address of a page about administrators. */
export const to = (ctx: RouteContext, path = ''): string => ctx.links.to('admin', `${BASE}${path}`);

export const done = (ctx: RouteContext, key: string, path = ''): Redirect =>
  redirect(to(ctx, path), 303, flash(ctx, { kind: 'success', key }));

/** Tabs of the pages about administrators. */
export const adminTabs = (t: Words, ctx: RouteContext, current: string): object[] =>
  tabsOf(
    ctx,
    'admin',
    [
      { label: t('core.menu.adminUsers'), path: BASE },
      { label: t('core.team.invitations'), path: `${BASE}/invitations` },
      ...(isGlobalPlatform(ctx.platform) ? [] : [{ label: t('core.roles.title'), path: '/roles' }]),
    ],
    current,
  );

/** What an administrator is, as people read it. */
export const rolesText = (t: Words, ctx: RouteContext, user: AdminUser): string =>
  [
    ...(user.isSuperAdmin ? [t('core.roles.super_admin')] : []),
    ...user.roles.map(({ platform, role: held, name }) =>
      isGlobalPlatform(ctx.platform) ? `${platform}: ${roleText(t, held, name)}` : roleText(t, held, name),
    ),
  ].join(' · ');

/** Roles that an administrator of a platform may have; above the platforms there is none to choose. */
export async function roleChoices(
  parts: CoreParts,
  ctx: RouteContext,
  t: Words,
): Promise<{ value: string; label: string }[]> {
  if (isGlobalPlatform(ctx.platform)) return [];
  return roleOptions(t, ['admin'], await parts.people.platformRoles.list(ctx));
}
