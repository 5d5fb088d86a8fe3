import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { cms } from '@wizamart/plugin-cms';
import { tiers } from './tiers.js';

/** Loyalty programmes for retailers with one or several stores. */
export default defineHost({
  code: 'loyalty',
  name: 'Wizamart Loyalty',
  domain: 'loyalty.lu',
  plugins: [cms],
  modules: { on: ['cms'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de'] },
  theme: { ...THEME_PRESETS.warm, name: 'Wizamart Loyalty' },
  tiers,
  defaultTier: 'basic',
  pages: new URL('../pages/', import.meta.url),
});
