import { BLOCK_FIELDS, type Field, isBlockType } from './blockFields.js';

/** A block as somebody is typing it: of a known type, not yet valid. */
export type LooseBlock = Readonly<Record<string, unknown>> & { readonly type: keyof typeof BLOCK_FIELDS };

/** A piece of a submitted form: texts by the name of their field. */
type Submitted = Readonly<Record<string, unknown>>;

/** Reads the blocks out of a submitted form; unknown types and fields are passed over. */
export function decodeBlocks(submitted: readonly Submitted[]): LooseBlock[] {
  return submitted.flatMap((block) => {
    const { type } = block;
    return isBlockType(type) ? [{ type, ...decodeFields(BLOCK_FIELDS[type], block) }] : [];
  });
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
