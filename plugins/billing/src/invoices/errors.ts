import { defineError } from '@wizamart/core';

export const InvoiceNotFound = defineError<{ invoice: string }>({
  code: 'BILLING_INVOICE_NOT_FOUND',
  status: 404,
  message: (d) => `There is no invoice '${d.invoice}'.`,
});

export const InvoiceNotDraft = defineError<{ number: string }>({
  code: 'BILLING_INVOICE_NOT_DRAFT',
  status: 409,
  message: (d) => `The invoice ${d.number} is finalised: it never changes. Issue a credit note instead.`,
});

export const InvoiceIsDraft = defineError({
  code: 'BILLING_INVOICE_IS_DRAFT',
  status: 409,
  message: 'The invoice is a draft: finalise it first.',
});

/** Somebody else changed the draft in the meantime. */
export const InvoiceChanged = defineError({
  code: 'BILLING_INVOICE_CHANGED',
  status: 409,
  message: 'Somebody else changed the draft in the meantime. Load it again.',
});

export const InvoiceNotPayable = defineError<{ status: string }>({
  code: 'BILLING_INVOICE_NOT_PAYABLE',
  status: 409,
  message: (d) => `An invoice that is ${d.status} cannot be marked as paid.`,
});

export const InvoiceReferenceTaken = defineError<{ reference: string }>({
  code: 'BILLING_INVOICE_REFERENCE_TAKEN',
  status: 409,
  message: (d) => `There is an invoice for '${d.reference}' already.`,
  errors: () => [{ path: 'reference', message: 'There is an invoice for this reference already.' }],
});

export const SellerNotSetUp = defineError({
  code: 'BILLING_SELLER_NOT_SET_UP',
  status: 409,
  message: 'Fill in the invoicing settings first: legal entity, address and VAT id.',
});

/** Two platforms of one legal entity would number invoices alike. */
export const SeriesTaken = defineError<{ field: 'series' | 'creditSeries'; series: string }>({
  code: 'BILLING_SERIES_TAKEN',
  status: 409,
  message: (d) =>
    `This legal entity numbers invoices of another platform in the series '${d.series}': use another one.`,
  errors: (d) => [{ path: d.field, message: 'Another platform of this legal entity uses this series.' }],
});

export const SellerVatIdNeeded = defineError({
  code: 'BILLING_SELLER_VAT_ID_NEEDED',
  status: 409,
  message: 'This sale is without VAT only for a seller with a VAT id: add it to the invoicing settings.',
});

export const CreditOfCredit = defineError({
  code: 'BILLING_CREDIT_OF_CREDIT',
  status: 409,
  message: 'A credit note cannot be credited. Issue a new invoice instead.',
});

export const CreditAboveInvoice = defineError<{ line: number | null; leftMinor: number }>({
  code: 'BILLING_CREDIT_ABOVE_INVOICE',
  status: 422,
  message: (d) =>
    d.line === null
      ? 'Nothing is left of this invoice to credit.'
      : `Line ${d.line} can be credited up to ${d.leftMinor} minor units, which is what is left of it.`,
  errors: (d) => [
    { path: 'lines', message: d.line === null ? 'Nothing is left.' : `Line ${d.line}: too much.` },
  ],
});

export const CurrencyNotInvoiced = defineError<{ currency: string }>({
  code: 'BILLING_CURRENCY_NOT_INVOICED',
  status: 422,
  message: (d) => `Invoices cannot be in ${d.currency}: a currency needs exactly two decimals.`,
  errors: () => [{ path: 'currency', message: 'Use a currency with two decimals, for example EUR.' }],
});

/** What Stripe took is not what we reckon: somebody has to look. */
export const ProviderInvoiceDiffers = defineError<{
  reference: string;
  expectedMinor: number;
  reckonedMinor: number;
}>({
  code: 'BILLING_PROVIDER_INVOICE_DIFFERS',
  status: 409,
  message: (d) =>
    `'${d.reference}' was charged with ${d.expectedMinor}, but with VAT it comes to ${d.reckonedMinor} minor units. Nothing was issued.`,
});

export const LogoRefused = defineError({
  code: 'BILLING_LOGO_REFUSED',
  status: 422,
  message: 'A logo is a PNG or JPEG picture of at most 500 kB.',
  errors: () => [{ path: 'logo', message: 'Use a PNG or JPEG picture of at most 500 kB.' }],
});
