import type { Logger } from 'pino';
import type { Database } from './database/Database.js';
import type { EventBus } from './events/EventBus.js';
import type { Files } from './files/Files.js';
import type { Hooks } from './hooks/Hooks.js';
import type { Translator } from './i18n/Translator.js';
import type { Audit } from './identity/audit/Audit.js';
import type { NewClients } from './identity/people/NewClients.js';
import type { OutsideLinks } from './identity/OutsideLinks.js';
import type { RateLimits } from './identity/RateLimits.js';
import type { Signatures } from './identity/Signatures.js';
import type { Inspector } from './inspection/Inspector.js';
import type { JobQueue } from './jobs/JobQueue.js';
import type { Clock } from './kernel/clock.js';
import { defineService } from './kernel/service.js';
import type { Mailer } from './mail/Mailer.js';
import type { PlatformModules } from './modules/enablement/PlatformModules.js';
import type { Entitlements } from './modules/entitlements/Entitlements.js';
import type { Tiers } from './modules/entitlements/Tiers.js';
import type { UsageMeters } from './modules/entitlements/UsageMeters.js';
import type { Merchants } from './tenancy/services/Merchants.js';
import type { PageCache } from './modules/pageCache/PageCache.js';
import type { ModuleSettings } from './modules/settings/ModuleSettings.js';
import type { SitePreviews } from './builtin/core/theme/SitePreviews.js';
import type { Directory } from './tenancy/Directory.js';
import type { StoreIdentities } from './tenancy/services/StoreIdentities.js';

/** Runs work in a transaction of a tenant. */
export const DatabaseService = defineService<Database>()('core.database', { major: 1 });
/** The injected clock; handlers use `ctx.now`. */
export const ClockService = defineService<Clock>()('core.clock', { major: 1 });
/** Writes and reads the audit trail. */
export const AuditService = defineService<Audit>()('core.audit', { major: 1 });
/** Features and limits of the merchant of a context. */
export const EntitlementsService = defineService<Entitlements>()('core.entitlements', { major: 1 });
/** The platform's tiers, and which tier a merchant has. */
export const TiersService = defineService<Tiers>()('core.tiers', { major: 1 });
/** How much a merchant uses of its limits. */
export const UsageService = defineService<UsageMeters>()('core.usage', { major: 1 });
/** Merchants, the provider's clients. */
export const MerchantsService = defineService<Merchants>()('core.merchants', { major: 1 });
/** Raises events. */
export const EventsService = defineService<EventBus>()('core.events', { major: 1 });
/** Enqueues jobs. */
export const JobsService = defineService<JobQueue>()('core.jobs', { major: 1 });
/** Runs hooks. */
export const HooksService = defineService<Hooks>()('core.hooks', { major: 1 });
/** Sends mail. */
export const MailService = defineService<Mailer>()('core.mail', { major: 1 });
/** The module's settings on the platform of a context. */
export const SettingsService = defineService<ModuleSettings>()('core.settings', { major: 1 });
/** Published pages in memory. */
export const PageCacheService = defineService<PageCache>()('core.pageCache', { major: 1 });
/** Files of tenants: on disk or in a bucket. */
export const FilesService = defineService<Files>()('core.files', { major: 1 });
/** Signs links that open something without a session. */
/** Pages of the public site within the dashboards. */
export const SitePreviewsService = defineService<SitePreviews>()('core.sitePreviews', { major: 1 });
export const SignaturesService = defineService<Signatures>()('core.signatures', { major: 1 });
/** Structured log. */
export const LoggerService = defineService<Logger>()('core.logger', { major: 1 });
/** Platforms and stores, from memory. */
export const TenantsService = defineService<Directory>()('core.tenants', { major: 1 });
/** Texts in the four languages. */
export const TranslatorService = defineService<Translator>()('core.i18n', { major: 1 });
/** Which modules are on, and changing that. */
export const ModulesService = defineService<PlatformModules>()('core.modules', { major: 1 });
/** Bounds how often something that anybody may do is done. */
export const RateLimitsService = defineService<RateLimits>()('core.rateLimits', { major: 1 });
/** Tells what the running system of a platform is made of; for tools of developers. */
export const InspectorService = defineService<Inspector>()('core.inspector', { major: 1 });
/** Who stores are at outside marketplaces. */
export const StoreIdentitiesService = defineService<StoreIdentities>()('core.storeIdentities', { major: 1 });
/** Makes clients of people who sign up by themselves. */
export const NewClientsService = defineService<NewClients>()('core.newClients', { major: 1 });
/** Absolute addresses of dashboards, for mails. */
export const OutsideLinksService = defineService<OutsideLinks>()('core.outsideLinks', { major: 1 });
