import type { BillingSeed } from '@wizamart/plugin-billing';

/** What is charged to start with, net; a year costs ten months. */
export const prices: BillingSeed = {
  currency: 'EUR',
  tiers: {
    essential: { monthlyMinor: 4_900, yearlyMinor: 49_000 },
    professional: { monthlyMinor: 9_900, yearlyMinor: 99_000 },
    business: { monthlyMinor: 19_900, yearlyMinor: 199_000 },
    enterprise: { monthlyMinor: 39_900, yearlyMinor: 399_000 },
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
      code: 'extra-pages',
      name: 'Ten more pages',
      description: 'Ten more pages in each store, of its own making too.',
      features: ['cms_custom_pages'],
      limits: { cms_pages: 10, cms_custom_pages: 10 },
      monthlyMinor: 900,
      yearlyMinor: 9_000,
      maxQuantity: 10,
    },
    {
      code: 'extra-team',
      name: 'One more team member',
      limits: { team_members: 1 },
      monthlyMinor: 700,
      yearlyMinor: 7_000,
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
