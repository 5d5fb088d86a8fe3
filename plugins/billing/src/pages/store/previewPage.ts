import { adminDetail, type RouteContext, type View, type Words } from '@wizamart/core';
import type { ChangePreview } from '../../subscriptions/InvoicePreviews.js';
import { previewTable } from '../sections.js';
import { amountIn, dayIn } from '../wording.js';

interface Asked {
  readonly title: string;
  readonly breadcrumbs: readonly { readonly label: string; readonly href: string | null }[];
  /** When it comes into force. */
  readonly text: string;
  readonly consequences: readonly string[];
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly submit: string;
  readonly cancel: string;
}

/** Lines and total of what a change costs, above the button that makes it. */
export function previewPage(t: Words, ctx: RouteContext, { invoice }: ChangePreview, asked: Asked): View {
  const { title, breadcrumbs, text, ...confirm } = asked;
  const total = amountIn(ctx.language, { amountMinor: invoice.totalMinor, currency: invoice.currency });
  const shown = adminDetail({
    head: { title, text, breadcrumbs },
    main: [
      previewTable(t, ctx.language, invoice, {
        title: t('billing.preview.invoice'),
        text: t('billing.preview.due', { total, day: dayIn(ctx.language, invoice.dueAt) }),
        id: 'preview',
      }),
    ],
  });
  return { ...shown, template: 'billing/preview', data: { ...shown.data, confirm } };
}
