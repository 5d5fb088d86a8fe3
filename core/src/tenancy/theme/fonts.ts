/** A font that comes along as one file for Latin letters, and how a font of the system is stretched until it is there. */
export interface BundledFont {
  /** Name in CSS, and in the list that people choose from. */
  readonly family: string;
  /** File in the folder `fonts` of the templates' assets. */
  readonly file: string;
  readonly weights: `${number} ${number}`;
  /** What is shown meanwhile; metrics match, so that nothing moves when the font arrives. */
  readonly standIn: {
    readonly local: string;
    readonly sizeAdjust: string;
    readonly ascent: string;
    readonly descent: string;
  };
  readonly last: 'sans-serif' | 'serif';
}

const SANS = 'local("Arial"),local("Liberation Sans"),local("Roboto")';
const SERIF = 'local("Times New Roman"),local("Liberation Serif"),local("Noto Serif")';

/** Licensed under the OFL; see `assets/fonts/LICENSE`. Metrics of the stand-ins: @capsizecss/metrics 4.3.0 beside Arial and Times New Roman. */
export const BUNDLED_FONTS = {
  inter: {
    family: 'Inter',
    file: 'inter.woff2',
    weights: '100 900',
    standIn: { local: SANS, sizeAdjust: '107.12%', ascent: '90.44%', descent: '22.52%' },
    last: 'sans-serif',
  },
  manrope: {
    family: 'Manrope',
    file: 'manrope.woff2',
    weights: '200 800',
    standIn: { local: SANS, sizeAdjust: '103.19%', ascent: '103.31%', descent: '29.07%' },
    last: 'sans-serif',
  },
  nunito: {
    family: 'Nunito',
    file: 'nunito.woff2',
    weights: '200 1000',
    standIn: { local: SANS, sizeAdjust: '101.39%', ascent: '99.71%', descent: '34.82%' },
    last: 'sans-serif',
  },
  bricolage: {
    family: 'Bricolage Grotesque',
    file: 'bricolage.woff2',
    weights: '200 800',
    standIn: { local: SANS, sizeAdjust: '105.43%', ascent: '88.21%', descent: '25.61%' },
    last: 'sans-serif',
  },
  fraunces: {
    family: 'Fraunces',
    file: 'fraunces.woff2',
    weights: '100 900',
    standIn: { local: SERIF, sizeAdjust: '115.45%', ascent: '84.71%', descent: '22.09%' },
    last: 'serif',
  },
  newsreader: {
    family: 'Newsreader',
    file: 'newsreader.woff2',
    weights: '200 800',
    standIn: { local: SERIF, sizeAdjust: '105.48%', ascent: '69.68%', descent: '25.12%' },
    last: 'serif',
  },
} as const satisfies Record<string, BundledFont>;

/** Stacks of fonts that systems bring along: nothing is downloaded. Source: modernfontstacks.com (CC0). */
export const FONT_STACKS = {
  system: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  humanist: "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', source-sans-pro, sans-serif",
  geometric: "Avenir, Montserrat, Corbel, 'URW Gothic', source-sans-pro, sans-serif",
  grotesque:
    "Bahnschrift, 'DIN Alternate', 'Franklin Gothic Medium', 'Nimbus Sans Narrow', sans-serif-condensed, sans-serif",
  rounded:
    "ui-rounded, 'Hiragino Maru Gothic ProN', Quicksand, Comfortaa, Manjari, 'Arial Rounded MT Bold', Calibri, sans-serif",
  transitional: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, serif",
  'old-style': "'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, serif",
  slab: "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', 'Sitka Small', serif",
  mono: "ui-monospace, 'Cascadia Code', 'Source Code Pro', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
} as const;

type BundledName = keyof typeof BUNDLED_FONTS;
export type FontName = BundledName | keyof typeof FONT_STACKS;
export const FONT_NAMES = [...Object.keys(BUNDLED_FONTS), ...Object.keys(FONT_STACKS)] as [
  FontName,
  ...FontName[],
];

export const bundledFont = (name: FontName): BundledFont | undefined =>
  Object.hasOwn(BUNDLED_FONTS, name) ? BUNDLED_FONTS[name as BundledName] : undefined;

/** The value of `font-family` for a font of the list. */
export function fontFamily(name: FontName): string {
  const bundled = bundledFont(name);
  if (!bundled) return FONT_STACKS[name as keyof typeof FONT_STACKS];
  return `"${bundled.family}","${bundled.family} stand-in",${bundled.last}`;
}
