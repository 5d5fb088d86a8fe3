import type { FeatureDefinition } from '@wizamart/core';

/** What tiers may include of billing. */
export const billingFeatures: readonly FeatureDefinition[] = [
  {
    code: 'subscription_management',
    name: 'Subscription',
    description: 'Change, pause and end the subscription.',
  },
  { code: 'billing_history', name: 'Billing history', description: 'All charges and invoices.' },
  { code: 'stripe_integration', name: 'Payment by card', description: 'Pay by card.' },
  {
    code: 'capacity_planning',
    name: 'Capacity planning',
    description: 'Use beside what tiers allow, with a forecast.',
  },
];
