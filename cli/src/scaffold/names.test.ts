import assert from 'node:assert/strict';
import { UsageError } from '../errors.js';
import { namesOf } from './names.js';
import { filled } from './writeScaffold.js';

describe('names of a generated package [module:core]', () => {
  it('writes a code in every form that code needs', () => {
    const { snake, camel, Pascal, UPPER, Name } = namesOf('gift-cards', 'x');
    assert.deepEqual(
      [snake, camel, Pascal, UPPER, Name],
      ['gift_cards', 'giftCards', 'GiftCards', 'GIFT_CARDS', 'Gift cards'],
    );
    assert.equal(
      filled('__UPPER___ENTRY __date___x __code__', namesOf('a1', 'x', new Date('2026-01-02'))),
      'A1_ENTRY 20260102_x a1',
    );
  });

  it('refuses what is no code, and what stands for something else', () => {
    for (const code of ['Gift', '1a', 'a_b', 'a--b', '-a', 'a-', '../x', '', 'a'.repeat(31), 'core', 'admin'])
      assert.throws(() => namesOf(code, 'x'), UsageError, code);
  });
});
