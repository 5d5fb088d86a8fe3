import {
  AuditService,
  ClockService,
  DatabaseService,
  definePlugin,
  EntitlementsService,
  EventsService,
  JobsService,
  MailService,
  MerchantsService,
  SettingsService,
  TiersService,
  TranslatorService,
  UsageService,
} from '@wizamart/core';
import { invoiceMigrations, invoiceServices } from './invoices/area.js';
import { billingSettings } from './settings.js';
import { LocalStripeServer } from './stripe/connection/LocalStripeServer.js';
import { StripeConnections } from './stripe/connection/StripeConnections.js';
import { StripeCatalogue } from './stripe/StripeCatalogue.js';
import { StripeCustomers } from './stripe/StripeCustomers.js';
import { StripeGateway } from './stripe/StripeGateway.js';
import {
  billingFeatures,
  subscriptionJobs,
  subscriptionListeners,
  subscriptionMigrations,
  subscriptionPermissions,
  subscriptionRoutes,
  subscriptionServices,
} from './subscriptions/area.js';
import { SubscriptionVat } from './subscriptions/SubscriptionVat.js';

/** What merchants pay for: tiers with prices, subscriptions, invoices with EU VAT, capacity. */
export const billing = definePlugin({
  code: 'billing',
  name: 'Billing',
  description: 'Prices of tiers, trials and subscriptions, payments by Stripe, invoices with EU VAT.',
  group: 'business',
  requires: {
    database: DatabaseService,
    clock: ClockService,
    audit: AuditService,
    events: EventsService,
    jobs: JobsService,
    mail: MailService,
    settings: SettingsService,
    tiers: TiersService,
    entitlements: EntitlementsService,
    usage: UsageService,
    merchants: MerchantsService,
    i18n: TranslatorService,
  },
  features: [...billingFeatures],
  permissions: { ...subscriptionPermissions },
  settings: billingSettings,
  services: {
    ...subscriptionServices,
    ...invoiceServices,
    providerVat: SubscriptionVat,
    localStripe: LocalStripeServer,
    stripeConnections: StripeConnections,
    stripeCustomers: StripeCustomers,
    stripeCatalogue: StripeCatalogue,
    stripeGateway: StripeGateway,
  },
  routes: (wiring) => [...subscriptionRoutes(wiring)],
  on: (wiring) => [...subscriptionListeners(wiring)],
  jobs: (wiring) => [...subscriptionJobs(wiring)],
  onInstall:
    ({ catalogue }) =>
    (ctx, host) =>
      catalogue.seed(ctx, host),
  demo:
    ({ demoSubscriptions }) =>
    (ctx) =>
      demoSubscriptions.fill(ctx),
  migrations: [...subscriptionMigrations, ...invoiceMigrations],
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});
