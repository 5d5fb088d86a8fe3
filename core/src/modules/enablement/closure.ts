import type { PluginGraph } from '../../kernel/graph.js';

/** What somebody asks for, or what it amounts to. */
export interface ModuleChange {
  readonly enable: readonly string[];
  readonly disable: readonly string[];
}

export interface ModulesNow {
  readonly graph: PluginGraph;
  /** Codes that the platform's host composes. */
  readonly composed: ReadonlySet<string>;
  readonly enabled: ReadonlySet<string>;
}

/** Why a change cannot be made at all. */
export type ChangeProblem =
  | { readonly kind: 'unknown' | 'core' | 'contradiction'; readonly module: string }
  | { readonly kind: 'conflict'; readonly module: string; readonly other: string };

export interface Closure extends ModuleChange {
  readonly problems: readonly ChangeProblem[];
  /** Codes that are on after the change. */
  readonly result: ReadonlySet<string>;
}

/**
 * Completes a change: what is turned on brings what it requires, what is turned off takes along what requires it.
 * Codes that already are as asked for drop out. Lists are in boot order.
 */
export function closeChange(now: ModulesNow, asked: ModuleChange): Closure {
  const { graph } = now;
  const problems: ChangeProblem[] = [];
  for (const module of [...asked.enable, ...asked.disable]) {
    if (!now.composed.has(module)) problems.push({ kind: 'unknown', module });
    else if (graph.plugins.get(module)?.isCore) problems.push({ kind: 'core', module });
  }
  const known = (module: string): boolean => !problems.some((problem) => problem.module === module);
  const enable = new Set<string>();
  const disable = new Set<string>();
  for (const module of asked.enable.filter(known)) {
    for (const code of [module, ...graph.requirements(module)]) if (!now.enabled.has(code)) enable.add(code);
  }
  for (const module of asked.disable.filter(known)) {
    for (const code of [module, ...graph.dependants(module)]) if (now.enabled.has(code)) disable.add(code);
  }
  const wanted = new Set(asked.enable.flatMap((module) => [module, ...graph.requirements(module)]));
  const unwanted = new Set(asked.disable.flatMap((module) => [module, ...graph.dependants(module)]));
  for (const module of wanted) if (unwanted.has(module)) problems.push({ kind: 'contradiction', module });

  const result = new Set([...now.enabled].filter((code) => !disable.has(code)));
  for (const code of enable) result.add(code);
  problems.push(...conflicts(now, result, enable));
  const inOrder = (codes: ReadonlySet<string>): string[] => graph.order.filter((code) => codes.has(code));
  return { enable: inOrder(enable), disable: inOrder(disable), problems, result };
}

function conflicts(
  now: ModulesNow,
  result: ReadonlySet<string>,
  fresh: ReadonlySet<string>,
): ChangeProblem[] {
  const found: ChangeProblem[] = [];
  for (const module of result) {
    for (const other of now.graph.plugins.get(module)?.conflicts ?? []) {
      if (result.has(other) && (fresh.has(module) || fresh.has(other)))
        found.push({ kind: 'conflict', module, other });
    }
  }
  return found;
}

/** The codes that may really be on: those composed, with everything they require. Never throws; drops the rest. */
export function closedUnderRequirements(
  now: Omit<ModulesNow, 'enabled'>,
  wanted: Iterable<string>,
): Set<string> {
  const on = new Set([...wanted].filter((code) => now.composed.has(code)));
  for (const code of now.graph.order) {
    if (on.has(code) && [...now.graph.needs(code)].some((needed) => !on.has(needed))) on.delete(code);
  }
  return on;
}
