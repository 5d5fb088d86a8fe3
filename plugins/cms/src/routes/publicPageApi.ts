import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PublicPages } from '../services/PublicPages.js';
import { publicPage } from './schemas.js';

/** `/api/v1/storefront/pages/{slug}` and `/api/v1/platform/pages/{slug}`: what visitors may read. */
export function publicPageApi(pages: PublicPages): RouteDefinition[] {
  return (['storefront', 'platform'] as const).map((surface) =>
    defineRoute({
      method: 'GET',
      path: '/pages/:slug',
      surface,
      kind: 'api',
      access: 'public',
      summary:
        surface === 'platform'
          ? 'Get a published marketing page'
          : 'Get a published page of the store, or the platform’s default',
      input: z.object({ slug: z.string().max(100) }),
      output: publicPage,
      example: { slug: 'about' },
      errors: [{ code: 'CMS_PAGE_NOT_FOUND', status: 404 }],
      handle: async (ctx, { slug }) => {
        const page = await pages.find(ctx, slug);
        if (!page) throw new PageNotFound({ page: slug });
        return page;
      },
    }),
  );
}
