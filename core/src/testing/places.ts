import type { Surface } from '../kernel/context.js';

export type SignInSurface = 'admin' | 'store' | 'storefront';

/** Where a route is reached on a development host. */
export interface Place {
  readonly surface: Surface;
  readonly kind: 'page' | 'api';
  /** Left out for the global admin. */
  readonly platform?: { readonly code: string };
  readonly store?: { readonly code: string } | null;
}

/**
 * The path below which a surface's pages or API lie on `localhost`, for example
 * `/platforms/oms/store/acme/api/v1/store`.
 */
export function rootOf({ surface, kind, platform, store }: Place): string {
  const api = kind === 'api' ? `/api/v1/${surface}` : '';
  if (!platform) return kind === 'api' ? api : '/admin';
  const root = `/platforms/${platform.code}`;
  switch (surface) {
    case 'admin':
      return kind === 'api' ? `${root}${api}` : `${root}/admin`;
    case 'store':
      return `${root}/store${store ? `/${store.code}` : ''}${api}`;
    case 'storefront':
      if (!store) throw new Error('a storefront belongs to a store: name it');
      return `${root}/stores/${store.code}${api}`;
    case 'platform':
      return `${root}${api}`;
    case 'webhook':
      return `${root}/webhooks`;
  }
}

/** Path of the sign-in page at the root of a surface's own host. */
export const signInPath = (surface: SignInSurface): string =>
  ({ admin: '/admin/login', store: '/store/login', storefront: '/storefront/account/login' })[surface];
