import { z } from '@wizamart/core';

const count = z.number();
const expected = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const snapshotShape = z.object({
  day: z.string(),
  capturedAt: z.date(),
  subscriptions: z.int(),
  tiers: z.array(z.object({ code: z.string(), name: z.string(), subscriptions: z.int() })),
  limits: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      module: z.string(),
      isMonthly: z.boolean(),
      theoretical: count,
      used: count,
      utilisation: z.number().nullable(),
      merchants: z.int(),
      over: z.int(),
      unlimited: z.object({ merchants: z.int(), used: count }),
    }),
  ),
});

const days = z.int().nullable();
const outlookShape = z.union([
  z.object({ kind: z.literal('too_few'), points: z.int(), needed: z.int() }),
  z.object({
    kind: z.literal('forecast'),
    forecast: z.object({
      level: z.number(),
      points: z.int(),
      per30Days: z.number(),
      growth: z.number().nullable(),
      ahead: z.array(expected.extend({ inDays: z.int() })),
      exhaustion: z.object({ expected: days, earliest: days, latest: days }),
      backTest: z
        .object({
          forecasts: z.int(),
          meanError: z.number(),
          shareOfActual: z.number().nullable(),
          withinBounds: z.number(),
        })
        .nullable(),
    }),
  }),
]);

export const trendsShape = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      points: z.array(z.object({ day: z.string(), theoretical: count, used: count })),
      basis: z.enum(['daily', 'monthly_peak']),
      outlook: outlookShape,
    }),
  ),
});

export const adviceShape = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      severity: z.enum(['danger', 'warning', 'info']),
      limit: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
      text: z.string(),
    }),
  ),
});
