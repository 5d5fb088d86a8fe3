import type { AnyPlugin } from './plugin.js';
import { PluginError } from './pluginError.js';

/** Which plugin needs which, in the order in which they boot. */
export interface PluginGraph {
  /** Codes in boot order: what is needed comes first, ties by code. */
  readonly order: readonly string[];
  readonly plugins: ReadonlyMap<string, AnyPlugin>;
  /** Service id → the plugin that provides it. */
  readonly providers: ReadonlyMap<string, AnyPlugin>;
  /** Codes that a plugin requires directly. */
  needs(code: string): ReadonlySet<string>;
  /** Everything a plugin requires, directly or through others. */
  requirements(code: string): ReadonlySet<string>;
  /** Everything that requires a plugin, directly or through others. */
  dependants(code: string): ReadonlySet<string>;
}

/**
 * Orders plugins by their requirements.
 *
 * @throws {PluginError} P101 duplicate plugin, P102 duplicate service, P201 missing service, P202 unfit major, P301 cycle
 */
export function buildGraph(list: readonly AnyPlugin[]): PluginGraph {
  const plugins = new Map<string, AnyPlugin>();
  for (const plugin of list) {
    if (plugins.has(plugin.code)) {
      throw new PluginError(
        'P101',
        plugin.code,
        `plugin '${plugin.code}' is there twice`,
        'remove one of the two from the host',
      );
    }
    plugins.set(plugin.code, plugin);
  }
  const providers = collectProviders(list);
  const needs = new Map(list.map((plugin) => [plugin.code, requiredCodes(plugin, providers)]));
  const wants = new Map(list.map((plugin) => [plugin.code, optionalCodes(plugin, providers)]));
  const dependants = invert(needs);
  return {
    order: topologicalOrder(plugins, needs, wants),
    plugins,
    providers,
    needs: (code) => needs.get(code) ?? EMPTY,
    requirements: (code) => reach(code, needs),
    dependants: (code) => reach(code, dependants),
  };
}

const EMPTY: ReadonlySet<string> = new Set();
type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function collectProviders(list: readonly AnyPlugin[]): Map<string, AnyPlugin> {
  const providers = new Map<string, AnyPlugin>();
  for (const plugin of list) {
    for (const { id } of Object.values(plugin.provides)) {
      const other = providers.get(id);
      if (other) {
        throw new PluginError(
          'P102',
          plugin.code,
          `service '${id}' is provided by '${other.code}' and by '${plugin.code}'`,
          'rename one of the two or compose only one of the plugins',
        );
      }
      providers.set(id, plugin);
    }
  }
  return providers;
}

function requiredCodes(plugin: AnyPlugin, providers: ReadonlyMap<string, AnyPlugin>): Set<string> {
  const codes = new Set<string>();
  for (const { id, major } of Object.values(plugin.requires)) {
    const provider = providers.get(id);
    if (!provider) {
      throw new PluginError(
        'P201',
        plugin.code,
        `plugin '${plugin.code}' requires '${id}'`,
        'add the plugin that provides it to the host',
      );
    }
    checkMajor(plugin, provider, id, major);
    if (provider !== plugin) codes.add(provider.code);
  }
  return codes;
}

function optionalCodes(plugin: AnyPlugin, providers: ReadonlyMap<string, AnyPlugin>): Set<string> {
  const codes = new Set<string>();
  for (const { id, major } of Object.values(plugin.optional)) {
    const provider = providers.get(id);
    if (!provider || provider === plugin) continue;
    checkMajor(plugin, provider, id, major);
    codes.add(provider.code);
  }
  return codes;
}

function checkMajor(plugin: AnyPlugin, provider: AnyPlugin, id: string, major: number): void {
  const offered = Object.values(provider.provides).find((token) => token.id === id)?.major ?? 0;
  if (offered === major) return;
  throw new PluginError(
    'P202',
    plugin.code,
    `plugin '${plugin.code}' needs '${id}' in major version ${major}, but '${provider.code}' provides ${offered}`,
    `upgrade '${offered < major ? provider.code : plugin.code}'`,
  );
}

function topologicalOrder(plugins: ReadonlyMap<string, AnyPlugin>, needs: Edges, wants: Edges): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (code: string): void => {
    if (state.get(code) === 'done') return;
    if (state.get(code) === 'open') throw cycle([...path.slice(path.indexOf(code)), code], wants);
    state.set(code, 'open');
    path.push(code);
    const next = new Set([...(needs.get(code) ?? EMPTY), ...(wants.get(code) ?? EMPTY)]);
    for (const dependency of [...next].sort()) visit(dependency);
    path.pop();
    state.set(code, 'done');
    order.push(code);
  };
  for (const code of [...plugins.keys()].sort()) visit(code);
  return order;
}

function cycle(path: readonly string[], wants: Edges): PluginError {
  const soft = path.find((code, i) => wants.get(code)?.has(path[i + 1] ?? ''));
  const fix = soft
    ? `'${soft}' needs '${path[path.indexOf(soft) + 1]}' only optionally: replace that by an event or a hook`
    : 'turn one of these requirements round with an event or a hook, or move the shared part into a plugin of its own';
  return new PluginError(
    'P301',
    path[0] ?? '',
    `plugins require each other in a circle: ${path.join(' → ')}`,
    fix,
  );
}

function invert(edges: Edges): Map<string, Set<string>> {
  const inverted = new Map<string, Set<string>>();
  for (const [from, targets] of edges) {
    for (const to of targets) inverted.set(to, (inverted.get(to) ?? new Set()).add(from));
  }
  return inverted;
}

function reach(code: string, edges: Edges): Set<string> {
  const found = new Set<string>();
  const stack = [...(edges.get(code) ?? [])];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    stack.push(...(edges.get(next) ?? []));
  }
  return found;
}
