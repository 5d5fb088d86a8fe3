import type { MenuItemDefinition } from '../../../kernel/plugin.js';
import type { RouteDefinition } from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminUserApi } from './adminUserApi.js';
import { adminTabs } from './adminPlace.js';
import { adminUserPages } from './adminUserPages.js';
import { roleApi } from './roleApi.js';
import { rolePages } from './rolePages.js';
import { storePeoplePages } from './storePeoplePages.js';
import { teamApi } from './teamApi.js';
import { teamPages } from './teamPages.js';
import { teamTabs } from './teamPlace.js';

/** Who administers and who works in stores: menu items. */
export const peopleMenu: readonly MenuItemDefinition[] = [
  {
    code: 'admin-users',
    surface: 'admin',
    scope: 'both',
    label: 'core.menu.adminUsers',
    path: '/admin-users',
    section: 'people',
    order: 320,
    icon: 'users-group',
    permission: 'platform-admin.admin_users.view',
  },
  {
    code: 'roles',
    surface: 'admin',
    label: 'core.menu.roles',
    path: '/roles',
    section: 'people',
    order: 330,
    icon: 'shield-lock',
    permission: 'platform-admin.roles.view',
  },
  {
    code: 'team',
    surface: 'store',
    label: 'core.menu.team',
    path: '/team',
    section: 'system',
    order: 880,
    icon: 'users',
    permission: 'platform-admin.team.view',
  },
];

const ADMIN_ROLES = {
  surface: 'admin',
  base: '/roles',
  view: 'platform-admin.roles.view',
  edit: 'platform-admin.roles.edit',
} as const;
const TEAM_ROLES = {
  surface: 'store',
  base: '/team/roles',
  view: 'platform-admin.team.view',
  edit: 'platform-admin.team_roles.edit',
} as const;

export const peopleRoutes = (parts: CoreParts): RouteDefinition[] => {
  const { platformRoles, teamRoles } = parts.people;
  return [
    ...adminUserPages(parts),
    ...adminUserApi(parts),
    ...rolePages(parts, {
      ...ADMIN_ROLES,
      menu: 'roles',
      roles: platformRoles,
      tabs: (ctx) => adminTabs(authWords(parts, ctx).t, ctx, '/roles'),
    }),
    ...roleApi({ ...ADMIN_ROLES, roles: platformRoles, some: 'platform-admin.stores.view' }),
    ...rolePages(parts, {
      ...TEAM_ROLES,
      menu: 'team',
      roles: teamRoles,
      tabs: (ctx) => teamTabs(authWords(parts, ctx).t, ctx, '/team/roles'),
    }),
    ...roleApi({ ...TEAM_ROLES, roles: teamRoles, some: 'core.dashboard.view' }),
    ...teamPages(parts),
    ...teamApi(parts),
    ...storePeoplePages(parts),
  ];
};
