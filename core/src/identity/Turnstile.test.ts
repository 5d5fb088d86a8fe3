import assert from 'node:assert/strict';
import { Turnstile } from './Turnstile.js';

const gate = () => {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('Turnstile [module:core]', () => {
  it('never runs more works at once than it has places, and runs all of them in order', async () => {
    const turnstile = new Turnstile({ places: 2, waiting: 100, refuse: () => new Error('full') });
    let running = 0,
      most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        turnstile.run(async () => {
          order.push(i);
          most = Math.max(most, ++running);
          await new Promise(setImmediate);
          running -= 1;
        }),
      ),
    );
    assert.equal(most, 2);
    assert.deepEqual(
      order,
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('refuses at once when the line is full, and lets in again when it is not', async () => {
    const turnstile = new Turnstile({ places: 1, waiting: 1, refuse: () => new Error('full') });
    const { open, opened } = gate();
    const first = turnstile.run(() => opened),
      second = turnstile.run(async () => 'second');
    await assert.rejects(
      turnstile.run(async () => 'third'),
      /full/,
    );
    open();
    await first;
    assert.equal(await second, 'second');
    assert.equal(await turnstile.run(async () => 'fourth'), 'fourth');
  });

  it('frees the place of a work that failed', async () => {
    const turnstile = new Turnstile({ places: 1, waiting: 0, refuse: () => new Error('full') });
    await assert.rejects(
      turnstile.run(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await turnstile.run(async () => 'next'), 'next');
  });
});
