import {
  defineRoute,
  DomainError,
  type Entitlements,
  FeatureNotInTier,
  type FieldError,
  type ModuleSettings,
  parseInput,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  sayError,
  sayFields,
  type Tiers,
  type View,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { mediaListInput, type MediaListInput } from '../mediaList.js';
import { mediumChanges } from '../mediaInput.js';
import type { MediaLibrary } from '../MediaLibrary.js';
import { deleteView, type MediaDesk, mediaListView, mediumView } from '../mediaViews.js';
import { undoOf } from './mediaBinPages.js';
import { told } from '../../views/told.js';
import { uploadLimit } from '../settings.js';

const mediumId = z.object({ id: z.uuid() });
const typed = z.string().max(2_000).default('');
const detailForm = mediumId.extend({
  title: typed,
  alt: z.record(z.string(), z.string().max(2_000)).default({}),
  focusX: typed,
  focusY: typed,
});
const FIRST: MediaListInput = mediaListInput.parse({});
/** Failures that the person at the form can mend. */
const CORRECTABLE = new Set([402, 409, 422]);

interface PageDeps {
  readonly library: MediaLibrary;
  readonly settings: ModuleSettings;
  readonly entitlements: Entitlements;
  readonly tiers: Tiers;
}

/** The library's pages; without any script. */
export function mediaPages(
  { library, settings, entitlements, tiers }: PageDeps,
  surface: 'admin' | 'store',
): RouteDefinition[] {
  const permissions = surface === 'store' ? CMS.media : CMS.siteMedia;
  const desk: MediaDesk = { surface, editPermission: permissions.edit };
  const common = { surface, kind: 'page', menu: 'media' } as const;
  const maxBytes = uploadLimit(settings);
  const upload = { maxFiles: 1, maxBytes };
  const to = (ctx: RouteContext, path: string): string => ctx.links.to(surface, `/media${path}`);

  const showList = async (
    ctx: RouteContext,
    input: MediaListInput,
    more: { errors?: readonly FieldError[]; problem?: string } = {},
    status = 200,
  ): Promise<View> =>
    view(
      'cms/media',
      mediaListView(ctx, desk, await library.list(ctx, input), input, {
        ...more,
        needsMore: status === 402,
        lockedIn: await lockOf(ctx, entitlements, tiers),
        maxBytes: maxBytes(ctx),
      }),
      { status },
    );
  const showOne = async (
    ctx: RouteContext,
    id: string,
    more: Parameters<typeof mediumView>[4] = {},
    status = 200,
  ): Promise<View> =>
    view(
      'cms/media-detail',
      mediumView(ctx, desk, await library.get(ctx, id), await library.usage(ctx, id), more),
      { status },
    );

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: '/media',
      access: permissions.view,
      summary: 'Media library',
      input: mediaListInput,
      handle: (ctx, input) => showList(ctx, input),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/media',
      access: permissions.edit,
      summary: 'Upload a picture or file',
      upload,
      input: z.object({ title: typed }),
      handle: (ctx, { title }) =>
        orShow(
          async () => {
            const medium = await library.upload(ctx, ctx.uploads[0], { title: title.trim().slice(0, 200) });
            return told(ctx, to(ctx, `/${medium.id}`), 'cms.media.done.uploaded');
          },
          (errors, problem, status) => showList(ctx, FIRST, { errors, problem }, status),
        ),
      invalid: (ctx, _values, errors) => showList(ctx, FIRST, { errors }, 422),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: '/media/:id',
      access: permissions.view,
      summary: 'A picture or file',
      input: mediumId,
      handle: (ctx, { id }) => showOne(ctx, id),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/media/:id',
      access: permissions.edit,
      summary: 'Save title, words and focal point',
      input: detailForm,
      handle: (ctx, { id, title, alt, focusX, focusY }) =>
        orShow(
          async () => {
            const focus =
              focusX === '' && focusY === ''
                ? {}
                : { focus: { x: percent(focusX, 'focusX'), y: percent(focusY, 'focusY') } };
            await library.patch(ctx, id, parseInput(mediumChanges, { title, alt, ...focus }));
            return told(ctx, to(ctx, `/${id}`), 'cms.media.done.saved');
          },
          (errors, problem, status) =>
            showOne(ctx, id, { errors, problem, typed: { title, alt, focusX, focusY } }, status),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/media/:id/replace',
      access: permissions.edit,
      summary: 'Replace the file',
      upload,
      input: mediumId,
      handle: (ctx, { id }) =>
        orShow(
          async () => {
            await library.replace(ctx, id, ctx.uploads[0]);
            return told(ctx, to(ctx, `/${id}`), 'cms.media.done.replaced');
          },
          (errors, problem, status) => showOne(ctx, id, { errors, problem }, status),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/media/:id/retry',
      access: permissions.edit,
      summary: 'Make its sizes anew',
      input: mediumId,
      handle: (ctx, { id }) =>
        orShow(
          async () => {
            await library.retry(ctx, id);
            return told(ctx, to(ctx, `/${id}`), 'cms.media.done.retried');
          },
          (errors, problem, status) => showOne(ctx, id, { errors, problem }, status),
        ),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: '/media/:id/delete',
      access: permissions.edit,
      summary: 'Ask before deleting',
      input: mediumId,
      handle: async (ctx, { id }) =>
        view(
          'cms/media-delete',
          deleteView(ctx, desk, await library.get(ctx, id), await library.usage(ctx, id)),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/media/:id/delete',
      access: permissions.edit,
      summary: 'Delete a picture or file',
      input: mediumId,
      handle: async (ctx, { id }) => {
        await library.remove(ctx, id, true);
        return told(ctx, to(ctx, ''), 'cms.media.done.deleted', undoOf(to(ctx, '/bring-back'), [id]));
      },
    }),
  ];
}

async function orShow(
  work: () => Promise<Redirect>,
  show: (errors: readonly FieldError[], problem: string, status: number) => Promise<View>,
): Promise<View | Redirect> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !CORRECTABLE.has(error.status)) throw error;
    return show(sayFields(error), sayError(error), error.status);
  }
}

/** 0–100 as people enter it, to 0–1. */
function percent(value: string, field: string): number {
  const parsed = z.coerce
    .number()
    .min(0)
    .max(100)
    .safeParse(value.trim() === '' ? undefined : value);
  if (parsed.success) return parsed.data / 100;
  return parseInput(z.object({ [field]: z.never('Enter a number from 0 to 100.') }), {
    [field]: value,
  }) as never;
}

async function lockOf(ctx: RouteContext, entitlements: Entitlements, tiers: Tiers): Promise<string | null> {
  if (!ctx.store) return null;
  try {
    await entitlements.require(ctx, 'media_library');
    return null;
  } catch (error) {
    if (!(error instanceof FeatureNotInTier)) throw error;
    const known = await tiers.list(ctx);
    return error.data.availableIn
      .map((code) => known.find((tier) => tier.code === code)?.name ?? code)
      .join(', ');
  }
}
