import type { TenantContext } from '../kernel/context.js';
import type { Snapshot } from '../kernel/snapshot/Snapshot.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import type { RouteDefinition } from '../kernel/route.js';
import type { ModuleState, ModuleStates } from '../modules/enablement/ModuleStates.js';
import type { IconSet } from '../render/IconSet.js';
import type { TemplateFacts } from './TemplateFacts.js';
import { whyOn, type Why } from './whyOn.js';

/** A service that a plugin asks for or hands out, and who hands it out. */
export interface ServiceLink {
  readonly id: string;
  /** Plugin that provides it; null where none of this process does. */
  readonly plugin: string | null;
  readonly isOptional: boolean;
}

export interface ModuleFacts {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly group: string;
  readonly why: Why;
  /** Codes it needs directly, and those that need it directly. */
  readonly needs: readonly string[];
  readonly usedBy: readonly string[];
  readonly requires: readonly ServiceLink[];
  readonly provides: readonly string[];
}

export type RouteFacts = Pick<
  RouteDefinition,
  'method' | 'path' | 'surface' | 'kind' | 'access' | 'scope' | 'menu' | 'feature' | 'summary' | 'cache'
> & { readonly plugin: string };

/** What listens where: an event's subscribers or a hook's taps, in the order in which they run. */
export interface ListenerFacts {
  readonly name: string;
  readonly listeners: readonly { readonly plugin: string; readonly name: string }[];
}

export interface JobFacts {
  readonly name: string;
  readonly plugin: string;
  /** Five-field cron line in UTC; null: only when something asks for it. */
  readonly schedule: string | null;
  readonly maxAttempts: number;
}

/** Tells what the running system of one platform is made of; reads memory and template files only. */
export class Inspector {
  readonly templates: TemplateFacts;
  readonly #states: ModuleStates;
  readonly #icons: IconSet;

  constructor(deps: {
    readonly states: ModuleStates;
    readonly templates: TemplateFacts;
    readonly icons: IconSet;
  }) {
    this.#states = deps.states;
    this.#icons = deps.icons;
    this.templates = deps.templates;
  }

  /** All plugins of this process, in boot order, as the platform of `ctx` has them. */
  modules(ctx: TenantContext): readonly ModuleFacts[] {
    const { graph } = this.#states.snapshots;
    const state = this.#stateOf(ctx);
    const optional = (plugin: AnyPlugin): ServiceLink[] => this.#links(plugin.optional, true);
    return graph.order.flatMap((code) => {
      const plugin = graph.plugins.get(code);
      if (!plugin) return [];
      return {
        code,
        name: plugin.name,
        description: plugin.description,
        version: plugin.version,
        group: plugin.group,
        why: whyOn(code, { graph, state }),
        needs: [...graph.needs(code)].sort(),
        usedBy: graph.order.filter((other) => graph.needs(other).has(code)),
        requires: [...this.#links(plugin.requires, false), ...optional(plugin)],
        provides: Object.values(plugin.provides).map(({ id }) => id),
      };
    });
  }

  /** Routes that are on, in the order of surface, path and method. */
  routes(ctx: TenantContext): readonly RouteFacts[] {
    return [...this.#snapshotOf(ctx).routes()]
      .map(({ plugin, route }) => ({ ...route, plugin }))
      .sort((a, b) => compare(routeKey(a), routeKey(b)));
  }

  events(ctx: TenantContext): readonly ListenerFacts[] {
    const snapshot = this.#snapshotOf(ctx);
    return snapshot.events.map((name) => ({
      name,
      listeners: snapshot.subscribers(name).map(({ plugin, name }) => ({ plugin, name })),
    }));
  }

  hooks(ctx: TenantContext): readonly ListenerFacts[] {
    const snapshot = this.#snapshotOf(ctx);
    return snapshot.hooks.map((name) => ({
      name,
      listeners: snapshot.taps(name).map(({ plugin, name }) => ({ plugin, name })),
    }));
  }

  jobs(ctx: TenantContext): readonly JobFacts[] {
    return [...this.#snapshotOf(ctx).jobs.values()]
      .map(({ name, plugin, schedule, maxAttempts }) => ({
        name,
        plugin,
        schedule: schedule ?? null,
        maxAttempts,
      }))
      .sort((a, b) => compare(a.name, b.name));
  }

  /** Names for the helper `icon`, in alphabetical order. */
  icons(): readonly string[] {
    return this.#icons.names;
  }

  #links(refs: AnyPlugin['requires'], isOptional: boolean): ServiceLink[] {
    const { providers } = this.#states.snapshots.graph;
    return Object.values(refs).map(({ id }) => ({
      id,
      plugin: providers.get(id)?.code ?? null,
      isOptional,
    }));
  }

  #snapshotOf(ctx: TenantContext): Snapshot {
    return this.#states.snapshotOf(ctx.platform.id);
  }

  #stateOf(ctx: TenantContext): ModuleState {
    const { id: platformId, code, host } = ctx.platform;
    return (
      this.#states.get(platformId) ?? this.#states.compute({ platformId, code, host, revision: 0, rows: [] })
    );
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const routeKey = ({ surface, kind, path, method }: RouteFacts): string =>
  `${surface} ${path} ${kind} ${method}`;
