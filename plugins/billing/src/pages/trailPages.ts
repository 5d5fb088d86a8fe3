import { INVOICING } from '../invoices/permissions.js';
import { BILLING } from '../subscriptions/permissions.js';

type Surface = 'admin' | 'store';

const page = (surface: Surface, path: string, permission: string) => ({ surface, path, permission });

/** Where lines of the audit trail about subscriptions, what is sold, and invoices lead. */
export const billingTrailPages = {
  'billing.subscription': [
    page('admin', '/subscriptions/{id}', BILLING.subscriptions.view),
    page('store', '/billing', BILLING.own.view),
  ],
  'billing.tier': [page('admin', '/subscription-tiers/{id}', BILLING.prices.view)],
  // Invoices of merchants to their customers are theirs alone.
  'billing.invoice': [page('store', '/invoices/{id}', INVOICING.view)],
  'billing.credit_note': [page('store', '/invoices/{id}', INVOICING.view)],
};
