import { collect, finalize, refuse } from '../billing/collect.js';
import { makeInvoice } from '../billing/makeInvoice.js';
import { previewInvoice } from '../billing/preview.js';
import { raise } from '../billing/raise.js';
import { voidInvoice } from '../billing/voidInvoice.js';
import { methodNamed } from '../cards/makeCard.js';
import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { booleanOf, metadataOf, neededInteger, neededText, textOf } from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';
import { invoicePaid } from '../billing/outcomes.js';
import type { InvoiceItem } from '../state/kinds.js';

export const invoiceRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/invoices/create_preview',
    params: ['customer', 'subscription', 'subscription_details', 'preview_mode', 'currency'],
    isDry: true,
    handle: ({ world, params }) => previewInvoice(world, params),
  },
  {
    method: 'POST',
    path: '/v1/invoices',
    params: [
      'customer',
      'auto_advance',
      'metadata',
      'currency',
      'description',
      'pending_invoice_items_behavior',
    ],
    handle: ({ world, params }) => {
      const customer = world.get('customer', neededText(params, 'customer'), 'customer');
      world.follow(customer);
      const invoice = makeInvoice(world, {
        customer,
        subscription: null,
        reason: 'manual',
        lines: [],
        period: { start: world.now, end: world.now },
        currency: textOf(params, 'currency') ?? customer.currency ?? 'eur',
        autoAdvance: booleanOf(params, 'auto_advance') ?? false,
        withWaitingItems: textOf(params, 'pending_invoice_items_behavior') === 'include',
      });
      invoice.metadata = metadataOf(params);
      return invoice;
    },
  },
  {
    method: 'GET',
    path: '/v1/invoices',
    params: [...LIST_PARAMS, 'customer', 'subscription', 'status'],
    handle: ({ world, params, url }) => {
      const customer = textOf(params, 'customer');
      const subscription = textOf(params, 'subscription');
      const status = textOf(params, 'status');
      const found = world
        .all('invoice')
        .filter(
          (invoice) =>
            (customer === undefined || invoice.customer === customer) &&
            (status === undefined || invoice.status === status) &&
            (subscription === undefined ||
              invoice.parent?.subscription_details?.subscription === subscription),
        );
      return listPage(found, params, url);
    },
  },
  {
    method: 'GET',
    path: '/v1/invoices/search',
    params: ['query', 'limit', 'page'],
    handle: ({ world, params, url }) => {
      const [, number] = /^number:"([^"]*)"$/.exec(neededText(params, 'query')) ?? [];
      if (number === undefined) throw invalid('We were unable to parse your search query.', 'query');
      const data = world.all('invoice').filter((invoice) => invoice.number === number);
      return { object: 'search_result', url, has_more: false, next_page: null, data };
    },
  },
  {
    method: 'GET',
    path: '/v1/invoices/:id',
    params: [],
    handle: ({ world, id }) => world.find('invoice', id) ?? world.get('invoice', id),
  },
  {
    method: 'GET',
    path: '/v1/invoices/:id/lines',
    params: LIST_PARAMS,
    handle: ({ world, id, params, url }) =>
      listPage((world.find('invoice', id) ?? world.get('invoice', id))._lines, params, url),
  },
  {
    method: 'POST',
    path: '/v1/invoices/:id/finalize',
    params: ['auto_advance'],
    handle: ({ world, id }) => {
      const invoice = world.get('invoice', id);
      world.follow(invoice);
      finalize(world, invoice);
      return invoice;
    },
  },
  {
    method: 'POST',
    path: '/v1/invoices/:id/pay',
    params: ['payment_method', 'off_session', 'paid_out_of_band'],
    handle: ({ world, id, params }) => {
      const invoice = world.get('invoice', id);
      world.follow(invoice);
      if (invoice.status === 'paid')
        throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
      if (invoice.status === 'draft') finalize(world, invoice);
      if (invoice.status !== 'open' && invoice.amount_due > 0)
        throw invalid(
          `This invoice is ${invoice.status ?? ''} and cannot be paid.`,
          undefined,
          'invoice_not_editable',
        );
      if (booleanOf(params, 'paid_out_of_band') && invoice.status === 'open') {
        invoicePaid(world, invoice);
        return invoice;
      }
      const method = textOf(params, 'payment_method');
      const outcome = collect(world, invoice, method === undefined ? undefined : methodNamed(world, method));
      if (outcome !== undefined && outcome !== 'succeeded') refuse(world, invoice, outcome);
      return invoice;
    },
  },
  {
    method: 'POST',
    path: '/v1/invoices/:id/void',
    params: [],
    handle: ({ world, id }) => {
      const invoice = world.get('invoice', id);
      world.follow(invoice);
      return voidInvoice(world, invoice);
    },
  },
  {
    method: 'GET',
    path: '/v1/invoice_payments',
    params: [...LIST_PARAMS, 'invoice'],
    handle: ({ world, params, url }) => {
      const of = textOf(params, 'invoice');
      return listPage(
        world.all('invoice_payment').filter(({ invoice }) => of === undefined || invoice === of),
        params,
        url,
      );
    },
  },
  {
    method: 'POST',
    path: '/v1/invoiceitems',
    params: ['customer', 'amount', 'currency', 'description', 'invoice', 'metadata', 'subscription'],
    handle: ({ world, params }) => {
      const customer = world.get('customer', neededText(params, 'customer'), 'customer');
      world.follow(customer);
      const subscription = textOf(params, 'subscription');
      const item = world.add('invoiceitem', {
        id: world.newId('invoiceitem'),
        object: 'invoiceitem',
        amount: neededInteger(params, 'amount'),
        currency: (textOf(params, 'currency') ?? 'eur').toLowerCase(),
        customer: customer.id,
        customer_account: null,
        date: world.now,
        description: textOf(params, 'description') ?? null,
        discountable: true,
        discounts: [],
        invoice: null,
        livemode: false,
        metadata: metadataOf(params),
        parent:
          subscription === undefined
            ? null
            : { type: 'subscription_details', subscription_details: { subscription } },
        period: { start: world.now, end: world.now },
        pricing: null,
        proration: false,
        quantity: 1,
        quantity_decimal: '1',
        tax_rates: [],
        test_clock: customer.test_clock ?? null,
      } satisfies InvoiceItem);
      raise(world, 'invoiceitem.created', item);
      return item;
    },
  },
  {
    method: 'GET',
    path: '/v1/invoiceitems',
    params: [...LIST_PARAMS, 'customer', 'invoice', 'pending'],
    handle: ({ world, params, url }) => {
      const owner = textOf(params, 'customer');
      const pending = booleanOf(params, 'pending');
      const found = world
        .all('invoiceitem')
        .filter(
          ({ customer, invoice }) =>
            (owner === undefined || customer === owner) &&
            (pending === undefined || pending === (invoice === null)),
        );
      return listPage(found, params, url);
    },
  },
];
