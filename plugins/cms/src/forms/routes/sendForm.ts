import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  TooManyRequests,
  type View,
  z,
} from '@wizamart/core';
import { PageNotFound } from '../../errors.js';
import { pathOf } from '../../services/PageMenu.js';
import type { PublicPages } from '../../services/PublicPages.js';
import { type DrawingParts, drawPage } from '../../views/drawPage.js';
import { readAnswers } from '../formAnswers.js';
import type { FormBlock } from '../formBlock.js';
import type { FormEntries } from '../FormEntries.js';
import { formKey } from '../FormGuard.js';
import type { SentForm } from '../formView.js';

const typed = z.string().max(20_000).default('');
const sentForm = z.object({
  form: typed,
  stamp: typed,
  /** The trap: people do not see it. */
  website: typed,
  fields: z.record(z.string().max(10), typed).default({}),
});
type Sent = z.output<typeof sentForm>;

interface SendFormParts extends DrawingParts {
  readonly publicPages: PublicPages;
  readonly formEntries: FormEntries;
}

/** `POST /` and `POST /{slug}`: a form of a page, sent by anybody on any public host, without a script or cookie. */
export function sendFormRoutes(parts: SendFormParts): RouteDefinition[] {
  return (['platform', 'storefront'] as const).flatMap((surface) => [
    defineRoute({
      method: 'POST',
      path: '/',
      surface,
      kind: 'page',
      access: 'public',
      summary: 'Send a form of the home page',
      bodyLimitBytes: 256 * 1024,
      input: sentForm,
      handle: (ctx, input) => receive(parts, ctx, 'home', input),
    }),
    defineRoute({
      method: 'POST',
      path: '/:slug',
      surface,
      kind: 'page',
      access: 'public',
      summary: 'Send a form of a page',
      bodyLimitBytes: 256 * 1024,
      input: sentForm.extend({ slug: z.string().max(100) }),
      handle: (ctx, { slug, ...input }) => receive(parts, ctx, slug, input),
    }),
  ]);
}

async function receive(
  parts: SendFormParts,
  ctx: RouteContext,
  slug: string,
  { form: key, stamp, website, fields }: Sent,
): Promise<View | Redirect> {
  const page = await parts.publicPages.find(ctx, slug);
  if (!page) throw new PageNotFound({ page: slug });
  const forms = page.body.filter((block): block is FormBlock & typeof block => block.type === 'form');
  const form = forms.find((block) => formKey(block) === key);
  const again = (
    problem: string,
    status: number,
    more: Partial<SentForm> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<View> =>
    drawPage(
      parts,
      ctx,
      page,
      {
        key: form ? key : forms[0] ? formKey(forms[0]) : '',
        isDone: false,
        values: fields,
        errors: [],
        problem: `cms.form.problem.${problem}`,
        ...more,
      },
      { status, headers },
    );
  if (forms.length === 0) throw new PageNotFound({ page: slug });
  // Changed since it was shown: what was typed may be the answer to another question.
  if (!form) return again('again', 409, { values: {} });
  const thanks = redirect(
    `${ctx.links.to(ctx.surface as 'platform' | 'storefront', pathOf(slug))}?sent=${key}#form-${key}`,
  );
  // A programme is thanked, and learns nothing.
  if (website !== '') return thanks;
  const { answers, email, errors } = readAnswers(form, fields);
  if (errors.length > 0) return again('invalid', 422, { errors });
  if (!parts.formGuard.isTimely(ctx, key, stamp)) return again('again', 422);
  try {
    await parts.formGuard.allow(ctx);
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error;
    return again('often', 429, {}, { 'Retry-After': String(error.data.retryAfterSeconds) });
  }
  await parts.formEntries.receive(ctx, { slug, language: page.language, email, answers });
  return thanks;
}
