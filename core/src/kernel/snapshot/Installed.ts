import type { TenantContext } from '../context.js';
import type { ChecklistItem, KeyFigure, TodoDefinition } from '../dashboard.js';
import type { Subscription } from '../event.js';
import type { HookTap } from '../hook.js';
import type { JobDefinition } from '../job.js';
import type {
  AnyPlugin,
  Attention,
  HealthCheck,
  HealthReport,
  SitemapEntry,
  UsageCount,
  WidgetDefinition,
} from '../plugin.js';
import { PluginError } from '../pluginError.js';
import type { RouteDefinition } from '../route.js';

/** A plugin whose wiring functions have run: what snapshots are compiled from. */
export interface Installed {
  readonly plugin: AnyPlugin;
  readonly routes: readonly RouteDefinition[];
  readonly subscriptions: readonly Subscription[];
  readonly taps: readonly HookTap[];
  readonly jobs: readonly JobDefinition[];
  readonly widgets: readonly WidgetDefinition[];
  readonly checklist: readonly ChecklistItem[];
  readonly figures: readonly KeyFigure[];
  readonly todos: readonly TodoDefinition[];
  readonly sitemap: ((ctx: TenantContext) => Promise<readonly SitemapEntry[]>) | undefined;
  readonly healthChecks: readonly HealthCheck[];
  readonly healthReport: ((ctx: TenantContext) => Promise<HealthReport>) | undefined;
  readonly attention: ((ctx: TenantContext) => Promise<readonly Attention[]>) | undefined;
  readonly usage: Readonly<Record<string, UsageCount>>;
}

/** Runs a plugin's wiring functions once. */
export function install(plugin: AnyPlugin, wiring: Record<string, unknown>): Installed {
  const installed: Installed = {
    plugin,
    routes: plugin.routes?.(wiring) ?? [],
    subscriptions: plugin.on?.(wiring) ?? [],
    taps: plugin.hooks?.(wiring) ?? [],
    jobs: plugin.jobs?.(wiring) ?? [],
    widgets: plugin.widgets?.(wiring) ?? [],
    checklist: plugin.checklist?.(wiring) ?? [],
    figures: plugin.figures?.(wiring) ?? [],
    todos: plugin.todos?.(wiring) ?? [],
    sitemap: plugin.sitemap?.(wiring),
    healthChecks: plugin.healthChecks?.(wiring) ?? [],
    healthReport: plugin.healthReport?.(wiring),
    attention: plugin.attention?.(wiring),
    usage: plugin.usage?.(wiring) ?? {},
  };
  for (const route of installed.routes) checkRoute(plugin, route);
  for (const code of Object.keys(installed.usage)) {
    if (!plugin.limits.some((limit) => limit.code === code)) {
      throw new PluginError(
        'P508',
        plugin.code,
        `plugin '${plugin.code}' counts the use of '${code}', which is none of its limits`,
        'add it to limits, or take it out of usage',
      );
    }
  }
  for (const job of installed.jobs) {
    if (!job.name.startsWith(`${plugin.code}.`)) {
      throw new PluginError(
        'P503',
        plugin.code,
        `plugin '${plugin.code}' declares the job '${job.name}'`,
        `start its name with '${plugin.code}.'`,
      );
    }
  }
  return installed;
}

const OPEN_ACCESS: readonly string[] = ['public', 'signed-in', 'customer'];

function checkRoute(plugin: AnyPlugin, route: RouteDefinition): void {
  const where = `${route.surface} ${route.kind} ${route.method} ${route.path} of plugin '${plugin.code}'`;
  if (!OPEN_ACCESS.includes(route.access) && !(route.access in plugin.permissions)) {
    throw new PluginError(
      'P504',
      plugin.code,
      `${where} needs the permission '${route.access}', which the plugin does not declare`,
      `add it to permissions, or use one of ${OPEN_ACCESS.join(', ')}`,
    );
  }
  if (route.feature && !plugin.features.some((feature) => feature.code === route.feature)) {
    throw new PluginError(
      'P505',
      plugin.code,
      `${where} needs the feature '${route.feature}', which the plugin does not declare`,
      'add it to features',
    );
  }
  if (route.menu && !plugin.menu.some((item) => item.code === route.menu && item.surface === route.surface)) {
    throw new PluginError(
      'P506',
      plugin.code,
      `${where} names the menu item '${route.menu}', which the plugin does not declare for ${route.surface}`,
      'add it to menu',
    );
  }
}
