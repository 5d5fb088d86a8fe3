import { defineRoute, type RouteDefinition, type Translator, wordsOf, z } from '@wizamart/core';
import { type CapacitySnapshot, utilisation } from './CapacitySnapshot.js';
import type { CapacitySnapshots } from './CapacitySnapshots.js';
import { adviceShape, snapshotShape, trendsShape } from './capacityShapes.js';
import type { CapacityTrends } from './CapacityTrends.js';
import { CAPACITY } from './permissions.js';

export interface CapacityRouteServices {
  readonly capacitySnapshots: CapacitySnapshots;
  readonly capacityTrends: CapacityTrends;
  readonly i18n: Translator;
}

const view = { surface: 'admin', kind: 'api', access: CAPACITY.view, feature: 'capacity_planning' } as const;
const base = '/subscription-capacity';

/** What subscriptions allow beside what is used: measured, foretold, and what to do. */
export const capacityApi = ({
  capacitySnapshots,
  capacityTrends,
  i18n,
}: CapacityRouteServices): RouteDefinition[] => [
  defineRoute({
    ...view,
    method: 'GET',
    path: base,
    summary: 'What subscriptions allow beside what is used, as measured last; null before the first time',
    output: z.object({ snapshot: snapshotShape.nullable() }),
    handle: async (ctx) => {
      const latest = await capacitySnapshots.latest(ctx);
      return { snapshot: latest ? shown(latest) : null };
    },
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: `${base}/trends`,
    summary: 'How use went, and how it goes on: with bounds, and how well the past could have been foretold',
    input: z.object({ days: z.coerce.number().int().min(7).max(730).default(90) }),
    example: { days: 90 },
    output: trendsShape,
    handle: async (ctx, { days }) => ({ items: await capacityTrends.of(ctx, days) }),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: `${base}/recommendations`,
    summary: 'What to do about capacity, the most urgent first',
    output: adviceShape,
    handle: async (ctx) => {
      const t = wordsOf({ translator: i18n }, ctx);
      return {
        items: (await capacityTrends.advice(ctx)).map((advice) => ({
          ...advice,
          text: t(`billing.capacity.advice.${advice.key}`, advice.values),
        })),
      };
    },
  }),
  defineRoute({
    ...view,
    method: 'POST',
    path: `${base}/snapshot`,
    access: CAPACITY.edit,
    idempotent: true,
    summary: 'Measure now, in place of what was measured earlier that day',
    status: 201,
    example: {},
    output: snapshotShape,
    handle: async (ctx) => shown(await capacitySnapshots.captureNow(ctx)),
  }),
];

const shown = ({ day, capturedAt, subscriptions, tiers, limits }: CapacitySnapshot) => ({
  day,
  capturedAt,
  subscriptions,
  tiers,
  limits: limits.map((limit) => ({ ...limit, utilisation: utilisation(limit) })),
});
