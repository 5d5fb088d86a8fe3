import type { Database, TenantContext } from '@wizamart/core';
import { InvoiceNotFound, SellerNotSetUp } from '../errors.js';
import type { InvoiceRow, Issuer } from '../models/InvoiceRow.js';
import { placeOf } from '../sellers/issuerPlace.js';
import type { SellerSettings } from '../sellers/Sellers.js';
import { invoiceOf } from './invoiceOf.js';

type Found = Readonly<Record<string, unknown>> & {
  readonly seller_details: SellerSettings['seller'] | null;
  readonly seller_series: string;
  readonly seller_credit_series: string;
  readonly seller_logo: string | null;
};

/**
 * A document and its seller in one message: finalising reads them before it takes the counter.
 *
 * @throws {InvoiceNotFound} {@link SellerNotSetUp}
 */
export async function readWithSeller(
  { database }: { readonly database: Database },
  ctx: TenantContext,
  issuer: Issuer,
  id: string,
): Promise<{ readonly invoice: InvoiceRow; readonly settings: SellerSettings }> {
  const { sellers, ownerColumn } = placeOf(issuer);
  const statement = {
    name: `billing.${sellers}.finalising`,
    text: `select i.*, s.details as seller_details, s.series as seller_series, s.credit_series as seller_credit_series,
      s.logo_sha256 as seller_logo
    from billing_invoice i left join ${sellers} s on s.${ownerColumn} = i.${ownerColumn}
    where i.merchant_id = $1 and i.id = $2 and i.issuer = $3`,
  };
  const [found] = await database.read<Found>(ctx, statement, [ctx.merchant?.id ?? null, id, issuer]);
  if (!found) throw new InvoiceNotFound({ invoice: id });
  const { seller_details, seller_series, seller_credit_series, seller_logo, ...row } = found;
  const invoice = invoiceOf(row);
  if (!seller_details) throw new SellerNotSetUp();
  return {
    invoice,
    settings: {
      seller: { ...seller_details, series: seller_series, creditSeries: seller_credit_series },
      logoSha256: seller_logo,
    },
  };
}
