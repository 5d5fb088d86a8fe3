import type { Words } from '../../../i18n/Words.js';
import type { TenantContext } from '../../../kernel/context.js';
import type { AnyPlugin } from '../../../kernel/plugin.js';
import type { CoreParts } from '../../core/CoreParts.js';

/**
 * What modules, their features and settings are called. All modules speak here, those that are off too: an
 * administrator reads about them before turning them on.
 */
export interface ModuleTexts {
  readonly words: Words;
  readonly plugins: ReadonlyMap<string, AnyPlugin>;
  name(code: string): string;
  description(code: string): string;
  icon(code: string): string;
  /** Of a feature of the module. */
  feature(module: string, code: string): string;
  featureHint(module: string, code: string): string | null;
  /** Of what tiers bound. */
  limit(module: string, code: string): string;
  /** The label of a settings field; its title, or its name in words, where there is no translation. */
  field(module: string, field: { readonly name: string; readonly title: string | null }): string;
  fieldHint(
    module: string,
    field: { readonly name: string; readonly description: string | null },
  ): string | null;
  option(module: string, field: string, value: string): string;
  /** The sentence of a key; the key itself where nobody knows it. */
  sentence(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** Groups in the order in which they are shown. */
export const MODULE_GROUPS = ['core', 'content', 'commerce', 'growth', 'business', 'operations'] as const;

const FALLBACK_ICONS: Readonly<Record<AnyPlugin['group'], string>> = {
  core: 'box',
  content: 'file-text',
  commerce: 'shopping-cart',
  growth: 'rocket',
  business: 'building-bank',
  operations: 'tool',
};

export function moduleTexts(
  { translator, states }: Pick<CoreParts, 'translator' | 'states'>,
  ctx: TenantContext,
): ModuleTexts {
  const words = translator.words(ctx.language, ctx.platform.defaultLanguage);
  const { plugins } = states.snapshots.graph;
  const first = (keys: readonly string[], fallback: string): string => {
    const key = keys.find((one) => words.has(one));
    return key === undefined ? fallback : words.text(key);
  };
  return {
    words,
    plugins,
    name: (code) =>
      first([`${code}.module.name`, `core.module.${code}.name`], plugins.get(code)?.name ?? code),
    description: (code) =>
      first(
        [`${code}.module.description`, `core.module.${code}.description`],
        plugins.get(code)?.description ?? '',
      ),
    icon: (code) => {
      const plugin = plugins.get(code);
      return plugin?.icon ?? plugin?.menu[0]?.icon ?? FALLBACK_ICONS[plugin?.group ?? 'operations'];
    },
    feature: (module, code) =>
      first(
        [`${module}.features.${code}`, `core.features.${code}`],
        plugins.get(module)?.features.find((feature) => feature.code === code)?.name ?? code,
      ),
    featureHint: (module, code) =>
      first(
        [`${module}.features.${code}.hint`, `core.features.${code}.hint`],
        plugins.get(module)?.features.find((feature) => feature.code === code)?.description ?? '',
      ) || null,
    limit: (module, code) =>
      first(
        [`${module}.limits.${code}`, `core.limits.${code}`],
        plugins.get(module)?.limits.find((limit) => limit.code === code)?.name ?? code,
      ),
    field: (module, { name, title }) => first([`${module}.settings.${name}`], title ?? inWords(name)),
    fieldHint: (module, { name, description }) => {
      const key = `${module}.settings.${name}.hint`;
      return words.has(key) ? words.text(key) : description;
    },
    option: (module, field, value) => first([`${module}.settings.${field}.${value}`], value),
    sentence: (key, values = {}) => (words.has(key) ? words.text(key, values) : key),
  };
}

/** `trialEndPolicy` → `Trial end policy`. */
function inWords(name: string): string {
  const text = name.replace(
    /([a-z0-9])([A-Z])/g,
    (_match, a: string, b: string) => `${a} ${b.toLowerCase()}`,
  );
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');
}
