import { type Language, LANGUAGES, z } from '@wizamart/core';
import type { PageDetail } from '../types.js';
import { changeBlocks, changesBlocks } from './changeBlocks.js';
import { decodeBlocks, type LooseBlock } from './decodeBlocks.js';

const typed = z.string().max(100_000).default('');

/** A page's form as the browser sends it: nothing but texts; which of them are right is found out on saving. */
export const pageFormInput = z.object({
  language: z.enum(LANGUAGES).optional(),
  slug: typed,
  title: typed,
  description: typed,
  template: z.string().optional(),
  placement: typed,
  position: typed,
  seo: z.object({ title: typed, description: typed, robots: typed }).optional(),
  body: z.array(z.looseObject({})).max(200).default([]),
  newBlock: typed,
  do: z.string().max(60).default('save'),
});

/** A page while it is edited in one language. */
export interface PageForm {
  readonly language: Language;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly placement: string;
  readonly position: string;
  /** Undefined where the plan has no choice of templates. */
  readonly template: string | undefined;
  /** Undefined where the plan has no SEO fields. */
  readonly seo: { readonly title: string; readonly description: string; readonly robots: string } | undefined;
  readonly body: readonly LooseBlock[];
}

/** What was typed, with the blocks as the pressed button leaves them. */
export function submittedForm(input: z.output<typeof pageFormInput>, language: Language): PageForm {
  const { slug, title, description, placement, position, template, seo } = input;
  const button = input.do === 'add' ? `add:${input.newBlock}` : input.do;
  return {
    language,
    slug,
    title,
    description,
    placement,
    position,
    template,
    seo,
    body: changeBlocks(decodeBlocks(input.body), button),
  };
}

/** Whether the pressed button only changes the form and saves nothing. */
export const isOnlyEditing = (button: string): boolean => button === 'add' || changesBlocks(button);

export const emptyForm = (language: Language): PageForm => ({
  language,
  slug: '',
  title: '',
  description: '',
  placement: 'none',
  position: '100',
  template: 'article',
  seo: { title: '', description: '', robots: 'index' },
  body: [],
});

/** The form of a page in one of its languages; empty texts where the page does not exist in it yet. */
export function formOf(page: PageDetail, language: Language): PageForm {
  const text = page.translations[language];
  return {
    language,
    slug: page.slug,
    title: text?.title ?? '',
    description: text?.description ?? '',
    placement: page.placement,
    position: String(page.position),
    template: page.template,
    body: (text?.body ?? []) as unknown as readonly LooseBlock[],
    seo: {
      title: text?.seo.title ?? '',
      description: text?.seo.description ?? '',
      robots: text?.seo.robots ?? 'index',
    },
  };
}

/** What the form asks to be saved, in the shape the API takes. */
export function changesOf({
  language,
  slug,
  title,
  description,
  placement,
  position,
  template,
  seo,
  body,
}: PageForm): Record<string, unknown> {
  return {
    language,
    slug: slug.trim(),
    title,
    description: description.trim(),
    placement,
    position: /^\d+$/.test(position.trim()) ? Number(position) : position,
    body,
    ...(template === undefined ? {} : { template }),
    ...(seo === undefined ? {} : { seo: seoOf(seo) }),
  };
}

/** An empty field says nothing, and `index` is what holds without a word. */
function seoOf({ title, description, robots }: NonNullable<PageForm['seo']>): Record<string, string> {
  return {
    ...(title.trim() === '' ? {} : { title }),
    ...(description.trim() === '' ? {} : { description }),
    ...(robots === 'noindex' ? { robots } : {}),
  };
}
