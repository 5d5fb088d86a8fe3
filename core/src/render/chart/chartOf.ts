import type { Language } from '../../kernel/context.js';
import { formatMoney } from '../../money/formatMoney.js';
import { money } from '../../money/Money.js';
import { numberFormat } from '../intlFormats.js';
import { barsOf, type Bar } from './bars.js';
import type { ChartSeries, ChartSpec } from './chartSpec.js';
import { scaleFor } from './scale.js';
import { between, lineThrough, rounded, runsOf, type Point } from './shapes.js';

const WIDTH = 440;
const HEIGHT = 210;
const TOP = 10;
const RIGHT = 14;
const BOTTOM = 26;
/** Of the largest letters: in a narrow column they are drawn larger, see own.css. */
const LETTER_WIDTH = 7.2;
const MAX_SERIES = 5;

/** A chart as the partial `chart` draws it: numbers of an SVG, words, and the same as a table. */
export interface ChartView {
  readonly kind: ChartSpec['kind'];
  readonly title: string;
  readonly summary: string;
  readonly isEmpty: boolean;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly ticks: readonly { readonly y: number; readonly label: string; readonly isZero: boolean }[];
  readonly labels: readonly {
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly anchor: string;
  }[];
  readonly series: readonly SeriesView[];
  readonly table: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly { readonly text: string }[])[];
  };
}

interface SeriesView {
  readonly name: string;
  /** 1 to 5: its colour and dashes. */
  readonly number: number;
  readonly dashes: string | null;
  readonly line: string | null;
  readonly area: string | null;
  readonly band: string | null;
  readonly bars: readonly Bar[];
  readonly dots: readonly { readonly x: number; readonly y: number; readonly text: string }[];
}

/** Told apart without colours too. */
const DASHES = [null, '6 4', '2 4', '10 4 2 4', '12 4'] as const;

/** The words that the table needs, in the page's language. */
export interface ChartWords {
  readonly language: Language;
  /** `core.chart.none`, for gaps; a dash where left out. */
  readonly none?: string;
}

/**
 * Works out a chart for the partial `chart`: axes with round ticks in the page's language, gaps where a value is null, a
 * band where bounds are known, and all figures as a table.
 *
 * @throws {RangeError} for more than five series, or a series that does not have one point per label
 */
export function chartOf(spec: ChartSpec, { language, none = '–' }: ChartWords): ChartView {
  check(spec);
  const format = formatOf(spec.unit, language);
  const scale = scaleFor(spec.series.flatMap(valuesOf), { fromZero: spec.kind !== 'line' });
  const tickLabels = scale.ticks.map(format);
  const left = Math.ceil(Math.max(...tickLabels.map((label) => label.length)) * LETTER_WIDTH) + 10;
  const width = WIDTH - left - RIGHT;
  const places = spec.xLabels.length;
  const y = (value: number): number => TOP + (1 - scale.at(value)) * (HEIGHT - TOP - BOTTOM);
  const x = (index: number): number =>
    spec.kind === 'bar' || places < 2
      ? left + ((index + 0.5) / Math.max(1, places)) * width
      : left + (index / (places - 1)) * width;
  const axes = {
    x,
    y,
    zero: y(Math.min(Math.max(0, scale.ticks[0] as number), scale.ticks.at(-1) as number)),
    slot: width / Math.max(1, places),
    format,
  };
  return {
    kind: spec.kind,
    title: spec.title,
    summary: spec.summary,
    isEmpty: spec.series.every(({ points }) => points.every((point) => point === null)),
    width: WIDTH,
    height: HEIGHT,
    left,
    right: WIDTH - RIGHT,
    ticks: scale.ticks.map((tick, index) => ({
      y: rounded(y(tick)),
      label: tickLabels[index] as string,
      isZero: tick === 0,
    })),
    labels: labelsOf(spec, x, width),
    series: spec.series.map((series, index) => seriesView(spec, series, index, axes)),
    table: tableOf(spec, format, none),
  };
}

interface Axes {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly zero: number;
  readonly slot: number;
  readonly format: (value: number) => string;
}

function seriesView(spec: ChartSpec, series: ChartSeries, index: number, axes: Axes): SeriesView {
  const { x, y, zero, format } = axes;
  const points = series.points.map((value, at): Point | null =>
    value === null ? null : { x: x(at), y: y(value) },
  );
  const runs = spec.kind === 'bar' ? [] : runsOf(points);
  const lines = runs.filter((run) => run.length > 1);
  return {
    name: series.name,
    number: index + 1,
    dashes: DASHES[index] ?? null,
    line: joined(lines.map(lineThrough)),
    area:
      spec.kind === 'area'
        ? joined(
            lines.map((run) =>
              between(
                run,
                run.map((point) => ({ x: point.x, y: zero })),
              ),
            ),
          )
        : null,
    band: bandOf(series, axes),
    bars: spec.kind === 'bar' ? barsOf(spec, index, axes) : [],
    dots: dotsOf(spec, series, points, runs, format),
  };
}

/** Each value where few are shown; else only what stands alone, which no line would show. */
function dotsOf(
  spec: ChartSpec,
  series: ChartSeries,
  points: readonly (Point | null)[],
  runs: readonly (readonly Point[])[],
  format: (value: number) => string,
): SeriesView['dots'] {
  if (spec.kind === 'bar') return [];
  const alone = new Set(runs.filter((run) => run.length === 1).flat());
  const few = points.length <= 31;
  return points.flatMap((point, index) =>
    point && (few || alone.has(point))
      ? [
          {
            x: rounded(point.x),
            y: rounded(point.y),
            text: `${series.name}, ${spec.xLabels[index]}: ${format(series.points[index] as number)}`,
          },
        ]
      : [],
  );
}

function bandOf({ points, low, high }: ChartSeries, { x, y }: Axes): string | null {
  if (!low || !high) return null;
  const pairs = points.map((_, index) => {
    const [bottom, top] = [low[index], high[index]];
    return bottom == null || top == null
      ? null
      : { upper: { x: x(index), y: y(top) }, lower: { x: x(index), y: y(bottom) } };
  });
  const bands = runsOf(pairs).filter((run) => run.length > 1);
  return joined(
    bands.map((run) =>
      between(
        run.map(({ upper }) => upper),
        run.map(({ lower }) => lower),
      ),
    ),
  );
}

/** As many labels as fit beside each other, always the first. */
function labelsOf({ xLabels }: ChartSpec, x: (index: number) => number, width: number): ChartView['labels'] {
  const longest = Math.max(1, ...xLabels.map((label) => label.length)) * LETTER_WIDTH + 14;
  const every = Math.max(1, Math.ceil(xLabels.length / Math.max(1, Math.floor(width / longest))));
  return xLabels.flatMap((text, index) => {
    if (index % every !== 0) return [];
    const at = x(index);
    const anchor = at + longest / 2 > WIDTH ? 'end' : 'middle';
    return [{ x: rounded(anchor === 'end' ? Math.min(at, WIDTH - 2) : at), y: HEIGHT - 6, text, anchor }];
  });
}

function tableOf(spec: ChartSpec, format: (value: number) => string, none: string): ChartView['table'] {
  const cell = (value: number | null | undefined): string => (value == null ? none : format(value));
  return {
    head: ['', ...spec.series.map(({ name }) => name)],
    rows: spec.xLabels.map((label, index) => [
      { text: label },
      ...spec.series.map(({ points, low, high }) => {
        const [bottom, top] = [low?.[index], high?.[index]];
        const bounds = bottom == null || top == null ? '' : ` (${format(bottom)} – ${format(top)})`;
        return { text: `${cell(points[index])}${bounds}` };
      }),
    ]),
  };
}

function formatOf(unit: ChartSpec['unit'], language: Language): (value: number) => string {
  if (typeof unit === 'object')
    return (value) => formatMoney(money(Math.round(value), unit.currency), language);
  const format = numberFormat(language, 'decimal', undefined);
  return (value) => (unit === '' ? format.format(value) : `${format.format(value)} ${unit}`);
}

function check({ series, xLabels, title }: ChartSpec): void {
  if (series.length > MAX_SERIES)
    throw new RangeError(`the chart '${title}' has ${series.length} series, more than ${MAX_SERIES}`);
  for (const { name, points, low = points, high = points } of series)
    for (const list of [points, low, high])
      if (list.length !== xLabels.length)
        throw new RangeError(
          `the series '${name}' of the chart '${title}' has ${list.length} points for ${xLabels.length} labels`,
        );
}

const valuesOf = ({ points, low = [], high = [] }: ChartSeries): number[] =>
  [...points, ...low, ...high].filter((value) => value !== null);

const joined = (parts: readonly string[]): string | null => (parts.length === 0 ? null : parts.join(''));
