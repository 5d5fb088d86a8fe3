/** The middle one; of two middle ones their mean. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the neighbours; `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * Runs contenders in turns, so that what else the machine does meets all of them.
 *
 * Every other round goes backwards: nobody always comes after the same one.
 *
 * @returns per contender what each round gave
 */
export async function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<number> | number>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse())
      results[name].push(await contenders[name]());
  }
  return results;
}

/**
 * The ratio of two contenders round by round, with its spread: drift of the machine falls out.
 *
 * @returns median, lower and upper quartile
 */
export function ratio(
  of: readonly number[],
  to: readonly number[],
): { median: number; low: number; high: number } {
  const ratios = of.map((value, round) => value / (to[round] as number));
  return { median: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}

/** `1.07 (1.03–1.12)` */
export const shown = ({ median: middle, low, high }: ReturnType<typeof ratio>, digits = 2): string =>
  `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;

/** A median with its quartiles: `512 (498–530)`. */
export const spread = (values: readonly number[], digits = 0): string =>
  shown({ median: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) }, digits);
