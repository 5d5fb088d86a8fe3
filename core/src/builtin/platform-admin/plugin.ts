import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import { AuditService, DatabaseService, ModulesService, TenantsService } from '../../tokens.js';
import type { CoreParts } from '../core/CoreParts.js';
import { auditRoutes } from './auditRoutes.js';
import { domainRoutes } from './domainRoutes.js';
import { healthRoutes } from './healthRoutes.js';
import { merchantRoutes } from './merchantRoutes.js';
import { moduleRoutes } from './moduleRoutes.js';
import { menuPages } from './menu/menuPages.js';
import { menuRoutes } from './menu/menuRoutes.js';
import { comparePages } from './modules/comparePages.js';
import { modulePages } from './modules/modulePages.js';
import { settingsPages } from './modules/settingsPages.js';
import { platformAdminPermissions } from './permissions.js';
import { platformRoutes } from './platformRoutes.js';
import { storeRoutes } from './storeRoutes.js';
import { tierRoutes } from './tierRoutes.js';

/** The provider's side: platforms, their modules and tiers, merchants, stores, audit trail, health. */
export const platformAdminPlugin = (parts: CoreParts): AnyPlugin =>
  definePlugin({
    code: 'platform-admin',
    name: 'Merchants & stores',
    description: 'Platforms, their modules and tiers, merchants and their stores, the audit trail.',
    isCore: true,
    group: 'core',
    requires: {
      database: DatabaseService,
      audit: AuditService,
      tenants: TenantsService,
      modules: ModulesService,
    },
    features: [
      { code: 'merchants', name: 'Merchants' },
      { code: 'stores', name: 'Stores' },
      { code: 'admin_users', name: 'Admin users' },
      { code: 'platforms', name: 'Platforms' },
      { code: 'audit_log', name: 'Audit log' },
      { code: 'custom_domain', name: 'Own domain' },
    ],
    limits: [{ code: 'team_members', name: 'Team members', per: 'merchant' }],
    permissions: platformAdminPermissions,
    menu: [
      {
        code: 'platforms',
        surface: 'admin',
        scope: 'global',
        label: 'core.menu.platforms',
        path: '/platforms',
        section: 'platforms',
        order: 20,
        icon: 'stack-2',
      },
      {
        code: 'module-compare',
        surface: 'admin',
        scope: 'global',
        label: 'core.menu.moduleCompare',
        path: '/modules/compare',
        section: 'platforms',
        order: 30,
        icon: 'arrows-left-right',
      },
      {
        code: 'modules',
        surface: 'admin',
        label: 'core.menu.modules',
        path: '/modules',
        section: 'platform',
        order: 30,
        icon: 'puzzle',
        permission: 'platform-admin.modules.view',
        mandatory: true,
      },
      {
        code: 'menu-settings',
        surface: 'admin',
        label: 'core.menu.menuSettings',
        path: '/menu',
        section: 'platform',
        order: 60,
        icon: 'list-check',
        permission: 'platform-admin.menu.view',
        mandatory: true,
      },
      {
        code: 'merchants',
        surface: 'admin',
        scope: 'both',
        label: 'core.menu.merchants',
        path: '/merchants',
        section: 'people',
        order: 300,
        icon: 'building',
        permission: 'platform-admin.merchants.view',
      },
      {
        code: 'stores',
        surface: 'admin',
        scope: 'both',
        label: 'core.menu.stores',
        path: '/stores',
        section: 'people',
        order: 310,
        icon: 'building-store',
        permission: 'platform-admin.stores.view',
      },
      {
        code: 'audit-log',
        surface: 'admin',
        scope: 'both',
        label: 'core.menu.auditLog',
        path: '/audit-log',
        section: 'system',
        order: 800,
        icon: 'history',
        permission: 'platform-admin.audit.view',
      },
      {
        code: 'health',
        surface: 'admin',
        label: 'core.menu.health',
        path: '/health',
        section: 'system',
        order: 810,
        icon: 'activity',
        permission: 'platform-admin.health.view',
      },
    ],
    routes: () => [
      ...platformRoutes(parts),
      ...moduleRoutes(parts),
      ...modulePages(parts),
      ...settingsPages(parts),
      ...comparePages(parts),
      ...menuPages(parts),
      ...menuRoutes(parts),
      ...tierRoutes(parts),
      ...merchantRoutes(parts),
      ...storeRoutes(parts),
      ...domainRoutes(parts),
      ...auditRoutes(parts),
      ...healthRoutes(parts),
    ],
  }) as AnyPlugin;
