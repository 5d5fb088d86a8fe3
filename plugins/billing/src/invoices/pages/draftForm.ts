import { type FieldError, z } from '@wizamart/core';
import { normaliseVatId } from '../../vat/vatId.js';
import type { DraftInput } from '../invoiceInput.js';
import type { InvoiceRow } from '../models/InvoiceRow.js';
import { amountField, readAmount } from './readAmount.js';

const typed = z.string().max(3_000).default('');
const lineForm = z.strictObject({
  description: typed,
  quantity: typed,
  unit: typed,
  unitPriceMinor: typed,
  discountMinor: typed,
  taxClass: typed,
});
export type LineForm = z.output<typeof lineForm>;

/** The form of a draft, as browsers send it; names are those of the draft, so that errors find their fields. */
export const draftForm = z.object({
  /** `save`, `preview`, `add` or `remove:N`. */
  do: z
    .string()
    .regex(/^(save|preview|add|remove:\d{1,3})$/)
    .default('save'),
  buyer: z
    .strictObject({
      name: typed,
      address: z
        .strictObject({ line1: typed, line2: typed, postalCode: typed, city: typed, country: typed })
        .prefault({}),
      isBusiness: z.literal('true').optional(),
      vatId: typed,
      email: typed,
    })
    .prefault({}),
  supply: typed,
  supplyOn: typed,
  dueOn: typed,
  language: typed,
  currency: typed,
  exchangeRate: typed,
  priceMode: typed,
  allowanceMinor: typed,
  allowanceReason: typed,
  reference: typed,
  note: typed,
  lines: z.array(lineForm).max(200).default([]),
});
export type DraftForm = z.output<typeof draftForm>;

export const EMPTY_LINE: LineForm = {
  description: '',
  quantity: '1',
  unit: 'C62',
  unitPriceMinor: '',
  discountMinor: '',
  taxClass: 'standard',
};

const isBlank = ({ description, unitPriceMinor }: LineForm): boolean =>
  description.trim() === '' && unitPriceMinor.trim() === '';

/** The form without lines that nothing was typed into; one stays. */
export function withoutBlanks(form: DraftForm): DraftForm {
  const lines = form.lines.filter((line) => !isBlank(line));
  return { ...form, lines: lines.length > 0 ? lines : [EMPTY_LINE] };
}

/** What the form means, not checked yet; amounts that cannot be read are told in `errors`. */
export function toDraft(form: DraftForm, errors: FieldError[], unreadable: string): DraftInput {
  const { do: _do, buyer, lines, ...rest } = form;
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...rest,
    supply: rest.supply as DraftInput['supply'],
    language: rest.language as DraftInput['language'],
    priceMode: rest.priceMode as 'net' | 'gross',
    currency: rest.currency.trim().toUpperCase() || 'EUR',
    buyer: {
      name: buyer.name,
      address: buyer.address,
      isBusiness: buyer.isBusiness === 'true',
      // People leave it there when they untick the box.
      vatId: buyer.isBusiness === 'true' ? orNull(buyer.vatId) : null,
      email: orNull(buyer.email),
    },
    dueOn: orNull(rest.dueOn),
    exchangeRate: orNull(rest.exchangeRate)?.replace(',', '.') ?? null,
    allowanceMinor: readAmount(rest.allowanceMinor, 'allowanceMinor', errors, unreadable),
    allowanceReason: orNull(rest.allowanceReason),
    reference: orNull(rest.reference),
    lines: lines.map((line, index) => ({
      description: line.description,
      quantity: line.quantity.trim().replace(',', '.') || '1',
      unit: line.unit || 'C62',
      unitPriceMinor: readAmount(line.unitPriceMinor, `lines.${index}.unitPriceMinor`, errors, unreadable),
      discountMinor: readAmount(line.discountMinor, `lines.${index}.discountMinor`, errors, unreadable),
      taxClass: line.taxClass as 'standard',
    })),
  };
}

/** The same with stand-ins for what is not typed yet, so that sums can be seen before all is there. */
export function toSketch(draft: DraftInput): DraftInput {
  const { buyer } = draft;
  return {
    ...draft,
    buyer: {
      ...buyer,
      name: buyer.name || '-',
      email: null,
      address: {
        ...buyer.address,
        line1: buyer.address.line1 || '-',
        city: buyer.address.city || '-',
      },
      vatId: buyer.vatId ? normaliseVatId(buyer.vatId) : null,
    },
    reference: null,
    allowanceReason: draft.allowanceReason ?? '-',
    lines: draft.lines.map((line) => ({ ...line, description: line.description || '-' })),
  };
}

/** A draft as the form shows it. */
export function fromDraft(row: InvoiceRow): DraftForm {
  const { buyer } = row;
  const amount = (amountMinor: number): string => (amountMinor === 0 ? '' : amountField(amountMinor));
  return {
    do: 'save',
    buyer: {
      name: buyer.name,
      address: { ...buyer.address },
      ...(buyer.isBusiness ? { isBusiness: 'true' as const } : {}),
      vatId: buyer.vatId ?? '',
      email: buyer.email ?? '',
    },
    supply: row.supply,
    supplyOn: row.supplyOn,
    dueOn: row.dueOn ?? '',
    language: row.language,
    currency: row.currency,
    exchangeRate: row.exchangeRate ?? '',
    priceMode: row.priceMode,
    allowanceMinor: amount(row.allowanceMinor),
    allowanceReason: row.allowanceReason ?? '',
    reference: row.reference ?? '',
    note: row.note,
    lines: row.lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unitPriceMinor: amountField(line.unitPriceMinor),
      discountMinor: amount(line.discountMinor),
      taxClass: line.taxClass,
    })),
  };
}
