import { contrast, formatColor, parseColor } from './color.js';
import { derivePalette } from './palette.js';
import type { Theme, ThemeColors } from './themeSchema.js';

/** One pair of colours that pages put on each other. */
export interface ContrastRow {
  /** Names of the derived colours, such as `primary-text`. */
  readonly text: string;
  readonly ground: string;
  readonly textColor: string;
  readonly groundColor: string;
  /** From 1 to 21, two decimals, rounded down. */
  readonly ratio: number;
  /** What WCAG 2.2 AA asks of such a pair. */
  readonly least: number;
  /** What was chosen for the text, and its ratio, where it could not be taken as it is; else null. */
  readonly instead: { readonly color: string; readonly ratio: number } | null;
}

export interface SchemeContrast {
  readonly scheme: 'light' | 'dark';
  readonly rows: readonly ContrastRow[];
  readonly isMet: boolean;
}

/** Each with the chosen colour that it comes from; what has none is made for its ground alone. */
const PAIRS: readonly (readonly [
  text: string,
  ground: string,
  from: keyof ThemeColors | null,
  least: 3 | 4.5,
])[] = [
  ['text', 'background', 'text', 4.5],
  ['text', 'tint', 'text', 4.5],
  ['muted', 'surface', null, 4.5],
  ['primary-text', 'background', 'primary', 4.5],
  ['on-primary', 'primary', null, 4.5],
  ['on-secondary', 'secondary', null, 4.5],
  ['on-accent', 'accent', null, 4.5],
  ['border-strong', 'background', null, 3],
];

/** How well a theme can be read: for each of its palettes the pairs that matter, with what was derived. */
export function contrastReport({ colors, dark }: Pick<Theme, 'colors' | 'dark'>): readonly SchemeContrast[] {
  return [schemeOf('light', colors), ...(dark === null ? [] : [schemeOf('dark', dark)])];
}

function schemeOf(scheme: 'light' | 'dark', colors: ThemeColors): SchemeContrast {
  const palette = derivePalette(colors);
  const rows = PAIRS.map(([text, ground, from, least]): ContrastRow => {
    const [textColor, groundColor] = [palette[text] as string, palette[ground] as string];
    const chosen = from === null ? textColor : formatColor(parseColor(colors[from]));
    return {
      text,
      ground,
      textColor,
      groundColor,
      ratio: ratioOf(textColor, groundColor),
      least,
      instead: chosen === textColor ? null : { color: chosen, ratio: ratioOf(chosen, groundColor) },
    };
  });
  return { scheme, rows, isMet: rows.every(({ ratio, least }) => ratio >= least) };
}

/** Rounded down, so that 4.499 does not read as 4.5. */
const ratioOf = (a: string, b: string): number =>
  Math.floor(contrast(parseColor(a), parseColor(b)) * 100) / 100;
