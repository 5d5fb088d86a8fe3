import { themeSchema, type Theme, type ThemeInput } from './themeSchema.js';

const preset = (theme: ThemeInput): Theme => themeSchema.parse(theme);

/** Themes to start from; each has a dark palette. */
export const THEME_PRESETS = {
  modern: preset({
    name: 'modern',
    colors: {
      primary: '#4f46e5',
      secondary: '#0f172a',
      accent: '#0891b2',
      background: '#ffffff',
      text: '#0f172a',
    },
    dark: {
      primary: '#818cf8',
      secondary: '#cbd5e1',
      accent: '#22d3ee',
      background: '#0b1120',
      text: '#e2e8f0',
    },
    fonts: { heading: 'inter', body: 'inter' },
    layout: { radius: 'large' },
  }),
  classic: preset({
    name: 'classic',
    colors: {
      primary: '#1e3a5f',
      secondary: '#7a5c3e',
      accent: '#a67c00',
      background: '#fdfcf9',
      text: '#22262b',
    },
    dark: {
      primary: '#8fb4de',
      secondary: '#d3b593',
      accent: '#e0b93f',
      background: '#14181d',
      text: '#e8e4db',
    },
    fonts: { heading: 'newsreader', body: 'newsreader' },
    layout: { header: 'centered', radius: 'none', width: 'narrow' },
  }),
  fresh: preset({
    name: 'fresh',
    colors: {
      primary: '#0f8a5f',
      secondary: '#134e4a',
      accent: '#f59e0b',
      background: '#fbfefc',
      text: '#12261e',
    },
    dark: {
      primary: '#34d399',
      secondary: '#99f6e4',
      accent: '#fbbf24',
      background: '#0a1712',
      text: '#dcefe6',
    },
    fonts: { heading: 'manrope', body: 'manrope' },
    layout: { radius: 'large' },
  }),
  warm: preset({
    name: 'warm',
    colors: {
      primary: '#8a3a12',
      secondary: '#2b1f1b',
      accent: '#e0a244',
      background: '#fffdf9',
      text: '#2b1f1b',
    },
    dark: {
      primary: '#f2936b',
      secondary: '#e3bfa5',
      accent: '#f3b54a',
      background: '#1c130e',
      text: '#f3e6dc',
    },
    fonts: { heading: 'fraunces', body: 'inter' },
    layout: { radius: 'large', width: 'normal' },
  }),
  night: preset({
    name: 'night',
    colors: {
      primary: '#7c3aed',
      secondary: '#312e81',
      accent: '#db2777',
      background: '#f8f7fd',
      text: '#1e1b3a',
    },
    dark: {
      primary: '#a78bfa',
      secondary: '#c7d2fe',
      accent: '#f472b6',
      background: '#0d0a1f',
      text: '#e7e3fb',
    },
    fonts: { heading: 'bricolage', body: 'inter' },
    layout: { header: 'solid', radius: 'large' },
  }),
  slate: preset({
    name: 'slate',
    colors: {
      primary: '#334155',
      secondary: '#64748b',
      accent: '#0ea5e9',
      background: '#ffffff',
      text: '#1e293b',
    },
    dark: {
      primary: '#94a3b8',
      secondary: '#cbd5e1',
      accent: '#38bdf8',
      background: '#0f141b',
      text: '#e2e8f0',
    },
    fonts: { heading: 'grotesque', body: 'system' },
    layout: { radius: 'none' },
  }),
} as const satisfies Record<string, Theme>;

export type ThemePresetName = keyof typeof THEME_PRESETS;
