import type { Issuer } from '../models/InvoiceRow.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';

/** Where one kind of seller is set up. */
export interface SettingsPlace {
  readonly issuer: Issuer;
  readonly surface: 'store' | 'admin';
  readonly path: string;
  /** Path of the logo in the API. */
  readonly logo: string;
  readonly menu: string;
  readonly view: string;
  readonly edit: string;
  readonly feature?: string;
}

export const SETTINGS_PLACES: readonly SettingsPlace[] = [
  {
    issuer: 'merchant',
    surface: 'store',
    path: '/invoices/settings',
    logo: '/invoices/logo',
    menu: 'invoices',
    view: INVOICING.view,
    edit: INVOICING.settings,
    feature: INVOICING_FEATURE,
  },
  {
    issuer: 'provider',
    surface: 'admin',
    path: '/invoicing',
    logo: '/invoicing/logo',
    menu: 'invoicing',
    view: INVOICING.provider.view,
    edit: INVOICING.provider.edit,
  },
];
