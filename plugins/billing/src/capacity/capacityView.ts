import { type BadgeKind, may, type RouteContext, type Words } from '@wizamart/core';
import type { ProductNames } from '../catalog/texts/ProductTexts.js';
import type { Advice } from './advice.js';
import { type NameOf, sharesChart, trendChart } from './capacityCharts.js';
import { type CapacitySnapshot, type LimitCapacity, utilisation } from './CapacitySnapshot.js';
import type { LimitTrend } from './CapacityTrends.js';
import type { Exhaustion, Outlook } from './forecast/forecast.js';
import { CAPACITY } from './permissions.js';

const CAPACITY_DAYS = [30, 90, 365] as const;

/** What the page of capacity shows. */
export interface CapacityFacts {
  readonly days: number;
  readonly latest: CapacitySnapshot | undefined;
  readonly trends: readonly LimitTrend[];
  readonly advice: readonly Advice[];
  /** What tiers are called in the language of the page. */
  readonly names: ProductNames;
}

export function capacityView(
  ctx: RouteContext,
  t: Words,
  nameOf: NameOf,
  facts: CapacityFacts,
): Record<string, unknown> {
  const { days, latest, trends, advice, names } = facts;
  const frame = { t, language: ctx.language, nameOf };
  const shares = latest && sharesChart(frame, latest);
  return {
    hasSnapshot: latest !== undefined,
    mayCapture: may(ctx, CAPACITY.edit),
    captureAction: ctx.links.to('admin', '/capacity/capture'),
    csvHref: latest ? ctx.links.to('admin', `/capacity?format=csv&days=${days}`) : null,
    facts: latest ? factsOf(t, latest, names) : [],
    advice: advice.map(({ key, severity, limit: code, values }) => ({
      kind: severity === 'danger' ? 'error' : severity,
      text: t(`billing.capacity.advice.${key}`, {
        ...values,
        limit: nameOf({ code, name: String(values['limit']) }),
      }),
    })),
    table: latest ? tableOf(t, nameOf, latest, trends) : null,
    hasShares: shares !== undefined,
    shares: shares ?? null,
    ranges: CAPACITY_DAYS.map((range) => ({
      label: t('billing.capacity.days', { days: range }),
      href: ctx.links.to('admin', `/capacity?days=${range}`),
      isCurrent: range === days,
    })),
    trends: trends
      // What is used without limit only is in the table.
      .filter(({ points }) => points.some(({ theoretical, used }) => theoretical > 0 || used > 0))
      .map((trend) => ({
        chart: trendChart(frame, trend, saidOf(t, trend)),
        notes: notesOf(t, trend),
      })),
  };
}

function factsOf(
  t: Words,
  { capturedAt, subscriptions, tiers }: CapacitySnapshot,
  names: ProductNames,
): readonly object[] {
  return [
    { label: t('billing.capacity.capturedAt'), date: capturedAt },
    { label: t('billing.capacity.subscriptions'), text: String(subscriptions) },
    ...(tiers.length === 0
      ? []
      : [
          {
            label: t('billing.capacity.tiers'),
            text: tiers
              .map(({ code, name, subscriptions: count }) => {
                return `${names.nameOf({ kind: 'tier', code, name })} ${count}`;
              })
              .join(', '),
          },
        ]),
  ];
}

function tableOf(
  t: Words,
  nameOf: NameOf,
  { limits }: CapacitySnapshot,
  trends: readonly LimitTrend[],
): object {
  const column = (key: string, isNumber = true): object => ({
    label: t(`billing.capacity.${key}`),
    sortHref: null,
    sorted: null,
    isNumber,
  });
  return {
    caption: t('billing.capacity.table'),
    columns: [
      column('limit', false),
      column('allowed'),
      column('used'),
      column('share', false),
      column('unlimited', false),
      column('daysLeft', false),
    ],
    rows: limits.map((limit) =>
      rowOf(t, nameOf(limit), limit, trends.find(({ code }) => code === limit.code)?.outlook),
    ),
    bulk: null,
    empty: { symbol: 'gauge', title: t('billing.capacity.table'), text: t('billing.capacity.noLimits') },
  };
}

function rowOf(t: Words, name: string, limit: LimitCapacity, outlook: Outlook | undefined): object {
  const share = utilisation(limit);
  const { code, theoretical, used, over, unlimited } = limit;
  return {
    id: code,
    href: null,
    cells: [
      { text: name, detail: over > 0 ? t('billing.capacity.overText', { merchants: over }) : null },
      { number: share === null ? null : theoretical },
      { number: share === null ? null : used },
      share === null
        ? { text: null }
        : { badge: t('billing.capacity.percent', { percent: Math.round(share * 100) }), kind: kindOf(share) },
      { text: unlimited.merchants === 0 ? null : t('billing.capacity.unlimitedText', unlimited) },
      { text: share === null ? null : daysLeft(t, outlook) },
    ],
  };
}

const kindOf = (share: number): BadgeKind => (share >= 1 ? 'danger' : share >= 0.8 ? 'warning' : 'success');

function daysLeft(t: Words, outlook: Outlook | undefined): string {
  if (outlook?.kind !== 'forecast') return t('billing.capacity.tooEarly');
  const { expected } = outlook.forecast.exhaustion;
  return expected === null
    ? t('billing.capacity.notInAYear')
    : t('billing.capacity.inDays', { days: expected });
}

/** What the picture comes to, in a sentence. */
function saidOf(t: Words, { outlook }: LimitTrend): string {
  if (outlook.kind === 'too_few')
    return t('billing.capacity.tooFew', { points: outlook.points, needed: outlook.needed });
  const { per30Days, growth } = outlook.forecast;
  return t('billing.capacity.growth', {
    amount: Math.round(per30Days * 10) / 10,
    percent: growth === null ? 0 : Math.round(growth * 100),
  });
}

/** How long it lasts, and how far the forecast is to be trusted. */
function notesOf(t: Words, { outlook, basis }: LimitTrend): readonly string[] {
  if (outlook.kind === 'too_few') return [];
  const { exhaustion, backTest, level } = outlook.forecast;
  return [
    lasting(t, exhaustion),
    ...(backTest
      ? [
          t('billing.capacity.backTest', {
            forecasts: backTest.forecasts,
            error: Math.round(backTest.meanError * 10) / 10,
            percent: Math.round((backTest.shareOfActual ?? 0) * 100),
            within: Math.round(backTest.withinBounds * 100),
            level: Math.round(level * 100),
          }),
        ]
      : []),
    ...(basis === 'monthly_peak' ? [t('billing.capacity.peaks')] : []),
  ];
}

function lasting(t: Words, { expected, earliest, latest }: Exhaustion): string {
  if (expected === 0) return t('billing.capacity.usedUp');
  if (expected === null)
    return earliest === null ? t('billing.capacity.lasts') : t('billing.capacity.lastsUnless', { earliest });
  return latest === null
    ? t('billing.capacity.runsOutFrom', { expected, earliest: earliest ?? expected })
    : t('billing.capacity.runsOutBetween', { expected, earliest: earliest ?? expected, latest });
}
