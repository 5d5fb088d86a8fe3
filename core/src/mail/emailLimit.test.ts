import assert from 'node:assert/strict';
import type { TenantContext } from '../kernel/context.js';
import { openEntitlements, type EntitlementsWorld } from '../modules/entitlements/entitlements.fixture.js';
import { EmailLimitReached } from './errors.js';
import { EMAIL_LIMIT, Mailer, type MailAllowance } from './Mailer.js';
import type { MailMessage } from './message.js';

describe('[module:core] e-mails of a month', () => {
  let world: EntitlementsWorld;
  let queued: MailMessage[];
  let mailer: Mailer;
  before(async () => {
    world = await openEntitlements();
  });
  after(() => world.close());
  beforeEach(async () => {
    queued = [];
    mailer = new Mailer({
      jobs: { enqueue: async (_ctx, _job, payload) => String(queued.push(payload as MailMessage)) },
      renderer: { render: async () => ({ subject: 'x', text: 'x' }) },
      sender: { address: 'no-reply@wizamart.example' },
      entitlements: world.entitlements,
    });
    await world.db.everything('delete from core_usage_counter');
    await world.tiers.assign(world.context(), world.acme, 'basic', {
      name: 'Basic',
      features: [],
      limits: { [EMAIL_LIMIT]: 7 },
    });
  });

  const send = (allowance?: MailAllowance, over: Partial<TenantContext> = {}) =>
    world.database.unit(world.inStore('basic', over), (inside) =>
      mailer.send(inside, {
        to: 'ada@customer.example',
        subject: 'Hello',
        text: 'Hi',
        ...(allowance && { allowance }),
      }),
    );
  const used = async () =>
    Number(
      (await world.db.everything<{ used: number }>('select used from core_usage_counter'))[0]?.used ?? 0,
    );

  it('are sent up to the limit by 100 parallel sends, and none beyond', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 100 }, () => send()));
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 7);
    assert.deepEqual([queued.length, await used()], [7, 7]);
    for (const one of settled)
      if (one.status === 'rejected') {
        assert.ok(one.reason instanceof EmailLimitReached, String(one.reason));
        assert.deepEqual(one.reason.data, { limit: 7, current: 7, upgradeTo: 'basic' });
      }
  });

  it('are counted and sent beyond it where they must not be lost', async () => {
    for (let mail = 0; mail < 9; mail += 1) await send('exceed');
    assert.deepEqual([queued.length, await used()], [9, 9]);
    await assert.rejects(send(), EmailLimitReached);
  });

  it('neither count nor stop the mails of accounts', async () => {
    for (let mail = 0; mail < 7; mail += 1) await send();
    await send('none');
    assert.deepEqual([queued.length, await used()], [8, 7]);
  });

  it('are counted anew in the next month', async () => {
    for (let mail = 0; mail < 7; mail += 1) await send();
    await assert.rejects(send(), EmailLimitReached);
    await send('refuse', { now: new Date(world.clock.now().getTime() + 31 * 86_400_000) });
    assert.equal(queued.length, 8);
  });

  it('are not counted where the mail is taken back', async () => {
    await assert.rejects(
      world.database.unit(world.inStore('basic'), async (inside) => {
        await mailer.count(inside);
        throw new Error('taken back');
      }),
      /taken back/,
    );
    assert.equal(await used(), 0);
  });
});
