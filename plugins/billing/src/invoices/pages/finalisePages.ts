import {
  confirmPage,
  defineRoute,
  DomainError,
  flash,
  redirect,
  type RouteContext,
  type RouteDefinition,
  sayError,
  type View,
  z,
} from '@wizamart/core';
import { InvoiceChanged, InvoiceNotDraft } from '../errors.js';
import type { InvoiceRow } from '../models/InvoiceRow.js';
import { nextNumbers } from '../numbers/nextNumbers.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { showInvoice } from './detailPage.js';
import type { InvoicePageParts } from './parts.js';
import { amountOf, invoicesHref, wordsFor } from './wording.js';

const common = {
  surface: 'store',
  kind: 'page',
  menu: 'invoices',
  feature: INVOICING_FEATURE,
  access: INVOICING.edit,
} as const;
const one = z.object({ id: z.uuid() });

/** From a draft to a number: says what follows, and then does it. */
export const finalisePages = (parts: InvoicePageParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: '/invoices/:id/finalise',
    input: one,
    handle: async (ctx, { id }) => {
      const invoice = await parts.invoices.get(ctx, 'merchant', id);
      return invoice.status === 'draft' ? ask(parts, ctx, invoice) : redirect(invoicesHref(ctx, `/${id}`));
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/invoices/:id/finalise',
    input: one.extend({ revision: z.coerce.number().int().min(1) }),
    handle: async (ctx, { id, revision }) => {
      const there = invoicesHref(ctx, `/${id}`);
      const draft = await parts.invoices.get(ctx, 'merchant', id);
      // A second click, or a page that was left open: what was wanted is there.
      if (draft.status !== 'draft') return redirect(there);
      if (draft.revision !== revision)
        return redirect(
          `${there}/finalise`,
          303,
          flash(ctx, { kind: 'warning', key: 'billing.invoices.changedMeanwhile' }),
        );
      try {
        const { status, numberText } = await parts.finalising.finalise(ctx, 'merchant', id);
        return redirect(
          there,
          303,
          status === 'draft'
            ? flash(ctx, { kind: 'warning', key: 'billing.invoices.finaliseWaits' })
            : flash(ctx, {
                kind: 'success',
                key: 'billing.invoices.finalised',
                values: { number: numberText ?? '' },
              }),
        );
      } catch (error) {
        // Two clicks at the same moment: the other one gave the number.
        if (error instanceof InvoiceNotDraft || error instanceof InvoiceChanged) return redirect(there);
        if (!(error instanceof DomainError) || error.status !== 409) throw error;
        return showInvoice(parts, ctx, id, { kind: 'error', text: sayError(error) });
      }
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: '/invoices/:id/delete',
    input: one,
    handle: async (ctx, { id }) => {
      const t = wordsFor(parts, ctx);
      const { buyer } = await parts.invoices.get(ctx, 'merchant', id);
      return confirmPage({
        head: headOf(parts, ctx, id, t('billing.invoices.delete')),
        title: t('billing.invoices.deleteTitle', { buyer: buyer.name }),
        text: t('billing.invoices.deleteText'),
        consequences: [t('billing.invoices.deleteEffect')],
        action: invoicesHref(ctx, `/${id}/delete`),
        submit: t('billing.invoices.delete'),
        cancel: invoicesHref(ctx, `/${id}`),
        danger: true,
      });
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/invoices/:id/delete',
    input: one,
    handle: async (ctx, { id }) => {
      try {
        await parts.invoices.delete(ctx, 'merchant', id);
      } catch (error) {
        if (!(error instanceof InvoiceNotDraft)) throw error;
        return showInvoice(parts, ctx, id, { kind: 'error', text: sayError(error) });
      }
      return redirect(
        invoicesHref(ctx),
        303,
        flash(ctx, { kind: 'success', key: 'billing.invoices.deleted' }),
      );
    },
  }),
];

async function ask(parts: InvoicePageParts, ctx: RouteContext, invoice: InvoiceRow): Promise<View> {
  const t = wordsFor(parts, ctx);
  const { id, revision, buyer, grossMinor, currency, treatment } = invoice;
  const { seller } = await parts.sellers.get(ctx, 'merchant');
  const [number = ''] = await nextNumbers(parts, ctx, 'merchant', [seller.series]);
  return confirmPage({
    head: headOf(parts, ctx, id, t('billing.invoices.finalise')),
    title: t('billing.invoices.finaliseTitle', { buyer: buyer.name }),
    text: t('billing.invoices.finaliseText', { total: amountOf(ctx.language, grossMinor, currency) }),
    consequences: [
      t('billing.invoices.finaliseNumber', { number }),
      t(`billing.invoices.treatment.${treatment}`),
      t('billing.invoices.finaliseVat'),
      t('billing.invoices.finaliseFixed'),
    ],
    action: invoicesHref(ctx, `/${id}/finalise`),
    fields: [{ name: 'revision', value: String(revision) }],
    submit: t('billing.invoices.finalise'),
    cancel: invoicesHref(ctx, `/${id}`),
    danger: false,
  });
}

/** Head of a page below one of an invoice. */
export function headOf(parts: InvoicePageParts, ctx: RouteContext, id: string, title: string) {
  const t = wordsFor(parts, ctx);
  return {
    title,
    breadcrumbs: [
      { label: t('billing.invoices.title'), href: invoicesHref(ctx) },
      { label: t('billing.invoices.document'), href: invoicesHref(ctx, `/${id}`) },
      { label: title, href: null },
    ],
  };
}
