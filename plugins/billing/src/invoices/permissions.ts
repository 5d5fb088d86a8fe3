import type { PermissionDefinition } from '@wizamart/core';

export const INVOICING = {
  view: 'billing.invoices.view',
  edit: 'billing.invoices.edit',
  settings: 'billing.invoicing.edit',
  provider: { view: 'billing.provider_invoices.view', edit: 'billing.provider_invoices.edit' },
} as const;

const owner = (label: string): PermissionDefinition => ({ audience: 'store', scope: 'merchant', label });

/** Invoices are the merchant's business as a whole: owners only. */
export const invoicePermissions: Readonly<Record<string, PermissionDefinition>> = {
  [INVOICING.view]: owner('billing.permission.invoices.view'),
  [INVOICING.edit]: owner('billing.permission.invoices.edit'),
  [INVOICING.settings]: owner('billing.permission.invoicing.edit'),
  [INVOICING.provider.view]: { audience: 'admin', label: 'billing.permission.providerInvoices.view' },
  [INVOICING.provider.edit]: { audience: 'admin', label: 'billing.permission.providerInvoices.edit' },
};

/** The feature of tiers that opens invoicing to merchants. */
export const INVOICING_FEATURE = 'invoicing';
