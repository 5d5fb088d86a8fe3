import type { Language, Meter, Section, TenantContext, Words } from '@wizamart/core';
import type { InvoicePreview } from '../stripe/gatewayTypes.js';
import type { AddOnView, SubscriptionView } from '../subscriptions/SubscriptionReader.js';
import type { PageParts } from './parts.js';
import { amountIn, dayIn } from './wording.js';

interface ShownMeter {
  readonly label: string;
  readonly text: string;
  readonly value: number;
  readonly max: number | null;
  readonly kind: 'warning' | 'danger' | null;
}

/** From here on a limit is near. */
const NEAR = 0.8;

/** Meters in words; what is bounded per store names it where there are several. */
export function metersOf(
  t: Words,
  { giveTexts }: Pick<PageParts, 'giveTexts'>,
  ctx: TenantContext,
  meters: readonly Meter[],
): ShownMeter[] {
  const shown = (code: string, number: number): string => giveTexts.limitText(ctx, code, number);
  return meters.map(({ code, name, store, limit, current, isOver }) => ({
    label: store
      ? t('billing.usage.inStore', { name: giveTexts.limitName(ctx, { code, name }), store: store.name })
      : giveTexts.limitName(ctx, { code, name }),
    text:
      limit === null
        ? t('billing.usage.unlimited', { current: shown(code, current) })
        : t('billing.usage.of', { current: shown(code, current), limit: shown(code, limit) }),
    value: limit === null ? current : Math.min(current, limit),
    max: limit === 0 ? (current === 0 ? null : 1) : limit,
    kind: isOver ? 'danger' : limit !== null && limit > 0 && current / limit >= NEAR ? 'warning' : null,
  }));
}

/** Lines, tax and total of an invoice that is to come. */
export function previewTable(
  t: Words,
  language: Language,
  invoice: InvoicePreview,
  { title, text, id }: { readonly title: string; readonly text?: string; readonly id?: string },
): Section {
  const { currency } = invoice;
  const amount = (amountMinor: number) => ({ money: { amountMinor, currency } });
  const sum = (key: string, minor: number) => ({
    id: key,
    href: null,
    cells: [{ text: t(`billing.preview.${key}`) }, { text: '' }, amount(minor)],
  });
  return {
    kind: 'table',
    title,
    ...(text === undefined ? {} : { text }),
    ...(id === undefined ? {} : { id }),
    columns: [
      { label: t('billing.preview.line') },
      { label: t('billing.preview.period') },
      { label: t('billing.preview.amount'), isNumber: true },
    ],
    rows: [
      ...invoice.lines.map((line, index) => ({
        id: `line-${index}`,
        href: null,
        cells: [
          {
            text: line.description,
            detail: line.proration
              ? t(line.amountMinor < 0 ? 'billing.preview.credit' : 'billing.preview.prorated')
              : null,
          },
          {
            text: t('billing.preview.span', {
              from: dayIn(language, line.periodStart),
              to: dayIn(language, line.periodEnd),
            }),
          },
          amount(line.amountMinor),
        ],
      })),
      sum('subtotal', invoice.subtotalMinor),
      sum('tax', invoice.taxMinor),
      sum('total', invoice.totalMinor),
    ],
    empty: { symbol: 'receipt', title, text: t('billing.preview.nothing') },
  };
}

/** What is planned for an add-on; null: nothing. */
export const plannedText = (
  t: Words,
  language: Language,
  { pendingQuantity, endsAt }: Pick<AddOnView, 'pendingQuantity' | 'endsAt'>,
  periodEnd: Date,
): string | null =>
  endsAt
    ? t('billing.addOn.endsOn', { day: dayIn(language, endsAt) })
    : pendingQuantity === null
      ? null
      : t('billing.addOn.fewerFrom', { quantity: pendingQuantity, day: dayIn(language, periodEnd) });

export const addOnTable = (
  t: Words,
  language: Language,
  { addOns, interval, periodEnd }: SubscriptionView,
): Section => ({
  kind: 'table',
  title: t('billing.addOns.title'),
  columns: [
    { label: t('billing.addOn') },
    { label: t('billing.quantity'), isNumber: true },
    { label: t(`billing.priceColumn.${interval}`), isNumber: true },
  ],
  rows: addOns.map(({ id, name, quantity, pendingQuantity, price, endsAt }) => ({
    id,
    href: null,
    cells: [
      { text: name, detail: plannedText(t, language, { pendingQuantity, endsAt }, periodEnd) },
      { number: quantity },
      price ? { money: price } : { text: amountIn(language, null) },
    ],
  })),
  empty: { symbol: 'puzzle', title: t('billing.addOns.title'), text: t('billing.addOns.noneText') },
});
