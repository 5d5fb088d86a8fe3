import type { Attention, HealthReport, TenantContext } from '@wizamart/core';
import { utilisation } from './CapacitySnapshot.js';
import type { CapacitySnapshots } from './CapacitySnapshots.js';
import type { CapacityTrends } from './CapacityTrends.js';
import { WINDOW_DAYS } from './forecast/forecast.js';

const PATH = '/capacity';
const HUNDRED = 100;

/** Capacity in the platform's health report: the latest snapshot, how long it lasts, and what to do. */
export const capacityHealth =
  ({
    capacitySnapshots,
    capacityTrends,
  }: {
    readonly capacitySnapshots: CapacitySnapshots;
    readonly capacityTrends: CapacityTrends;
  }) =>
  async (ctx: TenantContext): Promise<HealthReport> => {
    const latest = await capacitySnapshots.latest(ctx);
    if (!latest)
      return { data: { capacity: null }, lines: [{ text: 'billing.capacity.health.none', path: PATH }] };
    const [trends, advice] = await Promise.all([
      capacityTrends.of(ctx, WINDOW_DAYS),
      capacityTrends.advice(ctx),
    ]);
    const outlooks = new Map(trends.map(({ code, outlook }) => [code, outlook]));
    const limits = latest.limits.map((limit) => {
      const outlook = outlooks.get(limit.code);
      return {
        code: limit.code,
        theoretical: limit.theoretical,
        used: limit.used,
        utilisation: utilisation(limit),
        unlimited: limit.unlimited,
        daysToExhaustion: outlook?.kind === 'forecast' ? outlook.forecast.exhaustion.expected : null,
        hasForecast: outlook?.kind === 'forecast',
      };
    });
    const { day, capturedAt, subscriptions } = latest;
    return {
      data: { capacity: { day, capturedAt, subscriptions, limits, recommendations: advice } },
      lines: [
        ...latest.limits.map((limit): Attention => lineOf(limit)),
        ...advice
          .filter(({ severity }) => severity !== 'info')
          .map(({ key, values }) => ({ text: `billing.capacity.advice.${key}`, values })),
        { text: 'billing.capacity.health.more', path: PATH },
      ],
    };
  };

function lineOf(limit: Parameters<typeof utilisation>[0]): Attention {
  const share = utilisation(limit);
  const { name, used, theoretical, unlimited } = limit;
  return share === null
    ? {
        text: 'billing.capacity.health.unlimited',
        values: { limit: name, used: unlimited.used, merchants: unlimited.merchants },
      }
    : {
        text: 'billing.capacity.health.limit',
        values: { limit: name, used, theoretical, percent: Math.round(share * HUNDRED) },
      };
}
