import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import { countTeam } from '../../identity/people/Team.js';
import { AuditService, DatabaseService, ModulesService, TenantsService } from '../../tokens.js';
import type { CoreParts } from '../core/CoreParts.js';
import { auditPages } from './auditPages.js';
import { subjectPages } from './subjectPages.js';
import { auditRoutes } from './auditRoutes.js';
import { domainPages } from './domainPages.js';
import { domainRoutes } from './domainRoutes.js';
import { healthRoutes } from './healthRoutes.js';
import { merchantActions } from './merchantActions.js';
import { merchantPages } from './merchantPages.js';
import { merchantRoutes } from './merchantRoutes.js';
import { moduleRoutes } from './moduleRoutes.js';
import { menuPages } from './menu/menuPages.js';
import { menuRoutes } from './menu/menuRoutes.js';
import { comparePages } from './modules/comparePages.js';
import { modulePages } from './modules/modulePages.js';
import { settingsPages } from './modules/settingsPages.js';
import { peopleMenu, peopleRoutes } from './people/area.js';
import { platformAdminPermissions } from './permissions.js';
import { platformPages } from './platformPages.js';
import { platformRoutes } from './platformRoutes.js';
import { platformWizard } from './platformWizard.js';
import { storeActions } from './storeActions.js';
import { storePages } from './storePages.js';
import { storeRoutes } from './storeRoutes.js';
import { tierActionRoutes } from './tierActionRoutes.js';
import { tierPages } from './tierPages.js';
import { tierRoutes } from './tierRoutes.js';
import { overrideRoutes } from './overrideRoutes.js';

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
    usage: () => ({ team_members: (ctx) => countTeam(ctx, false) }),
    permissions: platformAdminPermissions,
    auditPages: subjectPages,
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
        code: 'platform',
        surface: 'admin',
        label: 'core.menu.platform',
        path: '/platform',
        section: 'platform',
        order: 15,
        icon: 'building-skyscraper',
        permission: 'platform-admin.platforms.view',
      },
      {
        code: 'tiers',
        surface: 'admin',
        label: 'core.menu.tiers',
        path: '/tiers',
        section: 'platform',
        order: 40,
        icon: 'stack',
        permission: 'platform-admin.tiers.view',
      },
      {
        code: 'domains',
        surface: 'admin',
        label: 'core.menu.domains',
        path: '/domains',
        section: 'platform',
        order: 50,
        icon: 'world',
        permission: 'platform-admin.stores.view',
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
      ...peopleMenu,
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
        scope: 'both',
        label: 'core.menu.health',
        path: '/health',
        section: 'system',
        order: 810,
        icon: 'activity',
        permission: 'platform-admin.health.view',
      },
    ],
    routes: () => [
      ...peopleRoutes(parts),
      ...platformRoutes(parts),
      ...platformPages(parts),
      ...platformWizard(parts),
      ...moduleRoutes(parts),
      ...modulePages(parts),
      ...settingsPages(parts),
      ...comparePages(parts),
      ...menuPages(parts),
      ...menuRoutes(parts),
      ...tierRoutes(parts),
      ...tierActionRoutes(parts),
      ...tierPages(parts),
      ...merchantRoutes(parts),
      ...merchantPages(parts),
      ...merchantActions(parts),
      ...overrideRoutes(parts),
      ...storeRoutes(parts),
      ...storePages(parts),
      ...storeActions(parts),
      ...domainRoutes(parts),
      ...domainPages(parts),
      ...auditRoutes(parts),
      ...auditPages(parts),
      ...healthRoutes(parts),
    ],
  }) as AnyPlugin;
