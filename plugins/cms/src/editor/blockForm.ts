import type { FieldError } from '@wizamart/core';
import { SIMPLE_TYPES } from '../blocks/schemas.js';
import { BLOCK_FIELDS, type Field } from './blockFields.js';
import { type AnyLoose, isForeignLoose, type LooseBlock } from './decodeBlocks.js';

/** One entry of a choice; `label` is a translation key where it is a word. */
export interface ChoiceView {
  readonly value: string;
  readonly label: string;
  readonly isWord: boolean;
  readonly selected: boolean;
}

/** One input of the editor as its template shows it. */
export interface FieldView {
  /** Name in the form and id of the input, e.g. `body.0.title`. */
  readonly name: string;
  /** Name of the partial that shows it. */
  readonly partial: string;
  /** Translation key. */
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly optional: boolean;
  readonly checked: boolean;
  readonly options: readonly ChoiceView[];
  /** Of a group or list: its parts. */
  readonly items: readonly {
    readonly number: number;
    readonly removes: string;
    readonly fields: readonly FieldView[];
  }[];
  /** Value of the button that adds an item; only for lists. */
  readonly adds: string;
  /** Of a column: its blocks, and the kinds that may be added. */
  readonly blocks: readonly InnerBlockView[];
  readonly kinds: readonly { readonly label: string; readonly adds: string }[];
}

/** A block in a column. */
interface InnerBlockView {
  readonly number: number;
  readonly type: string;
  readonly label: string;
  readonly typeName: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** What follows `block-up:` and its like. */
  readonly at: string;
  readonly fields: readonly FieldView[];
}

export interface BlockView {
  readonly index: number;
  readonly number: number;
  readonly type: string;
  /** Translation key; null for a kind that a module brings. */
  readonly label: string | null;
  /** Its module is off: it is kept as it is, and not shown to visitors. */
  readonly isKept: boolean;
  readonly typeName: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Its first words, to be told from others of its kind while it is folded. */
  readonly summary: string;
  readonly hasError: boolean;
  readonly fields: readonly FieldView[];
}

/**
 * Turns blocks into the inputs of the editor, each with the error that concerns it.
 *
 * @param ofModules kinds of block that modules bring that are on: edited as JSON; other unknown ones are kept as they are
 */
export function blockForm(
  blocks: readonly AnyLoose[],
  errors: readonly FieldError[],
  ofModules: readonly string[] = [],
): BlockView[] {
  return blocks.map((block, index) => {
    const path = `body.${index}`;
    const isKept = isForeignLoose(block) && !ofModules.includes(block.type);
    return {
      index,
      number: index + 1,
      type: block.type,
      label: isForeignLoose(block) ? null : `cms.block.${block.type}`,
      isKept,
      typeName: `${path}.type`,
      summary: summaryOf(block),
      hasError: errors.some((error) => error.path === path || error.path.startsWith(`${path}.`)),
      isFirst: index === 0,
      isLast: index === blocks.length - 1,
      fields: isForeignLoose(block)
        ? [foreignField(block.kept, path, isKept, errors)]
        : fieldViews(BLOCK_FIELDS[block.type], block, path, errors),
    };
  });
}

const SUMMARY_FIELDS = ['title', 'text', 'label', 'html', 'caption', 'question', 'email'] as const;
const LONGEST_SUMMARY = 60;

function summaryOf(block: AnyLoose): string {
  const fields = block as Readonly<Record<string, unknown>>;
  const words = SUMMARY_FIELDS.map((name) => fields[name]).find(
    (value): value is string => typeof value === 'string' && value.trim() !== '',
  );
  const text = (words ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY)}…` : text;
}

function foreignField(kept: string, path: string, isKept: boolean, errors: readonly FieldError[]): FieldView {
  return {
    ...NO_FIELD,
    name: `${path}.kept`,
    partial: isKept ? 'cms/field-kept' : 'cms/field-json',
    label: 'cms.field.json',
    value: kept,
    error: errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message,
  };
}

const NO_FIELD = { optional: false, checked: false, options: [], items: [], adds: '', blocks: [], kinds: [] };

function innerBlocks(
  blocks: readonly LooseBlock[],
  name: string,
  errors: readonly FieldError[],
): InnerBlockView[] {
  return blocks.map((block, index) => ({
    number: index + 1,
    type: block.type,
    label: `cms.block.${block.type}`,
    typeName: `${name}.${index}.type`,
    isFirst: index === 0,
    isLast: index === blocks.length - 1,
    at: `${name.replace(/^body\./, '')}.${index}`,
    fields: fieldViews(BLOCK_FIELDS[block.type], block, `${name}.${index}`, errors),
  }));
}

function fieldViews(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  path: string,
  errors: readonly FieldError[],
): FieldView[] {
  return fields.map((field) => fieldView(field, values[field.name], `${path}.${field.name}`, errors));
}

function fieldView(field: Field, value: unknown, name: string, errors: readonly FieldError[]): FieldView {
  return {
    name,
    partial: `cms/field-${field.kind}`,
    label: `cms.field.${field.name}`,
    value: shown(field, value),
    checked: value === true,
    optional: 'optional' in field && field.optional === true,
    error: errorFor(field, name, errors),
    options:
      field.kind === 'choice' ? field.options.map((option) => optionView(field.name, option, value)) : [],
    items: itemsOf(field, value, name, errors),
    adds: field.kind === 'list' ? `item-add:${name.replace(/^body\./, '')}` : '',
    blocks:
      field.kind === 'blocks'
        ? innerBlocks((value as readonly LooseBlock[] | undefined) ?? [], name, errors)
        : [],
    kinds:
      field.kind === 'blocks'
        ? SIMPLE_TYPES.map((type) => ({
            label: `cms.block.${type}`,
            adds: `block-add:${name.replace(/^body\./, '')}:${type}`,
          }))
        : [],
  };
}

function shown(field: Field, value: unknown): string {
  if (field.kind === 'lines') return ((value as readonly string[] | undefined) ?? []).join('\n');
  if (field.kind === 'grid')
    return ((value as readonly (readonly string[])[] | undefined) ?? []).map(rowText).join('\n');
  return typeof value === 'string' ? value : '';
}

export function optionView(field: string, option: string | number, value: unknown): ChoiceView {
  const isWord = typeof option === 'string';
  return {
    value: String(option),
    label: isWord ? `cms.choice.${field}.${option}` : String(option),
    isWord,
    selected: option === value,
  };
}

function itemsOf(
  field: Field,
  value: unknown,
  name: string,
  errors: readonly FieldError[],
): FieldView['items'] {
  if (field.kind === 'group') {
    return [
      {
        number: 1,
        removes: '',
        fields: fieldViews(field.of, (value as Record<string, unknown> | undefined) ?? {}, name, errors),
      },
    ];
  }
  if (field.kind !== 'list') return [];
  return ((value as readonly Record<string, unknown>[] | undefined) ?? []).map((item, index) => ({
    number: index + 1,
    removes: `item-remove:${`${name}.${index}`.replace(/^body\./, '')}`,
    fields: fieldViews(field.of, item, `${name}.${index}`, errors),
  }));
}

/** Lists of texts are one input: an error in any of their lines is shown there. */
function errorFor(field: Field, name: string, errors: readonly FieldError[]): string | undefined {
  const asOne = field.kind === 'lines' || field.kind === 'grid';
  return errors.find(({ path }) => path === name || (asOne && path.startsWith(`${name}.`)))?.message;
}

function rowText(cells: readonly string[]): string {
  return cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ');
}
