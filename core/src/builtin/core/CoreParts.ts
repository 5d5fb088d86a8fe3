import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import type { EventBus } from '../../events/EventBus.js';
import type { Files } from '../../files/Files.js';
import type { Hooks } from '../../hooks/Hooks.js';
import type { Translator } from '../../i18n/Translator.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { RateLimits } from '../../identity/RateLimits.js';
import type { Signatures } from '../../identity/Signatures.js';
import type { Authentication } from '../../identity/Authentication.js';
import type { StoreAccess } from '../../identity/StoreAccess.js';
import type { Passwords } from '../../identity/Passwords.js';
import type { Users } from '../../identity/Users.js';
import type { Inspector } from '../../inspection/Inspector.js';
import type { JobBoard } from '../../jobs/JobBoard.js';
import type { JobQueue } from '../../jobs/JobQueue.js';
import type { Attribution } from '../../kernel/Attribution.js';
import type { Clock } from '../../kernel/clock.js';
import type { Mailer } from '../../mail/Mailer.js';
import type { MailTransport } from '../../mail/MailTransport.js';
import type { PlatformModules } from '../../modules/enablement/PlatformModules.js';
import type { ModuleStates } from '../../modules/enablement/ModuleStates.js';
import type { Entitlements } from '../../modules/entitlements/Entitlements.js';
import type { TierEditor } from '../../modules/entitlements/TierEditor.js';
import type { UsageMeters } from '../../modules/entitlements/UsageMeters.js';
import type { Tiers } from '../../modules/entitlements/Tiers.js';
import type { MenuSettings } from '../../modules/menu/MenuSettings.js';
import type { PageCache } from '../../modules/pageCache/PageCache.js';
import type { ModuleSettings } from '../../modules/settings/ModuleSettings.js';
import type { Directory } from '../../tenancy/Directory.js';
import type { Domains } from '../../tenancy/services/Domains.js';
import type { Merchants } from '../../tenancy/services/Merchants.js';
import type { Platforms } from '../../tenancy/services/Platforms.js';
import type { Stores } from '../../tenancy/services/Stores.js';
import type { Themes } from '../../tenancy/theme/Themes.js';

/** Brings a platform that was just made what it starts with; filled in by the server once modules are there. */
export interface PlatformSetup {
  bring(platformId: string): Promise<void>;
}

/** What the server makes before any plugin, and core hands out. */
export interface CoreParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database;
  readonly bus: Bus;
  readonly tenants: Directory;
  readonly platforms: Platforms;
  readonly merchants: Merchants;
  readonly stores: Stores;
  readonly themes: Themes;
  readonly domains: Domains;
  readonly platformSetup: PlatformSetup;
  readonly states: ModuleStates;
  readonly modules: PlatformModules;
  readonly settings: ModuleSettings;
  readonly menus: MenuSettings;
  readonly entitlements: Entitlements;
  readonly tiers: Tiers;
  readonly usage: UsageMeters;
  readonly tierEditor: TierEditor;
  readonly audit: Audit;
  readonly signatures: Signatures;
  readonly rateLimits: RateLimits;
  readonly users: Users;
  readonly passwords: Passwords;
  readonly authentication: Authentication;
  readonly storeAccess: StoreAccess;
  readonly events: EventBus;
  readonly jobs: JobQueue;
  readonly jobBoard: JobBoard;
  readonly hooks: Hooks;
  readonly files: Files;
  readonly mail: Mailer;
  readonly transport: MailTransport;
  readonly pageCache: PageCache;
  readonly translator: Translator;
  readonly attribution: Attribution;
  readonly inspector: Inspector;
}
