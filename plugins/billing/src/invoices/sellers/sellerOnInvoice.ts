import type { Language } from '@wizamart/core';
import type { InvoiceSeller } from '../models/InvoiceRow.js';
import type { Seller } from './sellerInput.js';

/** What an invoice in a language says of its seller; texts fall back on English. */
export function sellerOnInvoice(seller: Seller, language: Language): InvoiceSeller {
  const { legalName, address, vatId, taxNumber, registration, email, phone, bank, terms, footer } = seller;
  return {
    legalName,
    address,
    vatId,
    taxNumber,
    registration,
    email,
    phone,
    bank,
    terms: terms[language] || terms.en,
    footer: footer[language] || footer.en,
  };
}
