import type { TierSeed } from '@wizamart/core';

/** What the platform sells to start with; each tier has the features of those before it. */
export const tiers: readonly TierSeed[] = [
  {
    code: 'essential',
    name: 'Essential',
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
      orders: 100,
      products: 200,
      team_members: 1,
      emails: 500,
      cms_pages: 3,
      cms_custom_pages: 0,
      cms_media_bytes: 100_000_000,
    },
  },
  {
    code: 'professional',
    name: 'Professional',
    features: ['cms_custom_pages', 'cms_seo'],
    limits: {
      orders: 500,
      products: 2_000,
      team_members: 3,
      emails: 2_000,
      cms_pages: 10,
      cms_custom_pages: 5,
      cms_media_bytes: 1_000_000_000,
    },
  },
  {
    code: 'business',
    name: 'Business',
    features: ['cms_templates', 'custom_domain'],
    limits: {
      orders: 2_000,
      products: 10_000,
      team_members: 10,
      emails: 10_000,
      cms_pages: 30,
      cms_custom_pages: 20,
      cms_media_bytes: 5_000_000_000,
    },
  },
  {
    code: 'enterprise',
    name: 'Enterprise',
    features: ['cms_unlimited_pages', 'cms_scheduling', 'capacity_planning'],
    limits: {},
  },
];
