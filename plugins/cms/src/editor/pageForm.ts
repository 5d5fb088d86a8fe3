import { type Language, LANGUAGES, z } from '@wizamart/core';
import type { PageDetail, Seo } from '../types.js';
import { changeBlocks, changesBlocks } from './changeBlocks.js';
import { type AnyLoose, blocksToSave, decodeBlocks, looseBlocks } from './decodeBlocks.js';

const typed = z.string().max(100_000).default('');

const SEO_TEXTS = ['title', 'description', 'canonical', 'ogTitle', 'ogDescription', 'ogImage'] as const;
const seoFormInput = z.object({
  title: typed,
  description: typed,
  robots: typed,
  follow: typed,
  canonical: typed,
  ogTitle: typed,
  ogDescription: typed,
  ogImage: typed,
});
type SeoForm = z.output<typeof seoFormInput>;

/** A page's form as the browser sends it: nothing but texts; which of them are right is found out on saving. */
export const pageFormInput = z.object({
  language: z.enum(LANGUAGES).optional(),
  slug: typed,
  title: typed,
  description: typed,
  template: z.string().optional(),
  placement: typed,
  position: typed,
  seo: seoFormInput.optional(),
  body: z.array(z.looseObject({})).max(200).default([]),
  newBlock: typed,
  /** The block that was removed last, as the form had sent it, and where it stood; see `removedBlock`. */
  removed: typed,
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
  readonly seo: SeoForm | undefined;
  readonly body: readonly AnyLoose[];
  /** What brings the block back that was removed last; empty where none was. */
  readonly removed: string;
  /** Position of the block that a button was about, to go on from there; undefined for none. */
  readonly focus: number | undefined;
}

/** What was typed, with the blocks as the pressed button leaves them. */
export function submittedForm(
  input: z.output<typeof pageFormInput>,
  language: Language,
  ofModules: readonly string[],
): PageForm {
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
    ...changedBlocks(input, button, ofModules),
  };
}

/** Whether the pressed button only changes the form and saves nothing. */
export const isOnlyEditing = (button: string): boolean =>
  button === 'add' || button === 'restore' || changesBlocks(button);

function changedBlocks(
  { body, removed }: Pick<z.output<typeof pageFormInput>, 'body' | 'removed'>,
  button: string,
  ofModules: readonly string[],
): Pick<PageForm, 'body' | 'removed' | 'focus'> {
  const blocks = decodeBlocks(body);
  if (button === 'restore') return restored(blocks, removed);
  const after = changeBlocks(blocks, button, ofModules);
  const [verb = '', target = ''] = button.split(':');
  const at = Number(target.split('.')[0]);
  if (verb !== 'remove')
    return {
      body: after,
      removed,
      focus: changesBlocks(button) ? focusAfter(verb, at, after.length) : undefined,
    };
  const block = body[at];
  return {
    body: after,
    removed: block === undefined ? removed : JSON.stringify({ at, block }),
    focus: Math.min(at, after.length - 1),
  };
}

const focusAfter = (verb: string, at: number, length: number): number => {
  if (verb === 'add') return length - 1;
  return verb === 'up'
    ? Math.max(0, at - 1)
    : verb === 'down' || verb === 'duplicate'
      ? Math.min(length - 1, at + 1)
      : at;
};

const removedBlock = z.object({ at: z.int().min(0).max(200), block: z.looseObject({}) });

/** The blocks with the one that was removed last back in its place. */
function restored(
  blocks: readonly AnyLoose[],
  removed: string,
): Pick<PageForm, 'body' | 'removed' | 'focus'> {
  const parsed = removedBlock.safeParse(parsedOrNull(removed)).data;
  if (!parsed) return { body: blocks, removed: '', focus: undefined };
  const [block] = decodeBlocks([parsed.block]);
  const at = Math.min(parsed.at, blocks.length);
  return {
    body: block ? [...blocks.slice(0, at), block, ...blocks.slice(at)] : blocks,
    removed: '',
    focus: at,
  };
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const emptyForm = (language: Language): PageForm => ({
  language,
  slug: '',
  title: '',
  description: '',
  placement: 'none',
  position: '100',
  template: 'article',
  seo: seoFormOf({}),
  body: [],
  removed: '',
  focus: undefined,
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
    body: looseBlocks(text?.body ?? []),
    removed: '',
    focus: undefined,
    seo: seoFormOf(text?.seo ?? {}),
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
    body: blocksToSave(body),
    ...(template === undefined ? {} : { template }),
    ...(seo === undefined ? {} : { seo: seoOf(seo) }),
  };
}

/** Every field as a text; what is not said is empty. */
export function seoFormOf(seo: Seo): SeoForm {
  return seoFormInput.parse(seo);
}

/** An empty field says nothing, and `index` and `follow` are what holds without a word. */
function seoOf(form: SeoForm): Record<string, string> {
  const texts = SEO_TEXTS.map((name) => [name, form[name].trim()] as const).filter(
    ([, value]) => value !== '',
  );
  return {
    ...Object.fromEntries(texts),
    ...(form.robots === 'noindex' ? { robots: 'noindex' } : {}),
    ...(form.follow === 'nofollow' ? { follow: 'nofollow' } : {}),
  };
}
