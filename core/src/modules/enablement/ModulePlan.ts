import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { ModuleChange } from './closure.js';

/** What a change of modules would do, to be shown before it is confirmed. */
export interface ModulePlan {
  /** The platform's revision that the plan was made for; apply refuses any other. */
  readonly revision: number;
  /** The whole change; `apply` wants exactly these. */
  readonly enable: readonly string[];
  readonly disable: readonly string[];
  /** What comes along beside what was asked for. */
  readonly alsoEnable: readonly string[];
  readonly alsoDisable: readonly string[];
  readonly impact: ModuleImpact;
}

export interface ModuleImpact {
  readonly appears: SurfaceImpact;
  readonly disappears: SurfaceImpact;
  /** Stores of the platform that are concerned. */
  readonly stores: number;
  /** Always true: turning a module off never deletes anything. */
  readonly dataKept: true;
}

export interface SurfaceImpact {
  readonly pages: readonly string[];
  readonly apiRoutes: readonly string[];
  readonly menuItems: readonly string[];
  readonly permissions: readonly string[];
  readonly features: readonly string[];
  readonly jobs: readonly string[];
  readonly widgets: readonly string[];
}

export function describeImpact(before: Snapshot, after: Snapshot, stores: number): ModuleImpact {
  const old = contents(before);
  const next = contents(after);
  return { appears: difference(next, old), disappears: difference(old, next), stores, dataKept: true };
}

export const alsoIn = (whole: readonly string[], asked: readonly string[]): string[] =>
  whole.filter((code) => !asked.includes(code));

/** What of the full change the request does not name, or names beyond it. */
export function mismatch(full: ModuleChange, given: ModuleChange): string[] {
  const all = (change: ModuleChange): Set<string> =>
    new Set([...change.enable.map((c) => `+${c}`), ...change.disable.map((c) => `-${c}`)]);
  const wanted = all(full);
  const named = all(given);
  return [...new Set([...wanted, ...named])]
    .filter((code) => wanted.has(code) !== named.has(code))
    .map((code) => code.slice(1));
}

function contents(snapshot: Snapshot): SurfaceImpact {
  const routes = [...snapshot.routes()];
  const address = ({ route }: (typeof routes)[number]): string =>
    `${route.surface} ${route.method} ${route.path}`;
  return {
    pages: routes.filter(({ route }) => route.kind === 'page').map(address),
    apiRoutes: routes.filter(({ route }) => route.kind === 'api').map(address),
    menuItems: snapshot.menu.map((item) => `${item.surface} ${item.code}`),
    permissions: [...snapshot.permissions.keys()],
    features: [...snapshot.features.keys()],
    jobs: [...snapshot.jobs.keys()],
    widgets: snapshot.widgets.map((widget) => widget.code),
  };
}

function difference(from: SurfaceImpact, without: SurfaceImpact): SurfaceImpact {
  const minus = (key: keyof SurfaceImpact): string[] => {
    const other = new Set(without[key]);
    return from[key].filter((entry) => !other.has(entry));
  };
  return {
    pages: minus('pages'),
    apiRoutes: minus('apiRoutes'),
    menuItems: minus('menuItems'),
    permissions: minus('permissions'),
    features: minus('features'),
    jobs: minus('jobs'),
    widgets: minus('widgets'),
  };
}
