import type Stripe from 'stripe';
import type { Wire } from './wire.js';

/** What the server keeps of an object beside what it shows of it. Never sent. */
export interface Hidden {
  /** Order of making: lists are newest first, also within one second. */
  _order?: number;
}

export type Customer = Wire<Stripe.Customer> & Hidden;
export type TaxId = Wire<Stripe.TaxId> & Hidden;
export type PaymentMethod = Wire<Stripe.PaymentMethod> & Hidden & { _number: string; _confirmed: boolean };
export type SetupIntent = Wire<Stripe.SetupIntent> & Hidden;
export type PaymentIntent = Wire<Stripe.PaymentIntent> & Hidden & { _invoice: string | null };
export type Charge = Wire<Stripe.Charge> & Hidden;
export type Refund = Wire<Stripe.Refund> & Hidden;
export type Product = Wire<Stripe.Product> & Hidden;
export type Price = Wire<Stripe.Price> & Hidden;
export type TaxRate = Wire<Stripe.TaxRate> & Hidden;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
export type Subscription = Wire<Stripe.Subscription> &
  Hidden & {
    /** The reminder three days before the trial's end has been sent. */
    _reminded: boolean;
    /** What a pending update would make of it. */
    _pending: PendingChange | null;
  };
export type Schedule = Wire<Stripe.SubscriptionSchedule> & Hidden;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type Invoice = Wire<Stripe.Invoice> & Hidden & { _lines: InvoiceLine[] };
export type InvoicePayment = Wire<Stripe.InvoicePayment> & Hidden;
export type InvoiceItem = Wire<Stripe.InvoiceItem> & Hidden;
export type CreditNote = Wire<Stripe.CreditNote> & Hidden;
export type StripeEvent = Wire<Stripe.EventBase> & Hidden;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint> & Hidden & { _secret: string };
export type TestClock = Wire<Stripe.TestHelpers.TestClock> & Hidden;

/** A change of items that waits for its invoice. */
export interface PendingChange {
  readonly items: SubscriptionItem[];
  readonly anchor: number;
  readonly invoice: string;
}

/** An event on its way to an endpoint. */
export interface Delivery extends Hidden {
  id: string;
  event: string;
  endpoint: string;
  attempts: number;
  /** Milliseconds. */
  nextAt: number;
}

/** The answer that was given to an idempotency key. */
export interface KeptAnswer extends Hidden {
  id: string;
  fingerprint: string;
  status: number;
  body: string;
  created: number;
}

export interface Kinds {
  customer: Customer;
  tax_id: TaxId;
  payment_method: PaymentMethod;
  setup_intent: SetupIntent;
  payment_intent: PaymentIntent;
  charge: Charge;
  refund: Refund;
  product: Product;
  price: Price;
  tax_rate: TaxRate;
  subscription: Subscription;
  subscription_schedule: Schedule;
  invoice: Invoice;
  invoice_payment: InvoicePayment;
  invoiceitem: InvoiceItem;
  credit_note: CreditNote;
  event: StripeEvent;
  webhook_endpoint: WebhookEndpoint;
  test_clock: TestClock;
  delivery: Delivery;
  kept_answer: KeptAnswer;
}
export type Kind = keyof Kinds;

/** Ids say what they are of; what can be expanded is found by it. */
export const PREFIXES: Readonly<Record<Kind, string>> = {
  customer: 'cus',
  tax_id: 'txi',
  payment_method: 'pm',
  setup_intent: 'seti',
  payment_intent: 'pi',
  charge: 'ch',
  refund: 're',
  product: 'prod',
  price: 'price',
  tax_rate: 'txr',
  subscription: 'sub',
  subscription_schedule: 'sub_sched',
  invoice: 'in',
  invoice_payment: 'inpay',
  invoiceitem: 'ii',
  credit_note: 'cn',
  event: 'evt',
  webhook_endpoint: 'we',
  test_clock: 'clock',
  delivery: 'delivery',
  kept_answer: 'kept',
};
