import assert from 'node:assert/strict';
import { periodAt } from '../src/subscriptions/calendar.js';
import { DAY, mailsTo, payingIn } from './paying.fixture.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

describe('edge cases of subscriptions [module:billing]', function () {
  this.timeout(180_000);
  let world: BillingWorld;
  let payers: ReturnType<typeof payingIn>;
  before(async () => {
    world = await openBilling();
    payers = payingIn(world);
  });
  after(() => world.close());
  beforeEach(() => world.clock.set('2026-03-02T08:00:00Z'));

  const everyDay = () => world.staleSubscriptions.clean(world.on());
  /** Without collection, so that we count the periods ourselves; begun at the clock's time. */
  const given = async (interval: 'month' | 'year' = 'month') => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    const version = await world.catalogue.forSale(world.at(merchant), 'tier', 'professional');
    const start = world.clock.now();
    await world.server.parts.database.unit(
      { ...world.at(merchant), actor: { kind: 'system', name: 'test' } } as never,
      (inside) =>
        world.subscriptionWriter.create(inside as never, {
          status: 'active',
          version,
          interval,
          period: periodAt(start, interval, start),
          trialEndsAt: null,
          collection: 'none',
        }),
    );
    return merchant;
  };
  const startsOf = async (merchant: Awaited<ReturnType<typeof given>>, dates: readonly string[]) => {
    const starts = [];
    for (const date of dates) {
      world.clock.set(date);
      await everyDay();
      const { periodStart } = await payers.current(merchant);
      starts.push(periodStart.toISOString());
    }
    return starts;
  };

  it('month-end billing days: what began on the 31st is renewed on the last day of shorter months, and on the 31st again', async () => {
    world.clock.set('2026-01-31T09:00:00Z');
    const merchant = await given();
    assert.deepEqual(
      await startsOf(merchant, [
        '2026-02-28T10:00:00Z',
        '2026-03-31T10:00:00Z',
        '2026-04-30T10:00:00Z',
        '2026-05-31T10:00:00Z',
      ]),
      // Nine o’clock in Luxembourg is eight o’clock UTC in summer: ten past nine is still the same clock time there.
      [
        '2026-02-28T09:00:00.000Z',
        '2026-03-31T08:00:00.000Z',
        '2026-04-30T08:00:00.000Z',
        '2026-05-31T08:00:00.000Z',
      ],
    );
  });

  it('29 February: what began on it is renewed on 28 February, and on the 29th in leap years', async () => {
    world.clock.set('2028-02-29T09:00:00Z');
    const merchant = await given('year');
    assert.deepEqual(
      await startsOf(merchant, ['2029-02-28T10:00:00Z', '2031-02-28T10:00:00Z', '2032-02-29T10:00:00Z']),
      ['2029-02-28T09:00:00.000Z', '2031-02-28T09:00:00.000Z', '2032-02-29T09:00:00.000Z'],
    );
  });

  it('daylight-saving days: a trial over the change of clocks has its 30 days, and ends at the same time of day', async () => {
    world.clock.set('2026-03-28T01:30:00Z');
    const spring = await payers.onTrial();
    assert.equal((await payers.current(spring)).trialEndsAt?.toISOString(), '2026-04-27T00:30:00.000Z');
    world.clock.set('2026-10-24T00:30:00Z');
    const autumn = await payers.onTrial();
    assert.equal((await payers.current(autumn)).trialEndsAt?.toISOString(), '2026-11-23T01:30:00.000Z');
  });

  it('currency without minor units: refused, and nothing is sold by it', async () => {
    await assert.rejects(
      world.catalogue.setPrices(world.on(), 'professional', {
        currency: 'JPY',
        monthlyMinor: 9_900,
        yearlyMinor: 99_000,
      }),
      ({ errors }: { errors: { path: string; message: string }[] }) => {
        assert.deepEqual(
          errors.map(({ path }) => path),
          ['currency'],
        );
        assert.match(errors[0]?.message ?? '', /JPY.+no minor units/);
        return true;
      },
    );
    const offers = await world.catalogue.offers(world.on(), { kind: 'tier' });
    assert.ok(offers.length > 0);
    assert.doesNotMatch(JSON.stringify(offers), /JPY/);
  });

  for (const [policy, status, limit] of [
    ['expire', 'expired', 2],
    ['downgrade', 'active', 2],
    ['pause', 'paused', 2],
  ] as const)
    it(`trial without a card at its end, policy ${policy}: ${status}, told by a mail with the way to billing`, async () => {
      await world.settings({ trialEndPolicy: policy });
      const { merchant } = await world.server.store({ platform: 'oms' });
      await world.trials.begin(world.at(merchant));
      world.clock.advance(30 * DAY);
      await world.trialExpirations.check(world.on());
      assert.equal((await payers.current(merchant)).status, status);
      assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), limit);
      const mail = (await mailsTo(world, merchant)).at(-1);
      assert.match(mail?.subject ?? '', /Your trial of .+ is over/);
      assert.match(mail?.text ?? '', /https?:\/\/\S+\/store\/\S+\/billing/);
      await world.settings({ trialEndPolicy: 'expire' });
    });

  it('card that expires: told once, 30 days before its month is over, with the way to billing', async () => {
    const merchant = await payers.onTrial();
    const { card } = await payers.enterCard(merchant);
    const { expMonth, expYear } = card;
    const notice = new Date(Date.UTC(expMonth === 12 ? expYear + 1 : expYear, expMonth % 12, 1) - 29 * DAY);
    const ends = async () =>
      (await mailsTo(world, merchant)).filter(({ subject }) => subject === 'Your card ends soon');
    await payers.pass(merchant, 30);
    world.clock.set(new Date(notice.getTime() - 3 * DAY));
    await world.dunning.run(world.on());
    assert.equal((await ends()).length, 0);
    world.clock.set(notice);
    await world.dunning.run(world.on());
    await world.dunning.run(world.on());
    const mails = await ends();
    assert.equal(mails.length, 1);
    assert.match(mails[0]?.text ?? '', /4242/);
    assert.match(mails[0]?.text ?? '', new RegExp(`${expYear}-${String(expMonth).padStart(2, '0')}`));
    assert.match(mails[0]?.text ?? '', /https?:\/\//);
  });

  it('card that has expired: refused when it is entered; one that expires later is past due, and everything is kept', async () => {
    const merchant = await payers.paying();
    await assert.rejects(payers.enterCard(merchant, 'pm_card_chargeDeclinedExpiredCard'), /expired/);
    const { stripe } = await payers.stripeConnections.of(world.at(merchant));
    const { id } = await stripe.paymentMethods.create({
      type: 'card',
      card: { number: '4242424242424242', exp_month: 4, exp_year: 2026, cvc: '123' },
    });
    const { card } = await payers.enterCard(merchant, id);
    assert.deepEqual([card.expMonth, card.expYear], [4, 2026]);
    await payers.pass(merchant, 30);
    await payers.pass(merchant, 0.1);
    assert.equal((await payers.current(merchant)).status, 'past_due');
    assert.equal(await world.server.parts.entitlements.has(world.at(merchant), 'shop_pro'), true);
  });

  it('merchant on two platforms with two tiers: each has its own, and the end of one leaves the other', async () => {
    const merchant = await payers.onTrial('professional');
    await world.server.parts.merchants.joinPlatform(world.at(merchant, 'loyalty'));
    await world.trials.begin(world.at(merchant, 'loyalty'), { tier: 'enterprise' });
    await world.endings.cancel(world.at(merchant), { atOnce: true });
    const { entitlements } = world.server.parts;
    assert.equal(await entitlements.limit(world.at(merchant), 'products'), 2);
    assert.equal(await entitlements.limit(world.at(merchant, 'loyalty'), 'products'), null);
    const there = await world.subscriptionReader.current(world.at(merchant, 'loyalty'));
    assert.deepEqual([there.status, there.tier.code], ['trialing', 'enterprise']);
  });

  for (const [policy, status] of [
    ['pause', 'paused'],
    ['downgrade', 'active'],
    ['cancel', 'cancelled'],
  ] as const)
    it(`unpaid beyond the days of grace, policy ${policy}: ${status}, nothing more is collected, what is there is kept`, async () => {
      await world.settings({ dunningEndPolicy: policy });
      const merchant = await payers.pastDue();
      for (let index = 0; index < 4; index++) await world.shop.addProduct(world.at(merchant));
      const paid = (await payers.charges(merchant)).filter(({ status }) => status === 'paid').length;
      world.clock.advance(15 * DAY);
      await world.dunning.run(world.on());
      await world.dunning.run(world.on());
      const after = await payers.current(merchant);
      assert.equal(after.status, status);
      if (policy === 'downgrade')
        assert.deepEqual([after.tier.code, after.collection], ['essential', 'none']);
      const { meters } = await world.usageSummaries.of(world.at(merchant));
      const products = meters.find(({ code }) => code === 'products');
      assert.deepEqual([products?.current, products?.limit], [4, 2]);
      const over = (await mailsTo(world, merchant)).filter(({ subject }) => /stayed unpaid/.test(subject));
      assert.equal(over.length, 1);
      world.clock.advance(35 * DAY);
      await payers.localStripe.tick();
      const later = (await payers.charges(merchant)).filter(({ status }) => status === 'paid').length;
      assert.equal(later, paid);
      await world.settings({ dunningEndPolicy: 'cancel' });
    });

  it('tier deleted while in use: refused while somebody has it; withdrawn, who has it keeps it and is renewed', async () => {
    const merchant = await payers.paying('professional');
    await assert.rejects(world.server.parts.tierEditor.remove(world.on(), 'professional'), {
      code: 'TIER_IN_USE',
    });
    await world.catalogue.archive(world.on(), 'tier', 'professional', true);
    await world.server.parts.tierEditor.archive(world.on(), 'professional');
    await payers.pass(merchant, 31);
    const after = await payers.current(merchant);
    assert.deepEqual([after.status, after.tier.code], ['active', 'professional']);
    assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), 10);
    const other = await payers.onTrial('professional');
    assert.notEqual((await payers.current(other)).tier.code, 'professional');
    await world.server.parts.tierEditor.restore(world.on(), 'professional');
    await world.catalogue.archive(world.on(), 'tier', 'professional', false);
  });

  it('zero-amount period: a tier for nothing goes on month by month, and nothing is charged', async () => {
    await world.catalogue.setPrices(world.on(), 'essential', {
      currency: 'EUR',
      monthlyMinor: 0,
      yearlyMinor: 0,
    });
    const merchant = await payers.paying('essential');
    const first = await payers.current(merchant);
    await payers.pass(merchant, 31);
    const next = await payers.current(merchant);
    assert.deepEqual([first.status, next.status], ['active', 'active']);
    assert.equal(next.periodStart.getTime(), first.periodEnd.getTime());
    assert.deepEqual(await payers.charges(merchant), []);
    const history = await world.payments.history(world.at(merchant));
    assert.ok(
      history.every(({ status }) => status === 'paid'),
      JSON.stringify(history),
    );
  });

  it('3-D Secure: an upgrade that the bank lets through comes into force once it is confirmed, and is charged once', async () => {
    const merchant = await payers.paying();
    const before = (await payers.charges(merchant)).length;
    const { stripeCustomers } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeCustomers: { customerOf(ctx: unknown): Promise<string | null> };
    };
    await world.stripeGateway.useCard(world.at(merchant), {
      customerId: (await stripeCustomers.customerOf(world.at(merchant))) as string,
      paymentMethodId: 'pm_card_authenticationRequired',
    });
    const outcome = await world.planChanges.change(world.at(merchant), { tier: 'enterprise' });
    assert.equal(outcome.status, 'awaiting');
    assert.equal((await payers.current(merchant)).tier.code, 'professional');
    const answer = await fetch(outcome.confirmUrl as string, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
    });
    assert.equal(answer.status, 200);
    await payers.pass(merchant, 0);
    await payers.pass(merchant, 0);
    const after = await payers.current(merchant);
    assert.deepEqual([after.tier.code, after.operation], ['enterprise', null]);
    assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), null);
    const charged = (await payers.charges(merchant)).filter(({ status }) => status === 'paid');
    assert.equal(charged.length, before + 1);
  });

  it('3-D Secure: an upgrade that is refused at the bank leaves everything as it was', async () => {
    const merchant = await payers.paying();
    const { stripeCustomers } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeCustomers: { customerOf(ctx: unknown): Promise<string | null> };
    };
    await world.stripeGateway.useCard(world.at(merchant), {
      customerId: (await stripeCustomers.customerOf(world.at(merchant))) as string,
      paymentMethodId: 'pm_card_authenticationRequired',
    });
    const { confirmUrl } = await world.planChanges.change(world.at(merchant), { tier: 'enterprise' });
    await fetch(confirmUrl as string, { method: 'POST', body: new URLSearchParams({ outcome: 'fail' }) });
    await payers.pass(merchant, 1);
    const after = await payers.current(merchant);
    assert.deepEqual([after.tier.code, after.operation, after.status], ['professional', null, 'active']);
  });

  it('tier deleted from under a subscription: terms, price and renewals stay as they were bought', async () => {
    const merchant = await payers.paying('professional');
    const before = await payers.current(merchant);
    // As an administrator of the database would; the page refuses it.
    await world.server.database.everything("delete from core_tier where code = 'professional'");
    await payers.pass(merchant, 31);
    const after = await payers.current(merchant);
    assert.deepEqual(
      [after.status, after.tier, after.price],
      ['active', before.tier, { amountMinor: 9_900, currency: 'EUR' }],
    );
    const entitled = world.server.parts.entitlements;
    assert.equal(await entitled.limit(world.at(merchant), 'products'), 10);
    assert.equal(await entitled.has(world.at(merchant), 'shop_pro'), true);
  });
});
