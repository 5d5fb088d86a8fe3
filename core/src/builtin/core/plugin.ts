import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import {
  AuditService,
  ClockService,
  DatabaseService,
  EntitlementsService,
  EventsService,
  FilesService,
  HooksService,
  InspectorService,
  JobsService,
  LoggerService,
  MailService,
  MerchantsService,
  NewClientsService,
  OutsideLinksService,
  ModulesService,
  PageCacheService,
  RateLimitsService,
  SettingsService,
  SignaturesService,
  SitePreviewsService,
  StoreIdentitiesService,
  TenantsService,
  TiersService,
  TranslatorService,
  UsageService,
} from '../../tokens.js';
import { eventsMigration } from '../../events/migrations/20261120_events.js';
import { idempotencyMigration } from '../../idempotency/migrations/20261120_idempotency.js';
import { identityMailMigration } from '../../identity/migrations/20261122_identity_mail.js';
import { identityMigrations } from '../../identity/migrations/identityMigrations.js';
import { auditListsMigration } from '../../identity/migrations/20261122_audit_lists.js';
import { jobsMigration } from '../../jobs/migrations/20261120_jobs.js';
import { jobProgressMigration } from '../../jobs/migrations/20261122_job_progress.js';
import { EMAIL_LIMIT } from '../../mail/Mailer.js';
import { mailMigration } from '../../mail/migrations/20261120_mail.js';
import { entitlementsMigration } from '../../modules/entitlements/migrations/20261120_entitlements.js';
import { entitlementTermsMigration } from '../../modules/entitlements/migrations/20261122_entitlement_terms.js';
import { tiersMigration } from '../../modules/entitlements/migrations/20261122_tiers.js';
import { tenancyMigrations } from '../../tenancy/migrations/tenancyMigrations.js';
import { menuMigration } from '../../modules/migrations/20261122_menu.js';
import { modulesMigration } from '../../modules/migrations/20261120_modules.js';
import { coreLocales } from '../packageFolders.js';
import type { CoreParts } from './CoreParts.js';
import { coreChecklist } from './dashboard/coreChecklist.js';
import { coreJobs } from './jobs.js';
import { coreMenu } from './menu.js';
import { corePermissions } from './permissions.js';
import { coreRoutes } from './routes.js';
import { SitePreviews } from './theme/SitePreviews.js';

/** Migrations of the core, whether or not anything else is composed. */
export const coreMigrations = [
  ...tenancyMigrations,
  modulesMigration,
  menuMigration,
  entitlementsMigration,
  ...identityMigrations,
  identityMailMigration,
  eventsMigration,
  jobsMigration,
  idempotencyMigration,
  mailMigration,
  entitlementTermsMigration,
  tiersMigration,
  jobProgressMigration,
  auditListsMigration,
];

/**
 * The core module: dashboards, sign-in, settings, profile; and the services every plugin may require.
 *
 * Made with the same definePlugin as every other plugin; what it hands out was made by the server before.
 */
export const corePlugin = (parts: CoreParts): AnyPlugin =>
  definePlugin({
    code: 'core',
    name: 'Core',
    description: 'Dashboards, settings and profiles, sign-in, and the services that other modules stand on.',
    isCore: true,
    group: 'core',
    provides: {
      database: DatabaseService,
      clock: ClockService,
      audit: AuditService,
      entitlements: EntitlementsService,
      tiers: TiersService,
      usage: UsageService,
      merchants: MerchantsService,
      events: EventsService,
      jobs: JobsService,
      hooks: HooksService,
      mail: MailService,
      settings: SettingsService,
      pageCache: PageCacheService,
      files: FilesService,
      signatures: SignaturesService,
      sitePreviews: SitePreviewsService,
      rateLimits: RateLimitsService,
      logger: LoggerService,
      tenants: TenantsService,
      i18n: TranslatorService,
      modules: ModulesService,
      storeIdentities: StoreIdentitiesService,
      newClients: NewClientsService,
      outsideLinks: OutsideLinksService,
      inspector: InspectorService,
    },
    services: {
      database: () => parts.database,
      clock: () => parts.clock,
      audit: () => parts.audit,
      entitlements: () => parts.entitlements,
      tiers: () => parts.tiers,
      usage: () => parts.usage,
      merchants: () => parts.merchants,
      events: () => parts.events,
      jobs: () => parts.jobs,
      hooks: () => parts.hooks,
      mail: () => parts.mail,
      settings: () => parts.settings,
      pageCache: () => parts.pageCache,
      files: () => parts.files,
      signatures: () => parts.signatures,
      sitePreviews: () => new SitePreviews(parts.signatures),
      rateLimits: () => parts.rateLimits,
      logger: () => parts.logger,
      tenants: () => parts.tenants,
      i18n: () => parts.translator,
      modules: () => parts.modules,
      storeIdentities: () => parts.storeIdentities,
      newClients: () => parts.newClients,
      outsideLinks: () => parts.outsideLinks,
      inspector: () => parts.inspector,
    },
    features: [
      { code: 'dashboard', name: 'Dashboard' },
      { code: 'settings', name: 'Settings' },
      { code: 'profile', name: 'Profile' },
    ],
    limits: [{ code: EMAIL_LIMIT, name: 'E-mails a month', per: 'merchant', period: 'month' }],
    permissions: corePermissions,
    auditPages: {
      job: [{ surface: 'admin', path: '/jobs/{id}', permission: 'core.jobs.view' }],
    },
    menu: coreMenu,
    routes: () => coreRoutes(parts),
    checklist: () => coreChecklist(parts),
    jobs: () => coreJobs(parts),
    healthChecks: () => [{ name: 'files', check: () => parts.files.check().then(() => undefined) }],
    migrations: coreMigrations,
    locales: coreLocales,
  }) as AnyPlugin;
