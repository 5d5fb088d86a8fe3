import { defineService, type TenantContext } from '@wizamart/core';

/** What is taken of a page that administrators wrote. */
export interface WrittenPage {
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly body: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
}

/** Pages of the site, where the module that has them is on; meets cms by the token's name. */
export const ContentPagesService = defineService<ContentPages>()('cms.publicPages', { major: 1 });
export interface ContentPages {
  find(ctx: TenantContext, slug: string): Promise<WrittenPage | undefined>;
}

/** Kinds that are drawn as they were written. */
const PLAIN: ReadonlySet<string> = new Set([
  'heading',
  'richText',
  'faq',
  'cta',
  'cards',
  'steps',
  'quote',
  'button',
]);

/** The words of the hand-written page around the prices: its head, and what stands below. Its prices give way. */
export function wordsAround(page: WrittenPage | undefined) {
  const body = page?.body ?? [];
  return {
    hero: body.find(({ type }) => type === 'hero') ?? null,
    below: body.filter(({ type }) => PLAIN.has(type)),
    hasFaq: body.some(({ type }) => type === 'faq'),
  };
}
