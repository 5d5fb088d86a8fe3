import { rateAt } from '../vat/rateAt.js';
import type { VatDecision } from '../vat/types.js';
import type { Draft } from './invoiceInput.js';
import type { InvoiceLine } from './models/InvoiceRow.js';
import { type InvoiceSums, sumInvoice } from './sums.js';

/** The lines of a draft with their rates, and the sums of all. */
export interface TaxedDraft {
  readonly lines: readonly InvoiceLine[];
  readonly sums: InvoiceSums;
}

type Taxable = Pick<Draft, 'priceMode' | 'allowanceMinor' | 'supplyOn'> & {
  readonly lines: readonly Pick<
    InvoiceLine,
    'description' | 'quantity' | 'unit' | 'unitPriceMinor' | 'discountMinor' | 'taxClass'
  >[];
};

/** Puts the rates of a decision on the lines of a draft. */
export function taxDraft(
  draft: Taxable,
  { category, rateZone }: Pick<VatDecision, 'category' | 'rateZone'>,
): TaxedDraft {
  const lines = draft.lines.map((line) => ({
    ...line,
    category,
    percent: rateZone === null ? '0' : rateAt(rateZone, line.taxClass, draft.supplyOn).percent,
  }));
  const sums = sumInvoice(lines, draft.priceMode, draft.allowanceMinor);
  return {
    lines: lines.map((line, index) => ({
      ...line,
      ...(sums.lines[index] as { amountMinor: number; netMinor: number }),
    })),
    sums,
  };
}
