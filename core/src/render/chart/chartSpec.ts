/** Values of one thing over the places of the x axis. */
export interface ChartSeries {
  /** Translated. */
  readonly name: string;
  /** One per place; null where nothing is known: a gap. */
  readonly points: readonly (number | null)[];
  /** Bounds of what is likely, for forecasts: drawn as a band where both are known. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

/** What a chart shows, in words and numbers. */
export interface ChartSpec {
  readonly kind: 'line' | 'bar' | 'area';
  /** Translated. */
  readonly title: string;
  /** What it comes to, in one or two sentences: read out instead of the picture. Translated. */
  readonly summary: string;
  /** One per place of the x axis, in order. Translated or formatted. */
  readonly xLabels: readonly string[];
  /** At most five. */
  readonly series: readonly ChartSeries[];
  /** Written behind each number, such as `GB`; '' for none; a currency: the points are minor units of it. */
  readonly unit: string | { readonly currency: string };
}
