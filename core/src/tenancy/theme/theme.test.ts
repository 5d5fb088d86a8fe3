import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contrast, parseColor } from './color.js';
import { compileTheme } from './compileTheme.js';
import { contrastReport } from './contrastReport.js';
import { derivePalette } from './palette.js';
import { THEME_PRESETS } from './presets.js';
import { themeSchema, type ThemeColors } from './themeSchema.js';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const grey = fc
  .integer({ min: 0, max: 255 })
  .map((value) => `#${value.toString(16).padStart(2, '0').repeat(3)}`);
const color = fc.oneof(hex, grey, fc.constantFrom('#FF6B6B', '#f66', '#000', '#fff', '#767676', '#777777'));
const colors: fc.Arbitrary<ThemeColors> = fc.record({
  primary: color,
  secondary: color,
  accent: color,
  background: color,
  text: color,
});

/** Text and the ground it stands on. */
const PAIRS = [
  ['on-primary', 'primary'],
  ['on-secondary', 'secondary'],
  ['on-accent', 'accent'],
  ...['text', 'muted', 'primary-text', 'secondary-text', 'accent-text'].flatMap((text) => [
    [text, 'background'],
    [text, 'surface'],
    [text, 'tint'],
  ]),
] as const satisfies readonly (readonly string[])[];

const between = (palette: Readonly<Record<string, string>>, a: string, b: string): number =>
  contrast(parseColor(palette[a] as string), parseColor(palette[b] as string));

describe('themes [module:core]', () => {
  it('measure contrast as WCAG does', () => {
    assert.equal(contrast(parseColor('#000'), parseColor('#fff')), 21);
    assert.equal(contrast(parseColor('#fff'), parseColor('#767676')).toFixed(2), '4.54');
    assert.equal(contrast(parseColor('#FF6B6B'), parseColor('#ffffff')).toFixed(2), '2.78');
  });

  it('keep every text readable (4.5) and every edge visible (3), whatever colours are chosen', () => {
    fc.assert(
      fc.property(colors, (chosen) => {
        const palette = derivePalette(chosen);
        for (const [text, ground] of PAIRS as readonly (readonly [string, string])[]) {
          assert.ok(
            between(palette, text, ground) >= 4.5,
            `${text} on ${ground}: ${between(palette, text, ground)}`,
          );
        }
        for (const ground of ['background', 'surface', 'tint'])
          assert.ok(between(palette, 'border-strong', ground) >= 3, ground);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave the chosen grounds as they are, #FF6B6B among them', () => {
    const palette = derivePalette({ ...THEME_PRESETS.modern.colors, primary: '#FF6B6B' });
    assert.equal(palette['primary'], '#ff6b6b');
    assert.equal(palette['on-primary'], '#111111');
    assert.notEqual(palette['primary-text'], '#ff6b6b');
    assert.equal(palette['background'], '#ffffff');
  });

  it('become CSS variables with an address that changes with them', () => {
    const modern = compileTheme(THEME_PRESETS.modern);
    assert.match(modern.hash, /^[0-9a-f]{16}$/);
    const names = [
      'color-primary',
      'color-on-primary',
      'color-primary-text',
      'color-secondary',
      'color-on-secondary',
      'color-accent',
      'color-on-accent',
      'color-background',
      'color-surface',
      'color-text',
      'color-muted',
      'color-border',
      'font-heading',
      'font-body',
      'radius',
      'content-width',
    ];
    for (const name of names) assert.match(modern.css, new RegExp(`[{;]--${name}:[^;]+;`), name);
    assert.equal(compileTheme(themeSchema.parse(structuredClone(THEME_PRESETS.modern))).hash, modern.hash);
    assert.notEqual(compileTheme(THEME_PRESETS.classic).hash, modern.hash);
  });

  it('stay light without a dark palette; each preset has one', () => {
    assert.ok(Object.keys(THEME_PRESETS).length >= 5);
    for (const preset of Object.values(THEME_PRESETS))
      assert.match(compileTheme(preset).css, /prefers-color-scheme:dark.*color-scheme:dark/);
    const { css } = compileTheme({ ...THEME_PRESETS.modern, dark: null });
    assert.match(css, /color-scheme:light/);
    assert.doesNotMatch(css, /dark/);
  });

  it('bring their fonts along, with stand-ins of the same measures, and name the files to ask for first', () => {
    const warm = compileTheme(THEME_PRESETS.warm);
    assert.equal(warm.fonts.length, 2);
    for (const address of warm.fonts) {
      assert.match(address, /^\/assets\/core\/fonts\/(inter|fraunces)\.[0-9a-f]{16}\.woff2$/);
      assert.ok(warm.css.includes(`url("${address}")`));
    }
    assert.match(warm.css, /"Fraunces stand-in";src:local\("Times New Roman"\).*size-adjust:115\.45%/);
    assert.match(warm.css, /--font-heading:"Fraunces","Fraunces stand-in",serif;/);
    assert.deepEqual(compileTheme(THEME_PRESETS.slate).fonts, []);
    assert.doesNotMatch(compileTheme(THEME_PRESETS.slate).css, /@font-face/);
  });

  it('are previewed in one palette alone', () => {
    assert.doesNotMatch(compileTheme(THEME_PRESETS.warm, 'light').css, /dark/);
    const dark = compileTheme(THEME_PRESETS.warm, 'dark').css;
    assert.match(dark, /^[^@]*(@font-face[^}]*}\n)*:root\{color-scheme:dark;/);
    assert.match(dark, new RegExp(`--color-primary:${THEME_PRESETS.warm.dark?.primary};`));
    assert.match(compileTheme({ ...THEME_PRESETS.warm, dark: null }, 'dark').css, /color-scheme:light/);
  });

  it('are reported on with the pairs that matter; every preset and every choice of colours meets AA', () => {
    for (const [name, theme] of Object.entries(THEME_PRESETS)) {
      const report = contrastReport(theme);
      assert.deepEqual(
        report.map(({ scheme }) => scheme),
        ['light', 'dark'],
        name,
      );
      for (const { rows, isMet, scheme } of report)
        assert.ok(
          isMet,
          `${name} ${scheme}: ${rows.map(({ text, ground, ratio }) => `${text}/${ground} ${ratio}`).join(', ')}`,
        );
    }
    fc.assert(
      fc.property(colors, (chosen) =>
        contrastReport({ colors: chosen, dark: null }).every(({ isMet }) => isMet),
      ),
      { numRuns: 1_000 },
    );
  });

  it('are reported on with what was taken instead of a colour that could not be read', () => {
    const [light] = contrastReport({
      colors: { ...THEME_PRESETS.modern.colors, primary: '#FF6B6B' },
      dark: null,
    });
    const link = light?.rows.find(({ text }) => text === 'primary-text');
    assert.deepEqual(link?.instead, { color: '#ff6b6b', ratio: 2.77 });
    assert.ok((link?.ratio ?? 0) >= 4.5);
    assert.equal(light?.rows.find(({ text }) => text === 'text')?.instead, null);
  });

  const { modern } = THEME_PRESETS;
  const faults: readonly (readonly [what: string, theme: object, path: string, message: RegExp])[] = [
    [
      'a colour by name',
      { ...modern, colors: { ...modern.colors, primary: 'red' } },
      'colors.primary',
      /#1F6FEB/,
    ],
    [
      'a colour with CSS in it',
      { ...modern, colors: { ...modern.colors, text: '#fff;}' } },
      'colors.text',
      /hexadecimal/,
    ],
    [
      'a colour of the dark palette',
      { ...modern, dark: { ...modern.colors, accent: '#12' } },
      'dark.accent',
      /hexadecimal/,
    ],
    [
      'an unknown font',
      { ...modern, fonts: { heading: 'Comic Sans' } },
      'fonts.heading',
      /Choose one of the fonts inter/,
    ],
    [
      'a font with CSS in it',
      { ...modern, fonts: { body: 'inter";}body{display:none' } },
      'fonts.body',
      /Choose one/,
    ],
    ['a font of the object’s own', { ...modern, fonts: { body: 'constructor' } }, 'fonts.body', /Choose one/],
    ['an unknown layout', { ...modern, layout: { width: 'huge' } }, 'layout.width', /narrow, normal, wide/],
    ['an unknown field', { ...modern, css: 'body{}' }, '', /css/],
    ['a script as logo', { ...modern, branding: { logo: 'javascript:alert(1)' } }, 'branding.logo', /https:/],
    [
      'a logo over plain HTTP',
      { ...modern, branding: { logo: 'http://a.example/l.png' } },
      'branding.logo',
      /https:/,
    ],
    [
      'a logo on a host of no name',
      { ...modern, branding: { logo: '//a.example/l.png' } },
      'branding.logo',
      /https:/,
    ],
    [
      'a logo that climbs',
      { ...modern, branding: { logo: '/media/../../etc/passwd' } },
      'branding.logo',
      /https:/,
    ],
    [
      'a logo that leaves its attribute',
      { ...modern, branding: { logo: '/a"onload="x' } },
      'branding.logo',
      /https:/,
    ],
    ['no name', { ...modern, name: ' ' }, 'name', /name/],
  ];
  for (const [what, theme, path, message] of faults) {
    it(`refuse ${what}, naming the field`, () => {
      const issue = themeSchema.safeParse(theme).error?.issues[0];
      assert.equal(issue?.path.join('.'), path);
      assert.match(issue?.message ?? '', message);
    });
  }

  it('accept images of this site and of others', () => {
    const branding = {
      logo: '/media/logo-1.svg',
      favicon: 'https://cdn.example/i/fav.png?v=1',
      banner: null,
    };
    assert.deepEqual(themeSchema.parse({ ...modern, branding }).branding, branding);
  });

  it('need only a name and colours', () => {
    const theme = themeSchema.parse({ name: 'plain', colors: modern.colors });
    assert.deepEqual(theme.layout, { header: 'bar', width: 'wide', radius: 'small', grid: 'medium' });
    assert.equal(theme.dark, null);
  });
});
