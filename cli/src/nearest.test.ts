import assert from 'node:assert/strict';
import { nearest } from './nearest.js';

describe('nearest [module:core]', () => {
  const commands = ['start', 'doctor', 'modules', 'routes'];

  it('finds what was meant behind a slip of the pen', () => {
    for (const [typed, meant] of [
      ['doctr', 'doctor'],
      ['satrt', 'start'],
      ['MODULES', 'modules'],
      ['route', 'routes'],
    ] as const)
      assert.equal(nearest(typed, commands), meant, typed);
  });

  it('guesses nothing where nothing is near', () => {
    assert.equal(nearest('banana', commands), undefined);
    assert.equal(nearest('x', []), undefined);
  });
});
