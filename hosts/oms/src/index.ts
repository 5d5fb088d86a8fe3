import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { billing } from '@wizamart/plugin-billing';
import { cms } from '@wizamart/plugin-cms';
import { devTools } from '@wizamart/plugin-dev-tools';
import { prices } from './prices.js';
import { tiers } from './tiers.js';

/** Order management for shops that sell on Letzshop. */
export default defineHost({
  code: 'oms',
  name: 'Wizamart OMS',
  domain: 'oms.lu',
  plugins: [cms, devTools, billing],
  modules: { on: ['cms', 'dev-tools', 'billing'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de', 'lb'] },
  theme: { ...THEME_PRESETS.modern, name: 'Wizamart OMS' },
  tiers,
  defaultTier: 'essential',
  seeds: { billing: prices },
  pages: new URL('../pages/', import.meta.url),
});
