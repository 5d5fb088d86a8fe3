import type { Database, TenantContext } from '@wizamart/core';
import { luxembourgDay } from '../luxembourgDay.js';
import type { Issuer } from '../models/InvoiceRow.js';
import { placeOf } from '../sellers/issuerPlace.js';
import { numberText } from './numberText.js';

/** What the next document of each series would be called, if nobody is faster. */
export async function nextNumbers(
  { database }: { readonly database: Database },
  ctx: TenantContext,
  issuer: Issuer,
  series: readonly string[],
): Promise<readonly string[]> {
  const { counters, ownerColumn, ownerId } = placeOf(issuer);
  const year = Number(luxembourgDay(ctx.now).slice(0, 4));
  const rows = await database.unit(ctx, ({ tx }) =>
    tx.query<{ series: string; last: number }>(
      `select series, last_number as last from ${counters} where ${ownerColumn} = $1 and year = $2 and series = any($3)`,
      [ownerId(ctx), year, series],
    ),
  );
  const last = new Map(rows.map((row) => [row.series, row.last]));
  return series.map((one) => numberText(one, year, (last.get(one) ?? 0) + 1));
}
