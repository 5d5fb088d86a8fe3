import type { PermissionDefinition } from '../../kernel/plugin.js';

export const corePermissions: Readonly<Record<string, PermissionDefinition>> = {
  'core.dashboard.view': {
    audience: 'store',
    label: 'core.permissions.dashboardView',
    roles: ['manager', 'staff'],
  },
  'core.settings.view': { audience: 'store', label: 'core.permissions.settingsView', roles: ['manager'] },
  'core.settings.edit': { audience: 'store', label: 'core.permissions.settingsEdit', roles: ['manager'] },
  'core.admin.view': { audience: 'admin', label: 'core.permissions.adminView' },
  'core.admin.edit': { audience: 'admin', label: 'core.permissions.adminEdit' },
  'core.jobs.view': { audience: 'admin', label: 'core.permissions.jobsView' },
  'core.jobs.retry': { audience: 'admin', label: 'core.permissions.jobsRetry' },
};
