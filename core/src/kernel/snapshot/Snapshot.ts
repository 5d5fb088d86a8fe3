import { orderTaps, type OrderedTap } from '../../hooks/orderTaps.js';
import type { SnapshotView, Surface } from '../context.js';
import type { Subscription } from '../event.js';
import type { ChecklistItem, KeyFigure, TodoDefinition } from '../dashboard.js';
import type { JobDefinition } from '../job.js';
import type { BlockDefinition } from '../block.js';
import type {
  Attention,
  FeatureDefinition,
  HealthCheck,
  HealthReport,
  LimitDefinition,
  MenuItemDefinition,
  PermissionDefinition,
  SitemapEntry,
  UsageCount,
  WidgetDefinition,
} from '../plugin.js';
import type { TenantContext } from '../context.js';
import type { Installed } from './Installed.js';
import { RouteTable, type OtherMethods, type RouteMatch } from './RouteTable.js';

/** A thing with the plugin that brought it. */
export type From<Thing> = Thing & { readonly plugin: string };

export type RouteKind = 'page' | 'api';
export type RouteScope = 'platform' | 'global';

/**
 * Everything that one set of modules amounts to, compiled once and never changed.
 *
 * A request takes the snapshot of its platform by one read and keeps it to its end; turning a module on or off
 * replaces the platform's snapshot. What is off is not in here, and so does not exist.
 */
export class Snapshot implements SnapshotView {
  readonly key: string;
  readonly permissions = new Map<string, PermissionDefinition>();
  readonly features = new Map<string, From<FeatureDefinition>>();
  readonly limits = new Map<string, From<LimitDefinition>>();
  readonly menu: readonly From<MenuItemDefinition>[];
  readonly usage = new Map<string, UsageCount>();
  readonly blocks = new Map<string, From<BlockDefinition>>();
  readonly widgets: readonly From<WidgetDefinition>[];
  readonly checklist: readonly From<ChecklistItem>[];
  readonly figures: readonly From<KeyFigure>[];
  readonly todos: readonly From<TodoDefinition>[];
  readonly jobs = new Map<string, From<JobDefinition>>();
  readonly sitemaps: readonly ((ctx: TenantContext) => Promise<readonly SitemapEntry[]>)[];
  readonly healthChecks: readonly From<HealthCheck>[];
  readonly healthReports: readonly From<{
    readonly ask: (ctx: TenantContext) => Promise<HealthReport>;
  }>[];
  readonly attention: readonly From<{
    readonly ask: (ctx: TenantContext) => Promise<readonly Attention[]>;
  }>[];
  readonly #modules: ReadonlySet<string>;
  readonly #tables = new Map<string, RouteTable>();
  readonly #subscribers = new Map<string, From<Subscription>[]>();
  readonly #taps: ReadonlyMap<string, readonly OrderedTap[]>;

  /** @param modules installed plugins that are on, in boot order */
  constructor(modules: readonly Installed[]) {
    this.key = modules.map(({ plugin }) => plugin.code).join('+');
    this.#modules = new Set(modules.map(({ plugin }) => plugin.code));
    for (const installed of modules) this.#add(installed);
    this.menu = modules
      .flatMap(({ plugin }) => plugin.menu.map((item) => ({ ...item, plugin: plugin.code })))
      .sort((a, b) => a.order - b.order || compare(a.code, b.code));
    this.widgets = inOrder(modules, ({ widgets }) => widgets);
    this.checklist = inOrder(modules, ({ checklist }) => checklist);
    this.figures = inOrder(modules, ({ figures }) => figures);
    this.todos = inOrder(modules, ({ todos }) => todos);
    this.sitemaps = modules.flatMap(({ sitemap }) => (sitemap ? [sitemap] : []));
    this.healthChecks = modules.flatMap(({ plugin, healthChecks }) =>
      healthChecks.map((check) => ({ ...check, plugin: plugin.code })),
    );
    this.healthReports = modules.flatMap(({ plugin, healthReport }) =>
      healthReport ? [{ ask: healthReport, plugin: plugin.code }] : [],
    );
    this.attention = modules.flatMap(({ plugin, attention }) =>
      attention ? [{ ask: attention, plugin: plugin.code }] : [],
    );
    this.#taps = orderTaps(
      modules.flatMap(({ plugin, taps }) =>
        taps.map((tap) => ({ ...tap, plugin: plugin.code, name: tap.name ?? plugin.code })),
      ),
    );
  }

  get modules(): ReadonlySet<string> {
    return this.#modules;
  }

  isOn(module: string): boolean {
    return this.#modules.has(module);
  }

  find(
    surface: Surface,
    kind: RouteKind,
    scope: RouteScope,
    method: string,
    path: string,
  ): RouteMatch | OtherMethods | undefined {
    return this.#tables.get(tableKey(surface, kind, scope))?.find(method, path);
  }

  /** All routes that are on; routes of scope `both` are listed once. */
  *routes(): Generator<{ readonly plugin: string; readonly route: RouteMatch['mounted']['route'] }> {
    const seen = new Set<unknown>();
    for (const table of this.#tables.values()) {
      for (const mounted of table.routes) {
        if (!seen.has(mounted.route)) yield mounted;
        seen.add(mounted.route);
      }
    }
  }

  /** Names of the events that some module listens to. */
  get events(): readonly string[] {
    return [...this.#subscribers.keys()].sort();
  }

  /** Names of the hooks that some module takes part in. */
  get hooks(): readonly string[] {
    return [...this.#taps.keys()].sort();
  }

  subscribers(event: string): readonly From<Subscription>[] {
    return this.#subscribers.get(event) ?? [];
  }

  taps(hook: string): readonly OrderedTap[] {
    return this.#taps.get(hook) ?? [];
  }

  #add({ plugin, routes, subscriptions, jobs, usage }: Installed): void {
    const from = { plugin: plugin.code };
    for (const route of routes) {
      const scopes: readonly RouteScope[] =
        route.surface !== 'admin' || route.scope === 'platform'
          ? ['platform']
          : route.scope === 'global'
            ? ['global']
            : ['platform', 'global'];
      for (const scope of scopes) this.#table(route.surface, route.kind, scope).add({ ...from, route });
    }
    for (const [name, permission] of Object.entries(plugin.permissions))
      this.permissions.set(name, permission);
    for (const feature of plugin.features) this.features.set(feature.code, { ...feature, ...from });
    for (const limit of plugin.limits) this.limits.set(limit.code, { ...limit, ...from });
    for (const [code, count] of Object.entries(usage)) this.usage.set(code, count);
    for (const block of plugin.blocks) this.blocks.set(block.type, { ...block, ...from });
    for (const job of jobs) this.jobs.set(job.name, { ...job, ...from });
    for (const subscription of subscriptions) {
      const list = this.#subscribers.get(subscription.event.name) ?? [];
      list.push({ ...subscription, ...from });
      this.#subscribers.set(subscription.event.name, list);
    }
  }

  #table(surface: Surface, kind: RouteKind, scope: RouteScope): RouteTable {
    const key = tableKey(surface, kind, scope);
    let table = this.#tables.get(key);
    if (!table) this.#tables.set(key, (table = new RouteTable()));
    return table;
  }
}

const tableKey = (surface: Surface, kind: RouteKind, scope: RouteScope): string =>
  `${surface} ${kind} ${scope}`;
/** What modules bring of one kind, by its order, then by its code. */
const inOrder = <Thing extends { readonly code: string; readonly order: number }>(
  modules: readonly Installed[],
  of: (installed: Installed) => readonly Thing[],
): readonly From<Thing>[] =>
  modules
    .flatMap((installed) => of(installed).map((thing) => ({ ...thing, plugin: installed.plugin.code })))
    .sort((a, b) => a.order - b.order || compare(a.code, b.code));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
