import {
  csvFile,
  defineRoute,
  flash,
  redirect,
  type RouteDefinition,
  view,
  wordsOf,
  z,
} from '@wizamart/core';
import { addDays, luxembourgDay } from '../invoices/luxembourgDay.js';
import type { ProductTexts } from '../catalog/texts/ProductTexts.js';
import type { GiveTexts } from '../pricing/giveTexts.js';
import type { CapacityRouteServices } from './capacityApi.js';
import type { CapacitySnapshot } from './CapacitySnapshot.js';
import type { NameOf } from './capacityCharts.js';
import { capacityView } from './capacityView.js';
import { CAPACITY } from './permissions.js';

const page = { surface: 'admin', kind: 'page', menu: 'capacity', feature: 'capacity_planning' } as const;
const CSV_DAYS = 3_660;

/** What subscriptions allow beside what is used, with pictures. */
export const capacityPages = ({
  capacitySnapshots,
  capacityTrends,
  i18n,
  giveTexts,
  productTexts,
}: CapacityRouteServices & {
  readonly giveTexts: GiveTexts;
  readonly productTexts: ProductTexts;
}): RouteDefinition[] => [
  defineRoute({
    ...page,
    method: 'GET',
    path: '/capacity',
    access: CAPACITY.view,
    input: z.object({
      days: z.coerce.number().int().min(7).max(730).catch(90).default(90),
      format: z.enum(['csv']).optional().catch(undefined),
    }),
    handle: async (ctx, { days, format }) => {
      if (format)
        return csvFile(
          `capacity-${ctx.platform.code}`,
          linesOf(await capacitySnapshots.since(ctx, addDays(luxembourgDay(ctx.now), -CSV_DAYS))),
        );
      const [latest, trends, advice, names] = await Promise.all([
        capacitySnapshots.latest(ctx),
        capacityTrends.of(ctx, days),
        capacityTrends.advice(ctx),
        productTexts.names(ctx),
      ]);
      const t = wordsOf({ translator: i18n }, ctx);
      const nameOf: NameOf = (limit) => giveTexts.limitName(ctx, limit);
      return view('billing/capacity', capacityView(ctx, t, nameOf, { days, latest, trends, advice, names }));
    },
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: '/capacity/capture',
    access: CAPACITY.edit,
    handle: async (ctx) => {
      await capacitySnapshots.captureNow(ctx);
      return redirect(
        ctx.links.to('admin', '/capacity'),
        303,
        flash(ctx, { kind: 'success', key: 'billing.capacity.captured' }),
      );
    },
  }),
];

/** Codes for heads: files are read by programs. */
const linesOf = (snapshots: readonly CapacitySnapshot[]): readonly (readonly string[])[] => [
  ['day', 'limit', 'allowed', 'used', 'merchants', 'over', 'unlimited_merchants', 'unlimited_used'],
  ...snapshots.flatMap(({ day, limits }) =>
    limits.map(({ code, theoretical, used, merchants, over, unlimited }) => [
      day,
      code,
      ...[theoretical, used, merchants, over, unlimited.merchants, unlimited.used].map(String),
    ]),
  ),
];
