import type { BillingSeed } from '@wizamart/plugin-billing';

/** What is charged to start with, net; a year costs ten months. */
export const prices: BillingSeed = {
  currency: 'EUR',
  tiers: {
    basic: { monthlyMinor: 2_900, yearlyMinor: 29_000 },
    plus: { monthlyMinor: 7_900, yearlyMinor: 79_000 },
    enterprise: { monthlyMinor: 19_900, yearlyMinor: 199_000 },
  },
  addOns: [
    {
      code: 'domain',
      name: 'Own domain',
      description: 'The store under a domain of its own.',
      features: ['custom_domain'],
      monthlyMinor: 500,
      yearlyMinor: 5_000,
    },
    {
      code: 'extra-store',
      name: 'One more store',
      limits: { loyalty_stores: 1 },
      monthlyMinor: 900,
      yearlyMinor: 9_000,
      maxQuantity: 50,
    },
    {
      code: 'extra-team',
      name: 'One more team member',
      limits: { team_members: 1 },
      monthlyMinor: 500,
      yearlyMinor: 5_000,
      maxQuantity: 50,
    },
    {
      code: 'email-package',
      name: '1,000 more e-mails a month',
      limits: { emails: 1_000 },
      monthlyMinor: 1_200,
      yearlyMinor: 12_000,
      maxQuantity: 20,
    },
  ],
};
