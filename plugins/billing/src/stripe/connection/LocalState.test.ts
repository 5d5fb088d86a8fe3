import assert from 'node:assert/strict';
import { openPayments, type Payments } from '../stripe.fixture.js';
import { LocalState } from './LocalState.js';

describe('LocalState [module:billing]', () => {
  let first: Payments;
  let second: Payments;
  before(async () => {
    first = await openPayments();
    second = await openPayments({ database: first.server.database, clock: first.server.clock });
  });
  after(async () => {
    await second.close();
    await first.close();
  });

  it('outlives the process, and is one for all processes at once', async () => {
    const stripes = [await first.stripe(), await second.stripe()];
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, index) => stripes[index % 2]!.customers.create({ name: `c${index}` })),
    );
    for (const stripe of stripes) {
      const names: unknown[] = [];
      for await (const { name } of stripe.customers.list({ limit: 100 })) names.push(name);
      assert.equal(new Set(names).size, 50);
    }
    await stripes[0]!.customers.update(made[0]!.id, { name: 'changed' });
    const seen = await stripes[1]!.customers.retrieve(made[0]!.id);
    assert.ok(!seen.deleted && seen.name === 'changed');
    await second.close();
    second = await openPayments({ database: first.server.database, clock: first.server.clock });
    const again = await (await second.stripe()).customers.retrieve(made[0]!.id);
    assert.ok(!again.deleted && again.name === 'changed');
  });

  it('keeps all of a request or nothing', async () => {
    const state = new LocalState(first.server.parts.database);
    const write = { account: 'oms', kind: 'customer', id: 'cus_half', data: { id: 'cus_half' } };
    await assert.rejects(
      state.exclusive(() => {
        throw new Error('in the middle');
      }),
      /in the middle/,
    );
    await assert.rejects(
      state.exclusive(() => ({ result: 0, writes: [write, { ...write, kind: null as never }] })),
    );
    const { length } = await first.server.database.everything(
      "select 1 from billing_local_stripe_object where id = 'cus_half'",
    );
    assert.equal(length, 0);
  });
});
