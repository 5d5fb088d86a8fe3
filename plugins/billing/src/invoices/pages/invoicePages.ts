import type { MenuItemDefinition, RouteDefinition } from '@wizamart/core';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { afterPages } from './afterPages.js';
import { creditPages } from './creditPages.js';
import { detailPage } from './detailPage.js';
import { draftPages } from './draftPages.js';
import { finalisePages } from './finalisePages.js';
import { listPage } from './listPage.js';
import { ossPages } from './ossPages.js';
import type { InvoicePageParts } from './parts.js';
import { settingsPages } from './settingsPages.js';

/** The pages of merchants' invoices, and of what the provider needs to invoice. */
export const invoicePages = (parts: InvoicePageParts): RouteDefinition[] => [
  listPage(parts),
  ...settingsPages(parts),
  ...ossPages(parts),
  ...draftPages(parts),
  ...finalisePages(parts),
  ...afterPages(parts),
  ...creditPages(parts),
  detailPage(parts),
];

export const invoiceMenu: readonly MenuItemDefinition[] = [
  {
    code: 'invoices',
    surface: 'store',
    label: 'billing.menu.invoices',
    path: '/invoices',
    section: 'business',
    order: 20,
    icon: 'file-invoice',
    permission: INVOICING.view,
    feature: INVOICING_FEATURE,
  },
  {
    code: 'invoicing',
    surface: 'admin',
    label: 'billing.menu.invoicing',
    path: '/invoicing',
    section: 'business',
    order: 60,
    icon: 'receipt-tax',
    permission: INVOICING.provider.view,
  },
];
