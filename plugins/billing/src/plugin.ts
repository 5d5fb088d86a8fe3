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
import {
  capacityHealth,
  capacityJobs,
  capacityMenu,
  capacityMigrations,
  capacityPermissions,
  capacityRoutes,
  capacityServices,
} from './capacity/area.js';
import {
  invoiceFeatures,
  invoiceJobs,
  invoiceMenu,
  invoiceMigrations,
  invoicePermissions,
  invoiceRoutes,
  invoiceServices,
  stripeInvoiceServices,
} from './invoices/area.js';
import { InvoicingService } from './invoices/Invoicing.js';
import { billingSettings } from './settings.js';
import { stripeJobs, stripeMigrations, stripeRoutes } from './stripe/area.js';
import { stripeServices } from './stripe/services.js';
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
  provides: { invoicing: InvoicingService },
  features: [...billingFeatures, ...invoiceFeatures],
  permissions: { ...subscriptionPermissions, ...invoicePermissions, ...capacityPermissions },
  menu: [...invoiceMenu, ...capacityMenu],
  settings: billingSettings,
  services: {
    ...subscriptionServices,
    ...invoiceServices,
    providerVat: SubscriptionVat,
    ...stripeServices,
    ...stripeInvoiceServices,
    ...capacityServices,
  },
  routes: (wiring) => [
    ...stripeRoutes(wiring),
    ...subscriptionRoutes(wiring),
    ...invoiceRoutes(wiring),
    ...capacityRoutes(wiring),
  ],
  on: (wiring) => [...subscriptionListeners(wiring)],
  jobs: (wiring) => [
    ...stripeJobs(wiring),
    ...subscriptionJobs(wiring),
    ...invoiceJobs(wiring),
    ...capacityJobs(wiring),
  ],
  healthReport: (wiring) => capacityHealth(wiring),
  onInstall:
    ({ catalogue }) =>
    (ctx, host) =>
      catalogue.seed(ctx, host),
  demo:
    ({ demoSubscriptions, demoProvider, demoCapacity }) =>
    async (ctx) => {
      await demoProvider.fill(ctx);
      await demoSubscriptions.fill(ctx);
      await demoCapacity.fill(ctx);
    },
  migrations: [...stripeMigrations, ...subscriptionMigrations, ...invoiceMigrations, ...capacityMigrations],
  stop: ({ localStripe }) => localStripe.stop(),
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});
