import {
  defineRoute,
  type FieldError,
  flash,
  type FormProblem,
  InvalidInput,
  orForm,
  redirect,
  refused,
  type RouteContext,
  type RouteDefinition,
  type View,
  z,
} from '@wizamart/core';
import type { DraftInput } from '../invoiceInput.js';
import { luxembourgDay } from '../luxembourgDay.js';
import type { InvoiceRow } from '../models/InvoiceRow.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { draftForm, type DraftForm, EMPTY_LINE, fromDraft, toDraft, withoutBlanks } from './draftForm.js';
import { draftView } from './draftView.js';
import { knownId } from './knownId.js';
import type { InvoicePageParts } from './parts.js';
import { invoicesHref, wordsFor } from './wording.js';

const common = {
  surface: 'store',
  kind: 'page',
  menu: 'invoices',
  feature: INVOICING_FEATURE,
  access: INVOICING.edit,
} as const;
const one = z.object({ id: z.uuid() });

/** Begins an invoice, and changes it while it is a draft. */
export const draftPages = (parts: InvoicePageParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: '/invoices/new',
    handle: async (ctx) =>
      (await parts.sellers.find(ctx, 'merchant'))
        ? draftView(parts, ctx, { id: null, form: await emptyForm(parts, ctx) })
        : redirect(
            invoicesHref(ctx, '/settings'),
            303,
            flash(ctx, { kind: 'info', key: 'billing.invoices.notSetUpText' }),
          ),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/invoices/new',
    input: draftForm,
    invalid: async (ctx, values, errors) => again(parts, ctx, null, values, errors),
    handle: (ctx, form) =>
      act(parts, ctx, null, form, (input) => parts.invoices.create(ctx, 'merchant', input)),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: '/invoices/:id/edit',
    input: one,
    handle: async (ctx, { id }) => {
      const row = await parts.invoices.get(ctx, 'merchant', id);
      return row.status === 'draft'
        ? draftView(parts, ctx, { id, form: fromDraft(row) })
        : redirect(invoicesHref(ctx, `/${id}`));
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/invoices/:id/edit',
    input: draftForm.extend({ id: z.uuid() }),
    invalid: async (ctx, { id, ...values }, errors) =>
      again(parts, ctx, await knownId(parts, ctx, id), values, errors),
    handle: (ctx, { id, ...form }) =>
      act(parts, ctx, id, form, (input) => parts.invoices.update(ctx, 'merchant', id, input)),
  }),
];

/** Does what the button says: everything but `save` only shows the form again. */
function act(
  parts: InvoicePageParts,
  ctx: RouteContext,
  id: string | null,
  form: DraftForm,
  save: (input: DraftInput) => Promise<InvoiceRow>,
) {
  const [what, at] = form.do.split(':');
  if (what === 'preview') return draftView(parts, ctx, { id, form, isTouched: true });
  if (what === 'add')
    return draftView(parts, ctx, {
      id,
      form: { ...form, lines: [...form.lines, EMPTY_LINE] },
      isTouched: true,
    });
  if (what === 'remove') {
    const lines = form.lines.filter((_line, index) => index !== Number(at));
    return draftView(parts, ctx, {
      id,
      form: { ...form, lines: lines.length > 0 ? lines : [EMPTY_LINE] },
      isTouched: true,
    });
  }
  const kept = withoutBlanks(form);
  return orForm(
    async () => {
      const errors: FieldError[] = [];
      const input = toDraft(kept, errors, wordsFor(parts, ctx)('billing.invoices.badAmount'));
      if (errors.length > 0) throw new InvalidInput({ errors });
      const row = await save(input);
      return redirect(
        invoicesHref(ctx, `/${row.id}`),
        303,
        flash(ctx, { kind: 'success', key: 'billing.invoices.saved' }),
      );
    },
    (problem: FormProblem) => draftView(parts, ctx, { id, form: kept, problem, isTouched: true }),
  );
}

/** A form that could not even be read: shown with what can be. */
async function again(
  parts: InvoicePageParts,
  ctx: RouteContext,
  id: string | null,
  values: Readonly<Record<string, unknown>>,
  errors: readonly FieldError[],
): Promise<View> {
  const read = draftForm.safeParse({ ...values, do: 'save' });
  const form = read.success ? read.data : await emptyForm(parts, ctx);
  return draftView(parts, ctx, { id, form, problem: refused(errors) });
}

async function emptyForm(parts: InvoicePageParts, ctx: RouteContext): Promise<DraftForm> {
  const { seller } = await parts.sellers.get(ctx, 'merchant');
  return draftForm.parse({
    buyer: { address: { country: seller.address.country } },
    supply: 'goods',
    supplyOn: luxembourgDay(ctx.now),
    language: ctx.language,
    priceMode: 'net',
    currency: 'EUR',
    lines: [EMPTY_LINE],
  });
}
