import {
  defineRoute,
  LANGUAGES,
  type Language,
  type RouteContext,
  type RouteDefinition,
  type SitePreviews,
  type View,
  view,
  z,
  type Hooks,
} from '@wizamart/core';
import { checkForeign, typesOfModules } from '../blocks/checkForeign.js';
import { sanitiseBody } from '../blocks/sanitiseBody.js';
import { type Block, type Body, bodySchema } from '../blocks/schemas.js';
import type { PublicHead } from '../seo/pageHead.js';
import type { FormGuard } from '../forms/FormGuard.js';
import type { Pictures } from '../media/Pictures.js';
import { PAGE_TEMPLATES, type PageTemplate, type PublicPage } from '../types.js';
import { drawnBlocks } from '../views/drawPage.js';
import { publicPageView } from '../views/publicPage.js';
import { blocksToSave } from './decodeBlocks.js';
import type { PageDesk } from './PageDesk.js';
import { emptyForm, formOf, type PageForm, pageFormInput, submittedForm } from './pageForm.js';

export interface LivePreviewParts {
  readonly sitePreviews: SitePreviews;
  readonly pictures: Pictures;
  readonly formGuard: FormGuard;
  readonly hooks: Hooks;
}

/** Never kept by anybody, never found. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' } as const;

const pageId = z.object({ id: z.uuid() });
const languageInput = z.enum(LANGUAGES).optional().catch(undefined);

/**
 * The page beside its editor as visitors would see it: as it is kept (GET), or as it has been typed (POST), with the
 * blocks that are whole. Nothing is saved.
 */
export function livePreviewRoutes(desk: PageDesk, parts: LivePreviewParts): RouteDefinition[] {
  const { surface, base, menu, permissions } = desk;
  const common = { surface, kind: 'page', menu } as const;
  return [
    // Without the page's id: what was typed is all that is shown.
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/live`,
      access: permissions.edit,
      summary: 'A page as it has been typed',
      input: pageFormInput,
      handle: (ctx, input) =>
        shown(parts, ctx, submittedForm(input, input.language ?? plain(ctx), typesOfModules(ctx))),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${base}/live`,
      access: permissions.view,
      summary: 'A page that has not been written yet',
      input: z.object({ language: languageInput }),
      handle: (ctx, { language }) => shown(parts, ctx, emptyForm(language ?? plain(ctx))),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${base}/:id/live`,
      access: permissions.view,
      summary: 'A page as it is being edited',
      input: pageId.extend({ language: languageInput }),
      handle: async (ctx, { id, language }) => {
        const page = await desk.get(ctx, id);
        return shown(parts, ctx, formOf(page, language ?? page.language), page.template);
      },
    }),
  ];
}

const plain = (ctx: RouteContext): Language => (ctx.store ?? ctx.platform).defaultLanguage;

async function shown(
  { sitePreviews, pictures, formGuard, hooks }: LivePreviewParts,
  ctx: RouteContext,
  form: PageForm,
  template?: PageTemplate,
): Promise<View> {
  const page: PublicPage = {
    slug: form.slug === '' ? 'preview' : form.slug,
    source: ctx.store ? 'store' : 'platform',
    template: template ?? PAGE_TEMPLATES.find((one) => one === form.template) ?? 'article',
    language: form.language,
    languages: [form.language],
    title: form.title.trim() === '' ? (ctx.store ?? ctx.platform).name : form.title,
    description: form.description,
    body: await sanitiseBody(wholeBlocks(ctx, form)),
    seo: {},
    publishedAt: ctx.now,
  };
  const prefix = form.language === plain(ctx) ? '' : `/${form.language}`;
  const site = sitePreviews.visitor(ctx, `${prefix}/${page.slug}`);
  const head: PublicHead = {
    documentTitle: page.title,
    description: null,
    robots: 'noindex, nofollow',
    canonical: site.links.canonical(`/${page.slug}`),
    alternates: [],
    social: { title: null, description: null, image: null },
    structuredData: [],
  };
  const blocks = await drawnBlocks({ pictures, formGuard, hooks }, site, page);
  return view(`cms/${page.template}`, publicPageView(page, head, blocks), {
    headers: HEADERS,
    as: site,
  });
}

/** What has been typed so far, without the blocks that lack something. */
function wholeBlocks(ctx: RouteContext, form: PageForm): Body {
  return blocksToSave(form.body).flatMap((block): Block[] => {
    const { data } = bodySchema.safeParse([block]);
    if (!data) return [];
    try {
      const text = { title: '', description: '', body: data, seo: {} };
      const checked = checkForeign(ctx, { [form.language]: text }, {}, form.language);
      return [...(checked[form.language]?.body ?? [])];
    } catch {
      return [];
    }
  });
}
