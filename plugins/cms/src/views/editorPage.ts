import { type FieldError, type Language, LANGUAGES, type TenantContext } from '@wizamart/core';
import { typesOfModules } from '../blocks/checkForeign.js';
import { BLOCK_TYPES } from '../editor/blockFields.js';
import { blockForm, optionView } from '../editor/blockForm.js';
import type { PageDesk, PageLink } from '../editor/PageDesk.js';
import { type PageForm, seoFormOf } from '../editor/pageForm.js';
import type { PictureOption } from '../media/Pictures.js';
import { languagePreference, pickLanguage } from '../services/resolution.js';
import { pathOf } from '../services/PageMenu.js';
import type { Locks } from '../services/PageLocks.js';
import { thumbnailHref } from './thumbnails.js';
import { PAGE_TEMPLATES, type PageDetail, PLACEMENTS, type StorePageDetail } from '../types.js';

export interface EditorState {
  readonly desk: PageDesk;
  readonly form: PageForm;
  /** Undefined while the page does not exist yet. */
  readonly page: PageDetail | undefined;
  readonly locks: Locks;
  /** The media library's pictures, for the blocks that show one. */
  readonly pictures: readonly PictureOption[];
  /** Pages that texts may lead to. */
  readonly links: readonly PageLink[];
  readonly errors: readonly FieldError[];
  /** A sentence about why saving was refused. */
  readonly problem: string | undefined;
  /** A larger plan would not have refused. */
  readonly needsMore?: boolean;
  /** Blocks were added, moved or removed and are not saved. */
  readonly isUnsaved: boolean;
}

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  lb: 'Lëtzebuergesch',
};

/** What the template `editor` needs. */
export function editorPageView(ctx: TenantContext, state: EditorState): Readonly<Record<string, unknown>> {
  const { desk, form, page, locks, errors } = state;
  const to = (path: string): string => ctx.links.to(desk.surface, desk.base + path);
  const { actor } = ctx;
  const errorOf = (path: string): string | undefined => errors.find((error) => error.path === path)?.message;
  return {
    heading: page ? page.title : undefined,
    titleKey: `cms.${desk.words}.new`,
    listKey: `cms.${desk.words}.title`,
    publicHref: page?.status === 'published' ? publicHref(ctx, desk, page.slug) : null,
    listHref: to(''),
    action: page ? to(`/${page.id}`) : to('/new'),
    page: page && {
      isPublished: page.status === 'published',
      hasDraft: page.hasDraft,
      publishedAt: page.publishedAt,
      deleteHref: to(`/${page.id}/delete`),
      unpublishAction: to(`/${page.id}/unpublish`),
      publishAt: page.publishAt,
      unpublishAt: page.unpublishAt,
      revisionsHref: to(`/${page.id}/revisions`),
      scheduleHref: to(`/${page.id}/schedule`),
      previewHref: to(`/${page.id}/preview`),
      defaultChangesHref: (page as Partial<StorePageDetail>).defaultChanged
        ? to(`/${page.id}/default-changes`)
        : null,
    },
    mayEdit:
      actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(desk.permissions.edit)),
    mayPublish:
      actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(desk.permissions.publish)),
    language: form.language,
    languageName: LANGUAGE_NAMES[form.language],
    shownInstead:
      page && page.translations[form.language] === undefined ? fallbackName(ctx, page, form.language) : null,
    removeLanguageAction:
      page && page.languages.length > 1 && page.translations[form.language] !== undefined
        ? to(`/${page.id}/remove-language`)
        : null,
    languages: languagesOf(ctx, page).map((code) => ({
      code,
      name: LANGUAGE_NAMES[code],
      isCurrent: code === form.language,
      isWritten: page?.translations[code] !== undefined,
      href: page ? `${to(`/${page.id}`)}?language=${code}` : `${to('/new')}?language=${code}`,
    })),
    form: {
      slug: form.slug,
      title: form.title,
      description: form.description,
      position: form.position,
      seo: form.seo ?? seoFormOf({}),
    },
    errors: {
      slug: errorOf('slug'),
      title: errorOf('title'),
      description: errorOf('description'),
      placement: errorOf('placement'),
      position: errorOf('position'),
      template: errorOf('template'),
      seoTitle: errorOf('seo.title'),
      seoDescription: errorOf('seo.description'),
      seoCanonical: errorOf('seo.canonical'),
      ogTitle: errorOf('seo.ogTitle'),
      ogDescription: errorOf('seo.ogDescription'),
      ogImage: errorOf('seo.ogImage'),
      body: errorOf('body'),
    },
    placements: PLACEMENTS.map((value) => optionView('placement', value, form.placement)),
    templates: PAGE_TEMPLATES.map((value) =>
      optionView('template', value, form.template ?? page?.template ?? 'article'),
    ),
    templatesLockedBy: locks.templates?.join(', ') ?? null,
    seoLockedBy: locks.seo?.join(', ') ?? null,
    isTemplateLocked: locks.templates !== null,
    isSeoLocked: locks.seo !== null,
    blocks: blockForm(form.body, errors, typesOfModules(ctx)).map((block) => ({
      ...block,
      hasFocus: form.focus === block.index,
      isOpen: block.hasError || form.focus === block.index || form.body.length === 1,
    })),
    pictures: state.pictures.map((picture) => ({
      value: picture.value,
      label: picture.label,
      src: thumbnailHref(ctx, desk.surface, picture),
    })),
    links: state.links.map(({ slug, title }) => ({ path: pathOf(slug), title })),
    mediaHref: ctx.links.to(desk.surface, '/media'),
    liveAction: to('/live'),
    liveSrc: `${page ? to(`/${page.id}/live`) : to('/live')}?language=${form.language}`,
    removed: form.removed,
    hasSeoError: errors.some(({ path }) => path.startsWith('seo.')),
    blockTypes: [
      ...BLOCK_TYPES.map((value) => ({ value, label: `cms.block.${value}` })),
      ...typesOfModules(ctx).map((value) => ({ value, label: null })),
    ],
    problem: state.problem,
    needsMore: state.needsMore === true,
    isUnsaved: state.isUnsaved,
  };
}

/** What visitors read who ask for a language that the page does not have. */
function fallbackName(ctx: TenantContext, page: PageDetail, language: Language): string | null {
  const shown = pickLanguage(languagePreference({ ...ctx, language }), [...page.languages].sort());
  return shown === undefined ? null : LANGUAGE_NAMES[shown];
}

/** The languages of the site, and those that the page has beyond them. */
function languagesOf(ctx: TenantContext, page: PageDetail | undefined): readonly Language[] {
  const offered = new Set([...(ctx.store ?? ctx.platform).languages, ...(page?.languages ?? [])]);
  return LANGUAGES.filter((language) => offered.has(language));
}

/** Where visitors see the page; a default is seen on the stores' hosts only. */
export function publicHref(ctx: TenantContext, desk: PageDesk, slug: string): string | null {
  if (desk.words === 'defaults') return null;
  return ctx.links.to(
    desk.surface === 'store' ? 'storefront' : 'platform',
    slug === 'home' ? '/' : `/${slug}`,
  );
}
