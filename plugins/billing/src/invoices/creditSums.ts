import { magnitude, type PriceMode, taxed, whole } from './sums.js';

/** What is left of one rate of an invoice: in the price mode, and as net and VAT. All in the direction of the invoice. */
export interface GroupLeft {
  readonly category: string;
  readonly percent: string;
  readonly amountMinor: number;
  readonly netMinor: number;
  readonly vatMinor: number;
}

export type GroupCredit = GroupLeft;

/**
 * What a credit of an amount takes from one rate: VAT by the same rule as the invoice, never more than is left; a credit
 * of all that is left takes exactly that, so that invoice and credits end at nothing.
 *
 * @param amountMinor in the price mode, between 0 and what is left, in the direction of the invoice
 */
export function creditGroup(left: GroupLeft, amountMinor: number, mode: PriceMode): GroupCredit {
  const { category, percent } = left;
  if (amountMinor === left.amountMinor) return left;
  const amount = BigInt(amountMinor);
  if (mode === 'net') {
    const vat = smaller(taxed(amount, percent, mode).vat, BigInt(left.vatMinor));
    return { category, percent, amountMinor, netMinor: amountMinor, vatMinor: whole(vat) };
  }
  const leastVat = amount - BigInt(left.netMinor);
  const wanted = smaller(taxed(amount, percent, mode).vat, BigInt(left.vatMinor));
  // More net than is left would be credited: the rest is VAT.
  const vat = magnitude(amount - wanted) > magnitude(BigInt(left.netMinor)) ? leastVat : wanted;
  return { category, percent, amountMinor, netMinor: whole(amount - vat), vatMinor: whole(vat) };
}

const smaller = (a: bigint, b: bigint): bigint => (magnitude(a) <= magnitude(b) ? a : b);
