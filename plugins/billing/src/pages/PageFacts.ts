import type { Database, MerchantRecord, TenantContext } from '@wizamart/core';
import type { ProductKind } from '../catalog/ProductVersion.js';
import { WEBHOOK_STATUSES, type WebhookStatus } from '../stripe/webhooks/WebhookEvent.js';

/** What a version of a product is to who has it. */
export interface VersionUse {
  readonly version: number;
  /** Live subscriptions that have it. */
  readonly subscriptions: number;
}

/** What was invoiced to the merchants of a platform, in minor units. */
export interface InvoicedTotal {
  readonly currency: string;
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly grossMinor: number;
  /** Of that, not paid yet. */
  readonly openMinor: number;
}

/** What invoices a total is of. */
export interface InvoicedFilter {
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const LIVE = "s.status IN ('trialing', 'active', 'past_due', 'paused')";

const SOLD = {
  name: 'billing_sold_counts',
  text: `SELECT 'tier ' || v.code AS key, count(*)::int AS count FROM billing_subscription s
      JOIN billing_product_version v ON v.platform_id = s.platform_id AND v.id = s.version_id
    WHERE s.platform_id = $1 AND ${LIVE} GROUP BY v.code
    UNION ALL
    SELECT 'add_on ' || a.code, count(*)::int FROM billing_subscription_add_on a
    WHERE a.platform_id = $1 AND a.ended_at IS NULL GROUP BY a.code`,
};

/** Sums and names for the pages of administrators, each in one question across the platform's merchants. */
export class PageFacts {
  readonly #database: Database;

  constructor(deps: { readonly database: Database }) {
    this.#database = deps.database;
  }

  /** How many live subscriptions have which version of a product; those that nobody has are left out. */
  async versionUse(ctx: TenantContext, kind: ProductKind, code: string): Promise<readonly VersionUse[]> {
    return this.#database.directory(ctx, ({ tx }) =>
      tx.query<VersionUse & object>(
        kind === 'tier'
          ? `SELECT v.version, count(*)::int AS subscriptions FROM billing_subscription s
               JOIN billing_product_version v ON v.platform_id = s.platform_id AND v.id = s.version_id
             WHERE s.platform_id = $1 AND ${LIVE} AND v.kind = 'tier' AND v.code = $2 GROUP BY v.version ORDER BY v.version DESC`
          : `SELECT v.version, count(*)::int AS subscriptions FROM billing_subscription_add_on a
               JOIN billing_product_version v ON v.platform_id = a.platform_id AND v.id = a.version_id
             WHERE a.platform_id = $1 AND a.ended_at IS NULL AND v.kind = 'add_on' AND v.code = $2 GROUP BY v.version ORDER BY v.version DESC`,
        [ctx.platform.id, code],
      ),
    );
  }

  /** Live subscriptions per product, by kind and code: `tier essential` → 3. */
  async soldCounts(ctx: TenantContext): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database.readDirectory<{ key: string; count: number }>(ctx, SOLD, [
      ctx.platform.id,
    ]);
    return new Map(rows.map(({ key, count }) => [key, count]));
  }

  /** Merchants by the customers of Stripe's that they are on this platform. */
  async merchantsOf(
    ctx: TenantContext,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, MerchantRecord>> {
    if (customerIds.length === 0) return new Map();
    const known = await this.#database.readSystem<{ customer: string; merchantId: string }>(
      {
        name: 'billing_page_customers',
        text: 'SELECT customer_id AS customer, merchant_id AS "merchantId" FROM billing_stripe_customer WHERE platform_id = $1 AND customer_id = ANY($2)',
      },
      [ctx.platform.id, [...new Set(customerIds)]],
    );
    const names = await this.names(
      ctx,
      known.map(({ merchantId }) => merchantId),
    );
    return new Map(
      known.flatMap(({ customer, merchantId }) => {
        const name = names.get(merchantId);
        return name === undefined ? [] : [[customer, { id: merchantId, name }] as const];
      }),
    );
  }

  /** Names of merchants by their ids. */
  async names(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<MerchantRecord & object>(
        `SELECT m.id, m.display_name AS name FROM core_merchant m WHERE m.id = ANY($1)
           AND EXISTS (SELECT FROM core_merchant_platform p WHERE p.merchant_id = m.id AND p.platform_id = $2)`,
        [[...new Set(ids)], ctx.platform.id],
      ),
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Sums of what the provider issued, credit notes taken away, per currency. */
  async invoiced(
    ctx: TenantContext,
    { q = '', from, to }: InvoicedFilter,
  ): Promise<readonly InvoicedTotal[]> {
    const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    return this.#database.directory(ctx, ({ tx }) =>
      tx.query<InvoicedTotal & object>(
        `SELECT i.currency, ${signed('net_minor')} AS "netMinor", ${signed('vat_minor')} AS "vatMinor", ${signed('gross_minor')} AS "grossMinor",
           coalesce(sum(i.gross_minor) FILTER (WHERE i.kind = 'invoice' AND i.status = 'finalised'), 0)::bigint AS "openMinor"
         FROM billing_invoice i
         WHERE i.issuer = 'provider' AND i.platform_id = $1 AND i.status <> 'draft'
           AND ($2::date IS NULL OR i.issued_on >= $2) AND ($3::date IS NULL OR i.issued_on <= $3)
           AND ($4::text IS NULL OR i.number_text ILIKE $4 OR i.reference ILIKE $4 OR i.buyer->>'name' ILIKE $4)
         GROUP BY i.currency ORDER BY i.currency`,
        [ctx.platform.id, from ?? null, to ?? null, pattern],
      ),
    );
  }

  /** How many webhook events have which status. */
  async webhookCounts(ctx: TenantContext): Promise<Readonly<Record<WebhookStatus, number>>> {
    const rows = await this.#database.unit(ctx, ({ tx }) =>
      tx.query<{ status: WebhookStatus; count: number }>(
        'SELECT status, count(*)::int AS count FROM billing_webhook_event WHERE platform_id = $1 GROUP BY status',
        [ctx.platform.id],
      ),
    );
    const counts = new Map(rows.map(({ status, count }) => [status, count]));
    return Object.fromEntries(WEBHOOK_STATUSES.map((status) => [status, counts.get(status) ?? 0])) as Record<
      WebhookStatus,
      number
    >;
  }

  /** Ids of events whose attempts are all used up, oldest first. */
  async deadEvents(ctx: TenantContext): Promise<readonly string[]> {
    const rows = await this.#database.unit(ctx, ({ tx }) =>
      tx.query<{ id: string }>(
        "SELECT id FROM billing_webhook_event WHERE platform_id = $1 AND status = 'dead' ORDER BY received_at, id LIMIT 500",
        [ctx.platform.id],
      ),
    );
    return rows.map(({ id }) => id);
  }
}

/** Credit notes take away. */
const signed = (column: string): string =>
  `sum(CASE i.kind WHEN 'credit_note' THEN -i.${column} ELSE i.${column} END)::bigint`;
