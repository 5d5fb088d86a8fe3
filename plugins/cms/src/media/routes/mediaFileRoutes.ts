import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { CMS } from '../../permissions.js';
import type { MediaFiles } from '../MediaFiles.js';

const address = z.object({ id: z.string().max(36), file: z.string().max(80) });

/** `/media/{id}/{variant}.{hash}.{extension}` of sites, and the same for the staff at their dashboards' own address. */
export function mediaFileRoutes(files: MediaFiles): RouteDefinition[] {
  const get = { method: 'GET', kind: 'page', input: address } as const;
  return [
    ...(['platform', 'storefront'] as const).map((surface) =>
      defineRoute({
        ...get,
        path: '/media/:id/:file',
        surface,
        access: 'public',
        summary: 'A picture or file',
        handle: (ctx, { id, file }) => files.serve(ctx, id, file),
      }),
    ),
    // Dashboards may lie on another host than the site, and browsers show no picture of a stranger.
    ...(
      [
        ['admin', CMS.siteMedia.view],
        ['store', CMS.media.view],
      ] as const
    ).map(([surface, access]) =>
      defineRoute({
        ...get,
        path: '/media/:id/files/:file',
        surface,
        access,
        summary: 'A picture or file of the library',
        handle: (ctx, { id, file }) => files.serve(ctx, id, file),
      }),
    ),
  ];
}
