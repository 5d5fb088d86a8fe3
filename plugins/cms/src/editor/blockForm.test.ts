import assert from 'node:assert/strict';
import { bodySchema } from '../blocks/schemas.js';
import { BLOCK_TYPES } from './blockFields.js';
import { blockForm, type FieldView } from './blockForm.js';
import { changeBlocks } from './changeBlocks.js';
import { decodeBlocks, type LooseBlock } from './decodeBlocks.js';

const MEDIUM = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';

const EVERY_BLOCK = bodySchema.parse([
  {
    type: 'hero',
    eyebrow: 'e',
    title: 't',
    text: 'x',
    actions: [{ label: 'l', href: '/a', style: 'secondary' }],
    points: ['p', 'q'],
    figure: 'orders',
  },
  { type: 'heading', level: 3, text: 'x' },
  { type: 'richText', html: '<p>x</p>' },
  {
    type: 'cards',
    columns: 4,
    items: [
      { icon: 'check', title: 't', text: 'x', href: '/a' },
      { title: 't', text: 'x' },
    ],
  },
  { type: 'steps', title: 't', items: [{ title: 't', text: 'x' }] },
  {
    type: 'plans',
    items: [
      {
        name: 'n',
        price: '€1',
        text: 'x',
        features: ['a', 'b'],
        action: { label: 'l', href: '/a' },
        highlighted: true,
      },
      { name: 'm', price: '€2', text: 'y', features: [] },
    ],
  },
  {
    type: 'table',
    caption: 'c',
    head: ['a', 'b'],
    rows: [
      ['1', 'x | y'],
      ['', '4'],
    ],
  },
  { type: 'faq', items: [{ question: 'q', html: '<p>a</p>' }] },
  { type: 'quote', text: 'x', by: 'b' },
  { type: 'cta', title: 't', actions: [{ label: 'l', href: '#a', style: 'primary' }] },
  { type: 'contact', email: 'a@b.lu', phone: '+352', lines: ['x', 'y'], hours: 'h' },
  { type: 'image', media: MEDIUM, alt: 'a', shape: 'wide' },
  { type: 'gallery', columns: 3, items: [{ media: MEDIUM, decorative: true }] },
  { type: 'button', label: 'l', href: '/a', style: 'primary' },
  { type: 'html', html: '<p>x</p>' },
  {
    type: 'columns',
    items: [
      {
        blocks: [
          { type: 'heading', level: 2, text: 'x' },
          { type: 'image', media: MEDIUM, alt: 'a', shape: 'wide' },
        ],
      },
      { blocks: [] },
      { blocks: [{ type: 'quote', text: 'x', by: 'b' }] },
    ],
  },
  {
    type: 'form',
    fields: [
      { input: 'email', label: 'l', required: true, options: [] },
      { input: 'select', label: 'l', options: ['a', 'b'] },
    ],
    submitLabel: 's',
    success: 't',
  },
]) as unknown as LooseBlock[];

/** What a browser would send for the inputs of a form, as the server turns it into an object. */
function submit(blocks: readonly LooseBlock[]): Record<string, unknown>[] {
  return blockForm(blocks, []).map(({ type, fields }) => ({ type, ...values(fields) }));
}

function values(fields: readonly FieldView[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const name = field.name.split('.').at(-1) as string;
      switch (field.partial) {
        case 'cms/field-flag':
          return field.checked ? [[name, 'true']] : [];
        case 'cms/field-choice':
          return [[name, field.options.find(({ selected }) => selected)?.value]];
        case 'cms/field-list':
          return field.items.length === 0 ? [] : [[name, field.items.map((item) => values(item.fields))]];
        case 'cms/field-blocks':
          return [[name, field.blocks.map((block) => ({ type: block.type, ...values(block.fields) }))]];
        case 'cms/field-group':
          return [[name, values(field.items[0]?.fields ?? [])]];
        default:
          return [[name, field.value.replaceAll('\n', '\r\n')]];
      }
    }),
  );
}

describe('the form of blocks [module:cms]', () => {
  it('gives back every kind of block as it was', () => {
    assert.deepEqual(new Set(EVERY_BLOCK.map(({ type }) => type)), new Set(BLOCK_TYPES));
    assert.deepEqual(decodeBlocks(submit(EVERY_BLOCK)), EVERY_BLOCK);
  });

  it('shows an error at the input it concerns', () => {
    const [view] = blockForm(
      [{ type: 'cta', title: '', actions: [{ label: 'l', href: 'x', style: 'primary' }] }],
      [
        { path: 'body.0.title', message: 'Too short.' },
        { path: 'body.0.actions.0.href', message: 'No.' },
      ],
    );
    assert.equal(view?.fields[0]?.error, 'Too short.');
    assert.equal(
      view?.fields.find(({ name }) => name === 'body.0.actions')?.items[0]?.fields[1]?.error,
      'No.',
    );
  });

  it('shows an error in any line of a list at the list', () => {
    const [view] = blockForm(
      [{ type: 'table', caption: 'c', head: ['x'], rows: [] }],
      [{ path: 'body.0.head.0', message: 'Too long.' }],
    );
    assert.equal(view?.fields[1]?.error, 'Too long.');
  });

  it('adds, moves and removes blocks and their entries', () => {
    const [hero, heading] = EVERY_BLOCK as [LooseBlock, LooseBlock];
    assert.deepEqual(changeBlocks([hero, heading], 'down:0'), [heading, hero]);
    assert.deepEqual(changeBlocks([hero, heading], 'up:1'), [heading, hero]);
    assert.deepEqual(changeBlocks([hero, heading], 'up:0'), [hero, heading]);
    assert.deepEqual(changeBlocks([hero, heading], 'remove:0'), [heading]);
    assert.deepEqual(changeBlocks([], 'add:faq'), [{ type: 'faq', items: [{ question: '', html: '' }] }]);
    assert.deepEqual(changeBlocks([], 'add:__proto__'), []);
    const faq = changeBlocks(changeBlocks([], 'add:faq'), 'item-add:0.items');
    const itemsOf = ([block]: readonly object[]): unknown[] => (block as { items: unknown[] }).items;
    assert.equal(itemsOf(faq).length, 2);
    assert.equal(itemsOf(changeBlocks(faq, 'item-remove:0.items.1')).length, 1);
    assert.deepEqual(changeBlocks(faq, 'item-add:0.constructor'), faq);
  });
});
