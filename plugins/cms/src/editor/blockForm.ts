import type { FieldError } from '@wizamart/core';
import { BLOCK_FIELDS, type Field } from './blockFields.js';
import type { LooseBlock } from './decodeBlocks.js';

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
}

export interface BlockView {
  readonly index: number;
  readonly number: number;
  readonly type: string;
  readonly label: string;
  readonly typeName: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly fields: readonly FieldView[];
}

/** Turns blocks into the inputs of the editor, each with the error that concerns it. */
export function blockForm(blocks: readonly LooseBlock[], errors: readonly FieldError[]): BlockView[] {
  return blocks.map((block, index) => ({
    index,
    number: index + 1,
    type: block.type,
    label: `cms.block.${block.type}`,
    typeName: `body.${index}.type`,
    isFirst: index === 0,
    isLast: index === blocks.length - 1,
    fields: fieldViews(BLOCK_FIELDS[block.type], block, `body.${index}`, errors),
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
