import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { cms } from '@wizamart/plugin-cms';
import { tiers } from './tiers.js';

/** Sites for small businesses. */
export default defineHost({
  code: 'site-builder',
  name: 'Wizamart Site Builder',
  domain: 'sitebuilder.lu',
  plugins: [cms],
  modules: { on: ['cms'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de'] },
  theme: { ...THEME_PRESETS.fresh, name: 'Wizamart Site Builder' },
  tiers,
  defaultTier: 'essential',
  pages: new URL('../pages/', import.meta.url),
});
