/** A point of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One decimal of a pixel is finer than any screen. */
export const rounded = (value: number): number => Math.round(value * 10) / 10 + 0;

const written = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** The stretches between gaps. */
export function runsOf<T>(points: readonly (T | null)[]): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  for (const point of [...points, null]) {
    if (point !== null) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}

/** A line through the points, as data of a path. */
export const lineThrough = (points: readonly Point[]): string => `M${points.map(written).join('L')}`;

/** The ground between two lines that run side by side. */
export const between = (upper: readonly Point[], lower: readonly Point[]): string =>
  `${lineThrough(upper)}L${[...lower].reverse().map(written).join('L')}Z`;
