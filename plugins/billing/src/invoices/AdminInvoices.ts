import type { Database, TenantContext } from '@wizamart/core';
import { atMerchant, type MerchantContext } from '../asProvider.js';
import { InvoiceNotFound } from './errors.js';
import type { ListInput } from './invoiceInput.js';
import type { InvoiceKind, InvoiceStatus } from './models/InvoiceRow.js';

/** A document of the provider in the list of a platform's administrators. */
export interface ProviderDocument {
  readonly [key: string]: unknown;
  readonly id: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly kind: InvoiceKind;
  readonly status: InvoiceStatus;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly grossMinor: number;
  readonly currency: string;
  readonly treatment: string;
  readonly reference: string | null;
  readonly createdAt: Date;
}

const ORDER: Readonly<Record<ListInput['sort'], string>> = {
  '-createdAt': 'i.created_at desc, i.id desc',
  createdAt: 'i.created_at, i.id',
  '-number': 'i.year desc nulls last, i.series, i.number desc, i.id',
  number: 'i.year nulls last, i.series, i.number, i.id',
  '-grossMinor': 'i.gross_minor desc, i.id',
  grossMinor: 'i.gross_minor, i.id',
};

const WHERE = `i.issuer = 'provider' and i.platform_id = $1
  and ($2::text is null or i.status = $2) and ($3::text is null or i.kind = $3)
  and ($4::date is null or i.issued_on >= $4) and ($5::date is null or i.issued_on <= $5)
  and ($6::text is null or i.number_text ilike $6 or i.reference ilike $6 or i.buyer->>'name' ilike $6)`;

/** What the provider issued to all merchants of a platform; for its administrators. */
export class AdminInvoices {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  list(
    ctx: TenantContext,
    { page, perPage, sort, status, kind, from, to, q }: ListInput,
  ): Promise<{ items: ProviderDocument[]; total: number; page: number; perPage: number }> {
    const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const values = [ctx.platform.id, status ?? null, kind ?? null, from ?? null, to ?? null, pattern];
    return this.#database.directory(ctx, async ({ tx }) => {
      const items = await tx.query<ProviderDocument>(
        `select i.id, i.merchant_id as "merchantId", i.buyer->>'name' as "merchantName", i.kind, i.status,
           i.number_text as number, i.issued_on as "issuedOn", i.net_minor as "netMinor", i.vat_minor as "vatMinor",
           i.gross_minor as "grossMinor", i.currency, i.treatment, i.reference, i.created_at as "createdAt"
         from billing_invoice i where ${WHERE} order by ${ORDER[sort]} offset $7 limit $8`,
        [...values, (page - 1) * perPage, perPage],
      );
      const [counted] = await tx.query<{ total: number }>(
        `select count(*) as total from billing_invoice i where ${WHERE}`,
        values,
      );
      return { items, total: counted?.total ?? 0, page, perPage };
    });
  }

  /** The context of the merchant that a document of this platform was issued to. @throws {InvoiceNotFound} */
  async contextOf(ctx: TenantContext, id: string): Promise<MerchantContext> {
    const [found] = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<{ merchantId: string; name: string }>(
        `select merchant_id as "merchantId", buyer->>'name' as name from billing_invoice
         where issuer = 'provider' and platform_id = $1 and id = $2`,
        [ctx.platform.id, id],
      ),
    );
    if (!found) throw new InvoiceNotFound({ invoice: id });
    return atMerchant(ctx, { id: found.merchantId, name: found.name });
  }
}
