import { RATE_ROWS, type RateRow } from './data/rates.js';
import { RateUnknown } from './errors.js';
import { TAX_CLASSES, type TaxClass } from './types.js';

/** A rate in force: `percent` is a decimal such as `5.5`. */
export interface Rate {
  readonly percent: string;
  readonly row: RateRow;
}

const byZone = RATE_ROWS.reduce(
  (map, row) => map.set(row.zone, [...(map.get(row.zone) ?? []), row]),
  new Map<string, RateRow[]>(),
);

/**
 * The rate of a class in a zone on a day. Where the zone has no such class the next higher one counts, never a lower one.
 *
 * @throws {RateUnknown} for a zone or a day that the table does not know
 */
export function rateAt(zone: string, taxClass: TaxClass, on: string): Rate {
  for (let index = TAX_CLASSES.indexOf(taxClass); index >= 0; index--) {
    const row = inForce(zone, TAX_CLASSES[index] as TaxClass, on);
    if (row?.rate) return { percent: row.rate, row };
  }
  throw new RateUnknown({ zone, on });
}

/** The classes that a zone has on a day, with their rates. */
export function ratesOf(
  zone: string,
  on: string,
): { readonly taxClass: TaxClass; readonly percent: string }[] {
  return TAX_CLASSES.flatMap((taxClass) => {
    const rate = inForce(zone, taxClass, on)?.rate;
    return rate ? [{ taxClass, percent: rate }] : [];
  });
}

function inForce(zone: string, taxClass: TaxClass, on: string): RateRow | undefined {
  const rows = (byZone.get(zone) ?? []).filter((row) => row.taxClass === taxClass && row.from <= on);
  return rows.reduce<RateRow | undefined>(
    (last, row) => (last && last.from > row.from ? last : row),
    undefined,
  );
}
