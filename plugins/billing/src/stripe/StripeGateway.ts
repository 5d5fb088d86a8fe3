import type { TenantContext } from '@wizamart/core';
import type Stripe from 'stripe';
import type { StripeConnector } from './connection/StripeConnection.js';
import type {
  Card,
  CardSetup,
  CustomerDetails,
  InvoicePage,
  InvoicePreview,
  ItemInput,
  NewSubscription,
  PreviewInput,
  PriceInput,
  SetupIntentState,
  StripeInvoice,
  StripePage,
  StripeSubscription,
  TaxRateInput,
} from './gatewayTypes.js';
import { idOrNull, secondsOf } from './shapes/times.js';
import { toCard } from './shapes/toCard.js';
import { INVOICE_EXPANSIONS, toInvoice } from './shapes/toInvoice.js';
import { SUBSCRIPTION_EXPANSIONS, toSubscription } from './shapes/toSubscription.js';
import { changeItems } from './operations/changeItems.js';
import { findInvoices, type InvoiceFilter, listInvoices } from './operations/listInvoices.js';
import { linesOf } from './operations/linesOf.js';
import { activeScheduleOf, planItems } from './operations/planItems.js';
import { previewInvoice } from './operations/previewInvoice.js';
import type { StripeCatalogue } from './StripeCatalogue.js';
import type { StripeCustomers } from './StripeCustomers.js';
import { asking, failureOf } from './stripeErrors.js';

/**
 * All that we ask of Stripe, for the platform of the context.
 *
 * Every call goes over the network: never inside a unit of work. Ids are Stripe's, money is minor units. Writes are
 * safe to repeat with the same `idempotencyKey` (within 24 hours). Failures have our names: {@link CardDeclined},
 * `PaymentActionRequired`, `StripeRefused`, `StripeObjectNotFound`, and with Retry-After `StripeBusy`,
 * `StripeUnavailable`, `StripeNotConfigured`, `StripeKeyRefused`.
 */
export class StripeGateway {
  readonly #connections: StripeConnector;
  readonly #customers: StripeCustomers;
  readonly #catalogue: StripeCatalogue;

  constructor(deps: {
    readonly stripeConnections: StripeConnector;
    readonly stripeCustomers: StripeCustomers;
    readonly stripeCatalogue: StripeCatalogue;
  }) {
    this.#connections = deps.stripeConnections;
    this.#customers = deps.stripeCustomers;
    this.#catalogue = deps.stripeCatalogue;
  }

  /** The merchant's customer, made when it is not there and told what has changed: call it as often as you like. */
  ensureCustomer(ctx: TenantContext, details: CustomerDetails): Promise<{ readonly customerId: string }> {
    return this.#customers.ensure(ctx, details);
  }

  /** Begins taking a card for later payments: the page hands `clientSecret` to the script at `scriptUrl`. */
  async createSetupIntent(
    ctx: TenantContext,
    input: { readonly customerId: string; readonly idempotencyKey: string },
  ): Promise<CardSetup> {
    const { stripe, publishableKey, scriptUrl } = await this.#connections.of(ctx);
    const { customerId, idempotencyKey } = input;
    const intent = await asking(() =>
      stripe.setupIntents.create(
        { customer: customerId, usage: 'off_session', allowed_payment_method_types: ['card'] },
        { idempotencyKey },
      ),
    );
    return {
      setupIntentId: intent.id,
      clientSecret: intent.client_secret as string,
      publishableKey,
      scriptUrl,
    };
  }

  /** What has become of a card: `succeeded` with its `paymentMethodId`, or why not. */
  async readSetupIntent(ctx: TenantContext, setupIntentId: string): Promise<SetupIntentState> {
    const { stripe } = await this.#connections.of(ctx);
    const intent = await asking(() => stripe.setupIntents.retrieve(setupIntentId));
    return {
      status: intent.status as SetupIntentState['status'],
      paymentMethodId: idOrNull(intent.payment_method),
      error: failureOf(intent.last_setup_error),
    };
  }

  /** Charges this card from now on. @throws {CardDeclined} when the bank does not let it be kept */
  async useCard(
    ctx: TenantContext,
    { customerId, paymentMethodId }: { readonly customerId: string; readonly paymentMethodId: string },
  ): Promise<Card> {
    const { stripe } = await this.#connections.of(ctx);
    return asking(async () => {
      let method = await stripe.paymentMethods.retrieve(paymentMethodId);
      if (idOrNull(method.customer) !== customerId)
        method = await stripe.paymentMethods.attach(method.id, { customer: customerId });
      await stripe.customers.update(customerId, {
        invoice_settings: { default_payment_method: method.id },
      });
      return toCard(method);
    });
  }

  /** What is the same for the same card, whoever gives it; null where Stripe does not say. */
  async cardFingerprint(ctx: TenantContext, paymentMethodId: string): Promise<string | null> {
    const { stripe } = await this.#connections.of(ctx);
    const { card } = await asking(() => stripe.paymentMethods.retrieve(paymentMethodId));
    return card?.fingerprint ?? null;
  }

  /** The card that is charged; null where there is none. */
  async readCard(ctx: TenantContext, customerId: string): Promise<Card | null> {
    const { stripe } = await this.#connections.of(ctx);
    const customer = await asking(() =>
      stripe.customers.retrieve(customerId, { expand: ['invoice_settings.default_payment_method'] }),
    );
    const method = customer.deleted ? null : customer.invoice_settings.default_payment_method;
    return typeof method === 'object' && method !== null ? toCard(method) : null;
  }

  /** The price of a key, made when it is not there. @throws {PriceChanged} */
  ensurePrice(ctx: TenantContext, price: PriceInput): Promise<{ readonly priceId: string }> {
    return this.#catalogue.ensurePrice(ctx, price);
  }

  ensureTaxRate(ctx: TenantContext, rate: TaxRateInput): Promise<{ readonly taxRateId: string }> {
    return this.#catalogue.ensureTaxRate(ctx, rate);
  }

  /**
   * Starts a subscription. Without a trial it is charged at once: see `status` (`incomplete` until it is paid),
   * `paymentProblem` and `confirmUrl`; nothing is thrown for a refused card, since the subscription is there.
   */
  async createSubscription(ctx: TenantContext, input: NewSubscription): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    const made = await asking(() =>
      stripe.subscriptions.create(
        {
          customer: input.customerId,
          items: input.items.map(({ priceId, quantity }) => ({ price: priceId, quantity })),
          default_tax_rates: [...input.taxRateIds],
          ...(input.trialEndsAt ? { trial_end: secondsOf(input.trialEndsAt) } : {}),
          trial_settings: { end_behavior: { missing_payment_method: input.missingCard } },
          billing_mode: { type: 'flexible' },
          payment_behavior: 'allow_incomplete',
          payment_settings: { save_default_payment_method: 'on_subscription' },
          metadata: { reference: input.reference, platform: ctx.platform.code },
          expand: SUBSCRIPTION_EXPANSIONS,
        },
        { idempotencyKey: input.idempotencyKey },
      ),
    );
    return toSubscription(made);
  }

  /**
   * Changes all items at once; the difference for the rest of the period is charged now, to the second.
   *
   * A change that must be paid comes into force when it is: until then `items` are the old ones and `pendingItems`
   * the new ones, with `paymentProblem` `requires_action`. In a trial nothing is charged.
   *
   * @throws {CardDeclined} when the bank refuses; nothing has changed then
   */
  async changeNow(
    ctx: TenantContext,
    input: {
      readonly subscriptionId: string;
      readonly items: readonly ItemInput[];
      readonly idempotencyKey: string;
    },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    await this.#release(stripe, input.subscriptionId);
    return asking(() => changeItems(stripe, input));
  }

  /** Plans other items from the next period on; replaces what was planned before. Charges nothing now. */
  async changeAtPeriodEnd(
    ctx: TenantContext,
    input: {
      readonly subscriptionId: string;
      readonly items: readonly ItemInput[];
      readonly idempotencyKey: string;
    },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    await asking(() => planItems(stripe, input));
    return toSubscription(await this.#retrieve(stripe, input.subscriptionId));
  }

  /** Forgets what was planned for the next period; the same when nothing was. */
  async dropPlannedChange(
    ctx: TenantContext,
    { subscriptionId }: { readonly subscriptionId: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    await this.#release(stripe, subscriptionId);
    return toSubscription(await this.#retrieve(stripe, subscriptionId));
  }

  /** What would be charged, and when; changes nothing. */
  async preview(ctx: TenantContext, input: PreviewInput): Promise<InvoicePreview> {
    const { stripe } = await this.#connections.of(ctx);
    return asking(() => previewInvoice(stripe, input));
  }

  /** Ends it with the period that is paid. What was planned for the next one is forgotten. */
  async cancelAtPeriodEnd(
    ctx: TenantContext,
    input: { readonly subscriptionId: string; readonly idempotencyKey: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    await this.#release(stripe, input.subscriptionId);
    return this.#update(stripe, input, { cancel_at_period_end: true });
  }

  /** Takes a planned end back. @throws {StripeRefused} when it has ended already */
  async reactivate(
    ctx: TenantContext,
    input: { readonly subscriptionId: string; readonly idempotencyKey: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    return this.#update(stripe, input, { cancel_at_period_end: false });
  }

  /** Other tax rates from the next invoice on. */
  async useTaxRates(
    ctx: TenantContext,
    input: {
      readonly subscriptionId: string;
      readonly taxRateIds: readonly string[];
      readonly idempotencyKey: string;
    },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    return this.#update(stripe, input, { default_tax_rates: [...input.taxRateIds] });
  }

  /** Another end of the trial; null ends it at once. */
  async changeTrialEnd(
    ctx: TenantContext,
    input: {
      readonly subscriptionId: string;
      readonly trialEndsAt: Date | null;
      readonly idempotencyKey: string;
    },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    return this.#update(stripe, input, {
      trial_end: input.trialEndsAt === null ? 'now' : secondsOf(input.trialEndsAt),
      proration_behavior: 'none',
    });
  }

  /** Starts a subscription again that was paused since its trial ended without a card. */
  async resume(
    ctx: TenantContext,
    { subscriptionId, idempotencyKey }: { readonly subscriptionId: string; readonly idempotencyKey: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    await asking(() =>
      stripe.subscriptions.resume(
        subscriptionId,
        { billing_cycle_anchor: { type: 'now' } },
        { idempotencyKey },
      ),
    );
    return toSubscription(await this.#retrieve(stripe, subscriptionId));
  }

  /** Ends it at once; nothing is charged or paid back. The same when it has ended already. */
  async cancelNow(
    ctx: TenantContext,
    { subscriptionId, idempotencyKey }: { readonly subscriptionId: string; readonly idempotencyKey: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    const current = await this.#retrieve(stripe, subscriptionId);
    if (current.status === 'canceled' || current.status === 'incomplete_expired')
      return toSubscription(current);
    await this.#release(stripe, subscriptionId);
    const ended = await asking(() =>
      stripe.subscriptions.cancel(
        subscriptionId,
        { invoice_now: false, prorate: false, expand: SUBSCRIPTION_EXPANSIONS },
        { idempotencyKey },
      ),
    );
    return toSubscription(ended);
  }

  /** Tries to collect an open invoice now. @throws {CardMissing | CardDeclined | PaymentActionRequired | StripeRefused} */
  async payInvoice(
    ctx: TenantContext,
    { invoiceId }: { readonly invoiceId: string },
  ): Promise<StripeInvoice> {
    const { stripe } = await this.#connections.of(ctx);
    await asking(() => stripe.invoices.pay(invoiceId));
    return this.readInvoice(ctx, { invoiceId });
  }

  async readInvoice(
    ctx: TenantContext,
    { invoiceId }: { readonly invoiceId: string },
  ): Promise<StripeInvoice> {
    const { stripe } = await this.#connections.of(ctx);
    return asking(async () => {
      const invoice = await stripe.invoices.retrieve(invoiceId, { expand: INVOICE_EXPANSIONS });
      return toInvoice(invoice, await linesOf(stripe, invoice));
    });
  }

  /** Newest first; drafts included. Why one is not paid is told by {@link readInvoice} only. */
  async listInvoices(ctx: TenantContext, input: InvoiceFilter = {}): Promise<InvoicePage> {
    const { stripe } = await this.#connections.of(ctx);
    return asking(() => listInvoices(stripe, input));
  }

  /** Those with an id (`in_…`) or a number of Stripe's; none where there is none. */
  async findInvoices(ctx: TenantContext, wanted: string): Promise<readonly StripeInvoice[]> {
    const { stripe } = await this.#connections.of(ctx);
    return asking(() => findInvoices(stripe, wanted));
  }

  async readSubscription(
    ctx: TenantContext,
    { subscriptionId }: { readonly subscriptionId: string },
  ): Promise<StripeSubscription> {
    const { stripe } = await this.#connections.of(ctx);
    return toSubscription(await this.#retrieve(stripe, subscriptionId));
  }

  /** Newest first, ended ones included. Their payment problems are told by {@link readSubscription} only. */
  async listSubscriptions(
    ctx: TenantContext,
    input: { readonly customerId?: string; readonly after?: string; readonly limit?: number } = {},
  ): Promise<StripePage<StripeSubscription>> {
    const { stripe } = await this.#connections.of(ctx);
    const { data, has_more } = await asking(() =>
      stripe.subscriptions.list({
        status: 'all',
        limit: input.limit ?? 100,
        ...(input.customerId === undefined ? {} : { customer: input.customerId }),
        ...(input.after === undefined ? {} : { starting_after: input.after }),
        expand: ['data.latest_invoice', 'data.schedule'],
      }),
    );
    return { items: data.map(toSubscription), nextAfter: has_more ? (data.at(-1)?.id ?? null) : null };
  }

  async #update(
    stripe: Stripe,
    { subscriptionId, idempotencyKey }: { readonly subscriptionId: string; readonly idempotencyKey: string },
    change: Stripe.SubscriptionUpdateParams,
  ): Promise<StripeSubscription> {
    const changed = await asking(() =>
      stripe.subscriptions.update(
        subscriptionId,
        { ...change, expand: SUBSCRIPTION_EXPANSIONS },
        { idempotencyKey },
      ),
    );
    return toSubscription(changed);
  }

  #retrieve(stripe: Stripe, subscriptionId: string): Promise<Stripe.Subscription> {
    return asking(() => stripe.subscriptions.retrieve(subscriptionId, { expand: SUBSCRIPTION_EXPANSIONS }));
  }

  /** A schedule owns its subscription's items: it lets go before they are changed by hand. */
  async #release(stripe: Stripe, subscriptionId: string): Promise<void> {
    await asking(async () => {
      const current = await stripe.subscriptions.retrieve(subscriptionId, { expand: ['schedule'] });
      const schedule = activeScheduleOf(current);
      if (schedule) await stripe.subscriptionSchedules.release(schedule.id);
    });
  }
}
