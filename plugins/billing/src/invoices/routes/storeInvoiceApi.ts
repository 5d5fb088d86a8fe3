import { defineRoute, EmailLimitReached, type RouteDefinition, TooManyRequests, z } from '@wizamart/core';
import type { Credits } from '../Credits.js';
import type { Finalising } from '../Finalising.js';
import type { InvoiceFiles } from '../InvoiceFiles.js';
import { creditInput, draftInput, listInput } from '../invoiceInput.js';
import type { InvoiceMails } from '../InvoiceMails.js';
import type { Invoices } from '../Invoices.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { pdfAnswer, xmlAnswer } from './answers.js';
import { draftExample } from './examples.js';
import { detailOf, EXAMPLE_ID, invoiceDetail, invoiceSummary, listOf, summaryOf } from './schemas.js';

export interface InvoiceApiWiring {
  readonly invoices: Invoices;
  readonly finalising: Finalising;
  readonly credits: Credits;
  readonly invoiceFiles: InvoiceFiles;
  readonly invoiceMails: InvoiceMails;
}

const one = z.object({ id: z.uuid() });
const example = { id: EXAMPLE_ID };
const api = { surface: 'store', kind: 'api', feature: INVOICING_FEATURE } as const;
const NOT_FOUND = { code: 'BILLING_INVOICE_NOT_FOUND', status: 404 };
const NOT_DRAFT = { code: 'BILLING_INVOICE_NOT_DRAFT', status: 409 };
const NOT_SET_UP = { code: 'BILLING_SELLER_NOT_SET_UP', status: 409 };

/** `/invoices`: the merchant's own invoices and credit notes. */
export function storeInvoiceApi(wiring: InvoiceApiWiring): RouteDefinition[] {
  return [...reading(wiring), ...drafting(wiring), ...issuing(wiring)];
}

function reading({ invoices, invoiceFiles }: InvoiceApiWiring): RouteDefinition[] {
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: '/invoices',
      access: INVOICING.view,
      summary: 'List invoices and credit notes',
      input: listInput,
      output: listOf(invoiceSummary),
      example: { status: 'finalised', page: 1 },
      handle: async (ctx, input) => {
        const page = await invoices.list(ctx, 'merchant', input);
        return { ...page, items: page.items.map(summaryOf) };
      },
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/invoices/:id',
      access: INVOICING.view,
      summary: 'Show an invoice',
      input: one,
      output: invoiceDetail,
      example,
      errors: [NOT_FOUND],
      handle: async (ctx, { id }) => detailOf(await invoices.get(ctx, 'merchant', id)),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/invoices/:id/evidence',
      access: INVOICING.view,
      summary: 'Show why an invoice has the VAT it has',
      input: one,
      output: z.object({ evidence: z.record(z.string(), z.unknown()).nullable() }),
      example,
      errors: [NOT_FOUND],
      handle: async (ctx, { id }) => ({ evidence: (await invoices.evidence(ctx, 'merchant', id)) ?? null }),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/invoices/:id/pdf',
      access: INVOICING.view,
      summary: 'Download an invoice as PDF/A-3 with Factur-X',
      output: z.string(),
      input: one,
      example,
      errors: [NOT_FOUND],
      handle: async (ctx, { id }) => pdfAnswer(ctx, invoiceFiles, await invoices.get(ctx, 'merchant', id)),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/invoices/:id/xml',
      access: INVOICING.view,
      summary: 'Download an invoice as EN 16931 XML',
      output: z.string(),
      input: one,
      example,
      errors: [NOT_FOUND],
      handle: async (ctx, { id }) => xmlAnswer(ctx, invoiceFiles, await invoices.get(ctx, 'merchant', id)),
    }),
  ];
}

function drafting({ invoices }: InvoiceApiWiring): RouteDefinition[] {
  return [
    defineRoute({
      ...api,
      method: 'POST',
      path: '/invoices',
      access: INVOICING.edit,
      summary: 'Begin an invoice',
      status: 201,
      idempotent: true,
      input: draftInput,
      output: invoiceDetail,
      example: draftExample,
      errors: [NOT_SET_UP, { code: 'BILLING_INVOICE_REFERENCE_TAKEN', status: 409 }],
      handle: async (ctx, input) => detailOf(await invoices.create(ctx, 'merchant', input)),
    }),
    defineRoute({
      ...api,
      method: 'PUT',
      path: '/invoices/:id',
      access: INVOICING.edit,
      summary: 'Replace a draft',
      input: draftInput.safeExtend({ id: z.uuid() }),
      output: invoiceDetail,
      example: { ...draftExample, ...example },
      errors: [NOT_FOUND, NOT_DRAFT, NOT_SET_UP],
      handle: async (ctx, { id, ...input }) => detailOf(await invoices.update(ctx, 'merchant', id, input)),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: '/invoices/:id',
      access: INVOICING.edit,
      summary: 'Delete a draft',
      status: 204,
      input: one,
      example,
      errors: [NOT_FOUND, NOT_DRAFT],
      handle: (ctx, { id }) => invoices.delete(ctx, 'merchant', id),
    }),
  ];
}

function issuing({ invoices, finalising, credits, invoiceMails }: InvoiceApiWiring): RouteDefinition[] {
  return [
    defineRoute({
      ...api,
      method: 'POST',
      path: '/invoices/:id/finalise',
      access: INVOICING.edit,
      summary: 'Give an invoice its number; while VIES does not answer it stays a draft and waits',
      idempotent: true,
      input: one,
      output: invoiceDetail,
      example,
      errors: [NOT_FOUND, NOT_DRAFT, NOT_SET_UP, { code: 'BILLING_SELLER_VAT_ID_NEEDED', status: 409 }],
      handle: async (ctx, { id }) => detailOf(await finalising.finalise(ctx, 'merchant', id)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/invoices/:id/credit',
      access: INVOICING.edit,
      summary: 'Credit an invoice, in full or in part',
      status: 201,
      idempotent: true,
      input: creditInput.extend({ id: z.uuid() }),
      output: invoiceDetail,
      example: { ...example, reason: 'Returned', lines: [{ line: 1, amountMinor: 1000 }] },
      errors: [
        NOT_FOUND,
        { code: 'BILLING_CREDIT_OF_CREDIT', status: 409 },
        { code: 'BILLING_INVOICE_IS_DRAFT', status: 409 },
        { code: 'BILLING_CREDIT_ABOVE_INVOICE', status: 422 },
      ],
      handle: async (ctx, { id, ...input }) => detailOf(await credits.credit(ctx, 'merchant', id, input)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/invoices/:id/paid',
      access: INVOICING.edit,
      summary: 'Note that an invoice was paid',
      input: one,
      output: invoiceDetail,
      example,
      errors: [NOT_FOUND, { code: 'BILLING_INVOICE_NOT_PAYABLE', status: 409 }],
      handle: async (ctx, { id }) => detailOf(await invoices.markPaid(ctx, 'merchant', id, ctx.now)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/invoices/:id/send',
      access: INVOICING.edit,
      summary: 'Mail an invoice to its buyer',
      status: 202,
      input: one,
      output: z.object({ to: z.string().nullable() }),
      example,
      errors: [
        NOT_FOUND,
        { code: 'BILLING_INVOICE_IS_DRAFT', status: 409 },
        EmailLimitReached,
        TooManyRequests,
      ],
      handle: async (ctx, { id }) => ({ to: (await invoiceMails.send(ctx, id)).buyer.email }),
    }),
  ];
}
