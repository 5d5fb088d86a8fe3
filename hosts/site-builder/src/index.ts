import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { billing } from '@wizamart/plugin-billing';
import { cms } from '@wizamart/plugin-cms';
import { prices } from './prices.js';
import { tiers } from './tiers.js';

/** Sites for small businesses. */
export default defineHost({
  code: 'site-builder',
  name: 'Wizamart Site Builder',
  domain: 'sitebuilder.lu',
  plugins: [cms, billing],
  modules: { on: ['cms', 'billing'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de', 'lb'] },
  theme: { ...THEME_PRESETS.fresh, name: 'Wizamart Site Builder' },
  tiers,
  defaultTier: 'essential',
  seeds: { billing: prices },
  pages: new URL('../pages/', import.meta.url),
});
