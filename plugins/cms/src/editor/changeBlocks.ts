import { SIMPLE_TYPES } from '../blocks/schemas.js';
import { BLOCK_FIELDS, isBlockType, type Field } from './blockFields.js';
import { type AnyLoose, isForeignLoose, type LooseBlock } from './decodeBlocks.js';

type Item = Readonly<Record<string, unknown>>;

/**
 * Carries out a button of the editor that changes which blocks there are.
 *
 * `add:hero` · `remove:2` · `duplicate:2` · `up:2` · `down:2` · `item-add:2.items` · `item-remove:2.items.0` · in a column
 * `block-add:2.items.1.blocks:heading` · `block-remove:2.items.1.blocks.0` · `block-up:…` · `block-down:…`; anything
 * else changes nothing.
 *
 * @param ofModules kinds of block that modules bring
 */
export function changeBlocks(
  blocks: readonly AnyLoose[],
  button: string,
  ofModules: readonly string[] = [],
): AnyLoose[] {
  const [verb = '', target = '', kind = ''] = button.split(':');
  const [block = '', list = '', item = ''] = target.split('.');
  switch (verb) {
    case 'add':
      if (isBlockType(target)) return [...blocks, emptyBlock(target)];
      return ofModules.includes(target) ? [...blocks, { type: target, kept: '{}' }] : [...blocks];
    case 'remove':
      return blocks.filter((_, index) => String(index) !== block);
    case 'duplicate':
      return blocks.flatMap((one, index) => (String(index) === block ? [one, one] : [one]));
    case 'up':
      return swapped(blocks, Number(block), Number(block) - 1);
    case 'down':
      return swapped(blocks, Number(block), Number(block) + 1);
    case 'item-add':
      return withList(blocks, block, list, (items, of) => [...items, emptyFields(of)]);
    case 'item-remove':
      return withList(blocks, block, list, (items) => items.filter((_, index) => String(index) !== item));
    case 'block-add':
    case 'block-remove':
    case 'block-up':
    case 'block-down':
      return inColumn(blocks, target, (inside, at) =>
        changeInside(inside, verb.slice('block-'.length), at, kind),
      );
    default:
      return [...blocks];
  }
}

function changeInside(blocks: readonly LooseBlock[], verb: string, at: number, kind: string): LooseBlock[] {
  if (verb === 'remove') return blocks.filter((_, index) => index !== at);
  if (verb !== 'add') return swapped(blocks, at, verb === 'up' ? at - 1 : at + 1);
  const type = SIMPLE_TYPES.find((simple) => simple === kind);
  return type ? [...blocks, emptyBlock(type)] : [...blocks];
}

/** @param target `2.items.1.blocks`, or with a position in the column behind it */
function inColumn(
  blocks: readonly AnyLoose[],
  target: string,
  change: (inside: readonly LooseBlock[], at: number) => LooseBlock[],
): AnyLoose[] {
  const [block, , column, , at] = target.split('.');
  return blocks.map((candidate, index) => {
    if (String(index) !== block || candidate.type !== 'columns' || isForeignLoose(candidate))
      return candidate;
    const items = (candidate['items'] as readonly { readonly blocks: readonly LooseBlock[] }[]).map(
      (item, position) =>
        String(position) === column ? { ...item, blocks: change(item.blocks, Number(at ?? -1)) } : item,
    );
    return { ...candidate, items };
  });
}

/** Whether a button's value is one that `changeBlocks` understands, rather than "save". */
export const changesBlocks = (button: string): boolean =>
  /^(add|remove|duplicate|up|down|item-add|item-remove|block-add|block-remove|block-up|block-down):/.test(
    button,
  );

function emptyBlock(type: LooseBlock['type']): LooseBlock {
  return { type, ...emptyFields(BLOCK_FIELDS[type]) };
}

function emptyFields(fields: readonly Field[]): Item {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.kind === 'lines' || field.kind === 'grid' || field.kind === 'blocks')
        return [[field.name, []]];
      if ('optional' in field && field.optional) return [];
      if (field.kind === 'list')
        return [[field.name, Array.from({ length: field.starts ?? 1 }, () => emptyFields(field.of))]];
      if (field.kind === 'choice') return [[field.name, field.options[0]]];
      return field.kind === 'flag' ? [] : [[field.name, '']];
    }),
  );
}

function swapped<Block extends AnyLoose>(blocks: readonly Block[], from: number, to: number): Block[] {
  const first = blocks[from];
  const second = blocks[to];
  if (!first || !second) return [...blocks];
  return blocks.map((block, index) => (index === from ? second : index === to ? first : block));
}

function withList(
  blocks: readonly AnyLoose[],
  index: string,
  list: string,
  change: (items: readonly Item[], of: readonly Field[]) => readonly Item[],
): AnyLoose[] {
  return blocks.map((block, position) => {
    if (isForeignLoose(block)) return block;
    const field = BLOCK_FIELDS[block.type].find(
      (candidate) => candidate.name === list && candidate.kind === 'list',
    );
    if (String(position) !== index || field?.kind !== 'list') return block;
    return { ...block, [list]: change((block[list] as readonly Item[] | undefined) ?? [], field.of) };
  });
}
