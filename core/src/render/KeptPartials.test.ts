import assert from 'node:assert/strict';
import { RefusalTexts } from '../i18n/RefusalTexts.js';
import { Words } from '../i18n/Words.js';
import { KeptPartials } from './KeptPartials.js';
import { unchanging } from './unchanging.js';

const words = new Words('en', new Map(), () => undefined, new RefusalTexts([]));

describe('KeptPartials [module:core]', () => {
  const drawnFor = (...givens: readonly object[]): number => {
    const kept = new KeptPartials();
    let drawn = 0;
    for (const given of givens) kept.html('card', given, words, () => String(++drawn));
    return drawn;
  };

  it('draws once what is given the same, also in objects of their own', () => {
    assert.equal(drawnFor({ a: { b: [1, 'x'] } }, { a: { b: [1, 'x'] } }), 1);
  });

  it('never takes one text for two, a number for a text, or one date for another', () => {
    assert.equal(drawnFor({ a: "1'b,b:1'c" }, { a: '1', b: 'c' }), 2);
    assert.equal(
      drawnFor({ a: 1 }, { a: '1' }, { a: true }, { a: 'true' }, { a: null }, { a: undefined }),
      6,
    );
    assert.equal(drawnFor({ a: ['x,1', 'y'] }, { a: ['x', '1,y'] }), 2);
    assert.equal(drawnFor({ a: new Date(1) }, { a: new Date(2) }, { a: {} }), 3);
  });

  it('knows unchanging data by being the same, and freezes it whole', () => {
    const menu = unchanging([{ label: 'Home' }]);
    assert.equal(drawnFor({ menu }, { menu }, { menu: unchanging([{ label: 'Home' }]) }), 2);
    assert.throws(() => {
      (menu[0] as { label: string }).label = 'Away';
    }, TypeError);
  });
});
