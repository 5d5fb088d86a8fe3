import type { TenantContext } from '@wizamart/core';
import { addDays, luxembourgDay } from '../invoices/luxembourgDay.js';
import { type CapacitySnapshot, utilisation } from './CapacitySnapshot.js';
import type { CapacitySnapshots } from './CapacitySnapshots.js';
import { forecastOf, type Outlook, WINDOW_DAYS } from './forecast/forecast.js';
import type { Point } from './forecast/linearTrend.js';
import { monthlyPeaks } from './forecast/peaks.js';
import { adviceFor, type Advice } from './advice.js';

const DAY_MS = 86_400_000;
/** What a forecast of monthly peaks needs before its window. */
const FOR_PEAKS_DAYS = 31;

/** How a limit went, and how it goes on. */
export interface LimitTrend {
  readonly code: string;
  readonly name: string;
  readonly points: readonly { readonly day: string; readonly theoretical: number; readonly used: number }[];
  /** `monthly_peak`: foretold from the most that was used in the 31 days up to each day. */
  readonly basis: 'daily' | 'monthly_peak';
  readonly outlook: Outlook;
}

/** Trends, forecasts and advice, from the snapshots. */
export class CapacityTrends {
  readonly #snapshots: CapacitySnapshots;

  constructor(deps: { readonly capacitySnapshots: CapacitySnapshots }) {
    this.#snapshots = deps.capacitySnapshots;
  }

  /** Of the limits of the latest snapshot; the forecast always looks at 90 days, whatever is shown. */
  async of(ctx: TenantContext, days: number): Promise<readonly LimitTrend[]> {
    const today = luxembourgDay(ctx.now);
    const all = await this.#snapshots.since(
      ctx,
      addDays(today, -Math.max(days, WINDOW_DAYS + FOR_PEAKS_DAYS)),
    );
    const from = addDays(today, -days);
    return (all.at(-1)?.limits ?? []).map(({ code, name, isMonthly, theoretical, merchants }) => {
      const points = pointsOf(all, code);
      return {
        code,
        name,
        points: points.filter(({ day }) => day >= from),
        basis: isMonthly ? 'monthly_peak' : 'daily',
        outlook: forecastOf(basisOf(points, isMonthly), merchants === 0 ? null : theoretical),
      };
    });
  }

  /** What an administrator might do, the most urgent first; nothing before the first snapshot. */
  async advice(ctx: TenantContext): Promise<readonly Advice[]> {
    const latest = await this.#snapshots.latest(ctx);
    if (!latest) return [];
    const trends = await this.of(ctx, WINDOW_DAYS);
    return adviceFor(
      latest.limits.map((limit) => ({
        limit,
        share: utilisation(limit),
        outlook: (trends.find(({ code }) => code === limit.code) as LimitTrend).outlook,
      })),
    );
  }
}

type Used = LimitTrend['points'][number];

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

const pointsOf = (snapshots: readonly CapacitySnapshot[], code: string): readonly Used[] =>
  snapshots.flatMap(({ day, limits }) => {
    const found = limits.find((limit) => limit.code === code);
    return found ? [{ day, theoretical: found.theoretical, used: found.used }] : [];
  });

function basisOf(points: readonly Used[], isMonthly: boolean): readonly Point[] {
  const series = points.map(({ day, used }) => ({ day: numberOf(day), value: used }));
  return isMonthly ? monthlyPeaks(series) : series;
}
