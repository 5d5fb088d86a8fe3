import type { PermissionDefinition } from '@wizamart/core';

/** What a platform's subscriptions allow beside what is used. */
export const CAPACITY = { view: 'billing.capacity.view', edit: 'billing.capacity.edit' } as const;

export const capacityPermissions: Readonly<Record<string, PermissionDefinition>> = {
  [CAPACITY.view]: { audience: 'admin', label: 'billing.permission.capacity.view' },
  [CAPACITY.edit]: { audience: 'admin', label: 'billing.permission.capacity.edit' },
};
