import { createHash } from 'node:crypto';
import type { ThemeRecord } from '../../kernel/context.js';
import { FONT_STACKS } from './fonts.js';
import { derivePalette } from './palette.js';
import type { Theme, ThemeColors } from './themeSchema.js';

const RADIUS = { none: '0', small: '0.375rem', large: '0.875rem' } as const;
const CONTENT_WIDTH = { narrow: '60rem', wide: '80rem' } as const;

/**
 * Turns a validated theme into CSS custom properties for `/theme.{hash}.css`.
 *
 * The same theme always gives the same bytes and so the same address, which may be cached for ever.
 */
export function compileTheme(theme: Theme): ThemeRecord {
  const { fonts, layout, branding } = theme;
  const css =
    `:root{color-scheme:light;${colorsCss(theme.colors)}` +
    `--font-heading:${FONT_STACKS[fonts.heading]};--font-body:${FONT_STACKS[fonts.body]};` +
    `--radius:${RADIUS[layout.radius]};--content-width:${CONTENT_WIDTH[layout.width]};}\n` +
    (theme.dark === null
      ? ''
      : `@media (prefers-color-scheme:dark){:root{color-scheme:dark;${colorsCss(theme.dark)}}}\n`);
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 16);
  return Object.freeze({
    name: theme.name,
    css,
    hash,
    branding: Object.freeze(branding),
    layout: Object.freeze(layout),
  });
}

const colorsCss = (colors: ThemeColors): string =>
  Object.entries(derivePalette(colors))
    .map(([name, value]) => `--color-${name}:${value};`)
    .join('');
