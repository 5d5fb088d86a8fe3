import type { ChartSpec } from './chartSpec.js';
import { rounded } from './shapes.js';

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Shown by a pointer that rests on it. */
  readonly text: string;
}

/** Part of a place that its bars take; the rest is air. */
const FILLED = 0.7;
const WIDEST = 48;

/** The bars of one series, beside those of the others. */
export function barsOf(
  spec: ChartSpec,
  index: number,
  axes: {
    readonly x: (index: number) => number;
    readonly y: (value: number) => number;
    readonly zero: number;
    readonly slot: number;
    readonly format: (value: number) => string;
  },
): Bar[] {
  const count = spec.series.length;
  const width = Math.min(WIDEST, (axes.slot * FILLED) / count);
  const { name, points } = spec.series[index] as ChartSpec['series'][number];
  return points.flatMap((value, at) => {
    if (value === null) return [];
    const end = axes.y(value);
    return [
      {
        x: rounded(axes.x(at) - (width * count) / 2 + index * width),
        y: rounded(Math.min(end, axes.zero)),
        width: rounded(Math.max(1, width - 1)),
        height: rounded(Math.max(value === 0 ? 0 : 1, Math.abs(end - axes.zero))),
        text: `${name}, ${spec.xLabels[at]}: ${axes.format(value)}`,
      },
    ];
  });
}
