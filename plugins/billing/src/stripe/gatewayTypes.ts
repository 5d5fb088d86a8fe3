/** What the gateway speaks: our own nouns, so that nobody else depends on Stripe's. Money is minor units. */

export type TaxExempt = 'none' | 'exempt' | 'reverse';

/** Who pays, as Stripe shall know them. */
export interface CustomerDetails {
  readonly merchantId: string;
  readonly name: string;
  readonly email: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatId: string | null;
  readonly taxExempt: TaxExempt;
}

/** A card as it may be shown. */
export interface Card {
  readonly brand: string;
  readonly last4: string;
  /** 1 to 12. */
  readonly expMonth: number;
  readonly expYear: number;
}

/** What the card page needs to take a card without the number coming near us. */
export interface CardSetup {
  readonly setupIntentId: string;
  readonly clientSecret: string;
  readonly publishableKey: string;
  /** Address of Stripe.js, or of the local server's script. */
  readonly scriptUrl: string;
}

export interface SetupIntentState {
  readonly status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  readonly paymentMethodId: string | null;
  readonly error: PaymentFailure | null;
}

/** Why a card was refused. */
export interface PaymentFailure {
  /** Stripe's error code, for example `card_declined` or `expired_card`. */
  readonly code: string;
  /** The bank's reason where it gave one, for example `insufficient_funds`. */
  readonly declineCode: string | null;
  readonly message: string;
}

export type BillingInterval = 'month' | 'year';

export interface PriceInput {
  /** Ours: a version's id and the interval. A key keeps its amount for good. */
  readonly key: string;
  readonly name: string;
  readonly amountMinor: number;
  /** ISO 4217, lower or upper case. */
  readonly currency: string;
  readonly interval: BillingInterval;
}

export interface TaxRateInput {
  readonly country: string;
  /** Decimal string, for example `17` or `25.5`. */
  readonly percent: string;
  readonly inclusive: boolean;
}

export interface ItemInput {
  readonly priceId: string;
  readonly quantity: number;
}

export interface NewSubscription {
  readonly customerId: string;
  readonly items: readonly ItemInput[];
  /** In the future, or null: charged at once. */
  readonly trialEndsAt: Date | null;
  readonly taxRateIds: readonly string[];
  /** What Stripe does at the trial's end where there is no card. */
  readonly missingCard: 'cancel' | 'pause' | 'create_invoice';
  /** Our subscription's id; comes back as `reference`. */
  readonly reference: string;
  readonly idempotencyKey: string;
}

export const STRIPE_SUBSCRIPTION_STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
] as const;
export type StripeSubscriptionStatus = (typeof STRIPE_SUBSCRIPTION_STATUSES)[number];

export interface StripeSubscriptionItem {
  readonly itemId: string;
  readonly priceId: string;
  readonly quantity: number;
}

/** A subscription as Stripe has it. */
export interface StripeSubscription {
  readonly id: string;
  readonly customerId: string;
  /** Our subscription's id, as given when it was made; null for one that somebody made by hand. */
  readonly reference: string | null;
  readonly status: StripeSubscriptionStatus;
  readonly currentPeriodStart: Date;
  readonly currentPeriodEnd: Date;
  readonly trialEndsAt: Date | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly canceledAt: Date | null;
  readonly endedAt: Date | null;
  readonly items: readonly StripeSubscriptionItem[];
  readonly taxRateIds: readonly string[];
  /** Items that come into force at the end of the period; null: nothing is planned. */
  readonly plannedItems: readonly ItemInput[] | null;
  /** A change that waits for its invoice to be paid (at most 23 hours); `items` are still the old ones. */
  readonly pendingItems: readonly StripeSubscriptionItem[] | null;
  readonly latestInvoiceId: string | null;
  /** Why the latest invoice is not paid; null: it is, or it has not been tried. */
  readonly paymentProblem: null | 'declined' | 'requires_action';
  readonly paymentFailure: PaymentFailure | null;
  /** Page on which the customer pays or confirms; null: nothing is to be done. */
  readonly confirmUrl: string | null;
}

export interface PreviewInput {
  readonly customerId: string;
  readonly subscriptionId: string | null;
  /** All items as they would be; null: as they are. */
  readonly items: readonly ItemInput[] | null;
  readonly taxRateIds: readonly string[];
  /** `now`: the invoice of a change at once (default); `period_end`: the next regular one. */
  readonly when?: 'now' | 'period_end';
}

export interface PreviewLine {
  readonly description: string;
  /** What it is the price of, at Stripe; left out: it is none of Stripe's. */
  readonly priceId?: string | null;
  readonly quantity?: number | null;
  readonly amountMinor: number;
  readonly proration: boolean;
  readonly periodStart: Date;
  readonly periodEnd: Date;
}

export interface InvoicePreview {
  readonly lines: readonly PreviewLine[];
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Upper case, ISO 4217. */
  readonly currency: string;
  readonly dueAt: Date;
}

export const STRIPE_INVOICE_STATUSES = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
export type StripeInvoiceStatus = (typeof STRIPE_INVOICE_STATUSES)[number];

export interface StripeInvoiceLine {
  readonly id: string;
  readonly description: string;
  /** Net of tax; below 0 for credits. */
  readonly amountMinor: number;
  readonly quantity: number | null;
  readonly priceId: string | null;
  readonly proration: boolean;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly taxes: readonly StripeTax[];
}

export interface StripeTax {
  readonly taxRateId: string;
  readonly taxableMinor: number;
  readonly taxMinor: number;
}

/** An invoice as Stripe has it: what was charged. The numbered document is ours. */
export interface StripeInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly status: StripeInvoiceStatus;
  readonly customerId: string;
  readonly subscriptionId: string | null;
  /** Our subscription's id at the time it was made. */
  readonly reference: string | null;
  /** Stripe's billing reason: `subscription_create`, `subscription_cycle`, `subscription_update`, `manual`, … */
  readonly reason: string;
  /** Upper case, ISO 4217. */
  readonly currency: string;
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly amountDueMinor: number;
  readonly amountPaidMinor: number;
  readonly createdAt: Date;
  readonly finalizedAt: Date | null;
  readonly paidAt: Date | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly paymentProblem: null | 'declined' | 'requires_action';
  readonly paymentFailure: PaymentFailure | null;
  readonly hostedUrl: string | null;
  readonly lines: readonly StripeInvoiceLine[];
  readonly taxes: readonly StripeTax[];
}

/** A page of invoices that can be turned both ways; `before` of the next call is `previousBefore`. */
export interface InvoicePage extends StripePage<StripeInvoice> {
  readonly previousBefore: string | null;
}

/** One page of a list; `after` of the next call is `nextAfter`, null at the end. */
export interface StripePage<Item> {
  readonly items: readonly Item[];
  readonly nextAfter: string | null;
}
