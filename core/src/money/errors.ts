import { defineError } from '../errors/defineError.js';

export const UnsupportedCurrency = defineError<{
  currency: string;
  reason: 'unknown' | 'without minor units';
}>({
  code: 'UNSUPPORTED_CURRENCY',
  status: 422,
  message: (d) =>
    d.reason === 'unknown'
      ? `'${d.currency}' is no currency code. Use an ISO 4217 code in upper case, for example EUR.`
      : `The currency '${d.currency}' has no minor units; amounts in it are not supported. Use one with cents, for example EUR.`,
});

export const CurrencyMismatch = defineError<{ expected: string; actual: string }>({
  code: 'CURRENCY_MISMATCH',
  status: 422,
  message: (d) => `An amount in ${d.actual} cannot be reckoned with one in ${d.expected}. Convert it first.`,
});
