import assert from 'node:assert/strict';
import { oncePerContext } from './oncePerContext.js';

describe('oncePerContext [module:core]', () => {
  it('asks once for a context, also while the answer is awaited, and again for another one', async () => {
    let asked = 0;
    const ask = oncePerContext(({ name }: { readonly name: string }) =>
      Promise.resolve(`${name} ${++asked}`),
    );
    const [one, other] = [{ name: 'one' }, { name: 'one' }];
    assert.deepEqual(await Promise.all([ask(one), ask(one)]), ['one 1', 'one 1']);
    assert.equal(await ask(other), 'one 2');
  });
});
