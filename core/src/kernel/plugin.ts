import type { z } from 'zod';
import type { InTransaction } from '../database/InTransaction.js';
import type { Migration } from '../database/migration.js';
import type { BlockDefinition } from './block.js';
import type { ChecklistItem, KeyFigure, TodoDefinition } from './dashboard.js';
import type { Language, Surface, TenantContext } from './context.js';
import type { HookTap } from './hook.js';
import type { JobDefinition } from './job.js';
import { checkManifest, type ServiceRecipe } from './manifest.js';
import type { RouteDefinition } from './route.js';
import type { ServiceRefs, ServiceValue } from './service.js';
import type { Subscription } from './event.js';

/** A capability that tiers may include. */
export interface FeatureDefinition {
  /** snake_case, unique in the whole installation. */
  readonly code: string;
  readonly name: string;
  readonly description?: string;
}

/** A number that tiers may bound. */
export interface LimitDefinition {
  /** snake_case, unique in the whole installation. */
  readonly code: string;
  readonly name: string;
  /** What is counted per what: `store` (e.g. pages) or `merchant` (e.g. team members), always on one platform. */
  readonly per: 'store' | 'merchant';
  /** `month`: bounds what is used within a month (`Entitlements.consume`); left out: what is there at a time. */
  readonly period?: 'month';
  /** `bytes`: people read and enter it in megabytes or gigabytes; left out: pieces. Counted in bytes all the same. */
  readonly unit?: 'bytes';
}

export interface PermissionDefinition {
  /** Which kind of session may hold it. */
  readonly audience: 'admin' | 'store';
  readonly label: string;
  /**
   * Store permissions of merchant scope are for owners only; default `store`.
   * Admin permissions of global scope are for super admins only; default: every administrator of the platform.
   */
  readonly scope?: 'global' | 'merchant' | 'store';
  /** Built-in store roles that hold it from the start; owners hold everything. */
  readonly roles?: readonly ('manager' | 'staff')[];
}

export interface MenuItemDefinition {
  /** `plugin-item` in kebab case, unique per surface; pages name it. */
  readonly code: string;
  readonly surface: Exclude<Surface, 'webhook'>;
  /** Translation key. */
  readonly label: string;
  /** Path of the page it leads to, below the surface's root. */
  readonly path: string;
  readonly section: string;
  readonly order: number;
  /** Name of an icon of the set in templates. */
  readonly icon: string;
  readonly permission?: string;
  readonly feature?: string;
  /** Cannot be hidden by configuration. */
  readonly mandatory?: boolean;
  /** Admin items: shown in one platform's admin (default), in the global one, or in both. */
  readonly scope?: RouteDefinition['scope'];
}

/** A page that shows what a line of the audit trail is about; `{id}` in the path stands for the id of its subject. */
export interface SubjectPage {
  readonly surface: 'admin' | 'store';
  readonly path: string;
  readonly permission: string;
}

/** A card on a dashboard; `load` runs in the request with its tenant. */
export interface WidgetDefinition {
  readonly code: string;
  readonly surface: 'admin' | 'store';
  readonly template: string;
  readonly order: number;
  /** `wide` takes the whole row; default `small`. */
  readonly size?: 'small' | 'wide';
  /** Translation key of what it is called where it cannot be shown. */
  readonly label?: string;
  readonly permission?: string;
  readonly feature?: string;
  readonly load: (ctx: TenantContext) => Promise<Readonly<Record<string, unknown>>>;
}

/** One public address for sitemap.xml; `path` below the tenant's public root. */
export interface SitemapEntry {
  readonly path: string;
  readonly updatedAt: Date | null;
  readonly languages: readonly Language[];
}

export interface HealthCheck {
  readonly name: string;
  /** Throws, or returns a sentence that says what is wrong; `undefined` means well. */
  readonly check: (now: Date) => Promise<string | undefined>;
}

/** Something of a module that an administrator should look at, and where it is mended. */
export interface Attention {
  /** Translation key of one sentence. */
  readonly text: string;
  /** Values that the sentence takes. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Page of the platform's admin where it is mended, such as `/email-templates`; left out: the module's settings. */
  readonly path?: string;
}

/** What a module tells in the health report of a platform. */
export interface HealthReport {
  /** For the API's report; what becomes JSON. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The same in sentences, for the page; a `path` leads to more. */
  readonly lines: readonly Attention[];
}

/** Counts what a limit bounds, in the tenant's unit of work. */
export type UsageCount = (ctx: InTransaction) => Promise<number>;

/** Hands out, or removes, what a plugin knows of one person (privacy). */
export type PersonExporter = (
  ctx: TenantContext,
  person: { readonly email: string },
) => Promise<Readonly<Record<string, unknown>>>;
export type PersonEraser = (ctx: TenantContext, person: { readonly email: string }) => Promise<void>;

/** What a composing host offers to plugins that seed content (`onInstall`). */
export interface HostFacts {
  readonly code: string;
  readonly name: string;
  /** Absolute path of the host's folder of pages; undefined where it brings none. */
  readonly pages: string | undefined;
  /** What the host brings for this plugin to start with, unchecked; undefined where it brings nothing. */
  readonly seed: unknown;
}

type ServiceClass = new (deps: never) => object;
type ServiceFactory = (deps: never) => object;
export type ServiceRecipes = Readonly<Record<string, ServiceClass | ServiceFactory>>;
type Made<Recipe> = Recipe extends new (deps: never) => infer Value
  ? Value
  : Recipe extends (deps: never) => infer Value
    ? Value
    : never;
type Needs<Recipe> = Recipe extends new (deps: infer Deps) => object
  ? Deps
  : Recipe extends (deps: infer Deps) => object
    ? Deps
    : never;

/** Required services directly; optional ones as a question per request, since a module may be off on a platform. */
export type Dependencies<Required extends ServiceRefs, Optional extends ServiceRefs> = {
  readonly [K in keyof Required]: ServiceValue<Required[K]>;
} & { readonly [K in keyof Optional]: (ctx: TenantContext) => ServiceValue<Optional[K]> | undefined };

export type OwnServices<Services extends ServiceRecipes> = {
  readonly [K in keyof Services]: Made<Services[K]>;
};

/** Everything a plugin's wiring functions get: what it declared, and what it made itself. */
export type Wiring<
  Required extends ServiceRefs,
  Optional extends ServiceRefs,
  Services extends ServiceRecipes,
> = Dependencies<Required, Optional> & OwnServices<Services>;

/** Compile-time check: each service's constructor asks only for what the plugin declares, with the right type. */
type CheckedServices<Services extends ServiceRecipes, Available> = {
  readonly [K in keyof Services]: Available extends Needs<Services[K]>
    ? Services[K]
    : [
        '✗ this service asks for more than the plugin requires or makes',
        Exclude<keyof Needs<Services[K]>, keyof Available>,
      ];
};

/** Compile-time check: every provided token has a service of that name and type. */
type CheckedProvides<Provides extends ServiceRefs, Services extends ServiceRecipes> = {
  readonly [K in keyof Provides]: K extends keyof Services
    ? Made<Services[K]> extends ServiceValue<Provides[K]>
      ? Provides[K]
      : ['✗ the service does not have the type of the token it provides', K]
    : ['✗ provides a token without a service of that name', K];
};

/** What a plugin declares. Read from top to bottom without running it; unknown keys are refused. */
export interface PluginManifest<
  Code extends string,
  Required extends ServiceRefs,
  Optional extends ServiceRefs,
  Provides extends ServiceRefs,
  Services extends ServiceRecipes,
> {
  readonly code: Code;
  readonly name: string;
  readonly description: string;
  readonly version?: string;
  /** Cannot be turned off; for core and platform-admin. */
  readonly isCore?: boolean;
  /** Icon on the modules page, of the set in templates; left out: that of the first menu item. */
  readonly icon?: string;
  /** Group on the modules page. */
  readonly group?: 'core' | 'content' | 'commerce' | 'growth' | 'business' | 'operations';
  readonly requires?: Required;
  readonly optional?: Optional;
  readonly provides?: Provides & CheckedProvides<Provides, Services>;
  /** Codes of plugins that cannot be on together with this one. */
  readonly conflicts?: readonly string[];
  readonly features?: readonly FeatureDefinition[];
  readonly limits?: readonly LimitDefinition[];
  readonly permissions?: Readonly<Record<string, PermissionDefinition>>;
  readonly menu?: readonly MenuItemDefinition[];
  /** Where lines of the audit trail lead, by type of their subject. */
  readonly auditPages?: Readonly<Record<string, readonly SubjectPage[]>>;
  /** Schema of the module's settings per platform; every field has a default. */
  readonly settings?: z.ZodObject;
  readonly services?: Services & CheckedServices<Services, Wiring<Required, Optional, Services>>;
  readonly routes?: (wiring: Wiring<Required, Optional, Services>) => readonly RouteDefinition[];
  readonly on?: (wiring: Wiring<Required, Optional, Services>) => readonly Subscription[];
  readonly hooks?: (wiring: Wiring<Required, Optional, Services>) => readonly HookTap[];
  readonly jobs?: (wiring: Wiring<Required, Optional, Services>) => readonly JobDefinition[];
  readonly blocks?: readonly BlockDefinition[];
  readonly widgets?: (wiring: Wiring<Required, Optional, Services>) => readonly WidgetDefinition[];
  /** Steps of setting a store up. */
  readonly checklist?: (wiring: Wiring<Required, Optional, Services>) => readonly ChecklistItem[];
  /** Numbers at the head of dashboards. */
  readonly figures?: (wiring: Wiring<Required, Optional, Services>) => readonly KeyFigure[];
  /** What waits for a store's staff. */
  readonly todos?: (wiring: Wiring<Required, Optional, Services>) => readonly TodoDefinition[];
  readonly sitemap?: (
    wiring: Wiring<Required, Optional, Services>,
  ) => (ctx: TenantContext) => Promise<readonly SitemapEntry[]>;
  readonly healthChecks?: (wiring: Wiring<Required, Optional, Services>) => readonly HealthCheck[];
  /** What the module says of a platform in its health report; figures that are there already, so that it is quick. */
  readonly healthReport?: (
    wiring: Wiring<Required, Optional, Services>,
  ) => (ctx: TenantContext) => Promise<HealthReport>;
  /** What an administrator of the platform should look at; asked while the modules page is made, so quick. */
  readonly attention?: (
    wiring: Wiring<Required, Optional, Services>,
  ) => (ctx: TenantContext) => Promise<readonly Attention[]>;
  /**
   * How much there is of what the plugin's limits bound, by code of the limit: of the context's store where it is
   * bounded per store, else of its merchant. Limits per month are counted by core and need none.
   */
  readonly usage?: (wiring: Wiring<Required, Optional, Services>) => Readonly<Record<string, UsageCount>>;
  readonly exporters?: (wiring: Wiring<Required, Optional, Services>) => readonly PersonExporter[];
  readonly erasers?: (wiring: Wiring<Required, Optional, Services>) => readonly PersonEraser[];
  readonly migrations?: readonly Migration[];
  /** Folder of the plugin's .hbs files; a template's name is `code/file`. */
  readonly templates?: URL;
  /** Folder with en.json, fr.json, de.json, lb.json. */
  readonly locales?: URL;
  /** Folder of static files, served below `/assets/{code}/`. */
  readonly assets?: URL;
  /** Runs once for a platform when the plugin is first there, on or off: brings what a platform starts with. */
  readonly onInstall?: (
    wiring: Wiring<Required, Optional, Services>,
  ) => (ctx: TenantContext, host: HostFacts) => Promise<void>;
  /** Fills in data to try things with (development and `wizamart seed`); runs once per platform and must be repeatable. */
  readonly demo?: (wiring: Wiring<Required, Optional, Services>) => (ctx: TenantContext) => Promise<void>;
  readonly start?: (wiring: Wiring<Required, Optional, Services>) => Promise<void> | void;
  readonly stop?: (wiring: Wiring<Required, Optional, Services>) => Promise<void> | void;
  /** Run after the change of modules is committed; must be repeatable; a failure is reported, never undoes the change. */
  readonly onEnable?: (wiring: Wiring<Required, Optional, Services>) => (ctx: TenantContext) => Promise<void>;
  readonly onDisable?: (
    wiring: Wiring<Required, Optional, Services>,
  ) => (ctx: TenantContext) => Promise<void>;
}

/** A plugin as the kernel reads it: the wiring functions get what the kernel resolved. */
export interface Plugin<
  Code extends string = string,
  Required extends ServiceRefs = ServiceRefs,
  Provides extends ServiceRefs = ServiceRefs,
> {
  readonly code: Code;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly isCore: boolean;
  readonly icon: string | undefined;
  readonly group: NonNullable<
    PluginManifest<string, ServiceRefs, ServiceRefs, ServiceRefs, ServiceRecipes>['group']
  >;
  readonly requires: Required;
  readonly optional: ServiceRefs;
  readonly provides: Provides;
  readonly conflicts: readonly string[];
  readonly features: readonly FeatureDefinition[];
  readonly limits: readonly LimitDefinition[];
  readonly permissions: Readonly<Record<string, PermissionDefinition>>;
  readonly menu: readonly MenuItemDefinition[];
  readonly auditPages: Readonly<Record<string, readonly SubjectPage[]>>;
  readonly settings: z.ZodObject | undefined;
  readonly services: Readonly<Record<string, ServiceRecipe>>;
  readonly routes: Wired<readonly RouteDefinition[]> | undefined;
  readonly on: Wired<readonly Subscription[]> | undefined;
  readonly hooks: Wired<readonly HookTap[]> | undefined;
  readonly jobs: Wired<readonly JobDefinition[]> | undefined;
  readonly blocks: readonly BlockDefinition[];
  readonly widgets: Wired<readonly WidgetDefinition[]> | undefined;
  readonly checklist: Wired<readonly ChecklistItem[]> | undefined;
  readonly figures: Wired<readonly KeyFigure[]> | undefined;
  readonly todos: Wired<readonly TodoDefinition[]> | undefined;
  readonly sitemap: Wired<(ctx: TenantContext) => Promise<readonly SitemapEntry[]>> | undefined;
  readonly healthChecks: Wired<readonly HealthCheck[]> | undefined;
  readonly healthReport: Wired<(ctx: TenantContext) => Promise<HealthReport>> | undefined;
  readonly attention: Wired<(ctx: TenantContext) => Promise<readonly Attention[]>> | undefined;
  readonly usage: Wired<Readonly<Record<string, UsageCount>>> | undefined;
  readonly exporters: Wired<readonly PersonExporter[]> | undefined;
  readonly erasers: Wired<readonly PersonEraser[]> | undefined;
  readonly migrations: readonly Migration[];
  readonly templates: URL | undefined;
  readonly locales: URL | undefined;
  readonly assets: URL | undefined;
  readonly onInstall: Wired<(ctx: TenantContext, host: HostFacts) => Promise<void>> | undefined;
  readonly demo: Wired<(ctx: TenantContext) => Promise<void>> | undefined;
  readonly start: Wired<Promise<void> | void> | undefined;
  readonly stop: Wired<Promise<void> | void> | undefined;
  readonly onEnable: Wired<(ctx: TenantContext) => Promise<void>> | undefined;
  readonly onDisable: Wired<(ctx: TenantContext) => Promise<void>> | undefined;
}

type Wired<Result> = (wiring: Record<string, unknown>) => Result;

// "Declares nothing": must not widen to string keys.
type None = {};

/** Declares a plugin. Refuses unknown keys and malformed entries with words that say who, what and how to mend it. */
export function definePlugin<
  const Code extends string,
  Required extends ServiceRefs = None,
  Optional extends ServiceRefs = None,
  Provides extends ServiceRefs = None,
  Services extends ServiceRecipes = None,
>(manifest: PluginManifest<Code, Required, Optional, Provides, Services>): Plugin<Code, Required, Provides> {
  return checkManifest(manifest as never) as unknown as Plugin<Code, Required, Provides>;
}

export type AnyPlugin = Plugin<string, ServiceRefs, ServiceRefs>;
