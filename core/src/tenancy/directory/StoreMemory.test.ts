import assert from 'node:assert/strict';
import type { StoreRecord } from '../../kernel/context.js';
import { platformRecord, storeRecord } from '../address/tenants.fixture.js';
import { StoreMemory } from './StoreMemory.js';

const oms = platformRecord('oms', 'oms.lu');
const acme = storeRecord(oms, 'acme');
const never = (): Promise<never> => Promise.reject(new Error('nobody should ask the database'));

describe('StoreMemory [module:core]', () => {
  it('serves a load that a change has overtaken to those who waited, and to nobody after', async () => {
    for (const change of [
      (memory: StoreMemory) => {
        memory.forget(() => false);
      },
      (memory: StoreMemory) => {
        memory.clear();
      },
    ]) {
      const memory = new StoreMemory(10);
      let answer: (store: StoreRecord | null) => void = () => undefined;
      const waiting = memory.get(
        'a',
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      );
      change(memory);
      const fresh = { ...acme, name: 'after the change' };
      const next = memory.get('a', async () => fresh);
      answer(acme);
      assert.equal((await waiting)?.name, 'acme');
      assert.equal(await next, fresh, 'did not join the load from before');
      assert.equal(memory.get('a', never), fresh);
    }
  });

  it('remembers neither a miss nor a failure from before a change', async () => {
    const memory = new StoreMemory(10);
    assert.equal(await memory.get('a', async () => null), null);
    assert.equal(memory.get('a', never), null);
    memory.forget(() => false);
    await assert.rejects(async () => memory.get('a', never));
    assert.equal(await memory.get('a', async () => acme), acme);
  });

  it('drops what a change concerns and keeps the rest', async () => {
    const memory = new StoreMemory(10);
    const other = storeRecord(oms, 'other');
    await memory.get('a', async () => acme);
    await memory.get('b', async () => other);
    memory.forget((store) => store.id === acme.id);
    assert.equal(memory.get('b', never), other);
    await assert.rejects(async () => memory.get('a', never));
  });

  it('keeps one record for all keys of a store', async () => {
    const memory = new StoreMemory(10);
    const first = await memory.get('a', async () => acme);
    assert.equal(await memory.get('b', async () => ({ ...acme })), first);
  });

  it('never holds more than it may', async () => {
    const memory = new StoreMemory(100);
    for (let number = 0; number < 500; number++) {
      await memory.get(`key ${number}`, async () => storeRecord(oms, `store-${number}`));
    }
    assert.equal(memory.size, 100);
  });
});
