import type { RouteContext, z } from '@wizamart/core';
import { CMS, type PagePermissions } from '../permissions.js';
import type { JournalKind } from '../services/PageJournal.js';
import type { PlatformPages } from '../services/PlatformPages.js';
import type { StorePages } from '../services/StorePages.js';
import { defaultDetail, pageDetail, storePageDetail } from './schemas.js';

/** Where the API of one kind of page stands, and what its routes have in common. */
export interface ApiPlace {
  readonly surface: 'admin' | 'store';
  readonly base: '/pages' | '/defaults';
  readonly permissions: PagePermissions;
  /** Ends sentences, e.g. "List the versions of …". */
  readonly one: string;
  readonly detail: z.ZodObject;
}

export const API_PLACES: Readonly<Record<JournalKind, ApiPlace>> = {
  platform: {
    surface: 'admin',
    base: '/pages',
    permissions: CMS.marketing,
    one: 'a marketing page',
    detail: pageDetail,
  },
  default: {
    surface: 'admin',
    base: '/defaults',
    permissions: CMS.defaults,
    one: 'a store default',
    detail: defaultDetail,
  },
  store: {
    surface: 'store',
    base: '/pages',
    permissions: CMS.pages,
    one: 'one of the store’s own pages',
    detail: storePageDetail,
  },
};

export interface PageServices {
  readonly platformPages: PlatformPages;
  readonly storePages: StorePages;
}

/** A page of any kind as its editors see it. */
export const detailOf = (
  { platformPages, storePages }: PageServices,
  ctx: RouteContext,
  kind: JournalKind,
  id: string,
): Promise<object> => (kind === 'store' ? storePages.get(ctx, id) : platformPages.get(ctx, kind, id));

export const NOT_FOUND = { code: 'CMS_PAGE_NOT_FOUND', status: 404 } as const;
export const FEATURE = { code: 'FEATURE_NOT_IN_TIER', status: 402 } as const;
