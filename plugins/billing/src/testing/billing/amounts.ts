import type { InvoiceLine, Price, SubscriptionItem, TaxRate } from '../state/kinds.js';
import type { World } from '../state/World.js';

/** Half up on the size, so that a credit is exactly what was charged for the same seconds. */
export const share = (amount: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Math.sign(amount) * Math.round((Math.abs(amount) * part) / whole);

export const amountOf = ({ price, quantity }: Pick<SubscriptionItem, 'price' | 'quantity'>): number =>
  (price.unit_amount ?? 0) * (quantity ?? 1);

export function productName(world: World, price: Price): string {
  return world.find('product', price.product as string)?.name ?? 'Product';
}

/** Tax of a line by the rates of its subscription; exempt customers and reverse charge pay none. */
export function taxesOf(
  amount: number,
  rates: readonly TaxRate[],
  exempt: string,
): NonNullable<InvoiceLine['taxes']> {
  return rates.map((rate) => ({
    amount: exempt === 'none' ? taxAmount(amount, rate) : 0,
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason:
      exempt === 'reverse' ? 'reverse_charge' : exempt === 'exempt' ? 'customer_exempt' : 'standard_rated',
    taxable_amount: amount,
    type: 'tax_rate_details',
  }));
}

/** In whole numbers: a rate has at most four decimals. */
function taxAmount(amount: number, { percentage, inclusive }: TaxRate): number {
  const rate = BigInt(Math.round(percentage * 10_000));
  const size = BigInt(Math.abs(amount));
  const whole = 1_000_000n;
  const [numerator, denominator] = inclusive ? [size * rate, whole + rate] : [size * rate, whole];
  return Math.sign(amount) * Number((numerator * 2n + denominator) / (denominator * 2n));
}
