import type { TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { StripeHandlers } from '../stripe/webhooks/StripeHandlers.js';
import type { LineTexts } from '../subscriptions/LineTexts.js';
import type { ProviderInvoices } from './ProviderInvoices.js';

/** Issues the provider's own numbered invoices for what Stripe charges. Stripe's state is read anew, so order does not matter. */
export class StripeInvoicing {
  readonly #gateway: StripeGateway;
  readonly #invoices: ProviderInvoices;
  readonly #lines: LineTexts;

  constructor(deps: {
    readonly stripeHandlers: StripeHandlers;
    readonly stripeGateway: StripeGateway;
    readonly providerInvoices: ProviderInvoices;
    readonly lineTexts: LineTexts;
  }) {
    this.#gateway = deps.stripeGateway;
    this.#invoices = deps.providerInvoices;
    this.#lines = deps.lineTexts;
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
    const sold = charged.lines.filter(({ amountMinor }) => amountMinor !== 0);
    if (sold.length === 0) return;
    const language = await this.#invoices.languageOf(ctx);
    const lines = await this.#lines.described({ ...asProvider(ctx), language }, sold);
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
