import type { TenantContext } from '@wizamart/core';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { StripeHandlers } from '../stripe/webhooks/StripeHandlers.js';
import type { ProviderInvoices } from './ProviderInvoices.js';

/** Issues the provider's own numbered invoices for what Stripe charges. Stripe's state is read anew, so order does not matter. */
export class StripeInvoicing {
  readonly #gateway: StripeGateway;
  readonly #invoices: ProviderInvoices;

  constructor(deps: {
    readonly stripeHandlers: StripeHandlers;
    readonly stripeGateway: StripeGateway;
    readonly providerInvoices: ProviderInvoices;
  }) {
    this.#gateway = deps.stripeGateway;
    this.#invoices = deps.providerInvoices;
    deps.stripeHandlers.on(['invoice.finalized', 'invoice.paid', 'invoice.voided'], (ctx, { object }) =>
      this.look(ctx, object.id),
    );
  }

  /** Brings our invoice to what Stripe has now: issued, paid, or taken back. Safe to repeat; not inside a unit of work. */
  async look(ctx: TenantContext, stripeInvoiceId: string): Promise<void> {
    const charged = await this.#gateway.readInvoice(ctx, { invoiceId: stripeInvoiceId });
    if (charged.status === 'void') return this.#invoices.takeBack(ctx, charged.id, 'Voided');
    if (charged.status !== 'open' && charged.status !== 'paid') return;
    // A trial begins with an invoice of nothing: nothing was sold.
    const lines = charged.lines.filter(({ amountMinor }) => amountMinor !== 0);
    if (lines.length === 0) return;
    await this.#invoices.issueFor(ctx, {
      reference: charged.id,
      currency: charged.currency,
      lines: lines.map(({ description, amountMinor }) => ({
        description: description || charged.id,
        amountMinor,
      })),
      totalMinor: charged.totalMinor,
      paidAt: charged.status === 'paid' ? (charged.paidAt ?? ctx.now) : null,
    });
  }
}
