import type { TierSeed } from '@wizamart/core';

/** The three offerings to start with; each has the features of those before it. */
export const tiers: readonly TierSeed[] = [
  {
    code: 'basic',
    name: 'Basic',
    features: [
      'dashboard',
      'settings',
      'profile',
      'cms_basic',
      'media_library',
      'subscription_management',
      'billing_history',
      'stripe_integration',
      'invoicing',
    ],
    limits: {
      loyalty_stores: 1,
      team_members: 3,
      emails: 1_000,
      cms_pages: 3,
      cms_custom_pages: 0,
      cms_media_bytes: 100_000_000,
    },
  },
  {
    code: 'plus',
    name: 'Plus',
    features: ['cms_custom_pages', 'cms_seo'],
    limits: {
      loyalty_stores: 10,
      team_members: 10,
      emails: 5_000,
      cms_pages: 10,
      cms_custom_pages: 5,
      cms_media_bytes: 1_000_000_000,
    },
  },
  {
    code: 'enterprise',
    name: 'Enterprise',
    features: [
      'cms_templates',
      'custom_domain',
      'cms_unlimited_pages',
      'cms_scheduling',
      'capacity_planning',
    ],
    limits: {},
  },
];
