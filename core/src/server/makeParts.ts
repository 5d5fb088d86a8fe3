import type { Logger } from 'pino';
import type { CoreParts } from '../builtin/core/CoreParts.js';
import type { Config } from '../config/config.js';
import type { Bus } from '../database/Bus.js';
import type { Database } from '../database/Database.js';
import { EventBus } from '../events/EventBus.js';
import { Files } from '../files/Files.js';
import { openFileStore } from '../files/openFileStore.js';
import { Hooks } from '../hooks/Hooks.js';
import { readLocales } from '../i18n/locales.js';
import { Translator } from '../i18n/Translator.js';
import { Audit } from '../identity/audit/Audit.js';
import { actionsOf } from '../identity/audit/auditSentence.js';
import { Identity } from '../identity/Identity.js';
import { OutsideLinks } from '../identity/OutsideLinks.js';
import { Passwords } from '../identity/Passwords.js';
import { LoginLimits } from '../identity/LoginLimits.js';
import { makePeople } from '../identity/people/makePeople.js';
import { NewClients } from '../identity/people/NewClients.js';
import { SignInTrail } from '../identity/SignInTrail.js';
import { RateLimits } from '../identity/RateLimits.js';
import { Signatures } from '../identity/Signatures.js';
import { Sessions } from '../identity/Sessions.js';
import { StoreAccess } from '../identity/StoreAccess.js';
import { Users } from '../identity/Users.js';
import { Inspector } from '../inspection/Inspector.js';
import { TemplateFacts } from '../inspection/TemplateFacts.js';
import { JobBoard } from '../jobs/JobBoard.js';
import { JobQueue } from '../jobs/JobQueue.js';
import { JobRegistry } from '../jobs/JobRegistry.js';
import { coreLocales } from '../builtin/packageFolders.js';
import { Attribution } from '../kernel/Attribution.js';
import type { Clock } from '../kernel/clock.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { CaughtMail } from '../mail/CaughtMail.js';
import { Mailer } from '../mail/Mailer.js';
import { SmtpTransport } from '../mail/SmtpTransport.js';
import { ModuleStates } from '../modules/enablement/ModuleStates.js';
import { PlatformModules } from '../modules/enablement/PlatformModules.js';
import { EntitlementStore } from '../modules/entitlements/EntitlementStore.js';
import { Entitlements } from '../modules/entitlements/Entitlements.js';
import { featureCatalog } from '../modules/entitlements/FeatureCatalog.js';
import { TierEditor } from '../modules/entitlements/TierEditor.js';
import { UsageMeters } from '../modules/entitlements/UsageMeters.js';
import { Tiers } from '../modules/entitlements/Tiers.js';
import { ModuleAttention } from '../modules/attention/ModuleAttention.js';
import { MenuSettings } from '../modules/menu/MenuSettings.js';
import { MenuStore } from '../modules/menu/MenuStore.js';
import { PageCache } from '../modules/pageCache/PageCache.js';
import { ModuleSettings } from '../modules/settings/ModuleSettings.js';
import { SecretBox } from '../modules/settings/secrets.js';
import { resolveTxt } from 'node:dns/promises';
import { IconSet } from '../render/IconSet.js';
import { TemplateFiles } from '../render/TemplateFiles.js';
import { templateFolders } from './renderParts.js';
import { Directory } from '../tenancy/Directory.js';
import { GLOBAL_PLATFORM, MAIN_PLATFORM_CODE } from '../tenancy/globalPlatform.js';
import { Domains } from '../tenancy/services/Domains.js';
import { Merchants } from '../tenancy/services/Merchants.js';
import { ServedHosts } from '../tenancy/directory/ServedHosts.js';
import { PlatformDrafts } from '../tenancy/services/PlatformDrafts.js';
import { Platforms } from '../tenancy/services/Platforms.js';
import { StoreIdentities } from '../tenancy/services/StoreIdentities.js';
import { Stores } from '../tenancy/services/Stores.js';
import { Themes } from '../tenancy/theme/Themes.js';

/** The parts that need no plugin: made first, handed out by core. */
export interface ServerParts extends CoreParts {
  readonly identity: Identity;
  readonly registry: JobRegistry;
  readonly caughtMail: CaughtMail;
}

export interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database;
  readonly bus: Bus;
  readonly hosts: readonly Host[];
  readonly plugins: readonly AnyPlugin[];
  /** Looks up TXT records; default: the system's name servers. */
  readonly resolveTxt?: ConstructorParameters<typeof Domains>[0]['resolveTxt'] | undefined;
  /** 32 bytes. */
  readonly secret: Buffer;
  readonly mailRenderer: ConstructorParameters<typeof Mailer>[0]['renderer'];
}

const LEAST_CACHE_BYTES = 1024 * 1024;

export function makeParts(ground: Ground): ServerParts {
  const { config, clock, logger, database, bus, hosts, plugins } = ground;
  const folders = templateFolders(plugins);
  const states = new ModuleStates(new Map(hosts.map((host) => [host.code, host])));
  const box = new SecretBox(ground.secret);
  const settings = new ModuleSettings(states, box);
  const locales = [
    readLocales('core', coreLocales),
    ...plugins.flatMap((plugin) =>
      plugin.locales && plugin.code !== 'core' ? [readLocales(plugin.code, plugin.locales)] : [],
    ),
  ];
  // A missing text is a mistake to be seen at once where it is written, and no reason to fail where it is served.
  const missing =
    config.environment === 'test'
      ? {}
      : {
          report: (problem: string) => {
            logger.warn({ problem }, 'a translation is missing');
          },
        };
  const translator = Translator.of(locales, missing);
  const audit = new Audit({
    database,
    actions: new Map(locales.map((one) => [one.code, actionsOf(one)])),
    ...missing,
  });
  const attribution = new Attribution(logger);
  const modules = new PlatformModules({ database, bus, audit, states, settings });
  const store = new EntitlementStore({ database, bus });
  const entitlements = new Entitlements({
    store,
    catalog: featureCatalog(plugins),
    defaultTierOf: (platform) => states.hostOf(platform.host)?.defaultTier,
  });
  const registry = new JobRegistry();
  const jobs = new JobQueue({ registry });
  const passwords = new Passwords();
  const sessions = new Sessions({ database, settings: config.identity.sessions });
  const tenants = new Directory({ database, bus });
  const storeAccess = new StoreAccess({ database });
  const caughtMail = new CaughtMail({ database });
  const users = new Users({ database, passwords, sessions });
  const signatures = new Signatures(ground.secret);
  const rateLimits = new RateLimits({ database });
  const mail = new Mailer({
    ...{ jobs, entitlements },
    renderer: ground.mailRenderer,
    sender: senderOf(config.mail.from),
  });
  const outsideLinks = new OutsideLinks({
    development: config.environment !== 'production',
    port: config.port,
    mainDomain: () => tenants.platformByCode(MAIN_PLATFORM_CODE)?.domain ?? null,
  });
  const { people, authentication } = makePeople({
    ...{ database, audit, users, passwords, sessions, mail, jobs, rateLimits, signatures, box, entitlements },
    access: storeAccess,
    settings: config.identity,
    issuer: GLOBAL_PLATFORM.name,
    links: outsideLinks,
  });
  const events = new EventBus();
  const tenancy = { database, tenants, audit, events };
  const merchants = new Merchants(tenancy);
  const stores = new Stores(tenancy);
  // Where pages are not kept, their menus still are: small, and read for every page.
  const pageCache = new PageCache({
    bus,
    clock,
    maxBytes: Math.max(config.pageCacheBytes, LEAST_CACHE_BYTES),
  });
  return {
    config,
    clock,
    logger,
    database,
    bus,
    states,
    settings,
    audit,
    signatures,
    rateLimits,
    attribution,
    inspector: new Inspector({
      states,
      templates: new TemplateFacts(new TemplateFiles(folders)),
      icons: new IconSet(folders.icons),
    }),
    entitlements,
    registry,
    jobs,
    passwords,
    storeAccess,
    caughtMail,
    tenants,
    platforms: new Platforms({ ...tenancy, hosts: hosts.map((host) => host.code) }),
    merchants,
    stores,
    storeIdentities: new StoreIdentities(tenancy),
    outsideLinks,
    newClients: new NewClients({
      ...{ database, audit, passwords, sessions, merchants, stores },
      policy: people.passwordPolicy,
      totp: people.totp,
      limits: new LoginLimits({ database, settings: config.identity.loginLimits }),
      trail: new SignInTrail({ database, audit }),
    }),
    servedHosts: new ServedHosts({ database, bus, tenants }),
    platformDrafts: new PlatformDrafts({ ...tenancy, hosts: hosts.map((host) => host.code) }),
    themes: new Themes({ ...tenancy, pageCache }),
    domains: new Domains({
      ...tenancy,
      resolveTxt: ground.resolveTxt ?? resolveTxt,
      entitlement: {
        has: (ctx) => entitlements.has(ctx, 'custom_domain'),
        require: (ctx) => entitlements.require(ctx, 'custom_domain'),
      },
    }),
    platformSetup: {
      bring: async () => {
        throw new Error('the modules are not there yet');
      },
    },
    usage: new UsageMeters({ database, entitlements, tenants }),
    modules,
    attention: new ModuleAttention({ database, states, modules, settings, failures: attribution }),
    menus: new MenuSettings({ database, audit, store: new MenuStore({ database, bus }) }),
    tiers: new Tiers({ database, store, audit, tenants }),
    tierEditor: new TierEditor({ database, store, audit }),
    users,
    people,
    authentication,
    identity: new Identity({ sessions, requireTotp: config.identity.requireTotp }),
    events,
    jobBoard: new JobBoard({ database }),
    hooks: new Hooks({ failures: attribution }),
    files: new Files(openFileStore(config.filesUrl)),
    mail,
    transport: config.mail.smtpUrl === undefined ? caughtMail : new SmtpTransport(config.mail.smtpUrl),
    pageCache,
    translator,
  };
}

/** `Name <address>` or a bare address. */
function senderOf(from: string): { name?: string; address: string } {
  const named = /^(.*)<([^<>]+)>\s*$/.exec(from);
  return named
    ? { name: (named[1] as string).trim(), address: (named[2] as string).trim() }
    : { address: from.trim() };
}
