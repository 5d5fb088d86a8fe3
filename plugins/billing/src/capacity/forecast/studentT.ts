/** Coefficients of Lanczos' approximation of the gamma function (g = 7). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Logarithm of the gamma function, for x ≥ 0.5. */
function logGamma(x: number): number {
  const z = x - 1;
  const t = z + 7.5;
  const sum = LANCZOS.reduce((total, c, index) => total + (index === 0 ? c : c / (z + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return result;
}

/** The regularised incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Probability that a value of Student's t with so many degrees of freedom is at most `t`, for t ≥ 0. */
export const studentTBelow = (t: number, degrees: number): number =>
  1 - 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

/** Degrees and share → t: a forecast asks for the same few again and again. */
const known = new Map<string, number>();
const KNOWN_MAX = 2_000;

/** The t that a share `p` (0.5 to below 1) of values does not pass. */
export function studentTQuantile(p: number, degrees: number): number {
  const key = `${degrees} ${p}`;
  let t = known.get(key);
  if (t === undefined) {
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(key, (t = quantileByHalving(p, degrees)));
  }
  return t;
}

/** Halving cannot go astray. */
function quantileByHalving(p: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (studentTBelow(high, degrees) < p) high *= 2;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (studentTBelow(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
