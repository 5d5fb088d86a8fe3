import type { MenuItemDefinition } from '../../kernel/plugin.js';

export const coreMenu: readonly MenuItemDefinition[] = [
  { code: 'dashboard', surface: 'admin', scope: 'both', label: 'core.menu.dashboard', path: '/', section: 'overview', order: 10, icon: 'dashboard', mandatory: true },
  { code: 'settings', surface: 'admin', label: 'core.menu.settings', path: '/settings', section: 'system', order: 900, icon: 'settings', permission: 'core.admin.view', mandatory: true },
  { code: 'dashboard', surface: 'store', label: 'core.menu.dashboard', path: '/dashboard', section: 'overview', order: 10, icon: 'dashboard', permission: 'core.dashboard.view', mandatory: true },
  { code: 'settings', surface: 'store', label: 'core.menu.settings', path: '/settings', section: 'system', order: 900, icon: 'settings', permission: 'core.settings.view', mandatory: true },
  { code: 'profile', surface: 'store', label: 'core.menu.profile', path: '/profile', section: 'system', order: 910, icon: 'user', mandatory: true },
];
