import { LocalStripeServer } from './connection/LocalStripeServer.js';
import { StripeConnections } from './connection/StripeConnections.js';
import { IssuedInvoices } from './reconciliation/IssuedInvoices.js';
import { OurSide } from './reconciliation/OurSide.js';
import { Reconciliation } from './reconciliation/Reconciliation.js';
import { StripeCatalogue } from './StripeCatalogue.js';
import { StripeCustomers } from './StripeCustomers.js';
import { StripeGateway } from './StripeGateway.js';
import { StripeHandlers } from './webhooks/StripeHandlers.js';
import { WebhookInbox } from './webhooks/WebhookInbox.js';

/** Needs of the plugin: database, clock, settings, jobs, audit. */
export const stripeServices = {
  localStripe: LocalStripeServer,
  stripeConnections: StripeConnections,
  stripeCustomers: StripeCustomers,
  stripeCatalogue: StripeCatalogue,
  stripeGateway: StripeGateway,
  stripeHandlers: StripeHandlers,
  stripeOurSide: OurSide,
  stripeIssuedInvoices: IssuedInvoices,
  webhookInbox: WebhookInbox,
  stripeReconciliation: Reconciliation,
};
