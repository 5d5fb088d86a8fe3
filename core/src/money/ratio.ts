/** An exact factor. The denominator is above 0. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A whole number, a decimal written as text, or a ratio. */
export type Factor = number | string | Ratio;

/**
 * Reads a factor without loss.
 *
 * @throws {RangeError} for a fraction given as a number (it is not exact) or a text that is no decimal
 */
export function toRatio(factor: Factor): Ratio {
  if (typeof factor === 'number') {
    if (!Number.isSafeInteger(factor))
      throw new RangeError(`write the factor ${factor} as text or as a ratio: as a number it is not exact`);
    return { numerator: BigInt(factor), denominator: 1n };
  }
  if (typeof factor === 'string') return readDecimal(factor);
  if (factor.denominator <= 0n) throw new RangeError('the denominator of a ratio must be above 0');
  return factor;
}

function readDecimal(text: string): Ratio {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) throw new RangeError(`'${text}' is no decimal number such as 0.17`);
  const [, sign, whole = '', fraction = ''] = match;
  return { numerator: BigInt(`${sign}${whole}${fraction}`), denominator: 10n ** BigInt(fraction.length) };
}
