import { defineRoute, type ModuleSettings, type RouteContext, type RouteDefinition, z } from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { EXAMPLE_ID } from '../../routes/examples.js';
import { mediaListInput } from '../mediaList.js';
import { mediumChanges, newMedium } from '../mediaInput.js';
import { variantPath } from '../mediaKeys.js';
import type { MediaLibrary } from '../MediaLibrary.js';
import { uploadLimit } from '../settings.js';
import type { Medium } from '../types.js';
import { mediaListSchema, mediaUsageSchema, mediumSchema } from './mediaSchemas.js';

const mediumId = z.object({ id: z.uuid() });
const notFound = { code: 'CMS_MEDIUM_NOT_FOUND', status: 404 } as const;
const refused = [
  { code: 'CMS_MEDIA_FILE_REFUSED', status: 422 },
  { code: 'CMS_MEDIA_LIMIT_REACHED', status: 402 },
  { code: 'FEATURE_NOT_IN_TIER', status: 402 },
] as const;

/** `/media` of a store's API, and of an administrator's. */
export function mediaApi(
  library: MediaLibrary,
  settings: ModuleSettings,
  surface: 'admin' | 'store',
): RouteDefinition[] {
  const { view, edit } = surface === 'store' ? CMS.media : CMS.siteMedia;
  const api = { surface, kind: 'api' } as const;
  const upload = { maxFiles: 1, maxBytes: uploadLimit(settings) };
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: '/media',
      access: view,
      summary: 'List pictures and files, with what the plan leaves',
      input: mediaListInput,
      output: mediaListSchema,
      example: { kind: 'image', sort: '-createdAt' },
      handle: async (ctx, input) => {
        const list = await library.list(ctx, input);
        return { ...list, items: list.items.map((medium) => answerOf(ctx, medium)) };
      },
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/media',
      access: edit,
      summary: 'Upload a picture or PDF; its sizes are made afterwards',
      status: 201,
      idempotent: true,
      upload,
      input: newMedium,
      output: mediumSchema,
      example: { title: 'Our shop' },
      errors: refused,
      handle: async (ctx, input) => answerOf(ctx, await library.upload(ctx, ctx.uploads[0], input)),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/media/:id',
      access: view,
      summary: 'Get a picture or file',
      input: mediumId,
      output: mediumSchema,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: async (ctx, { id }) => answerOf(ctx, await library.get(ctx, id)),
    }),
    defineRoute({
      ...api,
      method: 'PATCH',
      path: '/media/:id',
      access: edit,
      summary: 'Change title, alternative texts or focal point',
      input: mediumChanges.extend(mediumId.shape),
      output: mediumSchema,
      example: { id: EXAMPLE_ID, alt: { en: 'Our shop in Esch' }, focus: { x: 0.3, y: 0.5 } },
      errors: [notFound],
      handle: async (ctx, { id, ...changes }) => answerOf(ctx, await library.patch(ctx, id, changes)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/media/:id/replace',
      access: edit,
      summary: 'Put another file in its place; pages show the new one',
      upload,
      input: mediumId,
      output: mediumSchema,
      example: { id: EXAMPLE_ID },
      errors: [notFound, ...refused],
      handle: async (ctx, { id }) => answerOf(ctx, await library.replace(ctx, id, ctx.uploads[0])),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/media/:id/retry',
      access: edit,
      summary: 'Make its sizes anew after a failure',
      input: mediumId,
      output: mediumSchema,
      example: { id: EXAMPLE_ID },
      errors: [notFound, { code: 'CMS_MEDIA_NOTHING_TO_RETRY', status: 409 }],
      handle: async (ctx, { id }) => answerOf(ctx, await library.retry(ctx, id)),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/media/:id/usage',
      access: view,
      summary: 'List the pages that show it',
      input: mediumId,
      output: mediaUsageSchema,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => library.usage(ctx, id),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: '/media/:id',
      access: edit,
      summary: 'Delete it; with `confirm` also while pages show it',
      status: 204,
      input: mediumId.extend({ confirm: z.enum(['true', 'false']).default('false') }),
      example: { id: EXAMPLE_ID, confirm: 'true' },
      errors: [notFound, { code: 'CMS_MEDIUM_IN_USE', status: 409 }],
      handle: (ctx, { id, confirm }) => library.remove(ctx, id, confirm === 'true'),
    }),
  ];
}

export const answerOf = (ctx: RouteContext, medium: Medium): object => ({
  ...medium,
  variants: medium.variants.map((variant) => ({
    ...variant,
    address: ctx.links.to(ctx.store ? 'storefront' : 'platform', variantPath(medium.id, variant)),
  })),
});
