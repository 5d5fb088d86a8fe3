import { adminForm, type FormProblem, type RouteContext, type View, view, type Words } from '@wizamart/core';
import { TAX_CLASSES } from '../../vat/types.js';
import type { DraftForm } from './draftForm.js';
import { draftGroups } from './draftGroups.js';
import { headOf } from './finalisePages.js';
import type { InvoicePageParts } from './parts.js';
import { previewOf } from './previewView.js';
import { invoicesHref, wordsFor } from './wording.js';

/** UN/ECE Recommendation 20: one, hour, day, month, kilogram, litre, metre, kilometre, square metre. */
const UNITS = ['C62', 'HUR', 'DAY', 'MON', 'KGM', 'LTR', 'MTR', 'KMT', 'MTK'] as const;

interface Shown {
  /** Null: not saved yet. */
  readonly id: string | null;
  readonly form: DraftForm;
  readonly problem?: FormProblem;
  /** Whether something stands there that is not saved. */
  readonly isTouched?: boolean;
}

/** The form of a draft with what it comes to. */
export async function draftView(
  parts: InvoicePageParts,
  ctx: RouteContext,
  { id, form, problem, isTouched = false }: Shown,
): Promise<View> {
  const t = wordsFor(parts, ctx);
  const title = t(id === null ? 'billing.invoices.new' : 'billing.invoices.edit');
  const action = invoicesHref(ctx, id === null ? '/new' : `/${id}/edit`);
  const base = adminForm({
    head:
      id === null
        ? {
            title,
            breadcrumbs: [
              { label: t('billing.invoices.title'), href: invoicesHref(ctx) },
              { label: title, href: null },
            ],
          }
        : headOf(parts, ctx, id, title),
    groups: draftGroups(t, ctx.language),
    values: form,
    action,
    submit: t('billing.invoices.save'),
    cancel: invoicesHref(ctx, id === null ? '' : `/${id}`),
    // What is wrong in a line is said there.
    problem: problem && { ...problem, errors: problem.errors.filter(({ path }) => !isOfLine(path)) },
  });
  const [buyer, sale, more] = base.data['groups'] as readonly object[];
  return view(
    'billing/invoice-edit',
    {
      ...base.data,
      problem:
        base.data['problem'] ??
        (problem && problem.errors.length > 0 ? t('billing.invoices.notSaved') : null),
      head: base.data['head'],
      before: [buyer, sale],
      after: [more],
      isTouched,
      lines: form.lines.map((line, index) => lineView(t, line, index, problem)),
      mayRemove: form.lines.length > 1,
      units: UNITS.map((value) => ({ value, label: t(`billing.invoices.unit.${value}`) })),
      taxClasses: TAX_CLASSES.map((value) => ({ value, label: t(`billing.invoices.taxClass.${value}`) })),
      currency: form.currency.toUpperCase() || 'EUR',
      preview: await previewOf(parts, ctx, form),
    },
    problem ? { status: problem.status } : {},
  );
}

const isOfLine = (path: string): boolean => /^lines\.\d+\./.test(path);

function lineView(
  t: Words,
  line: DraftForm['lines'][number],
  index: number,
  problem: FormProblem | undefined,
) {
  const error = (name: string): string | null =>
    problem?.errors.find(({ path }) => path === `lines.${index}.${name}`)?.message ?? null;
  return {
    ...line,
    at: `lines.${index}`,
    legend: t('billing.invoices.line', { line: index + 1 }),
    removes: `remove:${index}`,
    errors: {
      description: error('description'),
      quantity: error('quantity'),
      unitPriceMinor: error('unitPriceMinor'),
      discountMinor: error('discountMinor'),
    },
  };
}
