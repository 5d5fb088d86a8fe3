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
  NewClientsService,
  PageCacheService,
  RateLimitsService,
  SettingsService,
  SignaturesService,
  StoreIdentitiesService,
  TenantsService,
  OutsideLinksService,
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
import { pageHooks, pageMenu, pageRoutes, pageServices, pageTodos, pageWidgets } from './pages/area.js';
import { billingTrailPages } from './pages/trailPages.js';
import {
  ContentPagesService,
  pricingBlocks,
  pricingHooks,
  pricingRoutes,
  pricingServices,
} from './pricing/area.js';
import { billingSettings } from './settings.js';
import {
  ShopDirectoryService,
  signUpChecklist,
  signUpJobs,
  signUpMigrations,
  signUpRoutes,
  signUpServices,
} from './signup/area.js';
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
    outsideLinks: OutsideLinksService,
    i18n: TranslatorService,
    pageCache: PageCacheService,
    rateLimits: RateLimitsService,
    signatures: SignaturesService,
    storeIdentities: StoreIdentitiesService,
    tenants: TenantsService,
    newClients: NewClientsService,
  },
  optional: { shopDirectory: ShopDirectoryService, contentPages: ContentPagesService },
  provides: { invoicing: InvoicingService },
  features: [...billingFeatures, ...invoiceFeatures],
  permissions: { ...subscriptionPermissions, ...invoicePermissions, ...capacityPermissions },
  auditPages: billingTrailPages,
  menu: [...pageMenu, ...invoiceMenu, ...capacityMenu],
  settings: billingSettings,
  services: {
    ...subscriptionServices,
    ...invoiceServices,
    providerVat: SubscriptionVat,
    ...stripeServices,
    ...stripeInvoiceServices,
    ...pricingServices,
    ...signUpServices,
    ...capacityServices,
    ...pageServices,
  },
  routes: (wiring) => [
    ...stripeRoutes(wiring),
    ...subscriptionRoutes(wiring),
    ...invoiceRoutes(wiring),
    ...capacityRoutes(wiring),
    ...pageRoutes(wiring),
    ...pricingRoutes(wiring),
    ...signUpRoutes(wiring),
  ],
  on: (wiring) => [...subscriptionListeners(wiring)],
  hooks: (wiring) => [...pageHooks(wiring), ...pricingHooks(wiring)],
  blocks: pricingBlocks,
  checklist: (wiring) => [...signUpChecklist(wiring)],
  widgets: (wiring) => [...pageWidgets(wiring)],
  todos: (wiring) => [...pageTodos(wiring)],
  jobs: (wiring) => [
    ...stripeJobs(wiring),
    ...subscriptionJobs(wiring),
    ...invoiceJobs(wiring),
    ...capacityJobs(wiring),
    ...signUpJobs(wiring),
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
  migrations: [
    ...stripeMigrations,
    ...subscriptionMigrations,
    ...invoiceMigrations,
    ...capacityMigrations,
    ...signUpMigrations,
  ],
  stop: ({ localStripe }) => localStripe.stop(),
  assets: new URL('../assets', import.meta.url),
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});
