const EU = new Set(
  'AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' '),
);

/** Stripe's name for the kind of a VAT id; null where Stripe need not know it. */
export function taxIdTypeOf(vatId: string, country: string): 'eu_vat' | 'gb_vat' | null {
  const prefix = vatId.slice(0, 2).toUpperCase();
  if (EU.has(prefix)) return 'eu_vat';
  return prefix === 'GB' || country === 'GB' ? 'gb_vat' : null;
}
