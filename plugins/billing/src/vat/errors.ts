import { defineError } from '@wizamart/core';

export const RateUnknown = defineError<{ zone: string; on: string }>({
  code: 'BILLING_VAT_RATE_UNKNOWN',
  status: 422,
  message: (d) => `No VAT rate of ${d.zone} is known for ${d.on}. Choose a day of supply from 2019 on.`,
  errors: (d) => [{ path: 'supplyOn', message: `No VAT rate of ${d.zone} is known for this day.` }],
});

export const SellerOutsideVatArea = defineError<{ country: string }>({
  code: 'BILLING_SELLER_OUTSIDE_VAT_AREA',
  status: 422,
  message: (d) =>
    `A seller in ${d.country} is outside the VAT area of the European Union: its sales cannot be invoiced here.`,
  errors: () => [
    { path: 'address.country', message: 'Invoices are for sellers inside the VAT area of the EU.' },
  ],
});

export const VatIdInvalid = defineError<{ vatId: string; path?: string }>({
  code: 'BILLING_VAT_ID_INVALID',
  status: 422,
  message: (d) => `'${d.vatId}' is not a VAT identification number: check its letters and digits.`,
  errors: (d) => [{ path: d.path ?? 'vatId', message: 'This is not a VAT identification number.' }],
});

/** VIES, or the member state behind it, does not answer; what waits for it is tried again. */
export const ViesUnavailable = defineError<{ code: string }>({
  code: 'BILLING_VIES_UNAVAILABLE',
  status: 503,
  message: (d) => `VIES does not answer (${d.code}): VAT ids cannot be checked right now. Try again later.`,
  retryAfterSeconds: 600,
});
