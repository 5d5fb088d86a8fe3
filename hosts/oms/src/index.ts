import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { cms } from '@wizamart/plugin-cms';
import { devTools } from '@wizamart/plugin-dev-tools';
import { tiers } from './tiers.js';

/** Order management for shops that sell on Letzshop. */
export default defineHost({
  code: 'oms',
  name: 'Wizamart OMS',
  domain: 'oms.lu',
  plugins: [cms, devTools],
  modules: { on: ['cms', 'dev-tools'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de'] },
  theme: { ...THEME_PRESETS.modern, name: 'Wizamart OMS' },
  tiers,
  defaultTier: 'essential',
  pages: new URL('../pages/', import.meta.url),
});
