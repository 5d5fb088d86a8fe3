import { defineHost, THEME_PRESETS } from '@wizamart/core';
import { cms } from '@wizamart/plugin-cms';

/** The provider's own site: presents the products. */
export default defineHost({
  code: 'main',
  name: 'Wizamart',
  domain: 'wizamart.lu',
  plugins: [cms],
  modules: { on: ['cms'] },
  languages: { default: 'en', supported: ['en', 'fr', 'de', 'lb'] },
  theme: { ...THEME_PRESETS.slate, name: 'Wizamart' },
  pages: new URL('../pages/', import.meta.url),
});
