import { type Body, isForeign, SIMPLE_TYPES } from '../blocks/schemas.js';
import { BLOCK_FIELDS, type Field, isBlockType } from './blockFields.js';

/** A block as somebody is typing it: of a known type, not yet valid. */
export type LooseBlock = Readonly<Record<string, unknown>> & { readonly type: keyof typeof BLOCK_FIELDS };

/** A block of another module: what it holds as JSON, as somebody typed it or as it was kept. */
export interface ForeignLoose {
  readonly type: string;
  readonly kept: string;
}
export type AnyLoose = LooseBlock | ForeignLoose;

export const isForeignLoose = (block: AnyLoose): block is ForeignLoose => !isBlockType(block.type);

/** A piece of a submitted form: texts by the name of their field. */
type Submitted = Readonly<Record<string, unknown>>;

/** Reads the blocks out of a submitted form; blocks without a type and unknown fields are passed over. */
export function decodeBlocks(submitted: readonly Submitted[]): AnyLoose[] {
  return submitted.flatMap((block): AnyLoose[] => {
    const { type, kept } = block;
    if (isBlockType(type)) return [{ type, ...decodeFields(BLOCK_FIELDS[type], block) }];
    return typeof type === 'string' && typeof kept === 'string' ? [{ type: type.slice(0, 60), kept }] : [];
  });
}

/** A page's blocks in the shape of the form. */
export const looseBlocks = (body: Body): AnyLoose[] =>
  body.map((block) => {
    if (!isForeign(block)) return block as LooseBlock;
    const { type, ...rest } = block as { readonly type: string };
    return { type, kept: JSON.stringify(rest, null, 2) };
  });

/** The blocks that a form asks to be saved; what is no JSON stays as it was typed, and is refused by its block. */
export const blocksToSave = (blocks: readonly AnyLoose[]): unknown[] =>
  blocks.map((block) => (isForeignLoose(block) ? { ...parsedJson(block.kept), type: block.type } : block));

function parsedJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said by the check of the block, at its field.
  }
  return { kept: text };
}

function decodeFields(fields: readonly Field[], submitted: Submitted): Record<string, unknown> {
  const entries = fields.map((field) => [field.name, decodeField(field, submitted[field.name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function decodeField(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'flag':
      return value === undefined ? undefined : true;
    case 'lines':
      return linesOf(typed(value));
    case 'grid':
      return linesOf(typed(value)).map(cellsOf);
    case 'choice':
      return field.options.find((option) => String(option) === value) ?? field.options[0];
    case 'group':
      return groupOf(field.of, isSubmitted(value) ? value : {}, field.optional);
    case 'blocks':
      return decodeBlocks(Array.isArray(value) ? value.filter(isSubmitted) : []).filter(isSimple);
    case 'list':
      return listOf(field.of, value, field.optional);
    default:
      return typed(value) === '' && field.optional ? undefined : typed(value);
  }
}

function groupOf(fields: readonly Field[], value: Submitted, optional: true | undefined): unknown {
  const group = decodeFields(fields, value);
  return optional && Object.values(group).every((entry) => entry === '') ? undefined : group;
}

function listOf(fields: readonly Field[], value: unknown, optional: true | undefined): unknown {
  const items = (Array.isArray(value) ? value : [])
    .filter(isSubmitted)
    .map((item) => decodeFields(fields, item));
  return optional && items.length === 0 ? undefined : items;
}

const isSimple = (block: AnyLoose): boolean => (SIMPLE_TYPES as readonly string[]).includes(block.type);

const isSubmitted = (value: unknown): value is Submitted =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typed = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';

function linesOf(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Cells stand between `|`; one that belongs to a cell's text is written `\|`. */
function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}
