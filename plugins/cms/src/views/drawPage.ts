import {
  contentBlocks,
  type ContentBlocks,
  type Hooks,
  type RouteContext,
  type TenantContext,
  type View,
  view,
} from '@wizamart/core';
import type { FormBlock } from '../forms/formBlock.js';
import type { FormGuard } from '../forms/FormGuard.js';
import { formView, type SentForm } from '../forms/formView.js';
import type { Pictures } from '../media/Pictures.js';
import type { NextChange } from '../schedule/NextChange.js';
import { pageHead } from '../seo/pageHead.js';
import { sharedPicture } from '../seo/sharedPicture.js';
import { pathOf } from '../services/PageMenu.js';
import type { PublicPage } from '../types.js';
import { publicPageView } from './publicPage.js';

export interface DrawingParts {
  readonly pictures: Pictures;
  readonly nextChange: NextChange;
  readonly formGuard: FormGuard;
  readonly hooks: Hooks;
}

/** The blocks of a page with what their templates need beside what was written. */
export async function drawnBlocks(
  { pictures, formGuard, hooks }: Pick<DrawingParts, 'pictures' | 'formGuard' | 'hooks'>,
  ctx: TenantContext,
  page: PublicPage,
  sent?: SentForm,
): Promise<readonly object[]> {
  const shown = await pictures.show(ctx, page.body, page.language);
  const own = shown.map((block) =>
    block.type === 'form' ? formView(ctx, formGuard, page.slug, block as unknown as FormBlock, sent) : block,
  );
  const drawn = { blocks: own as ContentBlocks['blocks'], path: pathOf(page.slug) };
  return (await hooks.run(ctx, contentBlocks, drawn)).blocks;
}

/** The page as visitors see it. @param sent what became of a form of it, where one was sent */
export async function drawPage(
  { pictures, nextChange, formGuard, hooks }: DrawingParts,
  ctx: RouteContext,
  page: PublicPage,
  sent?: SentForm,
  answer: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<View> {
  const head = pageHead(ctx, page, await sharedPicture(ctx, pictures, page));
  const blocks = await drawnBlocks({ pictures, formGuard, hooks }, ctx, page, sent);
  const expiresAt = await nextChange.of(ctx);
  return view(`cms/${page.template}`, publicPageView(page, head, blocks), { expiresAt, ...answer });
}
