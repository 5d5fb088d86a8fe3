import {
  AuditService,
  DatabaseService,
  definePlugin,
  JobsService,
  MailService,
  RateLimitsService,
  TranslatorService,
} from '@wizamart/core';
import { VatIds } from '../vat/vies/VatIds.js';
import { localVies } from '../vat/vies/localVies.js';
import { ViesClient } from '../vat/vies/ViesClient.js';
import {
  invoiceFeatures,
  invoiceJobs,
  invoiceMenu,
  invoiceMigrations,
  invoicePermissions,
  invoiceRoutes,
  invoiceServices,
} from './area.js';
import type { AdminInvoices } from './AdminInvoices.js';
import type { Credits } from './Credits.js';
import type { Finalising } from './Finalising.js';
import type { InvoiceFiles } from './InvoiceFiles.js';
import type { InvoiceMails } from './InvoiceMails.js';
import type { Invoices } from './Invoices.js';
import type { ProviderInvoices } from './ProviderInvoices.js';
import type { OssReports } from './oss/OssReport.js';
import type { Sellers } from './sellers/Sellers.js';

/** The register that the plugin below asks; tests make it fail. */
export const vies = localVies();

interface Wired {
  readonly sellers: Sellers;
  readonly invoices: Invoices;
  readonly finalising: Finalising;
  readonly credits: Credits;
  readonly invoiceFiles: InvoiceFiles;
  readonly invoiceMails: InvoiceMails;
  readonly providerInvoices: ProviderInvoices;
  readonly adminInvoices: AdminInvoices;
  readonly ossReports: OssReports;
  readonly vatIds: VatIds;
}

let wiredServices: Wired | undefined;

/** The services of the server that was started last. */
export const wired = (): Wired => wiredServices as Wired;

/** Invoicing alone, as a plugin, with a VIES that tests rule. */
export const invoicingPlugin = definePlugin({
  code: 'billing',
  name: 'Invoicing',
  description: 'Invoices with EU VAT.',
  requires: {
    database: DatabaseService,
    audit: AuditService,
    jobs: JobsService,
    mail: MailService,
    i18n: TranslatorService,
    rateLimits: RateLimitsService,
  },
  features: invoiceFeatures,
  permissions: invoicePermissions,
  services: {
    ...invoiceServices,
    vatIds: VatIds,
    vies: () => new ViesClient({ transport: vies.transport, pauses: [] }),
  },
  start: (wiring) => void (wiredServices = wiring),
  menu: invoiceMenu,
  routes: invoiceRoutes,
  jobs: invoiceJobs,
  migrations: invoiceMigrations,
  templates: new URL('../../templates', import.meta.url),
  locales: new URL('../../locales', import.meta.url),
});
