import type { Audit, Tiers, Translator } from '@wizamart/core';
import type { Catalogue } from '../catalog/Catalogue.js';
import type { AdminInvoices } from '../invoices/AdminInvoices.js';
import type { InvoiceFiles } from '../invoices/InvoiceFiles.js';
import type { Invoices } from '../invoices/Invoices.js';
import type { StripeConnections } from '../stripe/connection/StripeConnections.js';
import type { GiveTexts } from '../pricing/giveTexts.js';
import type { Reconciliation } from '../stripe/reconciliation/Reconciliation.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { WebhookInbox } from '../stripe/webhooks/WebhookInbox.js';
import type { AddOnSales } from '../subscriptions/AddOnSales.js';
import type { Cards } from '../subscriptions/Cards.js';
import type { Endings } from '../subscriptions/Endings.js';
import type { InvoicePreviews } from '../subscriptions/InvoicePreviews.js';
import type { Payments } from '../subscriptions/Payments.js';
import type { PlanChanges } from '../subscriptions/PlanChanges.js';
import type { SubscriptionLists } from '../subscriptions/SubscriptionLists.js';
import type { SubscriptionReader } from '../subscriptions/SubscriptionReader.js';
import type { Trials } from '../trial/Trials.js';
import type { UsageSummaries } from '../usage/UsageSummaries.js';
import type { PageFacts } from './PageFacts.js';

/** What billing's pages are made from. */
export interface PageParts {
  readonly i18n: Translator;
  readonly audit: Audit;
  readonly tiers: Tiers;
  readonly pageFacts: PageFacts;
  readonly catalogue: Catalogue;
  readonly giveTexts: GiveTexts;
  readonly subscriptionLists: SubscriptionLists;
  readonly subscriptionReader: SubscriptionReader;
  readonly usageSummaries: UsageSummaries;
  readonly invoicePreviews: InvoicePreviews;
  readonly planChanges: PlanChanges;
  readonly endings: Endings;
  readonly addOnSales: AddOnSales;
  readonly cards: Cards;
  readonly payments: Payments;
  readonly trials: Trials;
  readonly adminInvoices: AdminInvoices;
  readonly invoices: Invoices;
  readonly invoiceFiles: InvoiceFiles;
  readonly webhookInbox: WebhookInbox;
  readonly stripeReconciliation: Reconciliation;
  readonly stripeGateway: StripeGateway;
  readonly stripeConnections: StripeConnections;
}
