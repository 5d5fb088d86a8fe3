import { bootKernel } from '../../kernel/boot.js';
import { definePlugin, type AnyPlugin, type WidgetDefinition } from '../../kernel/plugin.js';
import type { RouteDefinition } from '../../kernel/route.js';
import type { ServiceRef } from '../../kernel/service.js';

/** What a check found wrong: one sentence each that says where and what. Empty: nothing. */
export type Findings = string[];

/** A plugin, and the plugins that provide what it requires. */
export interface ContractSubject {
  readonly plugin: AnyPlugin;
  /** Stand-ins are made for what these do not provide either. */
  readonly with: readonly AnyPlugin[];
}

/** What the wiring functions of a plugin bring, with stand-ins for everything it requires. */
export interface Wired {
  readonly routes: readonly RouteDefinition[];
  readonly widgets: readonly WidgetDefinition[];
  /** Steps of the checklist, key figures, things to do. */
  readonly dashboardParts: readonly {
    readonly code: string;
    readonly permission?: string;
    readonly feature?: string;
    readonly words: readonly string[];
  }[];
}

/** Runs a plugin's wiring functions without a server; what the kernel would refuse is still in the result. */
export function wire(subject: ContractSubject): Wired {
  const wiring = bootAlone(subject);
  const { plugin } = subject;
  return {
    routes: plugin.routes?.(wiring) ?? [],
    widgets: plugin.widgets?.(wiring) ?? [],
    dashboardParts: [
      ...(plugin.checklist?.(wiring) ?? []).map((item) => ({
        ...item,
        words: [item.label, ...(item.text === undefined ? [] : [item.text])],
      })),
      ...(plugin.figures?.(wiring) ?? []).map((item) => ({ ...item, words: [item.label] })),
      ...(plugin.todos?.(wiring) ?? []).map((item) => ({ ...item, words: [item.text] })),
    ],
  };
}

/** Makes the plugin's services, with stand-ins for all that it requires. @throws {PluginError} */
export function bootAlone({ plugin, with: others }: ContractSubject): Record<string, unknown> {
  const { container } = bootKernel({ plugins: [...standIns([plugin, ...others], true), ...others, plugin] });
  return container.wiringOf(plugin.code);
}

/** Plugins that provide what the given ones require and none of them provides. @param core also the core's services */
export function standIns(plugins: readonly AnyPlugin[], core: boolean): AnyPlugin[] {
  const provided = new Set(plugins.flatMap(({ provides }) => Object.values(provides).map(({ id }) => id)));
  const missing = new Map<string, Record<string, ServiceRef>>();
  for (const token of plugins.flatMap(({ requires }) => Object.values(requires))) {
    const [code = '', name = ''] = token.id.split('.');
    if (
      provided.has(token.id) ||
      (!core && code === 'core') ||
      plugins.some((plugin) => plugin.code === code)
    )
      continue;
    missing.set(code, { ...missing.get(code), [name]: token });
  }
  return [...missing].map(
    ([code, provides]) =>
      definePlugin({
        code,
        name: code,
        description: 'Stands in for a plugin that is required.',
        provides: provides as never,
        services: Object.fromEntries(Object.keys(provides).map((name) => [name, standIn])) as never,
      }) as unknown as AnyPlugin,
  );
}

/** Has every method; each resolves to undefined. */
const standIn = (): object =>
  new Proxy(
    {},
    {
      get: (_target, name) =>
        typeof name === 'symbol' || name === 'then' ? undefined : async () => undefined,
    },
  );

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
