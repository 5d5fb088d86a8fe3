import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import type { AdminInvoices } from '../AdminInvoices.js';
import type { Credits } from '../Credits.js';
import type { InvoiceFiles } from '../InvoiceFiles.js';
import { creditInput, listInput } from '../invoiceInput.js';
import type { Invoices } from '../Invoices.js';
import { INVOICE_STATUSES } from '../models/InvoiceRow.js';
import { INVOICING } from '../permissions.js';
import { pdfAnswer, xmlAnswer } from './answers.js';
import { detailOf, EXAMPLE_ID, invoiceDetail, listOf } from './schemas.js';

export interface AdminInvoiceWiring {
  readonly adminInvoices: AdminInvoices;
  readonly invoices: Invoices;
  readonly credits: Credits;
  readonly invoiceFiles: InvoiceFiles;
}

const providerDocument = z.object({
  id: z.uuid(),
  merchantId: z.uuid(),
  merchantName: z.string(),
  kind: z.enum(['invoice', 'credit_note']),
  status: z.enum(INVOICE_STATUSES),
  number: z.string().nullable(),
  issuedOn: z.iso.date().nullable(),
  netMinor: z.int(),
  vatMinor: z.int(),
  grossMinor: z.int(),
  currency: z.string(),
  treatment: z.string(),
  reference: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const one = z.object({ id: z.uuid() });
const example = { id: EXAMPLE_ID };
const api = { surface: 'admin', kind: 'api' } as const;
const errors = [{ code: 'BILLING_INVOICE_NOT_FOUND', status: 404 }];

/** `/billing-history`: what the provider issued to the merchants of a platform. */
export function adminInvoiceApi({
  adminInvoices,
  invoices,
  credits,
  invoiceFiles,
}: AdminInvoiceWiring): RouteDefinition[] {
  const view = { ...api, method: 'GET', access: INVOICING.provider.view } as const;
  return [
    defineRoute({
      ...view,
      path: '/billing-history',
      summary: 'List the provider’s invoices and credit notes',
      input: listInput,
      output: listOf(providerDocument),
      example: { status: 'paid' },
      handle: (ctx, input) => adminInvoices.list(ctx, input),
    }),
    defineRoute({
      ...view,
      path: '/billing-history/:id',
      summary: 'Show an invoice of the provider',
      input: one,
      output: invoiceDetail,
      example,
      errors,
      handle: async (ctx, { id }) =>
        detailOf(await invoices.get(await adminInvoices.contextOf(ctx, id), 'provider', id)),
    }),
    defineRoute({
      ...view,
      path: '/billing-history/:id/evidence',
      summary: 'Show why an invoice of the provider has the VAT it has',
      input: one,
      output: z.object({ evidence: z.record(z.string(), z.unknown()).nullable() }),
      example,
      errors,
      handle: async (ctx, { id }) => ({
        evidence: (await invoices.evidence(await adminInvoices.contextOf(ctx, id), 'provider', id)) ?? null,
      }),
    }),
    defineRoute({
      ...view,
      path: '/billing-history/:id/pdf',
      summary: 'Download an invoice of the provider as PDF/A-3 with Factur-X',
      output: z.string(),
      input: one,
      example,
      errors,
      handle: async (ctx, { id }) => {
        const at = await adminInvoices.contextOf(ctx, id);
        return pdfAnswer(at, invoiceFiles, await invoices.get(at, 'provider', id));
      },
    }),
    defineRoute({
      ...view,
      path: '/billing-history/:id/xml',
      summary: 'Download an invoice of the provider as EN 16931 XML',
      output: z.string(),
      input: one,
      example,
      errors,
      handle: async (ctx, { id }) => {
        const at = await adminInvoices.contextOf(ctx, id);
        return xmlAnswer(at, invoiceFiles, await invoices.get(at, 'provider', id));
      },
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/billing-history/:id/credit',
      access: INVOICING.provider.edit,
      summary: 'Credit an invoice of the provider, in full or in part',
      status: 201,
      idempotent: true,
      input: creditInput.extend({ id: z.uuid() }),
      output: invoiceDetail,
      example: { ...example, reason: 'Goodwill' },
      errors: [
        ...errors,
        { code: 'BILLING_CREDIT_OF_CREDIT', status: 409 },
        { code: 'BILLING_CREDIT_ABOVE_INVOICE', status: 422 },
      ],
      handle: async (ctx, { id, ...input }) =>
        detailOf(await credits.credit(await adminInvoices.contextOf(ctx, id), 'provider', id, input)),
    }),
  ];
}
