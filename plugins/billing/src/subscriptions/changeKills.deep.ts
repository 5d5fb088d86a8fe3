import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MerchantRecord } from '@wizamart/core';
import { openBilling, type BillingWorld } from '../../test/subscriptions.fixture.js';
import type { LocalStripeServer } from '../stripe/connection/LocalStripeServer.js';
import type { StripeConnections } from '../stripe/connection/StripeConnections.js';

const PROCESS = fileURLToPath(new URL('changeProcess.fixture.ts', import.meta.url));
const KILLS = 24;
const DAY = 86_400_000;

describe('changes of tiers, with processes that are killed [module:billing]', function () {
  this.timeout(900_000);
  let world: BillingWorld;
  let local: LocalStripeServer;
  let connections: StripeConnections;
  let port: number;
  const running = new Set<ChildProcess>();
  before(async () => {
    world = await openBilling();
    ({ localStripe: local, stripeConnections: connections } = world.server.modules.kernel.container.wiringOf(
      'billing',
    ) as unknown as { localStripe: LocalStripeServer; stripeConnections: StripeConnections });
    ({ port } = await local.running());
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await world.close();
  });

  const start = async (): Promise<ChildProcess> => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx/esm', '--conditions=source', PROCESS, world.server.database.appUrl, String(port)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    running.add(child);
    child.once('exit', () => running.delete(child));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve());
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    });
    return child;
  };
  const change = (child: ChildProcess, merchant: MerchantRecord): Promise<void> => {
    const done = new Promise<void>((resolve) =>
      child.stdout?.on('data', (text: Buffer) => text.includes('done') && resolve()),
    );
    child.stdin?.write(`${merchant.id} enterprise ${world.clock.now().toISOString()}\n`);
    return done;
  };
  const kill = (child: ChildProcess): Promise<unknown> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    return gone;
  };
  const current = (merchant: MerchantRecord) => world.subscriptionReader.current(world.at(merchant));
  const paying = async (): Promise<MerchantRecord> => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await world.trials.begin(world.at(merchant));
    const { setupIntentId } = await world.cards.begin(world.at(merchant));
    const { stripe } = await connections.of(world.at(merchant));
    await stripe.setupIntents.confirm(setupIntentId, { payment_method: 'pm_card_visa' });
    await world.cards.use(world.at(merchant), setupIntentId);
    return merchant;
  };
  const stripeId = async (merchant: MerchantRecord): Promise<string> => {
    const [row] = await world.server.database.everything<{ id: string }>(
      `select stripe_subscription_id as id from billing_subscription where merchant_id = '${merchant.id}'`,
    );
    return row?.id ?? '';
  };
  /** What was charged: the first month, and what the change cost. */
  const charges = async (merchant: MerchantRecord) =>
    (await world.payments.history(world.at(merchant))).filter(({ totalMinor }) => totalMinor > 0);

  it(`are finished by the next run, and charged exactly once: ${KILLS} kills at any point`, async () => {
    const merchants: MerchantRecord[] = [];
    for (let index = 0; index <= KILLS; index++) merchants.push(await paying());
    world.clock.advance(30 * DAY);
    await local.tick();
    for (const merchant of merchants)
      await world.stripeNotices.look(world.at(merchant), await stripeId(merchant));

    // How long one takes tells over how long to spread the kills.
    const measured = await start();
    const began = performance.now();
    await change(measured, merchants[KILLS] as MerchantRecord);
    const whole = performance.now() - began;
    await kill(measured);

    const found = { before: 0, within: 0, after: 0 };
    for (let index = 0; index < KILLS; index++) {
      const merchant = merchants[index] as MerchantRecord;
      const child = await start();
      void change(child, merchant);
      // Not as a wait for anything: each kill shall hit another moment of the change.
      await pause((whole * 1.6 * (index + Math.random())) / KILLS);
      await kill(child);
      const left = await current(merchant);
      found[left.operation ? 'within' : left.tier.code === 'enterprise' ? 'after' : 'before'] += 1;

      world.clock.advance(120_000);
      await world.staleSubscriptions.clean(world.on());
      await world.staleSubscriptions.clean(world.on());
      const { tier, operation } = await current(merchant);
      assert.equal(operation, null);
      // Nobody had been told of it yet: then it was not asked for, and nothing is owed.
      if (!left.operation && left.tier.code === 'professional') {
        assert.deepEqual([tier.code, (await charges(merchant)).length], ['professional', 1]);
        continue;
      }
      assert.deepEqual([tier.code, (await charges(merchant)).length], ['enterprise', 2]);
      const { stripe } = await connections.of(world.at(merchant));
      const theirs = await stripe.subscriptions.retrieve(await stripeId(merchant));
      assert.equal(theirs.items.data.length, 1);
    }
    console.log(`      ${whole.toFixed(0)} ms for a change; killed ${JSON.stringify(found)}`);
    assert.ok(found.within >= KILLS / 4, JSON.stringify(found));
  });
});
