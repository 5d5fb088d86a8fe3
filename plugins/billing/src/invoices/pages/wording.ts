import {
  type BadgeKind,
  formatMoney,
  type Language,
  type RouteContext,
  type Words,
  wordsOf,
} from '@wizamart/core';
import { dayText } from '../pdf/formats.js';
import type { InvoiceRow, InvoiceStatus } from '../models/InvoiceRow.js';
import type { InvoicePageParts } from './parts.js';

const STATUS_KINDS: Readonly<Record<InvoiceStatus, BadgeKind>> = {
  draft: 'neutral',
  finalised: 'info',
  paid: 'success',
  void: 'warning',
};

export const wordsFor = ({ i18n }: Pick<InvoicePageParts, 'i18n'>, ctx: RouteContext): Words =>
  wordsOf({ translator: i18n }, ctx);

/** Address of a page of the merchant's invoices. */
export const invoicesHref = (ctx: RouteContext, path = ''): string =>
  ctx.links.to('store', `/invoices${path}`);

type Named = Pick<InvoiceRow, 'status' | 'waitsFor' | 'kind' | 'numberText'>;

export const statusBadge = (t: Words, { status, waitsFor }: Named): { badge: string; kind: BadgeKind } =>
  status === 'draft' && waitsFor
    ? { badge: t('billing.invoices.status.waiting'), kind: 'warning' }
    : { badge: t(`billing.invoices.status.${status}`), kind: STATUS_KINDS[status] };

/** The number of a document, or that it is a draft. */
export const nameOf = (t: Words, { numberText }: Named): string => numberText ?? t('billing.invoices.draft');

/** A calendar day such as `2026-03-02`, as it is written in a language. */
export const dayOf = (language: Language, day: string | null): string | null =>
  day === null ? null : dayText(day, language);

export const amountOf = (language: Language, amountMinor: number, currency: string): string =>
  formatMoney({ amountMinor, currency }, language);
