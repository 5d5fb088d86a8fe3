import { DatabaseService, definePlugin } from '@wizamart/core';

/** What merchants pay for: tiers with prices, subscriptions, invoices with EU VAT, capacity. */
export const billing = definePlugin({
  code: 'billing',
  name: 'Billing',
  description: 'Prices of tiers, trials and subscriptions, payments by Stripe, invoices with EU VAT.',
  group: 'business',
  requires: { database: DatabaseService },
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});
