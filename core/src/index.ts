/** The kernel's public surface: what plugins and hosts may use. */
export { z } from 'zod';
export { definePlugin } from './kernel/plugin.js';
export { oncePerContext } from './kernel/oncePerContext.js';
export type {
  AnyPlugin,
  Attention,
  Dependencies,
  FeatureDefinition,
  HealthCheck,
  HealthReport,
  HostFacts,
  LimitDefinition,
  MenuItemDefinition,
  PermissionDefinition,
  PersonEraser,
  PersonExporter,
  Plugin,
  SitemapEntry,
  SubjectPage,
  WidgetDefinition,
  Wiring,
} from './kernel/plugin.js';
export type { BlockDefinition } from './kernel/block.js';
export type { ChecklistItem, FigureValue, KeyFigure, TodoDefinition } from './kernel/dashboard.js';
export { pictureChoices } from './kernel/pictureChoices.js';
export type { PictureChoice } from './kernel/pictureChoices.js';
export { defineHost } from './kernel/host.js';
export type { Host, TierSeed } from './kernel/host.js';
export { defineService } from './kernel/service.js';
export type { ServiceRef } from './kernel/service.js';
export { defineEvent, on } from './kernel/event.js';
export type { EventMeta, EventRef, Subscription } from './kernel/event.js';
export { defineHook, tap } from './kernel/hook.js';
export type { HookRef, HookTap } from './kernel/hook.js';
export { defineJob } from './kernel/job.js';
export type { JobDefinition, JobRef, RunningJob } from './kernel/job.js';
export { defineRoute, file, raw, redirect, view } from './kernel/route.js';
export { chartOf, type ChartView } from './render/chart/chartOf.js';
export type { ChartSeries, ChartSpec } from './render/chart/chartSpec.js';
export { readGallery, type GalleryExample } from './render/gallery.js';
export { flash, type FlashMessage } from './http/flash/flash.js';
export type {
  FileAnswer,
  InvalidHandler,
  PageSources,
  Raw,
  Redirect,
  RequestFacts,
  RouteContext,
  RouteDefinition,
  SniffedType,
  UploadedFile,
  UploadOption,
  View,
} from './kernel/route.js';
export { PluginError } from './kernel/pluginError.js';
export { commandSearch } from './kernel/commands.js';
export type { CommandResult, CommandSearch } from './kernel/commands.js';
export { tierColumns } from './builtin/platform-admin/tierColumns.js';
export type { TierColumns, TierLine } from './builtin/platform-admin/tierColumns.js';
export { siteNavigation } from './kernel/navigation.js';
export { contentBlocks } from './kernel/contentBlocks.js';
export type { ContentBlocks } from './kernel/contentBlocks.js';
export type { SiteLink, SiteNavigation } from './kernel/navigation.js';
export type { Clock } from './kernel/clock.js';
export { LANGUAGES, STORE_STATUSES, SURFACES } from './kernel/context.js';
export type {
  Actor,
  Language,
  LinkBuilder,
  MerchantRecord,
  PermissionSet,
  PlatformRecord,
  SnapshotView,
  StoreContext,
  StoreRecord,
  StoreStatus,
  Surface,
  TenantContext,
  ThemeRecord,
} from './kernel/context.js';
export { defineError, DomainError } from './errors/defineError.js';
export type { ErrorClass, FieldError } from './errors/defineError.js';
export { sayError, sayFields, saySentence } from './errors/saying.js';
export * from './errors/common.js';
export { parseInput, tryInput } from './errors/parseInput.js';
export { defineMigration } from './database/migration.js';
export type { Migration, MigrationBuilder, Privilege, TenantTable } from './database/migration.js';
export { Database } from './database/Database.js';
export type { InTransaction } from './database/InTransaction.js';
export type { LastStatement, Statement, Transaction } from './database/unitOfWork.js';
export { MerchantModel } from './database/models/MerchantModel.js';
export { PlatformModel } from './database/models/PlatformModel.js';
export { StoreModel } from './database/models/StoreModel.js';
export type { TenantQuery } from './database/models/TenantQuery.js';
export { uuidv7 } from './database/uuid.js';
export { secret } from './modules/settings/secrets.js';
export type { Audit } from './identity/audit/Audit.js';
export type { Signatures } from './identity/Signatures.js';
export type { SitePreviews } from './builtin/core/theme/SitePreviews.js';
export type { Entitlements, LimitUsage } from './modules/entitlements/Entitlements.js';
export type { LimitReachedData } from './modules/entitlements/errors.js';
export { InvalidCredentials, TooManyLogins } from './identity/errors.js';
export { FeatureNotInTier } from './modules/entitlements/errors.js';
export type { Tiers } from './modules/entitlements/Tiers.js';
export type { Override, Tier, TierTerms } from './modules/entitlements/Tier.js';
export type { Meter, UsageMeters } from './modules/entitlements/UsageMeters.js';
export {
  MerchantNotOnPlatform,
  TierArchived,
  TierInUse,
  TierNotFound,
} from './modules/entitlements/errors.js';
export { StoreJoined, StoreLeft } from './tenancy/events.js';
export type { MerchantDetails, Merchants } from './tenancy/services/Merchants.js';
export type { EventBus } from './events/EventBus.js';
export type { JobQueue } from './jobs/JobQueue.js';
export type { FileOwner, Files } from './files/Files.js';
export type { ByteRange, FileContent } from './files/FileStore.js';
export type { Hooks } from './hooks/Hooks.js';
export type { NewClient, NewClients, NewPerson } from './identity/people/NewClients.js';
export type { OutsideLinks } from './identity/OutsideLinks.js';
export type { RateLimit, RateLimits } from './identity/RateLimits.js';
export type { Mailer } from './mail/Mailer.js';
export { refuseUnknownTerms } from './modules/entitlements/refuseUnknownTerms.js';
export { EmailLimitReached } from './mail/errors.js';
export type { ModuleSettings } from './modules/settings/ModuleSettings.js';
export type { PageCache } from './modules/pageCache/PageCache.js';
export type { Directory } from './tenancy/Directory.js';
export type {
  IdentityOwner,
  StoreIdentities,
  StoreIdentityInput,
} from './tenancy/services/StoreIdentities.js';
export type { Translator } from './i18n/Translator.js';
export type { PlatformModules } from './modules/enablement/PlatformModules.js';
export { pageInput, searchInput } from './builtin/listInput.js';
export { adminDetail, type AdminDetail, type Fact, type Section } from './builtin/views/adminDetail.js';
export {
  adminForm,
  orForm,
  refused,
  type FormField,
  type FormProblem,
  type FormValues,
} from './builtin/views/adminForm.js';
export {
  addressOf,
  adminList,
  choice,
  listPageInput,
  type AdminList,
  type BadgeKind,
  type Cell,
  type EmptyState,
  type ListColumn,
  type ListState,
  type PageHead,
  type RowAction,
} from './builtin/views/adminList.js';
export { csvFile } from './builtin/views/csv.js';
export { confirmPage } from './builtin/views/confirmPage.js';
export { may, wordsOf, type Words } from './builtin/views/words.js';
export { upgradePath, type UpgradePath } from './kernel/upgradePath.js';
export { paginationOf, type PaginationView } from './builtin/pagination.js';
export { addMoney, allocateMoney, multiplyMoney, sumMoney } from './money/arithmetic.js';
export { formatMoney } from './money/formatMoney.js';
export { minorDigits } from './money/currency.js';
export { money } from './money/Money.js';
export type { Money } from './money/Money.js';
export { UnsupportedCurrency } from './money/errors.js';
export { slugFault, slugSchema, suggestSlug } from './tenancy/slugs.js';
export { themeSchema } from './tenancy/theme/themeSchema.js';
export { THEME_PRESETS } from './tenancy/theme/presets.js';
export * from './tokens.js';
export type {
  Inspector,
  JobFacts,
  ListenerFacts,
  ModuleFacts,
  RouteFacts,
  ServiceLink,
} from './inspection/Inspector.js';
export type { TemplateExplanation, TemplateSummary } from './inspection/TemplateFacts.js';
