import type { BillingSeed } from '@wizamart/plugin-billing';

/** What is charged to start with, net; a year costs ten months. Tiers are called the same in every language, as on the site's pages. */
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
      texts: {
        fr: { name: 'Domaine propre', description: 'La boutique sous son propre nom de domaine.' },
        de: { name: 'Eigene Domain', description: 'Der Shop unter einer eigenen Domain.' },
        lb: { name: 'Eegen Domain', description: 'De Buttek ënner enger eegener Domain.' },
      },
      monthlyMinor: 500,
      yearlyMinor: 5_000,
    },
    {
      code: 'extra-pages',
      name: 'Ten more pages',
      description: 'Ten more pages in each store, of its own making too.',
      features: ['cms_custom_pages'],
      limits: { cms_pages: 10, cms_custom_pages: 10 },
      texts: {
        fr: {
          name: 'Dix pages de plus',
          description: 'Dix pages de plus dans chaque boutique, pages personnelles comprises.',
        },
        de: {
          name: 'Zehn weitere Seiten',
          description: 'Zehn weitere Seiten in jedem Shop, auch selbst gestaltete.',
        },
        lb: { name: 'Zéng Säite méi', description: 'Zéng Säite méi an all Buttek, och selwer gestalter.' },
      },
      monthlyMinor: 900,
      yearlyMinor: 9_000,
      maxQuantity: 10,
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
      monthlyMinor: 700,
      yearlyMinor: 7_000,
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
