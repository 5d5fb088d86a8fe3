import { HERO_FIGURES, type BlockType } from '../blocks/schemas.js';
import { FORM_INPUTS } from '../forms/formBlock.js';

/** How one value of a block is edited in a plain form. */
export type Field =
  | {
      readonly kind: 'line' | 'text' | 'html' | 'source' | 'email' | 'flag' | 'lines' | 'grid' | 'media';
      readonly name: string;
      readonly optional?: true;
    }
  | { readonly kind: 'choice'; readonly name: string; readonly options: readonly (string | number)[] }
  /** Blocks of the simple kinds, in a column. */
  | { readonly kind: 'blocks'; readonly name: string }
  | {
      readonly kind: 'group' | 'list';
      readonly name: string;
      readonly of: readonly Field[];
      /** How many entries a new list starts with; 1 where left out. */
      readonly starts?: number;
      readonly optional?: true;
    };

const line = (name: string): Field => ({ kind: 'line', name });
const lineOrNone = (name: string): Field => ({ kind: 'line', name, optional: true });
const text = (name: string): Field => ({ kind: 'text', name });
const textOrNone = (name: string): Field => ({ kind: 'text', name, optional: true });
const style: Field = { kind: 'choice', name: 'style', options: ['primary', 'secondary'] };
const actions = (optional?: true): Field => ({
  kind: 'list',
  name: 'actions',
  of: [line('label'), line('href'), style],
  ...(optional ? { optional } : {}),
});

/** A picture of the media library with its words on this page. */
const picture: readonly Field[] = [
  { kind: 'media', name: 'media' },
  lineOrNone('alt'),
  { kind: 'flag', name: 'decorative' },
  lineOrNone('caption'),
];

/**
 * The form of each type of block, in the order of its fields.
 *
 * `html` is written as it looks, `source` as elements. `lines` is a list of texts, one per line; `grid` a table, one row per line with `|` between the cells. Where they are
 * optional they may be empty, but are always there.
 */
export const BLOCK_FIELDS: Readonly<Record<BlockType, readonly Field[]>> = {
  hero: [
    lineOrNone('eyebrow'),
    line('title'),
    text('text'),
    actions(true),
    { kind: 'lines', name: 'points', optional: true },
    { kind: 'choice', name: 'figure', options: HERO_FIGURES },
  ],
  heading: [{ kind: 'choice', name: 'level', options: [2, 3] }, line('text')],
  richText: [{ kind: 'html', name: 'html' }],
  cards: [
    lineOrNone('title'),
    textOrNone('text'),
    { kind: 'choice', name: 'columns', options: [2, 3, 4] },
    {
      kind: 'list',
      name: 'items',
      of: [lineOrNone('icon'), line('title'), text('text'), lineOrNone('href')],
    },
  ],
  steps: [lineOrNone('title'), { kind: 'list', name: 'items', of: [line('title'), text('text')] }],
  plans: [
    lineOrNone('title'),
    textOrNone('note'),
    {
      kind: 'list',
      name: 'items',
      of: [
        line('name'),
        line('price'),
        lineOrNone('period'),
        text('text'),
        { kind: 'lines', name: 'features', optional: true },
        { kind: 'group', name: 'action', of: [line('label'), line('href')], optional: true },
        { kind: 'flag', name: 'highlighted' },
      ],
    },
  ],
  table: [line('caption'), { kind: 'lines', name: 'head' }, { kind: 'grid', name: 'rows', optional: true }],
  faq: [
    lineOrNone('title'),
    { kind: 'list', name: 'items', of: [line('question'), { kind: 'html', name: 'html' }] },
  ],
  quote: [text('text'), line('by')],
  cta: [line('title'), textOrNone('text'), actions()],
  contact: [
    { kind: 'email', name: 'email' },
    lineOrNone('phone'),
    { kind: 'lines', name: 'lines', optional: true },
    lineOrNone('hours'),
  ],
  image: [...picture, { kind: 'choice', name: 'shape', options: ['natural', 'square', 'wide'] }],
  gallery: [
    lineOrNone('title'),
    { kind: 'choice', name: 'columns', options: [2, 3, 4] },
    { kind: 'list', name: 'items', of: picture },
  ],
  button: [line('label'), line('href'), style],
  html: [{ kind: 'source', name: 'html' }],
  columns: [{ kind: 'list', name: 'items', of: [{ kind: 'blocks', name: 'blocks' }], starts: 2 }],
  form: [
    lineOrNone('title'),
    textOrNone('text'),
    {
      kind: 'list',
      name: 'fields',
      of: [
        { kind: 'choice', name: 'input', options: FORM_INPUTS },
        line('label'),
        { kind: 'flag', name: 'required' },
        { kind: 'lines', name: 'options', optional: true },
      ],
    },
    line('submitLabel'),
    text('success'),
  ],
};

export const BLOCK_TYPES = Object.keys(BLOCK_FIELDS) as readonly BlockType[];

export const isBlockType = (value: unknown): value is BlockType =>
  typeof value === 'string' && Object.hasOwn(BLOCK_FIELDS, value);
