import assert from 'node:assert/strict';
import { arrange } from './arrange.js';
import type { LoadedWidget } from './loadParts.js';

const widget = (isWide: boolean): LoadedWidget => ({ template: 'stall/widget', data: {}, isWide });
const some = (count: number): object[] => Array.from({ length: count }, () => ({}));

describe('What stands where on a dashboard [module:core]', () => {
  it('sets few small parts beside the wide ones', () => {
    const found = arrange({ figures: some(1), widgets: [widget(true), widget(false)], hasMain: false });
    assert.equal(found.isSplit, true);
    assert.deepEqual([found.figures.length, found.small.length, found.wide.length], [1, 1, 1]);
    assert.equal(arrange({ figures: some(1), widgets: [], hasMain: true }).isSplit, true);
  });

  it('sets them side by side where they are many or alone', () => {
    assert.equal(arrange({ figures: some(4), widgets: [], hasMain: true }).isSplit, false);
    assert.equal(arrange({ figures: some(2), widgets: [], hasMain: false }).isSplit, false);
    assert.equal(arrange({ figures: [], widgets: [widget(true)], hasMain: true }).isSplit, false);
  });

  it('leaves none alone in a row of four, and does not stretch a single one', () => {
    const gridOf = (count: number) => arrange({ figures: some(count), widgets: [], hasMain: false }).grid;
    assert.deepEqual([1, 2, 3, 4, 5, 6, 9].map(gridOf), [
      'grid-cards',
      'grid-3',
      'grid-3',
      'grid-3',
      'grid-2',
      'grid-3',
      'grid-2',
    ]);
  });
});
