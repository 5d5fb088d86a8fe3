import { BLACK, contrast, formatColor, mix, parseColor, WHITE, type Rgb } from './color.js';
import type { ThemeColors } from './themeSchema.js';

/** WCAG 2.2 AA: normal text, and the edges of controls. */
const TEXT = 4.5;
const EDGE = 3;
const TINTS = [0.2, 0.16, 0.12, 0.08, 0.04];
const NEAR_BLACK: Rgb = [17, 17, 17];

/**
 * The colours that pages use, derived from the five that were chosen: every pair of text and ground keeps a
 * contrast of at least 4.5. Chosen grounds stay as they are; text moves towards black or white as far as it must.
 */
export function derivePalette(colors: ThemeColors): Readonly<Record<string, string>> {
  const background = parseColor(colors.background);
  const pole = contrast(background, BLACK) >= contrast(background, WHITE) ? BLACK : WHITE;
  const surface = surfaceOn(background, pole);
  const accent = parseColor(colors.accent);
  const tint = tintOf(background, accent, pole);
  const readable = (color: Rgb, least = TEXT): Rgb => moved(color, pole, [background, surface, tint], least);
  const text = readable(parseColor(colors.text));
  const primary = parseColor(colors.primary);
  const secondary = parseColor(colors.secondary);
  const variables: Record<string, Rgb> = {
    primary,
    'on-primary': on(primary),
    'primary-text': readable(primary),
    secondary,
    'on-secondary': on(secondary),
    'secondary-text': readable(secondary),
    accent,
    'on-accent': on(accent),
    'accent-text': readable(accent),
    background,
    surface,
    tint,
    text,
    muted: readable(mix(text, background, 0.35)),
    border: mix(background, text, 0.16),
    'border-strong': readable(mix(background, text, 0.4), EDGE),
  };
  return Object.fromEntries(Object.entries(variables).map(([name, color]) => [name, formatColor(color)]));
}

/** Text on a ground of that colour; white where it can be read, since brands are drawn so. */
function on(ground: Rgb): Rgb {
  for (const color of [WHITE, NEAR_BLACK, BLACK]) if (contrast(color, ground) >= TEXT) return color;
  // Out of reach: of black and white one always has 4.58 or more.
  return contrast(WHITE, ground) > contrast(BLACK, ground) ? WHITE : BLACK;
}

/** Cards and bars: a shade off the background, never closer to the text than the text can bear. */
function surfaceOn(background: Rgb, pole: Rgb): Rgb {
  const isNearlyBare = contrast(background, pole) > 17;
  return isNearlyBare ? mix(background, pole, 0.035) : mix(background, pole === BLACK ? WHITE : BLACK, 0.3);
}

/** A quiet ground in the accent's hue for what is to stand out; paler where text would get lost on it. */
function tintOf(background: Rgb, accent: Rgb, pole: Rgb): Rgb {
  const least = Math.min(7, contrast(background, pole));
  const share = TINTS.find((candidate) => contrast(mix(background, accent, candidate), pole) >= least);
  return mix(background, accent, share ?? 0);
}

function moved(color: Rgb, pole: Rgb, grounds: readonly Rgb[], least: number): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const candidate = mix(color, pole, share);
    if (grounds.every((ground) => contrast(candidate, ground) >= least)) return candidate;
  }
  return pole;
}
