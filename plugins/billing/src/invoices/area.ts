import type { FeatureDefinition, JobDefinition, RouteDefinition } from '@wizamart/core';
import { VatIds } from '../vat/vies/VatIds.js';
import { makeViesClient } from '../vat/vies/makeViesClient.js';
import { AdminInvoices } from './AdminInvoices.js';
import { Credits } from './Credits.js';
import { evidenceKept } from './evidenceMigration.js';
import { Finalising } from './Finalising.js';
import { finaliseWaitingJob } from './finaliseWaitingJob.js';
import { InvoiceFiles } from './InvoiceFiles.js';
import { InvoiceMails } from './InvoiceMails.js';
import { invoiceTables } from './invoiceMigration.js';
import { Invoices } from './Invoices.js';
import { MerchantInvoicing } from './Invoicing.js';
import { providerSeries, providerSeriesReason } from './providerSeriesMigration.js';
import { OssReports } from './oss/OssReport.js';
import { INVOICING_FEATURE } from './permissions.js';
import { invoicePages } from './pages/invoicePages.js';
import type { InvoicePageParts } from './pages/parts.js';
import { ProviderInvoices } from './ProviderInvoices.js';
import { adminInvoiceApi, type AdminInvoiceWiring } from './routes/adminInvoiceApi.js';
import { invoicingSettingsApi } from './routes/invoicingSettingsApi.js';
import { type InvoiceApiWiring, storeInvoiceApi } from './routes/storeInvoiceApi.js';
import { Sellers } from './sellers/Sellers.js';
import { DemoProvider } from './sellers/DemoProvider.js';
import { StripeInvoicing } from './StripeInvoicing.js';
import { Treatments } from './Treatments.js';

export { invoiceMenu } from './pages/invoicePages.js';
export { invoicePermissions } from './permissions.js';

export const invoiceMigrations = [invoiceTables, providerSeries, providerSeriesReason, evidenceKept];

export const invoiceFeatures: readonly FeatureDefinition[] = [
  { code: INVOICING_FEATURE, name: 'Invoices with EU VAT' },
];

/** Classes that the plugin wires; they want core's database, audit, jobs, mail and translator. */
export const invoiceServices = {
  vies: makeViesClient,
  vatIds: VatIds,
  sellers: Sellers,
  treatments: Treatments,
  invoices: Invoices,
  finalising: Finalising,
  credits: Credits,
  invoiceFiles: InvoiceFiles,
  invoiceMails: InvoiceMails,
  providerInvoices: ProviderInvoices,
  adminInvoices: AdminInvoices,
  ossReports: OssReports,
  demoProvider: DemoProvider,
  invoicing: MerchantInvoicing,
};

/** The same for what Stripe charges; wants `stripeHandlers` and `stripeGateway` too. */
export const stripeInvoiceServices = { stripeInvoicing: StripeInvoicing };

export const invoiceRoutes = (
  wiring: InvoiceApiWiring & AdminInvoiceWiring & InvoicePageParts,
): RouteDefinition[] => [
  ...invoicingSettingsApi(wiring),
  ...storeInvoiceApi(wiring),
  ...adminInvoiceApi(wiring),
  ...invoicePages(wiring),
];

export const invoiceJobs = (wiring: {
  readonly finalising: Finalising;
  readonly invoiceMails: InvoiceMails;
}): JobDefinition[] => [finaliseWaitingJob(wiring), wiring.invoiceMails.job()];
