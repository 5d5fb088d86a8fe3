import type { MenuItemDefinition } from '@wizamart/core';
import { MAY_LOOK } from './permissions.js';

const item = (code: string, order: number, icon: string): MenuItemDefinition => ({
  code,
  surface: 'admin',
  label: `dev-tools.menu.${code}`,
  path: `/dev-tools/${code}`,
  section: 'developer',
  order,
  icon,
  permission: MAY_LOOK,
});

/** Where administrators find the tools. */
export const devToolsMenu: readonly MenuItemDefinition[] = [
  item('components', 950, 'components'),
  item('icons', 960, 'icons'),
  item('graph', 970, 'sitemap'),
];
