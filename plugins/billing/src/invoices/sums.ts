/** Exact sums of invoices: whole cents in BigInt, rates as decimals; nothing here is ever a float. */

export type PriceMode = 'net' | 'gross';

/** A line as it is typed: amounts in the price mode of the invoice. */
export interface LineAmounts {
  /** Decimal with up to 6 places; below 0 takes back. */
  readonly quantity: string;
  /** For one, not below 0. */
  readonly unitPriceMinor: number;
  /** Taken off the line, in its direction; not below 0. */
  readonly discountMinor: number;
  /** EN 16931 category and rate, e.g. `S` and `17`. */
  readonly category: string;
  readonly percent: string;
}

export interface LineSums {
  /** In the price mode: quantity × price − discount. */
  readonly amountMinor: number;
  readonly netMinor: number;
}

/** One row of the VAT breakdown. */
export interface VatGroup {
  readonly category: string;
  readonly percent: string;
  /** What the lines of the group come to in the price mode, after the allowance. */
  readonly amountMinor: number;
  /** Part of the allowance on the whole invoice, without VAT; not below 0. */
  readonly allowanceNetMinor: number;
  readonly netMinor: number;
  readonly vatMinor: number;
}

export interface InvoiceSums {
  readonly lines: readonly LineSums[];
  readonly groups: readonly VatGroup[];
  /** Of the lines, before the allowance. */
  readonly lineNetMinor: number;
  readonly allowanceNetMinor: number;
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly grossMinor: number;
}

/**
 * Sums an invoice: VAT of a rate = base × rate, half up to the cent; net + VAT = gross.
 *
 * With prices shown with VAT the gross is what the customer saw; its base is the exact gross × 100 / (100 + rate), which is not
 * always whole cents, so VAT is rounded once and the net is what remains.
 *
 * @param allowanceMinor taken off the whole, in the price mode; shared out among the rates by their size
 */
export function sumInvoice(lines: readonly LineAmounts[], mode: PriceMode, allowanceMinor = 0): InvoiceSums {
  const amounts = lines.map(lineAmount);
  const keys = [...new Set(lines.map(groupKey))];
  const totals = keys.map((key) =>
    total(amounts.filter((_amount, index) => groupKey(lines[index] as LineAmounts) === key)),
  );
  const allowances = shareOut(BigInt(allowanceMinor), totals);
  const lineNets: bigint[] = amounts.map(() => 0n);
  const groups = keys.map((key, at) => {
    const members = lines.flatMap((line, index) => (groupKey(line) === key ? [index] : []));
    const { category, percent } = lines[members[0] as number] as LineAmounts;
    const before = taxed(totals[at] as bigint, percent, mode);
    const amount = (totals[at] as bigint) - (allowances[at] as bigint);
    const { net, vat } = taxed(amount, percent, mode);
    fillNets(lineNets, members, amounts, before.net, percent, mode);
    return {
      category,
      percent,
      amountMinor: whole(amount),
      allowanceNetMinor: whole(before.net - net),
      netMinor: whole(net),
      vatMinor: whole(vat),
    };
  });
  const lineNet = total(lineNets);
  const net = groups.reduce((sum, { netMinor }) => sum + BigInt(netMinor), 0n);
  const vat = groups.reduce((sum, { vatMinor }) => sum + BigInt(vatMinor), 0n);
  return {
    lines: amounts.map((amount, index) => ({
      amountMinor: whole(amount),
      netMinor: whole(lineNets[index] as bigint),
    })),
    groups,
    lineNetMinor: whole(lineNet),
    allowanceNetMinor: whole(lineNet - net),
    netMinor: whole(net),
    vatMinor: whole(vat),
    grossMinor: whole(net + vat),
  };
}

/** Net and VAT of what the lines of one rate come to in the price mode. */
export function taxed(
  amount: bigint,
  percent: string,
  mode: PriceMode,
): { readonly net: bigint; readonly vat: bigint } {
  const { value, scale } = readDecimal(percent);
  const hundred = 100n * scale;
  if (mode === 'net') return { net: amount, vat: halfUp(amount * value, hundred) };
  const vat = halfUp(amount * value, hundred + value);
  return { net: amount - vat, vat };
}

/** Divides, and rounds halves away from zero. */
export function halfUp(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n;
  return (sign * (sign * dividend * 2n + divisor)) / (divisor * 2n);
}

/** Shares an amount out by the size of parts, to the last cent; parts of nothing or below get nothing. */
function shareOut(amount: bigint, sizes: readonly bigint[]): bigint[] {
  const weights = sizes.map((size) => (size > 0n ? size : 0n));
  const sum = total(weights);
  if (amount === 0n || sum === 0n) return sizes.map(() => 0n);
  const shares = weights.map((weight) => (amount * weight) / sum);
  let left = amount - total(shares);
  const byLoss = weights
    .map((weight, index) => ({ index, lost: (amount * weight) % sum }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost < b.lost ? 1 : -1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    shares[index] = (shares[index] as bigint) + 1n;
    left -= 1n;
  }
  return shares;
}

function lineAmount({ quantity, unitPriceMinor, discountMinor }: LineAmounts): bigint {
  const { value, scale } = readDecimal(quantity);
  const before = halfUp(value * BigInt(unitPriceMinor), scale);
  return before < 0n ? before + BigInt(discountMinor) : before - BigInt(discountMinor);
}

/** Nets of the lines of one rate that add up to the net of the rate: what rounding leaves goes to the largest line. */
function fillNets(
  nets: bigint[],
  members: readonly number[],
  amounts: readonly bigint[],
  groupNet: bigint,
  percent: string,
  mode: PriceMode,
): void {
  for (const index of members) nets[index] = taxed(amounts[index] as bigint, percent, mode).net;
  const left = groupNet - members.reduce((sum, index) => sum + (nets[index] as bigint), 0n);
  const size = (index: number): bigint => magnitude(amounts[index] as bigint);
  const largest = members.reduce(
    (best, index) => (size(index) > size(best) ? index : best),
    members[0] as number,
  );
  nets[largest] = (nets[largest] as bigint) + left;
}

const groupKey = ({ category, percent }: Pick<LineAmounts, 'category' | 'percent'>): string =>
  `${category} ${percent}`;
const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
export const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

export function readDecimal(text: string): { readonly value: bigint; readonly scale: bigint } {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new RangeError(`'${text}' is no decimal number such as 1.5`);
  const [, sign = '', integer = '', fraction = ''] = match;
  return { value: BigInt(`${sign}${integer}${fraction}`), scale: 10n ** BigInt(fraction.length) };
}

export function whole(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`the amount ${value} is too large`);
  return number;
}
