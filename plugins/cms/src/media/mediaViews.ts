import { type FieldError, type Language, LANGUAGES, type RouteContext, saySentence } from '@wizamart/core';
import { pagination, queryOf } from '../views/pagination.js';
import type { MediaMeters } from './MediaLimits.js';
import type { MediaListInput, MediaPage } from './mediaList.js';
import { MEGABYTE } from './settings.js';
import { MEDIA_KINDS, type MediaUsage, type Medium } from './types.js';

export interface MediaDesk {
  readonly surface: 'admin' | 'store';
  readonly editPermission: string;
}

type Data = Readonly<Record<string, unknown>>;
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  lb: 'Lëtzebuergesch',
};

/** What the template `media` needs. */
export function mediaListView(
  ctx: RouteContext,
  desk: MediaDesk,
  list: MediaPage<Medium> & { readonly meters: MediaMeters | null },
  query: MediaListInput,
  more: {
    readonly errors?: readonly FieldError[];
    readonly problem?: string | undefined;
    readonly lockedIn: string | null;
    /** Refused where a larger plan would not have. */
    readonly needsMore: boolean;
    readonly maxBytes: number;
  },
): Data {
  const base = ctx.links.to(desk.surface, '/media');
  const { q, sort, kind } = query;
  return {
    textKey: `cms.media.text.${desk.surface}`,
    mayEdit: mayEdit(ctx, desk),
    lockedIn: more.lockedIn,
    problem: more.problem,
    needsMore: more.needsMore,
    fileError: more.errors?.find(({ path }) => path === 'file')?.message,
    maxMegabytes: Math.floor(more.maxBytes / MEGABYTE),
    action: base,
    searchAction: base,
    deletedHref: `${base}/deleted`,
    askDeleteAction: `${base}/ask-delete`,
    q,
    sort,
    isFiltered: q !== '' || kind !== undefined,
    kinds: [
      { href: `${base}${queryOf({ q, sort })}`, label: 'cms.media.kind.all', isCurrent: kind === undefined },
      ...MEDIA_KINDS.map((one) => ({
        href: `${base}${queryOf({ q, sort, kind: one })}`,
        label: `cms.media.kind.${one}`,
        isCurrent: kind === one,
      })),
    ],
    meters: list.meters && {
      files: list.meters.files,
      megabytes: {
        used: toMegabytes(list.meters.bytes.used),
        limit: list.meters.bytes.limit === null ? null : toMegabytes(list.meters.bytes.limit),
      },
    },
    media: list.items.map((medium) => cardOf(ctx, desk, medium)),
    pagination: pagination(list, base, { q, sort, kind }),
  };
}

/** What the template `media-detail` needs. */
export function mediumView(
  ctx: RouteContext,
  desk: MediaDesk,
  medium: Medium,
  usage: MediaUsage,
  more: {
    readonly errors?: readonly FieldError[];
    readonly problem?: string | undefined;
    readonly typed?: Data;
  },
): Data {
  const to = (path: string): string => ctx.links.to(desk.surface, `/media/${medium.id}${path}`);
  const errorOf = (path: string): string | undefined =>
    more.errors?.find((error) => error.path === path)?.message;
  const alt = (more.typed?.['alt'] ?? medium.alt) as Readonly<Record<string, string>>;
  const focus = (more.typed ?? {
    focusX: Math.round(medium.focus.x * 100),
    focusY: Math.round(medium.focus.y * 100),
  }) as Data;
  return {
    ...cardOf(ctx, desk, medium),
    heading: medium.title,
    title: (more.typed?.['title'] as string | undefined) ?? medium.title,
    mayEdit: mayEdit(ctx, desk),
    listHref: ctx.links.to(desk.surface, '/media'),
    action: to(''),
    replaceAction: to('/replace'),
    retryAction: to('/retry'),
    deleteHref: to('/delete'),
    isImage: medium.kind === 'image',
    isFailed: medium.status === 'failed',
    isProcessing: medium.status === 'processing',
    failure: medium.failure === null ? null : saySentence(medium.failure),
    focusX: String(focus['focusX'] ?? 50),
    focusY: String(focus['focusY'] ?? 50),
    alts: languagesOf(ctx, medium).map((language) => ({
      name: `alt.${language}`,
      label: LANGUAGE_NAMES[language],
      value: alt[language] ?? '',
      error: errorOf(`alt.${language}`),
    })),
    errors: {
      title: errorOf('title'),
      focusX: errorOf('focusX'),
      focusY: errorOf('focusY'),
      file: errorOf('file'),
    },
    usage: usage.pages.map((use) => ({
      slug: use.slug,
      title: use.title,
      language: use.language.toUpperCase(),
      isLive: use.isLive,
      href: ctx.links.to(desk.surface, `${EDITORS[use.kind]}/${use.pageId}?language=${use.language}`),
    })),
    stores: usage.stores,
    isInTheme: usage.theme,
    themeHref: ctx.links.to(desk.surface, desk.surface === 'store' ? '/theme' : '/branding'),
    problem: more.problem,
    crops: (['square', 'wide'] as const).flatMap((shape) => previewOf(ctx, desk, medium, `${shape}-`, shape)),
  };
}

/** What the template `media-delete` needs. */
export function deleteView(ctx: RouteContext, desk: MediaDesk, medium: Medium, usage: MediaUsage): Data {
  const to = (path: string): string => ctx.links.to(desk.surface, `/media/${medium.id}${path}`);
  return {
    title: medium.title,
    listHref: ctx.links.to(desk.surface, '/media'),
    cancelHref: to(''),
    action: to('/delete'),
    isUsed: usage.pages.length > 0 || usage.stores > 0,
    isInTheme: usage.theme,
    themeHref: ctx.links.to(desk.surface, desk.surface === 'store' ? '/theme' : '/branding'),
    pages: [...new Set(usage.pages.map(({ slug, title }) => `${title} (/${slug})`))],
    stores: usage.stores,
  };
}

const EDITORS = { platform: '/pages', default: '/defaults', store: '/content-pages' } as const;

function cardOf(ctx: RouteContext, desk: MediaDesk, medium: Medium): Data {
  return {
    id: medium.id,
    title: medium.title,
    fileName: medium.fileName,
    href: ctx.links.to(desk.surface, `/media/${medium.id}`),
    mime: medium.mime,
    size: toMegabytes(medium.bytes),
    width: medium.width,
    height: medium.height,
    createdAt: medium.createdAt,
    statusKey: `cms.media.status.${medium.status}`,
    isReady: medium.status === 'ready',
    hasFailed: medium.status === 'failed',
    hasAlt: medium.kind === 'document' || Object.keys(medium.alt).length > 0,
    preview: previewOf(ctx, desk, medium, 'w', 'natural')[0] ?? null,
    downloadHref: medium.kind === 'document' ? previewHref(ctx, desk, medium, 'original') : null,
  };
}

function previewOf(
  ctx: RouteContext,
  desk: MediaDesk,
  medium: Medium,
  prefix: string,
  shape: string,
): Data[] {
  const variant = medium.variants.find(
    ({ name, extension }) =>
      extension === 'webp' && name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)),
  );
  return variant
    ? [
        {
          shape,
          src: previewHref(ctx, desk, medium, variant.name),
          width: variant.width,
          height: variant.height,
        },
      ]
    : [];
}

function previewHref(
  ctx: RouteContext,
  { surface }: MediaDesk,
  { id, variants }: Medium,
  name: string,
): string | null {
  const variant = variants.find((one) => one.name === name);
  return variant
    ? ctx.links.to(surface, `/media/${id}/files/${variant.name}.${variant.hash}.${variant.extension}`)
    : null;
}

function mayEdit({ actor }: RouteContext, { editPermission }: MediaDesk): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(editPermission));
}

const languagesOf = (ctx: RouteContext, { alt }: Medium): readonly Language[] =>
  LANGUAGES.filter(
    (language) => (ctx.store ?? ctx.platform).languages.includes(language) || alt[language] !== undefined,
  );
export const toMegabytes = (bytes: number): number => Math.round((bytes / MEGABYTE) * 100) / 100;
