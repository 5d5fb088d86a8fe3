import type { PermissionDefinition } from '../../kernel/plugin.js';

const admin = (name: string): PermissionDefinition => ({
  audience: 'admin',
  label: `core.permissions.${name}`,
});

export const platformAdminPermissions: Readonly<Record<string, PermissionDefinition>> = {
  'platform-admin.platforms.view': admin('platformsView'),
  'platform-admin.platforms.edit': admin('platformsEdit'),
  'platform-admin.platforms.create': admin('platformsCreate'),
  'platform-admin.modules.view': admin('modulesView'),
  'platform-admin.modules.edit': admin('modulesEdit'),
  'platform-admin.menu.view': admin('menuView'),
  'platform-admin.menu.edit': admin('menuEdit'),
  'platform-admin.tiers.view': admin('tiersView'),
  'platform-admin.tiers.edit': admin('tiersEdit'),
  'platform-admin.merchants.view': admin('merchantsView'),
  'platform-admin.merchants.edit': admin('merchantsEdit'),
  'platform-admin.stores.view': admin('storesView'),
  'platform-admin.stores.edit': admin('storesEdit'),
  'platform-admin.audit.view': admin('auditView'),
  'platform-admin.health.view': admin('healthView'),
  'platform-admin.admin_users.view': admin('adminUsersView'),
  'platform-admin.admin_users.edit': admin('adminUsersEdit'),
  'platform-admin.roles.view': admin('rolesView'),
  'platform-admin.roles.edit': admin('rolesEdit'),
  'platform-admin.impersonation.start': admin('impersonationStart'),
  'platform-admin.team.view': { audience: 'store', label: 'core.permissions.teamView', roles: ['manager'] },
  'platform-admin.team.edit': { audience: 'store', label: 'core.permissions.teamEdit', roles: ['manager'] },
  'platform-admin.team_roles.edit': {
    audience: 'store',
    label: 'core.permissions.teamRolesEdit',
    scope: 'merchant',
  },
  'platform-admin.owners.edit': {
    audience: 'store',
    label: 'core.permissions.ownersEdit',
    scope: 'merchant',
  },
};
