import { defineRoute, type Hooks, type RouteDefinition, view, z } from '@wizamart/core';
import type { FormGuard } from '../forms/FormGuard.js';
import type { Pictures } from '../media/Pictures.js';
import { pageHead } from '../seo/pageHead.js';
import { drawnBlocks } from '../views/drawPage.js';
import { publicPageView } from '../views/publicPage.js';
import type { PreviewLinks } from './PreviewLinks.js';

/** Never kept by anybody, never found, and the link itself is told to no other site. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
} as const;

/** `/preview/{token}` on the hosts of platforms and stores: a draft as visitors would see it. */
export function previewRoutes(
  previews: PreviewLinks,
  drawing: { readonly pictures: Pictures; readonly formGuard: FormGuard; readonly hooks: Hooks },
): RouteDefinition[] {
  return (['platform', 'storefront'] as const).map((surface) =>
    defineRoute({
      method: 'GET',
      path: '/preview/:token',
      surface,
      kind: 'page',
      access: 'public',
      summary: 'A draft, for whoever has its link',
      input: z.object({ token: z.string().max(200) }),
      handle: async (ctx, { token }) => {
        const preview = await previews.open(ctx, token);
        if (preview.state !== 'shown') {
          const isOver = preview.state === 'over';
          return view('cms/preview-over', { isOver }, { status: isOver ? 410 : 404, headers: HEADERS });
        }
        const { page, isDraft, expiresAt } = preview;
        const shown = publicPageView(page, pageHead(ctx, page, null), await drawnBlocks(drawing, ctx, page));
        return view(
          'cms/preview',
          {
            page: { ...shown, robots: 'noindex, nofollow', alternates: [], structuredData: [] },
            partial: `cms/${page.template}`,
            isDraft,
            expiresAt,
          },
          { headers: HEADERS },
        );
      },
    }),
  );
}
