import type { GroupLeft } from './creditSums.js';
import type { InvoiceRow } from './models/InvoiceRow.js';

/** What is left of an invoice after its credit notes. */
export interface Remains {
  /** Of each line, in the price mode. */
  readonly lines: readonly number[];
  /** Of each rate, as in the invoice. */
  readonly groups: readonly (GroupLeft & { readonly allowanceNetMinor: number })[];
  /** Whether there is a credit note already. */
  readonly isCredited: boolean;
}

type Sums = Pick<InvoiceRow, 'lines' | 'vatGroups'>;

/** Takes the credit notes of an invoice off it. */
export function remainsOf(invoice: Sums, credits: readonly Sums[]): Remains {
  const lines = invoice.lines.map(
    ({ amountMinor }, index) =>
      amountMinor -
      sum(
        credits.flatMap((credit) => credit.lines.filter(({ creditsLine }) => creditsLine === index + 1)),
        'amountMinor',
      ),
  );
  const groups = invoice.vatGroups.map((group) => {
    const taken = credits.flatMap(({ vatGroups }) =>
      vatGroups.filter(({ category, percent }) => category === group.category && percent === group.percent),
    );
    return {
      ...group,
      amountMinor: group.amountMinor - sum(taken, 'amountMinor'),
      netMinor: group.netMinor - sum(taken, 'netMinor'),
      vatMinor: group.vatMinor - sum(taken, 'vatMinor'),
      allowanceNetMinor: group.allowanceNetMinor - sum(taken, 'allowanceNetMinor'),
    };
  });
  return { lines, groups, isCredited: credits.length > 0 };
}

function sum<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
