import { describePlugin } from '@wizamart/core/testing';
import { billing } from '../src/index.js';

describePlugin(billing, {
  host: {
    defaultTier: 'all',
    tiers: [{ code: 'all', name: 'All', features: ['invoicing', 'billing_history'], limits: {} }],
  },
});
