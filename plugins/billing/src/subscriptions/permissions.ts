import type { PermissionDefinition } from '@wizamart/core';

/** Names of the permissions, by what they concern. */
export const BILLING = {
  /** What a merchant has bought; its owners only. */
  own: { view: 'billing.own_subscription.view', edit: 'billing.own_subscription.edit' },
  /** Subscriptions of a platform's merchants. */
  subscriptions: { view: 'billing.subscriptions.view', edit: 'billing.subscriptions.edit' },
  /** What a platform sells. */
  prices: { view: 'billing.prices.view', edit: 'billing.prices.edit' },
} as const;

export const subscriptionPermissions: Readonly<Record<string, PermissionDefinition>> = {
  [BILLING.own.view]: { audience: 'store', scope: 'merchant', label: 'billing.permission.own.view' },
  [BILLING.own.edit]: { audience: 'store', scope: 'merchant', label: 'billing.permission.own.edit' },
  [BILLING.subscriptions.view]: { audience: 'admin', label: 'billing.permission.subscriptions.view' },
  [BILLING.subscriptions.edit]: { audience: 'admin', label: 'billing.permission.subscriptions.edit' },
  [BILLING.prices.view]: { audience: 'admin', label: 'billing.permission.prices.view' },
  [BILLING.prices.edit]: { audience: 'admin', label: 'billing.permission.prices.edit' },
};
