import { z } from 'zod';
import type { Theme, ThemeInput } from '../../../tenancy/theme/themeSchema.js';

const text = z.string().max(60).default('');
const five = z.strictObject({ primary: text, secondary: text, accent: text, background: text, text });

/** A theme as a form sends it: texts, checked by the theme's own schema afterwards. */
export const themeFormInput = z.object({
  revision: z.coerce.number().int().min(0),
  /** Kept by the page itself after a change. */
  auto: z.literal('true').optional(),
  name: z.string().max(100).default(''),
  colors: five.prefault({}),
  hasDark: z.literal('true').optional(),
  dark: five.prefault({}),
  fonts: z.strictObject({ heading: text, body: text }).prefault({}),
  layout: z.strictObject({ header: text, width: text, radius: text, grid: text }).prefault({}),
});
export type ThemeForm = z.output<typeof themeFormInput>;

/** What a form asks for, with the pictures that the theme has already. */
export const themeOfForm = (
  { name, colors, hasDark, dark, fonts, layout }: ThemeForm,
  from: Theme,
): ThemeInput =>
  ({
    name,
    colors,
    dark: hasDark ? dark : null,
    fonts,
    layout,
    branding: from.branding,
  }) as ThemeInput;

/** A theme in the shape of the form; without a dark palette its fields begin with the light one's accents. */
export const formOfTheme = ({ name, colors, dark, fonts, layout }: Theme, revision: number): ThemeForm => ({
  revision,
  auto: undefined,
  name,
  colors,
  hasDark: dark === null ? undefined : 'true',
  dark: dark ?? { ...colors, background: '#14171c', text: '#e8eaee' },
  fonts,
  layout,
});
