import { z } from 'zod';
import { FONT_NAMES } from './fonts.js';

const color = z
  .string()
  .regex(
    /^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/,
    'Write the colour as # and three or six hexadecimal digits, for example #1F6FEB.',
  );

const colors = z.strictObject({
  primary: color,
  secondary: color,
  accent: color,
  background: color,
  text: color,
});

const PATH = /^\/(?!\/)[A-Za-z0-9._~\-/]+$/;
const HTTPS = /^https:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/[A-Za-z0-9._~\-/%?=&]*$/;

const image = z
  .string()
  .max(500, 'The address of an image has at most 500 characters.')
  .refine((value) => (PATH.test(value) || HTTPS.test(value)) && !value.includes('..'), {
    error: 'Give the image as a path such as /media/logo.svg or as an address that starts with https://.',
  })
  .nullable()
  .default(null);

const font = z
  .enum(FONT_NAMES, { error: `Choose one of the fonts ${FONT_NAMES.join(', ')}.` })
  .default('system');

const choice = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, { error: `Choose one of ${values.join(', ')}.` });

export const HEADER_STYLES = ['bar', 'centered', 'solid'] as const;
export const WIDTHS = ['narrow', 'normal', 'wide'] as const;
export const RADII = ['none', 'small', 'large', 'round'] as const;
export const GRIDS = ['small', 'medium', 'large'] as const;

/** A theme as it is stored and edited: data only, nothing in it is ever run or compiled. Unknown fields are refused. */
export const themeSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the theme a name.').max(50, 'The name has at most 50 characters.'),
  colors,
  /** The same five for people who prefer dark pages; without it the theme stays light. */
  dark: colors.nullable().default(null),
  branding: z.strictObject({ logo: image, favicon: image, banner: image }).prefault({}),
  fonts: z.strictObject({ heading: font, body: font }).prefault({}),
  layout: z
    .strictObject({
      header: choice(...HEADER_STYLES).default('bar'),
      width: choice(...WIDTHS).default('wide'),
      radius: choice(...RADII).default('small'),
      /** How large products are shown in their grid. */
      grid: choice(...GRIDS).default('medium'),
    })
    .prefault({}),
});

export type Theme = z.output<typeof themeSchema>;
export type ThemeInput = z.input<typeof themeSchema>;
export type ThemeColors = z.output<typeof colors>;
