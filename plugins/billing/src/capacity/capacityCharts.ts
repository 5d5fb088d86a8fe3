import { chartOf, type ChartView, type Language, type Words } from '@wizamart/core';
import { addDays } from '../invoices/luxembourgDay.js';
import { type CapacitySnapshot, utilisation } from './CapacitySnapshot.js';
import type { LimitTrend } from './CapacityTrends.js';
import { dayLabel } from './dayLabel.js';

const WEEK = 7;

export type NameOf = (limit: { readonly code: string; readonly name: string }) => string;

interface Frame {
  readonly t: Words;
  readonly language: Language;
  /** What a limit is called in the language. */
  readonly nameOf: NameOf;
}

/** Share of what is allowed that is used, limit by limit; undefined where nothing is bounded. */
export function sharesChart(
  { t, language, nameOf }: Frame,
  { limits, day }: CapacitySnapshot,
): ChartView | undefined {
  const bounded = limits.filter((limit) => utilisation(limit) !== null);
  if (bounded.length === 0) return undefined;
  const fullest = bounded.reduce((a, b) => ((utilisation(a) ?? 0) >= (utilisation(b) ?? 0) ? a : b));
  return chartOf(
    {
      kind: 'bar',
      title: t('billing.capacity.shares'),
      summary: t('billing.capacity.sharesText', {
        day: dayLabel(language, day),
        limit: nameOf(fullest),
        percent: percent(fullest),
      }),
      xLabels: bounded.map(nameOf),
      series: [{ name: t('billing.capacity.share'), points: bounded.map(percent) }],
      unit: '%',
    },
    { language, none: t('core.chart.none') },
  );
}

const percent = (limit: Parameters<typeof utilisation>[0]): number =>
  Math.round((utilisation(limit) ?? 0) * 100);

/** How a limit went, week by week, and where that leads, with its bounds. */
export function trendChart(frame: Frame, trend: LimitTrend, summary: string): ChartView {
  const { t, language, nameOf } = frame;
  const past = weekly(trend.points);
  const ahead = trend.outlook.kind === 'forecast' ? trend.outlook.forecast.ahead : [];
  const last = past.at(-1);
  const gaps = <Value>(list: readonly Value[]): null[] => list.map(() => null);
  // The forecast begins where what is known ends, so that there is no gap between them.
  const before = ahead.length > 0 && last ? [...gaps(past.slice(1)), last.used] : gaps(past);
  const forecastOn = (bound: 'value' | 'low' | 'high') => [
    ...before,
    ...ahead.map((one) => Math.round(one[bound] * 10) / 10),
  ];
  return chartOf(
    {
      kind: 'line',
      title: nameOf(trend),
      summary,
      xLabels: [
        ...past.map(({ day }) => dayLabel(language, day)),
        ...ahead.map(({ inDays }) => dayLabel(language, addDays(last?.day ?? '', inDays))),
      ],
      series: [
        { name: t('billing.capacity.used'), points: [...past.map(({ used }) => used), ...gaps(ahead)] },
        {
          name: t('billing.capacity.allowed'),
          points: [
            ...past.map(({ theoretical }) => theoretical),
            ...ahead.map(() => last?.theoretical ?? null),
          ],
        },
        ...(ahead.length === 0
          ? []
          : [
              {
                name: t('billing.capacity.forecast'),
                points: forecastOn('value'),
                low: forecastOn('low'),
                high: forecastOn('high'),
              },
            ]),
      ],
      unit: '',
    },
    { language, none: t('core.chart.none') },
  );
}

/** The last day of each week, counted back from the newest; weeks in which nothing was measured are left out. */
function weekly(points: LimitTrend['points']): LimitTrend['points'] {
  const newest = Date.parse(points.at(-1)?.day ?? '');
  const weeks = new Map<number, LimitTrend['points'][number]>();
  for (const point of points)
    weeks.set(Math.floor((newest - Date.parse(point.day)) / (WEEK * 86_400_000)), point);
  return [...weeks.values()];
}
