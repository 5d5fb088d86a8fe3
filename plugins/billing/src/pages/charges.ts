import {
  choice,
  listPageInput,
  sayError,
  z,
  type AdminList,
  type BadgeKind,
  type Words,
} from '@wizamart/core';
import {
  STRIPE_INVOICE_STATUSES,
  type StripeInvoice,
  type StripeInvoiceStatus,
} from '../stripe/gatewayTypes.js';
import { sayFailure } from '../stripe/sayFailure.js';
import { addDays, beginningOf } from '../subscriptions/calendar.js';
import type { ChargeFilter, ChargePage } from './ChargeLists.js';

/** Charges in a file at most. */
export const EXPORTED = 5_000;
const invoiceId = z
  .string()
  .regex(/^in_\w{1,100}$/)
  .optional()
  .catch(undefined);
const day = z.iso.date().optional().catch(undefined);
export const chargeInput = listPageInput([], {
  status: choice(STRIPE_INVOICE_STATUSES),
  from: day,
  to: day,
  after: invoiceId,
  before: invoiceId,
  older: z
    .string()
    .regex(/^\d{1,12}\.in_\w{1,100}$/)
    .optional()
    .catch(undefined),
});
type Query = z.output<typeof chargeInput>;

/** Days are Luxembourg's, both included. */
export const chargeFilter = (query: Query): ChargeFilter => ({
  q: query.q,
  status: query.status,
  createdAfter: query.from === undefined ? undefined : beginningOf(query.from),
  createdBefore:
    query.to === undefined ? undefined : new Date(addDays(beginningOf(query.to), 1).getTime() - 1_000),
  cursor: query.format ? {} : { after: query.after, before: query.before, older: query.older },
  limit: query.format ? 100 : query.perPage,
});

const PAYMENT_KINDS: Readonly<Record<StripeInvoiceStatus, BadgeKind>> = {
  draft: 'neutral',
  open: 'warning',
  paid: 'success',
  void: 'neutral',
  uncollectible: 'danger',
};

export const statusFilter = (t: Words) => ({
  name: 'status',
  label: t('core.list.status'),
  options: [
    { value: '', label: t('billing.filter.anyStatus') },
    ...STRIPE_INVOICE_STATUSES.map((value) => ({ value, label: t(`billing.payment.${value}`) })),
  ],
});

export const chargeInputs = (t: Words, { from, to }: Query) => [
  { name: 'from', label: t('billing.history.from'), type: 'date' as const, value: from ?? '' },
  { name: 'to', label: t('billing.history.to'), type: 'date' as const, value: to ?? '' },
];

/** Why a page of charges may not show all. */
export const chargeNotice = (t: Words, { problem }: ChargePage) =>
  problem === null
    ? null
    : {
        kind: 'warning',
        text: problem === 'many' ? t('billing.history.tooMany') : sayError(problem),
      };

/** The columns of charges, wherever they are shown. */
export const chargeTable = (t: Words): AdminList<StripeInvoice>['columns'] => [
  {
    label: t('billing.history.number'),
    cell: ({ number, id }) => ({ text: number ?? id, detail: number ? id : null }),
  },
  {
    label: t('core.list.status'),
    cell: ({ status, paymentFailure }) => ({
      badge: t(`billing.payment.${status}`),
      kind: PAYMENT_KINDS[status],
      detail: sayFailure(paymentFailure),
    }),
  },
  {
    label: t('billing.preview.tax'),
    isNumber: true,
    cell: (item) => ({ money: { amountMinor: item.taxMinor, currency: item.currency } }),
  },
  {
    label: t('billing.preview.total'),
    isNumber: true,
    cell: (item) => ({ money: { amountMinor: item.totalMinor, currency: item.currency } }),
  },
  { label: t('billing.payment.paidAt'), cell: ({ paidAt }) => ({ date: paidAt }) },
  { label: t('billing.since'), cell: ({ createdAt }) => ({ date: createdAt }) },
];
