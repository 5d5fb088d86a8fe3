import { minorDigits, money, type Money, type TenantContext } from '@wizamart/core';
import { type Interval, priceOf } from '../catalog/ProductVersion.js';
import type { MatrixRow } from '../catalog/FeatureMatrix.js';
import type { GiveTexts } from './giveTexts.js';
import type { PricedOffer, PriceList } from './Pricing.js';

/** A tier as a card of the price table shows it. */
interface TierCard {
  readonly code: string;
  readonly name: string;
  readonly price: Money | null;
  /** With yearly payment: the twelfth part, and what is saved against twelve months. */
  readonly perMonth: Money | null;
  readonly saving: Money | null;
  readonly gives: readonly { readonly name: string; readonly limit: string }[];
  readonly features: readonly string[];
  /** The tier below it, all of whose features it has too; null: they are all listed. */
  readonly builtOn: string | null;
  readonly href: string;
  readonly isHighlighted: boolean;
}

/** What the price table needs. View of `pricing-table`. */
export interface PriceTableView {
  readonly interval: Interval;
  readonly trialDays: number;
  readonly hasBoth: boolean;
  /** Whole months that a year saves on every tier that has both prices; 0: none, or not on all. */
  readonly monthsFree: number;
  readonly monthHref: string;
  readonly yearHref: string;
  readonly tiers: readonly TierCard[];
}

/** @param page path of the page that shows it, to switch between month and year */
export function priceTableView(
  texts: GiveTexts,
  ctx: TenantContext,
  list: PriceList,
  interval: Interval,
  page: string,
): PriceTableView {
  const sold = list.tiers.filter((tier) => priceOf(tier, interval) !== null);
  const at = ctx.links.to('platform', page);
  return {
    interval,
    trialDays: list.trialDays,
    hasBoth: list.tiers.some(
      ({ monthlyMinor, yearlyMinor }) => monthlyMinor !== null && yearlyMinor !== null,
    ),
    monthsFree: monthsFree(list),
    monthHref: at,
    yearHref: `${at}?interval=year`,
    tiers: sold.map((tier) => cardOf(texts, ctx, list, tier, interval)),
  };
}

function monthsFree({ tiers }: PriceList): number {
  const months = tiers.flatMap(({ monthlyMinor, savingMinor }) =>
    monthlyMinor && savingMinor !== null ? [Math.floor(savingMinor / monthlyMinor)] : [],
  );
  return months.length > 0 ? Math.max(0, Math.min(...months)) : 0;
}

function cardOf(
  texts: GiveTexts,
  ctx: TenantContext,
  list: PriceList,
  tier: PricedOffer,
  interval: Interval,
): TierCard {
  const index = list.tiers.indexOf(tier);
  const price = priceOf(tier, interval) as number;
  const own = list.features.filter(({ cells }) => cells[index] === true);
  const below = list.tiers[index - 1];
  const isBuiltOn =
    below !== undefined &&
    list.features.every(({ cells }) => cells[index - 1] !== true || cells[index] === true);
  const shown = isBuiltOn ? own.filter(({ cells }) => cells[index - 1] !== true) : own;
  return {
    code: tier.code,
    name: tier.name,
    price: money(price, tier.currency),
    // Rounded for the eye only: what is charged is the year.
    perMonth: interval === 'year' ? money(Math.round(price / 12), tier.currency) : null,
    saving: interval === 'year' && tier.savingMinor !== null ? money(tier.savingMinor, tier.currency) : null,
    // What a tier has none of is no reason to buy it; the comparison says so.
    gives: list.limits
      .filter(({ cells }) => cells[index] !== 0)
      .map((row) => ({
        name: texts.limitName(ctx, row),
        limit: texts.limitText(ctx, row.code, row.cells[index] as number | null),
      })),
    features: shown.map((row) => texts.featureName(ctx, row)),
    builtOn: isBuiltOn ? below.name : null,
    href: ctx.links.to(
      'platform',
      `/signup?${new URLSearchParams({ tier: tier.code, interval }).toString()}`,
    ),
    // What is chosen most stands in the middle.
    isHighlighted: list.tiers.length > 2 && index === 1,
  };
}

/** Add-ons with what a piece costs. View of `pricing-add-ons`. */
export const addOnViews = ({ addOns }: PriceList) =>
  addOns.map(({ code, name, description, monthlyMinor, yearlyMinor, currency }) => ({
    code,
    name,
    description,
    month: monthlyMinor === null ? null : money(monthlyMinor, currency),
    year: yearlyMinor === null ? null : money(yearlyMinor, currency),
  }));

/** The comparison: limits first, then features below their modules. View of `pricing-matrix`. */
export function matrixView(texts: GiveTexts, ctx: TenantContext, list: PriceList) {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of [...list.limits, ...list.features])
    groups.set(texts.moduleOf(ctx, row.module), [
      ...(groups.get(texts.moduleOf(ctx, row.module)) ?? []),
      row,
    ]);
  return {
    head: list.tiers.map(({ name }) => name),
    groups: [...groups].map(([name, rows]) => ({
      name,
      rows: rows.map((row) => ({
        name: list.limits.includes(row) ? texts.limitName(ctx, row) : texts.featureName(ctx, row),
        cells: row.cells.map((cell) => ({
          isYes: cell === true,
          isNo: cell === false,
          limit: typeof cell === 'boolean' ? null : texts.limitText(ctx, row.code, cell),
        })),
      })),
    })),
    span: list.tiers.length + 1,
  };
}

/** Products and offers of schema.org, for search engines. */
export const structuredOffers = (ctx: TenantContext, list: PriceList): readonly object[] =>
  list.tiers.map((tier) => ({
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: `${ctx.platform.name} ${tier.name}`,
    offers: (['month', 'year'] as const).flatMap((interval) => {
      const price = priceOf(tier, interval);
      return price === null
        ? []
        : [
            {
              '@type': 'Offer',
              price: decimal(price, tier.currency),
              priceCurrency: tier.currency,
              availability: 'https://schema.org/InStock',
              url: ctx.links.canonical('/pricing'),
              priceSpecification: {
                '@type': 'UnitPriceSpecification',
                price: decimal(price, tier.currency),
                priceCurrency: tier.currency,
                valueAddedTaxIncluded: false,
                referenceQuantity: {
                  '@type': 'QuantitativeValue',
                  value: 1,
                  unitCode: interval === 'month' ? 'MON' : 'ANN',
                },
              },
            },
          ];
    }),
  }));

/** Minor units as schema.org wants them: `49.00`. */
function decimal(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
