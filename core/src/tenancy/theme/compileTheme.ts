import { assetHash } from '../../render/assetAddress.js';
import type { ThemeRecord } from '../../kernel/context.js';
import { fontFaces } from './fontFaces.js';
import { fontFamily } from './fonts.js';
import { derivePalette } from './palette.js';
import type { Theme, ThemeColors } from './themeSchema.js';

const RADIUS = { none: '0', small: '0.375rem', large: '0.875rem', round: '1.5rem' } as const;
const CONTENT_WIDTH = { narrow: '60rem', normal: '72rem', wide: '80rem' } as const;
/** Least width of a product in its grid. */
const GRID = { small: '9.5rem', medium: '13rem', large: '18rem' } as const;

/**
 * Turns a validated theme into CSS custom properties for `/theme.{hash}.css`.
 *
 * The same theme always gives the same bytes and so the same address, which may be cached for ever.
 *
 * @param only one of its two palettes, whatever the visitor prefers: for previews
 */
export function compileTheme(theme: Theme, only?: 'light' | 'dark'): ThemeRecord {
  const { fonts, layout, branding } = theme;
  const faces = fontFaces([fonts.body, fonts.heading]);
  const isDark = only === 'dark' && theme.dark !== null;
  const css =
    faces.css +
    `:root{${paletteCss(isDark ? 'dark' : 'light', (isDark && theme.dark) || theme.colors)}` +
    `--font-heading:${fontFamily(fonts.heading)};--font-body:${fontFamily(fonts.body)};` +
    `--radius:${RADIUS[layout.radius]};--content-width:${CONTENT_WIDTH[layout.width]};--grid-item:${GRID[layout.grid]};}\n` +
    (theme.dark === null || only !== undefined
      ? ''
      : `@media (prefers-color-scheme:dark){:root{${paletteCss('dark', theme.dark)}}}\n`);
  return Object.freeze({
    name: theme.name,
    css,
    hash: assetHash(Buffer.from(css)),
    fonts: Object.freeze(faces.files),
    branding: Object.freeze(branding),
    layout: Object.freeze(layout),
  });
}

const paletteCss = (scheme: 'light' | 'dark', colors: ThemeColors): string =>
  `color-scheme:${scheme};` +
  Object.entries(derivePalette(colors))
    .map(([name, value]) => `--color-${name}:${value};`)
    .join('');
