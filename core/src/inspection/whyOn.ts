import type { PluginGraph } from '../kernel/graph.js';
import type { ModuleState } from '../modules/enablement/ModuleStates.js';

/**
 * Why a module is on, or is not: `core` always is; `host`: nobody changed what the host starts with; `admin`: turned on
 * or off on this platform; `missing`: wanted, but `by` is off, which it needs; `absent`: the host does not compose it.
 */
export interface Why {
  readonly isOn: boolean;
  readonly reason: 'core' | 'host' | 'admin' | 'missing' | 'absent';
  readonly by: readonly string[];
}

/** Says why a module is on or off on the platform of a state, from the facts that decide it. */
export function whyOn(
  code: string,
  { graph, state }: { readonly graph: PluginGraph; readonly state: ModuleState },
): Why {
  const isOn = state.snapshot.isOn(code);
  const because = (reason: Why['reason'], by: readonly string[] = []): Why => ({ isOn, reason, by });
  if (graph.plugins.get(code)?.isCore) return because('core');
  if (!state.composed.has(code)) return because('absent');
  const chosen = state.chosen.get(code);
  const isWanted = chosen ?? state.host?.modules.on.includes(code) ?? false;
  if (isWanted && !isOn)
    return because('missing', [...graph.needs(code)].filter((other) => !state.snapshot.isOn(other)).sort());
  return because(chosen === undefined ? 'host' : 'admin');
}
