/** A vertical axis: its ticks, and where a value stands on it. */
export interface Scale {
  readonly ticks: readonly number[];
  /** From 0 (the lowest tick) to 1 (the highest). */
  at(value: number): number;
}

const TARGET_TICKS = 5;
const SMALLEST_SPAN = 1e-9;

/**
 * An axis for these values with ticks at round numbers.
 *
 * It starts at zero, but for lines that move within less than a quarter of their height, far from zero.
 */
export function scaleFor(values: readonly number[], { fromZero }: { readonly fromZero: boolean }): Scale {
  const lowest = values.length === 0 ? 0 : Math.min(...values);
  const highest = values.length === 0 ? 0 : Math.max(...values);
  const zero = fromZero || !isFarFromZero(lowest, highest);
  const low = zero ? Math.min(0, lowest) : lowest;
  const top = zero ? Math.max(0, highest) : highest;
  // Nothing to show, or nothing but zero: an axis from 0 to 1.
  const high = top - low < SMALLEST_SPAN ? low + 1 : top;
  const step = roundStep((high - low) / (TARGET_TICKS - 1));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => exact((first + index) * step, step));
  const [bottom, ceiling] = [ticks[0] as number, ticks.at(-1) as number];
  return { ticks, at: (value) => (value - bottom) / (ceiling - bottom) };
}

const isFarFromZero = (lowest: number, highest: number): boolean =>
  lowest > 0
    ? highest - lowest < highest / 4 && highest > lowest
    : highest < 0 && highest - lowest < -lowest / 4 && highest > lowest;

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
function exact(value: number, step: number): number {
  const places = Math.min(100, Math.max(0, 2 - Math.floor(Math.log10(step))));
  return Number(value.toFixed(places)) + 0;
}
