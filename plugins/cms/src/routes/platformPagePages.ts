import { defineRoute, type RouteDefinition, view } from '@wizamart/core';
import { platformDesk } from '../editor/desks.js';
import { pageListInput } from '../input/listInput.js';
import type { Pictures } from '../media/Pictures.js';
import type { PageLocks } from '../services/PageLocks.js';
import type { PlatformPages } from '../services/PlatformPages.js';
import type { PlatformPageKind } from '../types.js';
import { pageListView } from '../views/pageList.js';
import { ALL, pagesFile } from './bulkRoutes.js';
import { editorRoutes } from './editorRoutes.js';

/** The admin's pages `/pages` and `/defaults`. */
export function platformPagePages(
  pages: PlatformPages,
  locks: PageLocks,
  pictures: Pictures,
  kind: PlatformPageKind,
): RouteDefinition[] {
  const desk = platformDesk(pages, kind);
  return [
    defineRoute({
      method: 'GET',
      path: desk.base,
      surface: 'admin',
      kind: 'page',
      menu: desk.menu,
      access: desk.permissions.view,
      summary: kind === 'platform' ? 'Marketing pages' : 'Store defaults',
      input: pageListInput,
      handle: async (ctx, input) =>
        view('cms/platform-pages', pageListView(ctx, desk, await pages.list(ctx, kind, input), input)),
    }),
    defineRoute({
      method: 'GET',
      path: `${desk.base}/export`,
      surface: 'admin',
      kind: 'page',
      menu: desk.menu,
      access: desk.permissions.view,
      summary: 'The list as a file',
      input: pageListInput,
      handle: async (ctx, input) =>
        pagesFile(
          kind === 'platform' ? 'pages' : 'defaults',
          (await pages.list(ctx, kind, { ...input, ...ALL })).items,
        ),
    }),
    ...editorRoutes(desk, locks, pictures),
  ];
}
