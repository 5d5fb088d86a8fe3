import type { Database, TenantContext } from '@wizamart/core';
import type { Issuer } from '../models/InvoiceRow.js';
import { amountText } from '../cii/amounts.js';
import { inEuro } from '../Treatments.js';

/** One line of a return: sales to one member state at one rate. */
export interface OssRow {
  /** Zone whose VAT it is: a member state, or XI. */
  readonly country: string;
  readonly supply: 'goods' | 'services';
  readonly percent: string;
  /** In euro cents. */
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly documents: number;
  /** Quarter that is corrected, e.g. `2026-Q1`, where credit notes take back earlier sales; null: sales of the quarter. */
  readonly corrects: string | null;
}

export interface OssReport {
  readonly quarter: string;
  readonly from: string;
  /** First day that does not belong to it. */
  readonly until: string;
  readonly rows: readonly OssRow[];
  readonly vatMinor: number;
}

interface Sold {
  readonly [key: string]: unknown;
  readonly id: string;
  readonly kind: 'invoice' | 'credit_note';
  readonly zone: string;
  readonly supply: string;
  readonly percent: string;
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly exchangeRate: string | null;
  readonly creditedOn: string | null;
}

const SALES = `
select i.id, i.kind, d.decision->>'rateZone' as zone, i.supply, g.percent, g."netMinor", g."vatMinor",
  i.exchange_rate as "exchangeRate", o.issued_on as "creditedOn"
from billing_invoice i
join billing_vat_decision d on d.merchant_id = i.merchant_id and d.id = i.decision_id
left join billing_invoice o on o.merchant_id = i.merchant_id and o.id = i.credits_id
cross join lateral jsonb_to_recordset(i.vat_groups) as g(percent text, "netMinor" bigint, "vatMinor" bigint)
where i.treatment = 'oss' and i.status <> 'draft' and i.issued_on >= $1 and i.issued_on < $2`;

/** What a seller declares under the One Stop Shop: VAT of other member states, by country, rate and quarter. */
export class OssReports {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  /** The merchant's own sales, in all its stores. @param quarter `2026-Q1` */
  async ofMerchant(ctx: TenantContext, quarter: string): Promise<OssReport> {
    const { from, until } = daysOf(quarter);
    const sold = await this.#database.unit(ctx, ({ tx }) =>
      tx.query<Sold>(`${SALES} and i.issuer = 'merchant' and i.merchant_id = $3`, [
        from,
        until,
        ctx.merchant?.id,
      ]),
    );
    return reportOf(quarter, sold);
  }

  /** What the provider sold on the platform; for its administrators. */
  async ofProvider(ctx: TenantContext, quarter: string): Promise<OssReport> {
    const { from, until } = daysOf(quarter);
    const sold = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<Sold>(`${SALES} and i.issuer = 'provider' and i.platform_id = $3`, [
        from,
        until,
        ctx.platform.id,
      ]),
    );
    return reportOf(quarter, sold);
  }

  of(ctx: TenantContext, issuer: Issuer, quarter: string): Promise<OssReport> {
    return issuer === 'merchant' ? this.ofMerchant(ctx, quarter) : this.ofProvider(ctx, quarter);
  }
}

/** The report as a table for spreadsheets. */
export function ossCsv({ quarter, rows }: OssReport): string {
  const head = ['quarter', 'country', 'supply', 'rate', 'net', 'vat', 'currency', 'documents', 'corrects'];
  const lines = rows.map((row) => [
    quarter,
    row.country,
    row.supply,
    row.percent,
    amountText(row.netMinor),
    amountText(row.vatMinor),
    'EUR',
    String(row.documents),
    row.corrects ?? '',
  ]);
  return `\uFEFF${[head, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function reportOf(quarter: string, sold: readonly Sold[]): OssReport {
  const rows = new Map<string, OssRow & { ids: Set<string> }>();
  for (const sale of sold) {
    const creditedIn = sale.kind === 'credit_note' && sale.creditedOn ? quarterOf(sale.creditedOn) : quarter;
    const corrects = creditedIn === quarter ? null : creditedIn;
    const supply = sale.supply === 'goods' ? 'goods' : 'services';
    const key = [sale.zone, supply, sale.percent, corrects].join(' ');
    const row = rows.get(key) ?? {
      ...{ country: sale.zone, supply, percent: sale.percent, corrects },
      ...{ netMinor: 0, vatMinor: 0, documents: 0, ids: new Set<string>() },
    };
    const sign = sale.kind === 'credit_note' ? -1 : 1;
    const ids = row.ids.add(sale.id);
    rows.set(key, {
      ...row,
      supply,
      netMinor: row.netMinor + sign * inEuro(sale.netMinor, sale.exchangeRate),
      vatMinor: row.vatMinor + sign * inEuro(sale.vatMinor, sale.exchangeRate),
      documents: ids.size,
      ids,
    });
  }
  const sorted = [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ids: _ids, ...row }]) => row);
  return {
    quarter,
    ...daysOf(quarter),
    rows: sorted,
    vatMinor: sorted.reduce((sum, { vatMinor }) => sum + vatMinor, 0),
  };
}

function daysOf(quarter: string): { readonly from: string; readonly until: string } {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  const first = (of: number, y: number): string => `${y}-${String(of * 3 - 2).padStart(2, '0')}-01`;
  return { from: first(number, year), until: number === 4 ? first(1, year + 1) : first(number + 1, year) };
}

const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
