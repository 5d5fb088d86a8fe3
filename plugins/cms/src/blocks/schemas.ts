import { z } from '@wizamart/core';
import { formBlock } from '../forms/formBlock.js';
import { action, href, html, icon, longText, shortText, styledAction, text } from './fields.js';

/** Drawings that an opening can have beside its words. */
export const HERO_FIGURES = ['none', 'products', 'orders', 'points', 'pages'] as const;

/** The opening of a page: what it is about and what to do next. */
const heroBlock = z.strictObject({
  type: z.literal('hero'),
  eyebrow: text(120).optional(),
  title: shortText,
  text: longText,
  actions: z.array(styledAction).max(3).optional(),
  /** Short reasons below the actions. */
  points: z.array(text(80)).max(4).optional(),
  /** Which drawing stands beside the words; `templates/partials/figures` holds them. */
  figure: z.enum(HERO_FIGURES).optional(),
});
const headingBlock = z.strictObject({
  type: z.literal('heading'),
  level: z.union([z.literal(2), z.literal(3)]),
  text: shortText,
});
const richTextBlock = z.strictObject({ type: z.literal('richText'), html });
const cardsBlock = z.strictObject({
  type: z.literal('cards'),
  title: shortText.optional(),
  text: longText.optional(),
  columns: z.union([z.literal(2), z.literal(3), z.literal(4)]),
  items: z
    .array(z.strictObject({ icon: icon.optional(), title: shortText, text: longText, href: href.optional() }))
    .min(1)
    .max(24),
});
const stepsBlock = z.strictObject({
  type: z.literal('steps'),
  title: shortText.optional(),
  items: z
    .array(z.strictObject({ title: shortText, text: longText }))
    .min(1)
    .max(20),
});
/** Prices as words: they are announced here, and charged by what billing holds. */
const plansBlock = z.strictObject({
  type: z.literal('plans'),
  title: shortText.optional(),
  note: longText.optional(),
  items: z
    .array(
      z.strictObject({
        name: text(80),
        price: text(40),
        period: text(80).optional(),
        text: longText,
        features: z.array(shortText).max(30),
        action: action.optional(),
        highlighted: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(8),
});
const tableBlock = z
  .strictObject({
    type: z.literal('table'),
    caption: shortText,
    head: z.array(shortText).min(1).max(10),
    rows: z.array(z.array(z.string().trim().max(500)).min(1).max(10)).max(200),
  })
  .refine((table) => table.rows.every((row) => row.length === table.head.length), {
    path: ['rows'],
    message: 'Every row needs as many cells as the head.',
  });
const faqBlock = z.strictObject({
  type: z.literal('faq'),
  title: shortText.optional(),
  items: z
    .array(z.strictObject({ question: shortText, html }))
    .min(1)
    .max(60),
});
const quoteBlock = z.strictObject({ type: z.literal('quote'), text: longText, by: shortText });
const ctaBlock = z.strictObject({
  type: z.literal('cta'),
  title: shortText,
  text: longText.optional(),
  actions: z.array(styledAction).min(1).max(3),
});
const contactBlock = z.strictObject({
  type: z.literal('contact'),
  email: z.email(),
  phone: text(40).optional(),
  lines: z.array(shortText).max(10),
  hours: shortText.optional(),
});

/** A picture of the media library: its words come from the library unless the page says others. */
const picture = {
  media: z.uuid('Choose a picture.'),
  alt: text(300).optional(),
  /** It only pleases the eye: who listens to the page is told nothing of it. */
  decorative: z.boolean().optional(),
  caption: text(300).optional(),
};
const imageBlock = z.strictObject({
  type: z.literal('image'),
  ...picture,
  shape: z.enum(['natural', 'square', 'wide']).optional(),
});
const galleryBlock = z.strictObject({
  type: z.literal('gallery'),
  title: shortText.optional(),
  columns: z.union([z.literal(2), z.literal(3), z.literal(4)]),
  items: z.array(z.strictObject(picture)).min(1).max(40),
});

const buttonBlock = z.strictObject({ type: z.literal('button'), ...styledAction.shape });
/** As richText, for who writes the elements by hand. */
const htmlBlock = z.strictObject({ type: z.literal('html'), html });

/** What may stand in a column: nothing that holds others, or is as wide as the page. */
const simpleBlock = z.discriminatedUnion('type', [
  headingBlock,
  richTextBlock,
  imageBlock,
  buttonBlock,
  quoteBlock,
  contactBlock,
  htmlBlock,
]);
const columnsBlock = z.strictObject({
  type: z.literal('columns'),
  items: z
    .array(z.strictObject({ blocks: z.array(simpleBlock).max(20) }))
    .min(2, 'Use at least two columns.')
    .max(4, 'Use at most four columns.'),
});

const knownBlocks = [
  heroBlock,
  headingBlock,
  richTextBlock,
  cardsBlock,
  stepsBlock,
  plansBlock,
  tableBlock,
  faqBlock,
  quoteBlock,
  ctaBlock,
  contactBlock,
  imageBlock,
  galleryBlock,
  buttonBlock,
  htmlBlock,
  columnsBlock,
  formBlock,
] as const;

/** One block of a page; `type` says which. */
export type Block = z.output<(typeof knownBlocks)[number]>;
export type BlockType = Block['type'];
export type Body = readonly Block[];

/** The kinds of block that cms brings itself. */
export const OWN_TYPES: ReadonlySet<string> = new Set(knownBlocks.map(({ shape }) => shape.type.value));
/** Those that may stand in a column. */
export const SIMPLE_TYPES = simpleBlock.options.map(({ shape }) => shape.type.value);

const LARGEST_FOREIGN = 100_000;
/** A block of another module: who saves it checks it, since which modules are on is only known there. */
const foreignBlock = z.object({
  type: z.literal('foreign'),
  block: z
    .looseObject({ type: z.string('Say what kind of block this is.').min(1).max(60) })
    .refine((block) => JSON.stringify(block).length <= LARGEST_FOREIGN, 'This block is too large.'),
});

/** The body of a page in one language, from top to bottom. */
export const bodySchema: z.ZodType<Block[]> = z.preprocess(
  wrapForeign,
  z
    .array(z.discriminatedUnion('type', [...knownBlocks, foreignBlock]))
    .max(100)
    .overwrite((body) =>
      body.map((block) => (block.type === 'foreign' ? block.block : block) as typeof block),
    ),
) as unknown as z.ZodType<Block[]>;

function wrapForeign(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((block: unknown) => (isForeign(block) ? { type: 'foreign', block } : block));
}

/** Whether a block is of a kind that cms does not bring itself. */
export function isForeign(
  block: unknown,
): block is { readonly type: string } & Readonly<Record<string, unknown>> {
  const type = (block as { readonly type?: unknown } | null)?.type;
  return typeof type === 'string' && !OWN_TYPES.has(type);
}
