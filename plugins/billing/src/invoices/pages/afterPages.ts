import {
  defineRoute,
  DomainError,
  flash,
  redirect,
  type RouteContext,
  type RouteDefinition,
  sayError,
  z,
} from '@wizamart/core';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { showInvoice } from './detailPage.js';
import type { InvoicePageParts } from './parts.js';
import { invoicesHref } from './wording.js';

const common = {
  surface: 'store',
  kind: 'page',
  menu: 'invoices',
  feature: INVOICING_FEATURE,
  access: INVOICING.edit,
  method: 'POST',
  input: z.object({ id: z.uuid() }),
} as const;

/** What follows a finalised invoice: it is sent, and paid. */
export const afterPages = (parts: InvoicePageParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    path: '/invoices/:id/send',
    handle: (ctx, { id }) =>
      orNotice(parts, ctx, id, async () => {
        const { buyer, numberText } = await parts.invoiceMails.send(ctx, id);
        if (!buyer.email) return { kind: 'error', key: 'billing.invoices.noEmail' };
        return {
          kind: 'success',
          key: 'billing.invoices.sent',
          values: { number: numberText ?? '', to: buyer.email },
        };
      }),
  }),
  defineRoute({
    ...common,
    path: '/invoices/:id/paid',
    handle: (ctx, { id }) =>
      orNotice(parts, ctx, id, async () => {
        const { numberText } = await parts.invoices.markPaid(ctx, 'merchant', id, ctx.now);
        return { kind: 'success', key: 'billing.invoices.paid', values: { number: numberText ?? '' } };
      }),
  }),
];

type Told = Parameters<typeof flash>[1];

/** Does it and says so on the invoice's page; where it cannot be done the page says why. */
async function orNotice(parts: InvoicePageParts, ctx: RouteContext, id: string, work: () => Promise<Told>) {
  try {
    return redirect(invoicesHref(ctx, `/${id}`), 303, flash(ctx, await work()));
  } catch (error) {
    if (!(error instanceof DomainError) || ![402, 409, 429].includes(error.status)) throw error;
    return showInvoice(parts, ctx, id, { kind: 'error', text: sayError(error) });
  }
}
