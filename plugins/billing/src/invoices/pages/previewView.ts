import { DomainError, type FieldError, type RouteContext, type Words } from '@wizamart/core';
import type { InvoicePreview } from '../Invoices.js';
import { decimalIn } from '../pdf/formats.js';
import { type DraftForm, toDraft, toSketch, withoutBlanks } from './draftForm.js';
import type { InvoicePageParts } from './parts.js';
import { amountOf, wordsFor } from './wording.js';

/** What a draft comes to, beside its form. */
export interface PreviewView {
  readonly sums: readonly { readonly label: string; readonly text: string }[];
  /** How the sale is taxed, and why. */
  readonly treatment: string;
  readonly mentions: readonly string[];
  /** What VIES says of the buyer's VAT id; null where it does not matter. */
  readonly vies: { readonly kind: string; readonly text: string } | null;
}

/** Null while there is nothing to reckon with. May ask VIES. */
export async function previewOf(
  parts: InvoicePageParts,
  ctx: RouteContext,
  form: DraftForm,
): Promise<PreviewView | null> {
  const errors: FieldError[] = [];
  const draft = toSketch(toDraft(withoutBlanks(form), errors, ''));
  if (errors.length > 0) return null;
  try {
    return viewOf(wordsFor(parts, ctx), ctx, await parts.invoices.preview(ctx, 'merchant', draft));
  } catch (error) {
    // Not all of it can be read yet; saving says what and where.
    if (error instanceof DomainError && error.status < 500) return null;
    throw error;
  }
}

function viewOf(t: Words, ctx: RouteContext, { draft, decision, check, sums }: InvoicePreview): PreviewView {
  const money = (amountMinor: number): string => amountOf(ctx.language, amountMinor, draft.currency);
  return {
    sums: [
      ...sums.groups.map(({ category, percent, netMinor, vatMinor }) => ({
        label:
          category === 'S'
            ? t('billing.invoices.vatOn', {
                percent: decimalIn(percent, ctx.language),
                net: money(netMinor),
              })
            : t(`billing.document.category.${category}`),
        text: money(vatMinor),
      })),
      { label: t('billing.document.net'), text: money(sums.netMinor) },
      { label: t('billing.document.vat'), text: money(sums.vatMinor) },
      { label: t('billing.document.gross'), text: money(sums.grossMinor) },
    ],
    treatment: t(`billing.invoices.treatment.${decision.treatment}`),
    mentions: decision.mentions.map((mention) => t(`billing.vat.mention.${mention}`)),
    vies: check && {
      kind: { valid: 'success', invalid: 'error', unknown: 'warning' }[check.status],
      text: t(`billing.invoices.viesSays.${check.status}`, {
        vatId: check.vatId,
        name: check.answer.name ?? '–',
      }),
    },
  };
}
