import type { BillingSeed } from '@wizamart/plugin-billing';

/** What is charged to start with, net; a year costs ten months. Tiers are called the same in every language, as on the site's pages. */
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
      texts: {
        fr: { name: 'Domaine propre', description: 'La boutique sous son propre nom de domaine.' },
        de: { name: 'Eigene Domain', description: 'Der Shop unter einer eigenen Domain.' },
        lb: { name: 'Eegen Domain', description: 'De Buttek ënner enger eegener Domain.' },
      },
      monthlyMinor: 500,
      yearlyMinor: 5_000,
    },
    {
      code: 'extra-store',
      name: 'One more store',
      limits: { loyalty_stores: 1 },
      texts: {
        fr: { name: 'Une boutique de plus' },
        de: { name: 'Ein weiterer Shop' },
        lb: { name: 'Ee Buttek méi' },
      },
      monthlyMinor: 900,
      yearlyMinor: 9_000,
      maxQuantity: 50,
    },
    {
      code: 'extra-team',
      name: 'One more team member',
      limits: { team_members: 1 },
      texts: {
        fr: { name: 'Un membre d’équipe de plus' },
        de: { name: 'Ein weiteres Teammitglied' },
        lb: { name: 'Ee Member vum Team méi' },
      },
      monthlyMinor: 500,
      yearlyMinor: 5_000,
      maxQuantity: 50,
    },
    {
      code: 'email-package',
      name: '1,000 more e-mails a month',
      limits: { emails: 1_000 },
      texts: {
        fr: { name: '1 000 e-mails de plus par mois' },
        de: { name: '1.000 weitere E-Mails im Monat' },
        lb: { name: '1.000 E-Maile méi de Mount' },
      },
      monthlyMinor: 1_200,
      yearlyMinor: 12_000,
      maxQuantity: 20,
    },
  ],
};
