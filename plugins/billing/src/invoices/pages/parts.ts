import type { Database, Translator } from '@wizamart/core';
import type { VatIds } from '../../vat/vies/VatIds.js';
import type { Credits } from '../Credits.js';
import type { Finalising } from '../Finalising.js';
import type { InvoiceMails } from '../InvoiceMails.js';
import type { Invoices } from '../Invoices.js';
import type { OssReports } from '../oss/OssReport.js';
import type { Sellers } from '../sellers/Sellers.js';

/** What the pages of invoices are made from. */
export interface InvoicePageParts {
  readonly database: Database;
  readonly i18n: Translator;
  readonly sellers: Sellers;
  readonly vatIds: VatIds;
  readonly invoices: Invoices;
  readonly finalising: Finalising;
  readonly credits: Credits;
  readonly invoiceMails: InvoiceMails;
  readonly ossReports: OssReports;
}
