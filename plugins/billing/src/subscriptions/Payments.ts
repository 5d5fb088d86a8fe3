import type { TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import type { StripeInvoice } from '../stripe/gatewayTypes.js';
import type { StripeCustomers } from '../stripe/StripeCustomers.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import { NothingToPay } from './errors.js';
import type { StripeNotices } from './StripeNotices.js';

/** What was charged, and what is due. */
export class Payments {
  readonly #gateway: StripeGateway;
  readonly #customers: StripeCustomers;
  readonly #notices: StripeNotices;

  constructor(deps: {
    readonly stripeGateway: StripeGateway;
    readonly stripeCustomers: StripeCustomers;
    readonly stripeNotices: StripeNotices;
  }) {
    this.#gateway = deps.stripeGateway;
    this.#customers = deps.stripeCustomers;
    this.#notices = deps.stripeNotices;
  }

  /** The last hundred charges of the merchant, newest first; none before there was anything to pay. */
  async history(ctx: TenantContext): Promise<readonly StripeInvoice[]> {
    const provider = asProvider(ctx);
    const customerId = await this.#customers.customerOf(provider);
    if (customerId === null) return [];
    return (await this.#gateway.listInvoices(provider, { customerId, limit: 100 })).items;
  }

  /** The oldest charge that is not paid; null where nothing is due. */
  async due(ctx: TenantContext): Promise<StripeInvoice | null> {
    const provider = asProvider(ctx);
    const customerId = await this.#customers.customerOf(provider);
    if (customerId === null) return null;
    const { items } = await this.#gateway.listInvoices(provider, { customerId, status: 'open', limit: 100 });
    return items.filter(({ amountDueMinor }) => amountDueMinor > 0).at(-1) ?? null;
  }

  /** Collects what is due, now. @throws {NothingToPay} {@link CardDeclined} {@link PaymentActionRequired} */
  async pay(ctx: TenantContext): Promise<StripeInvoice> {
    const due = await this.due(ctx);
    if (!due) throw new NothingToPay();
    const paid = await this.#gateway.payInvoice(asProvider(ctx), { invoiceId: due.id });
    if (paid.subscriptionId !== null) await this.#notices.look(ctx, paid.subscriptionId);
    return paid;
  }
}
