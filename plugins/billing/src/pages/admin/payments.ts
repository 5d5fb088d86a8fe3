import { adminList, wordsOf, type AdminList, type RouteContext, type z } from '@wizamart/core';
import type { StripeInvoice } from '../../stripe/gatewayTypes.js';
import {
  chargeFilter,
  type chargeInput,
  chargeInputs,
  chargeNotice,
  chargeTable,
  EXPORTED,
  statusFilter,
} from '../charges.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';

/** What Stripe collected from the platform's merchants; it counts nothing, so pages are turned one by one. */
export async function paymentsPage(
  parts: PageParts,
  ctx: RouteContext,
  query: z.output<typeof chargeInput>,
  tabs: readonly object[],
) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const filter = chargeFilter(query);
  const found = query.format
    ? await parts.chargeLists.all(filter, (one) => parts.chargeLists.ofPlatform(ctx, one), EXPORTED)
    : await parts.chargeLists.ofPlatform(ctx, filter);
  const merchants = await parts.pageFacts.merchantsOf(
    ctx,
    found.items.map(({ customerId }) => customerId),
  );
  const [first, ...others] = chargeTable(t);
  const columns: AdminList<StripeInvoice>['columns'] = [
    ...(first ? [first] : []),
    {
      label: t('billing.merchant'),
      cell: ({ customerId }) => ({ text: merchants.get(customerId)?.name ?? customerId }),
    },
    ...others,
  ];
  return adminList<StripeInvoice>(t, {
    head: { title: t('billing.history.title'), text: t('billing.history.paymentsText') },
    notice: chargeNotice(t, found),
    tabs,
    address: to(ctx, '/billing-history/payments'),
    query,
    searchLabel: t('billing.history.searchPayments'),
    filters: [statusFilter(t)],
    inputs: chargeInputs(t, query),
    columns,
    found: { items: found.items, total: found.items.length, page: 1, perPage: query.perPage },
    neighbours: { previous: found.previous, next: found.next },
    row: ({ id, status }) => ({ id, href: null, isMuted: status === 'void' }),
    empty: { symbol: 'credit-card', title: t('billing.payment.none'), text: t('billing.payment.noneText') },
    file: 'payments',
  });
}
