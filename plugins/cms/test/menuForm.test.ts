import assert from 'node:assert/strict';
import { changeItems, changesItems, focusAfter, type LooseItem } from '../src/menus/menuForm.js';

const entry = (name: string, children?: readonly LooseItem[]): LooseItem => ({
  kind: children ? 'heading' : 'address',
  page: '',
  href: children ? '' : `/${name}`,
  labels: { en: name },
  visible: true,
  children: children ?? [],
});
const shape = (items: readonly LooseItem[]): string =>
  items
    .map(({ labels, kind, children }) => `${labels.en}${kind === 'heading' ? `(${shape(children)})` : ''}`)
    .join(' ');

describe('entries of a menu under the buttons that arrange them [module:cms]', () => {
  const items = [entry('a'), entry('more', [entry('b'), entry('c')]), entry('d'), entry('e')];
  for (const [button, after, focus] of [
    ['in:2', 'a more(b c d) e', '1.2'],
    ['in:3', 'a more(b c) d e', null],
    ['in:1', 'a more(b c) d e', null],
    ['in:0', 'a more(b c) d e', null],
    ['out:1.0', 'a more(c) b d e', '2'],
    ['out:1.9', 'a more(b c) d e', null],
    ['out:2', 'a more(b c) d e', null],
    ['up:1.1', 'a more(c b) d e', '1.0'],
    ['down:0', 'more(b c) a d e', '1'],
    ['remove:1.0', 'a more(c) d e', null],
  ] as const)
    it(`are ${after} after ${button}`, () => {
      assert.ok(changesItems(button));
      const changed = changeItems(items, button);
      assert.equal(shape(changed), after);
      if (focus !== null) assert.equal(focusAfter(changed, button), focus);
    });
});
