import type { PermissionDefinition } from '../../kernel/plugin.js';

export const corePermissions: Readonly<Record<string, PermissionDefinition>> = {
  'core.dashboard.view': {
    audience: 'store',
    label: 'core.permissions.dashboardView',
    roles: ['manager', 'staff'],
  },
  'core.settings.view': { audience: 'store', label: 'core.permissions.settingsView', roles: ['manager'] },
  'core.settings.edit': { audience: 'store', label: 'core.permissions.settingsEdit', roles: ['manager'] },
  'core.activity.view': { audience: 'store', label: 'core.permissions.activityView', roles: ['manager'] },
  'core.theme.view': { audience: 'store', label: 'core.permissions.themeView', roles: ['manager', 'staff'] },
  'core.theme.edit': { audience: 'store', label: 'core.permissions.themeEdit', roles: ['manager'] },
  'core.theme.publish': { audience: 'store', label: 'core.permissions.themePublish', roles: ['manager'] },
  'core.branding.view': { audience: 'admin', label: 'core.permissions.brandingView' },
  'core.branding.edit': { audience: 'admin', label: 'core.permissions.brandingEdit' },
  'core.branding.publish': { audience: 'admin', label: 'core.permissions.brandingPublish' },
  'core.admin.view': { audience: 'admin', label: 'core.permissions.adminView' },
  'core.admin.edit': { audience: 'admin', label: 'core.permissions.adminEdit' },
  'core.jobs.view': { audience: 'admin', label: 'core.permissions.jobsView' },
  'core.jobs.retry': { audience: 'admin', label: 'core.permissions.jobsRetry' },
};
