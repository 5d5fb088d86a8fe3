import {
  formatMoney,
  type BadgeKind,
  type Language,
  type Money,
  type RouteContext,
  type TenantContext,
  type Words,
} from '@wizamart/core';
import type { Interval } from '../catalog/ProductVersion.js';
import type { SubscriptionStatus } from '../subscriptions/Subscription.js';

export const STATUS_KINDS: Readonly<Record<SubscriptionStatus, BadgeKind>> = {
  trialing: 'info',
  active: 'success',
  past_due: 'danger',
  paused: 'warning',
  cancelled: 'neutral',
  expired: 'neutral',
};

/** What a price says where there is none. */
const NONE = '–';
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-LU', de: 'de-LU', lb: 'lb-LU' };
const formats = new Map<Language, Intl.DateTimeFormat>();

/** A day of Luxembourg in a sentence: `2 March 2026`. */
export function dayIn(language: Language, at: Date): string {
  let format = formats.get(language);
  if (!format)
    formats.set(
      language,
      (format = new Intl.DateTimeFormat(LOCALES[language], {
        dateStyle: 'long',
        timeZone: 'Europe/Luxembourg',
      })),
    );
  return format.format(at);
}

export const amountIn = (language: Language, amount: Money | null): string =>
  amount === null ? NONE : formatMoney(amount, language);

/** `49,00 € a month` */
export const priceIn = (t: Words, language: Language, amount: Money | null, interval: Interval): string =>
  amount === null ? NONE : t(`billing.price.${interval}`, { price: formatMoney(amount, language) });

export const moneyOrNull = (amountMinor: number | null, currency: string): Money | null =>
  amountMinor === null ? null : { amountMinor, currency };

/** Whole days until then, at least 0. */
export const daysUntil = ({ now }: TenantContext, at: Date): number =>
  Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 86_400_000));

/** Address of a page of the store's dashboard, or of the administration. */
export const to = (ctx: RouteContext, path: string): string =>
  ctx.links.to(ctx.surface === 'admin' ? 'admin' : 'store', path);

/** A card as people know it: `Visa •••• 4242`. */
export const cardIn = (
  t: Words,
  card: { readonly brand: string; readonly last4: string } | null,
): string | null => card && t('billing.card.short', { brand: brandOf(card.brand), last4: card.last4 });

export const brandOf = (brand: string): string => brand.charAt(0).toUpperCase() + brand.slice(1);
