import type { AnyPlugin, LimitDefinition } from '../../kernel/plugin.js';

/** Which plugin brings which feature and limit, in the whole installation. */
export interface FeatureCatalog {
  /** Feature code → code of its module. */
  readonly moduleOf: ReadonlyMap<string, string>;
  /** Limit code → its definition and module. */
  readonly limits: ReadonlyMap<string, LimitDefinition & { readonly module: string }>;
}

/** Collects what plugins declare. That codes are unique is checked where plugins are composed. */
export const featureCatalog = (
  plugins: Iterable<Pick<AnyPlugin, 'code' | 'features' | 'limits'>>,
): FeatureCatalog => {
  const moduleOf = new Map<string, string>(),
    limits = new Map<string, LimitDefinition & { module: string }>();
  for (const plugin of plugins) {
    for (const feature of plugin.features) moduleOf.set(feature.code, plugin.code);
    for (const limit of plugin.limits) limits.set(limit.code, { ...limit, module: plugin.code });
  }
  return { moduleOf, limits };
};
