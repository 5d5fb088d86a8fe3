import {
  defineRoute,
  DomainError,
  type Language,
  LANGUAGES,
  parseInput,
  redirect,
  type RouteContext,
  type RouteDefinition,
  sayError,
  sayFields,
  type View,
  view,
  z,
} from '@wizamart/core';
import { typesOfModules } from '../blocks/checkForeign.js';
import type { PageDesk } from '../editor/PageDesk.js';
import {
  changesOf,
  emptyForm,
  formOf,
  isOnlyEditing,
  type PageForm,
  pageFormInput,
  submittedForm,
} from '../editor/pageForm.js';
import type { Pictures } from '../media/Pictures.js';
import { newPage, pageChanges } from '../input/pageInput.js';
import type { PageLocks } from '../services/PageLocks.js';
import { bulkRoutes, undoDelete } from './bulkRoutes.js';
import type { PageDetail, StorePageDetail } from '../types.js';
import { told } from '../views/told.js';
import { type EditorState, editorPageView, publicHref } from '../views/editorPage.js';

const pageId = z.object({ id: z.uuid() });
const languageInput = z.enum(LANGUAGES).optional().catch(undefined);

/** Failures that the person at the form can mend; the rest is not theirs to see. */
const CORRECTABLE = new Set([402, 403, 409, 422]);

type Show = (
  ctx: RouteContext,
  state: Partial<EditorState> & { readonly form: PageForm },
  status?: number,
) => Promise<View>;

/** The pages of a desk on which one page is written, published and deleted; without any script. */
export function editorRoutes(desk: PageDesk, locks: PageLocks, pictures: Pictures): RouteDefinition[] {
  const { surface, base, menu, permissions } = desk;
  const common = { surface, kind: 'page', menu } as const;
  const to = (ctx: RouteContext, path: string): string => ctx.links.to(surface, base + path);
  const show: Show = async (ctx, state, status = 200) =>
    view(
      'cms/editor',
      editorPageView(ctx, {
        desk,
        page: undefined,
        locks: await locks.of(ctx),
        pictures: await pictures.choices(ctx),
        links: await desk.links(ctx),
        errors: [],
        problem: undefined,
        isUnsaved: false,
        ...state,
      }),
      { status },
    );

  return [
    ...bulkRoutes(desk),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${base}/new`,
      access: permissions.edit,
      summary: 'Form of a new page',
      input: z.object({ language: languageInput }),
      handle: (ctx, { language }) => show(ctx, { form: emptyForm(language ?? defaultLanguage(ctx)) }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/new`,
      access: permissions.edit,
      summary: 'Create a page',
      input: pageFormInput,
      handle: async (ctx, input) => {
        const form = submittedForm(input, input.language ?? defaultLanguage(ctx), typesOfModules(ctx));
        if (isOnlyEditing(input.do)) return show(ctx, { form, isUnsaved: true });
        return orShowAgain(show, ctx, form, undefined, async () => {
          const page = await desk.create(
            ctx,
            parseInput(newPage, {
              ...changesOf(form),
              status: input.do === 'publish' ? 'published' : 'draft',
            }),
          );
          return told(
            ctx,
            `${to(ctx, `/${page.id}`)}?language=${form.language}`,
            `cms.done.${input.do === 'publish' ? 'published' : 'created'}`,
          );
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${base}/:id`,
      access: permissions.view,
      summary: 'Form of a page',
      input: pageId.extend({ language: languageInput }),
      handle: async (ctx, { id, language }) => {
        const page = await desk.get(ctx, id);
        // A default is not the store's to edit: the list offers to override it.
        if ((page as Partial<StorePageDetail>).source === 'default') return redirect(to(ctx, ''));
        return show(ctx, { form: formOf(page, language ?? page.language), page });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id`,
      access: permissions.edit,
      summary: 'Save a page',
      input: pageFormInput.extend(pageId.shape),
      handle: async (ctx, { id, ...input }) => {
        const page = await desk.get(ctx, id);
        const form = submittedForm(input, input.language ?? page.language, typesOfModules(ctx));
        if (isOnlyEditing(input.do)) return show(ctx, { form, page, isUnsaved: true });
        return orShowAgain(show, ctx, form, page, async () => {
          const status = input.do === 'publish' ? { status: 'published' } : {};
          await desk.patch(ctx, id, parseInput(pageChanges, { ...changesOf(form), ...status }));
          return told(
            ctx,
            `${to(ctx, `/${id}`)}?language=${form.language}`,
            `cms.done.${input.do === 'publish' ? 'published' : 'saved'}`,
          );
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id/publish`,
      access: permissions.publish,
      summary: 'Publish a page’s draft',
      input: pageId,
      handle: async (ctx, { id }) => {
        await desk.publish(ctx, id);
        return told(ctx, to(ctx, ''), 'cms.done.published');
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id/remove-language`,
      access: permissions.edit,
      summary: 'Take a language out of a page’s draft',
      input: pageId.extend({ language: z.enum(LANGUAGES) }),
      handle: async (ctx, { id, language }) => {
        const { language: left } = await desk.patch(ctx, id, { translations: { [language]: null } });
        return told(ctx, `${to(ctx, `/${id}`)}?language=${left}`, 'cms.done.languageRemoved');
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id/unpublish`,
      access: permissions.publish,
      summary: 'Take a page from visitors',
      input: pageId,
      handle: async (ctx, { id }) => {
        const { hasDraft } = await desk.get(ctx, id);
        await desk.patch(ctx, id, { status: 'draft' });
        // Publishing shows visitors what they saw before, unless there was a newer draft.
        const undo = hasDraft ? {} : { undo: { action: to(ctx, `/${id}/publish`) } };
        return told(ctx, to(ctx, `/${id}`), 'cms.done.unpublished', undo);
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${base}/:id/delete`,
      access: permissions.edit,
      summary: 'Ask before deleting a page',
      input: pageId,
      handle: async (ctx, { id }) => {
        const page = await desk.get(ctx, id);
        return view('cms/confirm-delete', {
          title: page.title,
          slug: page.slug,
          isPublished: page.status === 'published',
          isDefault: desk.words === 'defaults',
          publicHref: publicHref(ctx, desk, page.slug),
          listKey: `cms.${desk.words}.title`,
          listHref: to(ctx, ''),
          action: to(ctx, `/${id}/delete`),
          cancelHref: to(ctx, `/${id}`),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id/delete`,
      access: permissions.edit,
      summary: 'Delete a page',
      input: pageId,
      handle: async (ctx, { id }) => {
        await desk.remove(ctx, id);
        return told(ctx, to(ctx, ''), 'cms.done.deleted', undoDelete(to(ctx, '/bring-back'), [id]));
      },
    }),
  ];
}

/** Saves; a refusal that can be mended shows the form again, with everything that was typed. */
async function orShowAgain(
  show: Show,
  ctx: RouteContext,
  form: PageForm,
  page: PageDetail | undefined,
  save: () => Promise<ReturnType<typeof redirect>>,
): Promise<View | ReturnType<typeof redirect>> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof DomainError) || !CORRECTABLE.has(error.status)) throw error;
    const errors = sayFields(error);
    return show(
      ctx,
      { form, page, errors, problem: sayError(error), needsMore: error.status === 402, isUnsaved: true },
      error.status,
    );
  }
}

const defaultLanguage = (ctx: RouteContext): Language => (ctx.store ?? ctx.platform).defaultLanguage;
