import assert from 'node:assert/strict';
import type { TestClient, TestHostOptions } from '@wizamart/core/testing';
import { rootOf, testHost } from '@wizamart/core/testing';
import { billing } from '../src/index.js';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import { BUSINESS, mailedTo, marketplace, newAccount, visitorOf } from './signUp.fixture.js';
import { openBilling, SEED, shop, TIERS, type BillingWorld } from './subscriptions.fixture.js';

interface Progress {
  readonly next: string;
}

describe('signing up [module:billing] [surface:platform]', () => {
  let world: BillingWorld;
  let visitor: TestClient;
  before(async () => {
    const host = (code: string, plugins: NonNullable<TestHostOptions['plugins']>) =>
      testHost({ code, plugins, tiers: TIERS, defaultTier: 'essential', seeds: { billing: SEED } });
    world = await openBilling({
      jobs: true,
      hosts: [host('oms', [shop, billing, marketplace]), host('loyalty', [shop, billing])],
    });
    visitor = visitorOf(world.server);
  });
  beforeEach(async () => {
    // People here sign up more than once; what that means for trials is tested by itself.
    await world.settings({ repeatTrials: true });
    // Limits are for a quarter of an hour.
    world.clock.advance(16 * 60_000);
    visitor = visitorOf(world.server);
  });
  after(() => world.close());

  const post = async <Answer = Progress>(path: string, json: object, status = 200): Promise<Answer> =>
    (await visitor.post(`/signup/${path}`, { json: json as Record<string, unknown> }))
      .expect(status)
      .json<Answer>();
  const start = async (tier = 'professional', interval = 'month'): Promise<string> =>
    (await post<{ token: string }>('start', { tier, interval }, 201)).token;
  const page = () =>
    world.server.client({
      root: rootOf({ surface: 'platform', kind: 'page', platform: world.server.platform('oms') }),
    });
  /** Everything but the end. */
  const ready = async (more: Record<string, unknown> = {}, business: Record<string, unknown> = {}) => {
    const token = await start();
    await post('enter-business', { token, ...BUSINESS, ...business });
    const account = newAccount(more);
    await post('create-account', { token, ...account });
    await post('confirm-email', { token, code: (await mailedTo(world.server, account.email)).code });
    return { token, account };
  };
  const counts = async (code: string) => {
    const [row] = await world.server.database.everything<Record<string, number>>(
      `select (select count(*)::int from core_store where code = $1) as stores,
        (select count(*)::int from core_merchant m join core_store s on s.merchant_id = m.id where s.code = $1) as merchants,
        (select count(*)::int from core_merchant_owner o join core_store s on s.merchant_id = o.merchant_id where s.code = $1) as owners,
        (select count(*)::int from billing_subscription b join core_store s on s.merchant_id = b.merchant_id where s.code = $1) as subscriptions`,
      [code],
    );
    return row;
  };
  const ONE = { stores: 1, merchants: 1, owners: 1, subscriptions: 1 };

  it('leads from a plan to a store with a trial of that plan, and signs the owner in', async () => {
    const { token, account } = await ready();
    const done = (await visitor.post('/signup/complete', { json: { token } })).expect(201);
    assert.deepEqual(done.json(), {
      store: account.storeCode,
      dashboard: `/platforms/oms/store/${account.storeCode}/dashboard`,
      signedIn: true,
      confirmUrl: null,
    });
    assert.match(String(done.headers['set-cookie']), /wz_store=wz_/);
    assert.deepEqual(await counts(account.storeCode), ONE);
    const [row] = await world.server.database.everything<Record<string, unknown>>(
      `select b.status, b.interval, v.code as tier from billing_subscription b join billing_product_version v on v.id = b.version_id
       join core_store s on s.merchant_id = b.merchant_id where s.code = $1`,
      [account.storeCode],
    );
    assert.deepEqual(row, { status: 'trialing', interval: 'month', tier: 'professional' });
    const events = await world.server.database.everything(
      "select name from core_outbox where name = 'billing.sign_up.completed' and payload ->> 'tier' = 'professional'",
    );
    assert.ok(events.length >= 1);
  });

  it('keeps nothing personal of a sign-up that is finished', async () => {
    const { token, account } = await ready();
    await visitor.post('/signup/complete', { json: { token } });
    const rows = await world.server.database.everything<{ text: string }>(
      'select s::text as text from billing_sign_up s where merchant_id = (select merchant_id from core_store where code = $1)',
      [account.storeCode],
    );
    assert.equal(rows.length, 1);
    for (const word of ['Muller', account.email, 'argon2', 'Gare'])
      assert.ok(!rows[0]?.text.includes(word), word);
  });

  it('makes one merchant of fifty calls at once', async () => {
    const { token, account } = await ready();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => visitor.post('/signup/complete', { json: { token } })),
    );
    for (const answer of answers)
      assert.equal(answer.expect(201).json<{ store: string }>().store, account.storeCode);
    assert.deepEqual(await counts(account.storeCode), ONE);
  });

  it('takes up the account of somebody who has one, by its password, and says no more than that it is wrong', async () => {
    const { token, account } = await ready();
    await visitor.post('/signup/complete', { json: { token } });
    const second = await start();
    await post('enter-business', { token: second, ...BUSINESS });
    const known = { ...newAccount(), kind: 'known', email: account.email, name: '' };
    await post('create-account', { token: second, ...known, password: 'not this one at all' }, 401);
    await post(
      'create-account',
      { token: second, ...newAccount(), kind: 'known', email: 'nobody@x.example' },
      401,
    );
    assert.equal((await post('create-account', { token: second, ...known })).next, 'card');
    const done = await post<{ signedIn: boolean }>('complete', { token: second }, 201);
    assert.equal(done.signedIn, true);
    assert.deepEqual(await counts(known.storeCode), ONE);
  });

  it('signs nobody in by a password that was given long before the end: it may be another one by then', async () => {
    const { token, account } = await ready();
    await visitor.post('/signup/complete', { json: { token } });
    const second = await start();
    await post('enter-business', { token: second, ...BUSINESS });
    const known = {
      ...newAccount(),
      kind: 'known',
      email: account.email,
      name: '',
      password: account.password,
    };
    await post('create-account', { token: second, ...known });
    world.clock.advance(16 * 60_000);
    visitor = visitorOf(world.server);
    const done = await post<{ signedIn: boolean }>('complete', { token: second }, 201);
    assert.equal(done.signedIn, false);
    assert.deepEqual(await counts(known.storeCode), ONE);
  });

  it('answers alike for an address that has an account; its owner keeps the password and signs in by it', async () => {
    const { token, account } = await ready();
    await visitor.post('/signup/complete', { json: { token } });
    const hash = () =>
      world.server.database.everything('select name, password_hash from core_user where email = $1', [
        account.email,
      ]);
    const before = await hash();
    const other = await start();
    await post('enter-business', { token: other, ...BUSINESS });
    const same = newAccount({
      email: account.email,
      name: 'Somebody else',
      password: 'another long sentence here',
    });
    assert.equal((await post('create-account', { token: other, ...same })).next, 'confirm');
    await post('complete', { token: other }, 409);
    await post('confirm-email', { token: other, code: (await mailedTo(world.server, account.email)).code });
    const done = await post<{ signedIn: boolean }>('complete', { token: other }, 201);
    assert.equal(done.signedIn, false);
    assert.deepEqual(await hash(), before);
  });

  it('lets nobody through without the code, and voids it after five wrong tries', async () => {
    const token = await start();
    await post('enter-business', { token, ...BUSINESS });
    const account = newAccount();
    await post('create-account', { token, ...account });
    const { code } = await mailedTo(world.server, account.email);
    const [mail] = await world.server.database.everything<{ all: string }>(
      `select concat(to_address, subject, text, html) as all from core_caught_mail where to_address like '%${account.email}%'`,
    );
    assert.ok(!mail?.all.includes(account.name) && !mail?.all.includes(account.storeName));
    await post('setup-payment', { token }, 409);
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let n = 0; n < 5; n++) await post('confirm-email', { token, code: wrong }, 422);
    await post('confirm-email', { token, code }, 422);
    await post('complete', { token }, 409);
  });

  it('mails an address no more than 20 codes on a day, however slowly they are asked for', async () => {
    world.clock.set('2026-07-04T01:00:00Z');
    const token = await start();
    await post('enter-business', { token, ...BUSINESS });
    const account = newAccount();
    await post('create-account', { token, ...account });
    for (let n = 1; n < 20; n++) {
      world.clock.advance(16 * 60_000);
      await post('create-account', { token, ...account });
    }
    world.clock.advance(16 * 60_000);
    await post('create-account', { token, ...account }, 429);
    world.clock.set('2026-07-05T00:01:00Z');
    await post('create-account', { token, ...account });
  });

  it('gives who comes by the mailed link the sign-up alone, and lets them choose the password', async () => {
    const token = await start();
    await post('enter-business', { token, ...BUSINESS });
    const account = newAccount();
    await post('create-account', { token, ...account });
    const mail = await mailedTo(world.server, account.email);
    assert.equal((await post('confirm-email', { token: mail.token, code: mail.code })).next, 'account');
    await post('complete', { token }, 410);
    await post('complete', { token: mail.token }, 409);
    assert.equal((await post('create-account', { token: mail.token, ...account })).next, 'card');
    await post('complete', { token: mail.token }, 201);
  });

  it('connects the shop that was claimed, once, and asks for a proof where one is wanted', async () => {
    const list = (await visitor.get('/letzshop-vendors?q=l%C3%A9ier'))
      .expect(200)
      .json<{ items: { externalId: string }[] }>();
    assert.deepEqual(
      list.items.map(({ externalId }) => externalId),
      ['leierbuch'],
    );
    (await visitor.get('/letzshop-vendors?q=down')).expect(503);
    const { token, account } = await ready();
    assert.deepEqual(await post('claim-vendor', { token, externalId: 'secret' }), {
      status: 'proof-needed',
      question: 'Which word is on the invoice?',
    });
    await post('claim-vendor', { token, externalId: 'secret', proof: 'no' }, 422);
    await post('claim-vendor', { token, externalId: 'secret', proof: 'maus' });
    await post('complete', { token }, 201);
    const [claim] = await world.server.database.everything(
      'select i.provider, i.external_id, i.proof from core_store_external_identity i join core_store s on s.id = i.store_id where s.code = $1',
      [account.storeCode],
    );
    assert.deepEqual(claim, { provider: 'letzshop', external_id: 'secret', proof: { by: 'test' } });
    await post('claim-vendor', { token: await start(), externalId: 'secret', proof: 'maus' }, 409);
    (await visitorOf(world.server, 'loyalty').get('/letzshop-vendors?q=x')).expect(404);
  });

  it('checks VAT ids, and says so when the register does not answer', async () => {
    const token = await start();
    await post('enter-business', { token, ...BUSINESS, vatId: 'LU12345678' }, 422);
    const done = await post<{ vatStatus: string }>('enter-business', {
      token,
      ...BUSINESS,
      vatId: 'LU 26375245',
    });
    assert.ok(['valid', 'unchecked'].includes(done.vatStatus), done.vatStatus);
  });

  it('refuses an address that is taken, with one that is free', async () => {
    const { token, account } = await ready();
    const other = await ready();
    await post('complete', { token }, 201);
    await post('create-account', { token: other.token, ...other.account, storeCode: account.storeCode }, 409);
    await post('create-account', { token: other.token, ...other.account, storeCode: 'Not A Slug!' }, 422);
    await post('create-account', { token: other.token, ...other.account, storeCode: 'admin' }, 422);
    await post('complete', { token: other.token }, 201);
  });

  it('takes the card that its bank let through, and none that it did not', async () => {
    const { token, account } = await ready();
    const setup = await post<{ setupIntentId: string }>('setup-payment', { token }, 201);
    await post('complete', { token, setupIntentId: setup.setupIntentId }, 409);
    await post('complete', { token, setupIntentId: 'seti_somebodyelses' }, 409);
    assert.deepEqual((await counts(account.storeCode))?.['stores'], 0);
  });

  it('gives no second trial to the same person, VAT id or card: the first period is paid at once then', async () => {
    await world.settings({ repeatTrials: false });
    const { stripeConnections } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeConnections: StripeConnections;
    };
    const { stripe } = await stripeConnections.of(world.on('oms'));
    const cardOf = async (token: string, card: string) => {
      const { setupIntentId } = await post<{ setupIntentId: string }>('setup-payment', { token }, 201);
      await stripe.setupIntents.confirm(setupIntentId, { payment_method: card });
      return setupIntentId;
    };
    const statusOf = async (storeCode: string) =>
      (
        await world.server.database.everything<{ status: string }>(
          `select b.status from billing_subscription b join core_store s on s.merchant_id = b.merchant_id where s.code = '${storeCode}'`,
        )
      ).map(({ status }) => status);
    const pageOf = async (token: string) => (await page().get(`/signup/${token}/card`)).expect(200).text;

    const first = await ready({}, { vatId: 'LU26375245' });
    assert.doesNotMatch(await pageOf(first.token), /has had a trial here/);
    await post(
      'complete',
      { token: first.token, setupIntentId: await cardOf(first.token, 'pm_card_mastercard') },
      201,
    );
    assert.deepEqual(await statusOf(first.account.storeCode), ['trialing']);

    for (const again of [
      await ready({ email: first.account.email }),
      await ready({}, { vatId: 'LU 26375245' }),
    ]) {
      assert.match(await pageOf(again.token), /has had a trial here/);
      await post('complete', { token: again.token }, 402);
      await post(
        'complete',
        { token: again.token, setupIntentId: await cardOf(again.token, 'pm_card_visa') },
        201,
      );
      assert.deepEqual(await statusOf(again.account.storeCode), ['active']);
    }

    const card = await ready();
    const given = await cardOf(card.token, 'pm_card_mastercard');
    await post('complete', { token: card.token, setupIntentId: given }, 409);
    assert.match(await pageOf(card.token), /has had a trial here/);
    await post('complete', { token: card.token, setupIntentId: given }, 201);
    assert.deepEqual(await statusOf(card.account.storeCode), ['active']);
    const refused = await world.server.database.everything<{ count: number }>(
      "select count(*)::int from core_audit_merchant where action = 'billing.trial.refused'",
    );
    assert.equal(refused[0]?.count, 3);
  });

  it('wants a card where the platform says so', async () => {
    await world.settings({ signUpCard: 'required' });
    const { token } = await ready();
    await post('complete', { token }, 402);
    await world.settings({ signUpCard: 'optional' });
    await post('complete', { token }, 201);
  });

  it('knows no sign-up of another platform, and none that is made up or over', async () => {
    const { token } = await ready();
    const there = visitorOf(world.server, 'loyalty');
    (await there.post('/signup/complete', { json: { token } })).expect(410);
    await post('complete', { token: `su_${'A'.repeat(43)}` }, 410);
    await post('complete', { token: "'; drop table core_user; --" }, 410);
    world.clock.advance(15 * 86_400_000);
    await post('complete', { token }, 410);
  });

  it('refuses hostile input and fields nobody knows', async () => {
    const token = await start();
    await post('start', { tier: 'professional', interval: 'month', isPublic: true }, 422);
    await post('start', { tier: 'nope', interval: 'month' }, 422);
    await post('enter-business', { token, ...BUSINESS, country: 'XX' }, 422);
    await post('enter-business', { token, ...BUSINESS, legalName: 'a\nBcc: x@y.example' }, 422);
    await post('enter-business', { token, ...BUSINESS, legalName: 'x'.repeat(201) }, 422);
    await post('create-account', { token, ...newAccount() }, 409);
  });

  it('bounds how often one address begins', async () => {
    let refused = 0;
    for (let n = 0; n < 25; n++)
      if (
        (await visitor.post('/signup/start', { json: { tier: 'professional', interval: 'month' } }))
          .status === 429
      )
        refused++;
    assert.equal(refused, 5);
  });
});
