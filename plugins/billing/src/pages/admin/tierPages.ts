import { BILLING } from '../../subscriptions/permissions.js';
import type { Offer } from '../../catalog/Catalogue.js';

/** Where tiers and add-ons are sold from. */
export const TIERS_PATH = '/subscription-tiers';

/** What the pages have in common on which administrators change what is sold. */
export const tierEditPage = {
  surface: 'admin',
  kind: 'page',
  menu: 'subscription-tiers',
  access: BILLING.prices.edit,
} as const;

export const productPath = ({ kind, code }: Pick<Offer, 'kind' | 'code'>): string =>
  kind === 'tier' ? `${TIERS_PATH}/${code}` : `${TIERS_PATH}/add-ons/${code}`;
