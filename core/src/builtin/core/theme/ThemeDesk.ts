import type { RouteContext } from '../../../kernel/route.js';

/** Where a theme is edited: a store's in its dashboard, a platform's in its admin. */
export interface ThemeDesk {
  readonly surface: 'store' | 'admin';
  readonly base: '/theme' | '/branding';
  readonly menu: 'theme' | 'branding';
  /** The pages that the theme is for. */
  readonly site: 'storefront' | 'platform';
  readonly permissions: { readonly view: string; readonly edit: string; readonly publish: string };
}

export const STORE_THEME: ThemeDesk = {
  surface: 'store',
  base: '/theme',
  menu: 'theme',
  site: 'storefront',
  permissions: { view: 'core.theme.view', edit: 'core.theme.edit', publish: 'core.theme.publish' },
};

export const PLATFORM_BRANDING: ThemeDesk = {
  surface: 'admin',
  base: '/branding',
  menu: 'branding',
  site: 'platform',
  permissions: { view: 'core.branding.view', edit: 'core.branding.edit', publish: 'core.branding.publish' },
};

export const THEME_DESKS = [STORE_THEME, PLATFORM_BRANDING] as const;

export const deskHref = (ctx: RouteContext, { surface, base }: ThemeDesk, path = ''): string =>
  ctx.links.to(surface, base + path);
