import { derivePalette } from '../../../tenancy/theme/palette.js';
import { THEME_PRESETS } from '../../../tenancy/theme/presets.js';
import type { Theme, ThemeColors } from '../../../tenancy/theme/themeSchema.js';
import type { Words } from '../../views/words.js';
import { COLORS } from './colorContrast.js';

/** Corners of a button in the picture of a preset. */
const CORNERS: Readonly<Record<Theme['layout']['radius'], string>> = {
  none: '0',
  small: '1.5',
  large: '3',
  round: '5',
};

/** The presets as cards: a page in small, half of it light and half of it dark. */
export const presetCards = (edited: Theme, t: Words): Record<string, unknown>[] =>
  Object.entries(THEME_PRESETS).map(([code, preset]) => ({
    code,
    label: t(`core.theme.preset.${code}`),
    corner: CORNERS[preset.layout.radius],
    halves: [preset.colors, preset.dark ?? preset.colors].map((colors, at) => halfOf(colors, at * 64)),
    isCurrent: COLORS.every((color) => preset.colors[color] === edited.colors[color]),
  }));

const halfOf = (colors: ThemeColors, x: number): Record<string, string | undefined> => {
  const palette = derivePalette(colors);
  return {
    x: String(x),
    inside: String(x + 8),
    background: colors.background,
    tint: palette['tint'],
    text: colors.text,
    muted: palette['muted'],
    primary: colors.primary,
    onPrimary: palette['on-primary'],
    secondary: colors.secondary,
    accent: colors.accent,
  };
};
