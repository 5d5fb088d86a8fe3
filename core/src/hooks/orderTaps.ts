import type { HookTap } from '../kernel/hook.js';
import { PluginError } from '../kernel/pluginError.js';

/** A tap with the plugin that brought it and the name that others order themselves by. */
export type OrderedTap = HookTap & { readonly plugin: string; readonly name: string };

/**
 * Puts the taps of each hook in the order in which they run: as `before` and `after` demand, else by name.
 *
 * Names that no tap carries are ignored, since their module may be off.
 *
 * @returns hook name → its taps
 * @throws {PluginError} P510 when taps wait for each other in a circle, P511 when a hook has two taps of one name
 */
export function orderTaps(taps: readonly OrderedTap[]): ReadonlyMap<string, readonly OrderedTap[]> {
  const byHook = new Map<string, Map<string, OrderedTap>>();
  for (const tap of taps) {
    const named = byHook.get(tap.hook.name) ?? new Map<string, OrderedTap>();
    const taken = named.get(tap.name);
    if (taken) throw duplicate(tap, taken);
    byHook.set(tap.hook.name, named.set(tap.name, tap));
  }
  return new Map([...byHook].map(([hook, named]) => [hook, orderOne(hook, named)]));
}

function orderOne(hook: string, named: ReadonlyMap<string, OrderedTap>): readonly OrderedTap[] {
  const predecessors = predecessorsOf(named);
  const ordered: OrderedTap[] = [];
  const waiting = new Set([...named.keys()].sort());
  while (waiting.size > 0) {
    // The first free name each time, not one layer after the other: so the order hangs on names alone.
    const free = [...waiting].find((name) =>
      [...(predecessors.get(name) ?? [])].every((other) => !waiting.has(other)),
    );
    if (free === undefined) throw cycle(hook, named, predecessors, waiting);
    waiting.delete(free);
    ordered.push(named.get(free) as OrderedTap);
  }
  return ordered;
}

function predecessorsOf(named: ReadonlyMap<string, OrderedTap>): ReadonlyMap<string, ReadonlySet<string>> {
  const predecessors = new Map([...named.keys()].map((name) => [name, new Set<string>()]));
  for (const tap of named.values()) {
    for (const earlier of tap.after) if (named.has(earlier)) predecessors.get(tap.name)?.add(earlier);
    for (const later of tap.before) predecessors.get(later)?.add(tap.name);
  }
  return predecessors;
}

function cycle(
  hook: string,
  named: ReadonlyMap<string, OrderedTap>,
  predecessors: ReadonlyMap<string, ReadonlySet<string>>,
  waiting: ReadonlySet<string>,
): PluginError {
  const path: string[] = [];
  let at = [...waiting][0] as string;
  while (!path.includes(at)) {
    path.push(at);
    at = [...(predecessors.get(at) ?? [])].filter((name) => waiting.has(name)).sort()[0] as string;
  }
  // Walked from a tap to what it waits for; told in the order in which they would run.
  const circle = [at, ...path.slice(path.indexOf(at) + 1).reverse(), at];
  const plugin = (named.get(at) as OrderedTap).plugin;
  return new PluginError(
    'P510',
    plugin,
    `the taps of hook '${hook}' wait for each other: ${circle.join(' → ')}`,
    `remove one of the names from 'before' or 'after' of these taps`,
  );
}

function duplicate(tap: OrderedTap, taken: OrderedTap): PluginError {
  return new PluginError(
    'P511',
    tap.plugin,
    `hook '${tap.hook.name}' has two taps named '${tap.name}', of '${taken.plugin}' and of '${tap.plugin}'`,
    'give one of them another name',
  );
}
