import { BLOCK_FIELDS, isBlockType, type Field } from './blockFields.js';
import type { LooseBlock } from './decodeBlocks.js';

type Item = Readonly<Record<string, unknown>>;

/**
 * Carries out a button of the editor that changes which blocks there are.
 *
 * `add:hero` · `remove:2` · `up:2` · `down:2` · `item-add:2.items` · `item-remove:2.items.0`; anything else changes nothing.
 */
export function changeBlocks(blocks: readonly LooseBlock[], button: string): LooseBlock[] {
  const [verb = '', target = ''] = button.split(':');
  const [block = '', list = '', item = ''] = target.split('.');
  switch (verb) {
    case 'add':
      return isBlockType(target) ? [...blocks, emptyBlock(target)] : [...blocks];
    case 'remove':
      return blocks.filter((_, index) => String(index) !== block);
    case 'up':
      return swapped(blocks, Number(block), Number(block) - 1);
    case 'down':
      return swapped(blocks, Number(block), Number(block) + 1);
    case 'item-add':
      return withList(blocks, block, list, (items, of) => [...items, emptyFields(of)]);
    case 'item-remove':
      return withList(blocks, block, list, (items) => items.filter((_, index) => String(index) !== item));
    default:
      return [...blocks];
  }
}

/** Whether a button's value is one that `changeBlocks` understands, rather than "save". */
export const changesBlocks = (button: string): boolean =>
  /^(add|remove|up|down|item-add|item-remove):/.test(button);

function emptyBlock(type: LooseBlock['type']): LooseBlock {
  return { type, ...emptyFields(BLOCK_FIELDS[type]) };
}

function emptyFields(fields: readonly Field[]): Item {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.kind === 'lines' || field.kind === 'grid') return [[field.name, []]];
      if ('optional' in field && field.optional) return [];
      if (field.kind === 'list') return [[field.name, [emptyFields(field.of)]]];
      if (field.kind === 'choice') return [[field.name, field.options[0]]];
      return field.kind === 'flag' ? [] : [[field.name, '']];
    }),
  );
}

function swapped(blocks: readonly LooseBlock[], from: number, to: number): LooseBlock[] {
  const first = blocks[from];
  const second = blocks[to];
  if (!first || !second) return [...blocks];
  return blocks.map((block, index) => (index === from ? second : index === to ? first : block));
}

function withList(
  blocks: readonly LooseBlock[],
  index: string,
  list: string,
  change: (items: readonly Item[], of: readonly Field[]) => readonly Item[],
): LooseBlock[] {
  return blocks.map((block, position) => {
    const field = BLOCK_FIELDS[block.type].find(
      (candidate) => candidate.name === list && candidate.kind === 'list',
    );
    if (String(position) !== index || field?.kind !== 'list') return block;
    return { ...block, [list]: change((block[list] as readonly Item[] | undefined) ?? [], field.of) };
  });
}
