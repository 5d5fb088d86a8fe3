import {
  adminForm,
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
import type { InvoiceRow } from '../models/InvoiceRow.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { remainsOf, type Remains } from '../remains.js';
import { headOf } from './finalisePages.js';
import { knownId } from './knownId.js';
import type { InvoicePageParts } from './parts.js';
import { readAmount } from './readAmount.js';
import { amountOf, invoicesHref, wordsFor } from './wording.js';

const common = {
  surface: 'store',
  kind: 'page',
  menu: 'invoices',
  feature: INVOICING_FEATURE,
  access: INVOICING.edit,
  path: '/invoices/:id/credit',
} as const;
const one = z.object({ id: z.uuid() });
const typed = z.string().max(1_000).default('');
const formInput = one.extend({
  what: z.enum(['full', 'part']).default('full'),
  reason: typed,
  amounts: z.record(z.string().regex(/^n\d{1,3}$/), typed).default({}),
});
type Form = Omit<z.output<typeof formInput>, 'id'>;

/** Takes an invoice back: all that is left of it, or so much of each line. */
export const creditPages = (parts: InvoicePageParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    input: one,
    handle: (ctx, { id }) => show(parts, ctx, id, { what: 'full', reason: '', amounts: {} }),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    input: formInput,
    invalid: async (ctx, values, errors) =>
      show(
        parts,
        ctx,
        await knownId(parts, ctx, values['id']),
        { what: 'full', reason: '', amounts: {} },
        refused(errors),
      ),
    handle: (ctx, { id, ...form }) =>
      orForm(
        async () => {
          const lines = form.what === 'part' ? linesOf(parts, ctx, form) : undefined;
          const note = await parts.credits.credit(ctx, 'merchant', id, {
            reason: form.reason,
            ...(lines ? { lines } : {}),
          });
          return redirect(
            invoicesHref(ctx, `/${note.id}`),
            303,
            flash(ctx, {
              kind: 'success',
              key: 'billing.invoices.credited',
              values: { number: note.numberText ?? '' },
            }),
          );
        },
        (problem) => show(parts, ctx, id, form, problem),
      ),
  }),
];

/** @throws {InvalidInput} where an amount cannot be read, or none is there */
function linesOf(parts: InvoicePageParts, ctx: RouteContext, { amounts }: Form) {
  const t = wordsFor(parts, ctx);
  const errors: FieldError[] = [];
  const lines = Object.entries(amounts)
    .map(([name, text]) => ({
      line: Number(name.slice(1)),
      amountMinor: readAmount(text, `amounts.${name}`, errors, t('billing.invoices.badAmount')),
    }))
    .filter(({ amountMinor }) => amountMinor > 0);
  if (errors.length === 0 && lines.length === 0)
    errors.push({ path: 'what', message: t('billing.invoices.noAmount') });
  if (errors.length > 0) throw new InvalidInput({ errors });
  return lines;
}

async function show(
  parts: InvoicePageParts,
  ctx: RouteContext,
  id: string,
  form: Form,
  problem?: FormProblem,
): Promise<View> {
  const t = wordsFor(parts, ctx);
  const invoice = await parts.invoices.get(ctx, 'merchant', id);
  const left = remainsOf(invoice, await parts.invoices.creditsOf(ctx, id));
  const text = (amountMinor: number): string => amountOf(ctx.language, amountMinor, invoice.currency);
  const leftMinor = left.groups.reduce((sum, { netMinor, vatMinor }) => sum + netMinor + vatMinor, 0);
  return adminForm({
    head: {
      ...headOf(parts, ctx, id, t('billing.invoices.credit')),
      text: t('billing.invoices.creditText', { number: invoice.numberText ?? '', left: text(leftMinor) }),
    },
    consequences: [t('billing.invoices.creditNumber'), t('billing.invoices.creditFixed')],
    action: invoicesHref(ctx, `/${id}/credit`),
    submit: t('billing.invoices.credit'),
    cancel: invoicesHref(ctx, `/${id}`),
    danger: true,
    values: { ...form },
    problem,
    groups: [
      {
        fields: [
          {
            name: 'what',
            label: t('billing.invoices.creditWhat'),
            kind: 'radio',
            options: [
              { value: 'full', label: t('billing.invoices.creditFull', { left: text(leftMinor) }) },
              { value: 'part', label: t('billing.invoices.creditPart') },
            ],
          },
          { name: 'reason', label: t('billing.invoices.reason'), kind: 'textarea', required: true },
        ],
      },
      {
        title: t('billing.invoices.creditLines'),
        text: t(`billing.invoices.creditMode.${invoice.priceMode}`),
        fields: lineFields(invoice, left).map(({ name, line, amountMinor }) => ({
          name: `amounts.${name}`,
          label: t('billing.invoices.creditLine', {
            line,
            description: invoice.lines[line - 1]?.description ?? '',
          }),
          kind: 'text' as const,
          hint: t('billing.invoices.left', { left: text(amountMinor) }),
          autocomplete: 'off',
        })),
      },
    ],
  });
}

/** Lines of which something is left that a credit can take. */
const lineFields = (invoice: InvoiceRow, left: Remains) =>
  invoice.lines.flatMap((_line, index) => {
    const amountMinor = left.lines[index] ?? 0;
    return amountMinor > 0 ? [{ name: `n${index + 1}`, line: index + 1, amountMinor }] : [];
  });
