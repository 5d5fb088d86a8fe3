import { formatMoney, type Money, type TenantContext, type Translator } from '@wizamart/core';

/** Names of features, limits and modules in the language of a request; what no language knows keeps its own name. */
export class GiveTexts {
  readonly #i18n: Translator;

  constructor({ i18n }: { readonly i18n: Translator }) {
    this.#i18n = i18n;
  }

  limitName(ctx: TenantContext, { code, name }: { readonly code: string; readonly name: string }): string {
    return this.#first(ctx, keysOf('limits', ctx.snapshot.limits?.get(code)?.plugin, code), name);
  }

  featureName(ctx: TenantContext, { code, name }: { readonly code: string; readonly name: string }): string {
    return this.#first(ctx, keysOf('features', ctx.snapshot.features?.get(code)?.plugin, code), name);
  }

  /** A limit for people: bytes as megabytes or gigabytes, all else as a number; null is without a limit. */
  limitText(ctx: TenantContext, code: string, limit: number | null): string {
    if (limit === null) return this.text(ctx, 'billing.pricing.unlimited');
    if (!code.endsWith('_bytes')) return new Intl.NumberFormat(ctx.language).format(limit);
    const [size, unit] = limit >= 1e9 ? [limit / 1e9, 'gigabyte'] : [limit / 1e6, 'megabyte'];
    return new Intl.NumberFormat(ctx.language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }).format(size);
  }

  moduleOf(ctx: TenantContext, code: string): string {
    return this.#first(ctx, [`billing.pricing.module.${code}`, `${code}.module.name`], code);
  }

  text(ctx: TenantContext, key: string, values: Readonly<Record<string, string | number>> = {}): string {
    return this.#i18n.t(ctx.language, key, values, ctx.platform.defaultLanguage);
  }

  money(ctx: TenantContext, amount: Money): string {
    return formatMoney(amount, ctx.language);
  }

  has(ctx: TenantContext, key: string): boolean {
    return this.#i18n.words(ctx.language, ctx.platform.defaultLanguage).has(key);
  }

  #first(ctx: TenantContext, keys: readonly string[], name: string): string {
    const words = this.#i18n.words(ctx.language, ctx.platform.defaultLanguage);
    const known = keys.find((key) => words.has(key));
    return known === undefined ? name : words.text(known);
  }
}

/** A module speaks for what it brings; core for what its own modules do. */
const keysOf = (kind: 'features' | 'limits', plugin: string | undefined, code: string): string[] => [
  ...(plugin === undefined ? [] : [`${plugin}.${kind}.${code}`]),
  `core.${kind}.${code}`,
];
