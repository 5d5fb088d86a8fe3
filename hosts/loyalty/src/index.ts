import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { billing } from '@wizamart/plugin-billing';
import { cms } from '@wizamart/plugin-cms';
import { prices } from './prices.js';
import { tiers } from './tiers.js';

/** Loyalty programmes for retailers with one or several stores. */
export default defineHost({
  code: 'loyalty',
  name: 'Wizamart Loyalty',
  domain: 'loyalty.lu',
  plugins: [cms, billing],
  modules: { on: ['cms', 'billing'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de', 'lb'] },
  theme: { ...THEME_PRESETS.warm, name: 'Wizamart Loyalty' },
  tiers,
  defaultTier: 'basic',
  seeds: { billing: prices },
  pages: new URL('../pages/', import.meta.url),
});
