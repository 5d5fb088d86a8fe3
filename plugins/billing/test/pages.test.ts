import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const ADMIN_PAGES = [
  '/subscription-tiers',
  '/subscription-tiers?kind=add_on',
  '/subscription-tiers/professional',
  '/subscription-tiers/professional/edit',
  '/subscription-tiers/professional/names',
  '/subscription-tiers/add-ons/extra-products/names',
  '/subscription-tiers/add-ons/new',
  '/subscription-tiers/add-ons/extra-products',
  '/subscription-tiers/add-ons/extra-products/edit',
  '/subscriptions',
  '/billing-history',
  '/billing-history/payments',
  '/webhook-events',
  '/webhook-events/comparisons',
  '/tiers',
] as const;
const STORE_PAGES = [
  '/billing',
  '/billing/change-tier',
  '/billing/add-ons',
  '/billing/payment-method',
  '/billing/history',
  '/billing/history/payments',
  '/billing/cancel',
] as const;

describe('billing’s pages [module:billing] [surface:admin] [surface:store]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  const desk = async (role: 'owner' | 'manager' = 'owner', isBegun = true) => {
    const store = await world.server.store({ platform: 'oms' });
    const platform = world.server.platform('oms');
    const user = await world.server.user(
      role === 'owner' ? { ownerOf: store.merchant } : { memberOf: { store, role: 'manager' } },
    );
    if (isBegun) await world.trials.begin(world.at(store.merchant));
    const root = rootOf({ surface: 'store', kind: 'page', platform, store });
    const client = await world.server.signIn(user, { surface: 'store', platform, root });
    return { store, client, subscription: await world.subscriptionReader.find(world.at(store.merchant)) };
  };
  const office = async (of = 'oms', at = of): Promise<TestClient> => {
    const user = await world.server.user({ adminOf: of });
    const root = rootOf({ surface: 'admin', kind: 'page', platform: world.server.platform(at) });
    return world.server.signIn(user, { surface: 'admin', root });
  };
  const text = (html: string): string =>
    html
      .slice(html.indexOf('<main'))
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');

  it('answer administrators of the platform, and no others', async () => {
    const [own, other] = [await office(), await office('loyalty', 'oms')];
    for (const path of ADMIN_PAGES) {
      (await own.get(path)).expect(200);
      assert.notEqual((await other.get(path)).status, 200, path);
    }
  });

  it('answer owners, and not their staff', async () => {
    const [{ client: owner }, { client: manager }] = [await desk(), await desk('manager')];
    for (const path of STORE_PAGES) {
      (await owner.get(path)).expect(200);
      (await manager.get(path)).expect(404);
    }
  });

  it('show a merchant what it has, and nobody else’s', async () => {
    const mine = await desk();
    const theirs = await desk();
    const id = theirs.subscription?.id as string;
    assert.match(
      text((await mine.client.get('/billing')).expect(200).html),
      /Professional .* Trial|Trial .* Professional/,
    );
    const roomy = { kind: 'limit', code: 'products', value: 2_000, source: 'support', until: null } as const;
    await world.server.parts.tiers.addOverride(world.on(), mine.store.merchant, roomy);
    assert.match(text((await mine.client.get('/billing')).expect(200).html), / 0 of 2,000 /);
    (await mine.client.get(`/billing/history/${id}/pdf`)).expect(404);
    (await mine.client.get(`/billing/add-ons/${id}/cancel`)).expect(404);
    (await (await office('loyalty')).get(`/subscriptions/${id}`)).expect(404);
    (await (await office()).get(`/subscriptions/${id}`)).expect(200);
  });

  it('let who never had a plan choose one, and say what is missing', async () => {
    const { client } = await desk('owner', false);
    for (const path of ['/billing', '/billing/add-ons', '/billing/payment-method'])
      assert.match(text((await client.get(path)).expect(200).html), /No plan yet/, path);
    const refused = await client.post('/billing/change-tier', {
      form: { tier: 'essential', interval: 'month' },
    });
    assert.match(text(refused.expect(402).html), /Enter a card/);
  });

  it('change the tier with a look at the price first, and end and take back', async () => {
    const { client, store } = await desk();
    const preview = (await client.get('/billing/change-tier/preview?tier=enterprise&interval=year')).expect(
      200,
    );
    assert.match(text(preview.html), /€3,990\.00 .* VAT .* €678\.30 Total .* €4,668\.30/);
    (await client.post('/billing/change-tier', { form: { tier: 'enterprise', interval: 'year' } })).expect(
      303,
    );
    const at = world.at(store.merchant);
    assert.equal((await world.subscriptionReader.current(at)).tier.code, 'enterprise');
    (await client.post('/billing/cancel', { form: { why: 'price', reason: 'Too dear' } })).expect(303);
    assert.match(text((await client.get('/billing')).html), /Your subscription ends/);
    (await client.post('/billing/reactivate', { form: {} })).expect(303);
    assert.equal((await world.subscriptionReader.current(at)).cancelAtPeriodEnd, false);
  });

  it('say before a smaller tier what will be over its limits', async () => {
    const { client, store } = await desk();
    const at = world.at(store.merchant);
    for (let product = 0; product < 3; product++) await world.shop.addProduct(at);
    const { html } = (await client.get('/billing/change-tier/preview?tier=essential&interval=month')).expect(
      200,
    );
    assert.match(text(html), /Products: 3 are used, 2 would be allowed\. .* Pro\. Nothing is deleted/);
    (await client.post('/billing/change-tier', { form: { tier: 'essential', interval: 'month' } })).expect(
      303,
    );
    assert.match(text((await client.get('/billing')).html), /More is used than your plan allows/);
  });

  it('lead owners from a limit that is nearly reached to larger plans, and their staff nowhere', async () => {
    const { client, store } = await desk();
    for (let product = 0; product < 9; product++) await world.shop.addProduct(world.at(store.merchant));
    const { html } = (await client.get('/dashboard')).expect(200);
    assert.match(html, /href="[^"]*\/billing\/change-tier">See plans/);
    assert.match(text(html), /Your plan Billing Professional Trial .* more days of your trial/);
    const user = await world.server.user({ memberOf: { store, role: 'manager' } });
    const platform = world.server.platform('oms');
    const root = rootOf({ surface: 'store', kind: 'page', platform, store });
    const manager = await world.server.signIn(user, { surface: 'store', platform, root });
    assert.doesNotMatch((await manager.get('/dashboard')).expect(200).html, /\/billing/);
  });

  it('sell and end add-ons; more than there may be is refused on the page', async () => {
    const { client, store } = await desk();
    assert.match(
      text((await client.get('/billing/add-ons/preview?code=extra-products&quantity=2')).expect(200).html),
      /2 × Five more products/,
    );
    assert.match(
      text((await client.get('/billing/add-ons/preview?code=extra-products&quantity=11')).expect(422).html),
      /At most 10/,
    );
    (await client.post('/billing/add-ons', { form: { code: 'extra-products', quantity: '2' } })).expect(303);
    const [bought] = (await world.subscriptionReader.current(world.at(store.merchant))).addOns;
    assert.equal(bought?.quantity, 2);
    (await client.get(`/billing/add-ons/${bought?.id}/cancel`)).expect(200);
    (await client.post(`/billing/add-ons/${bought?.id}/cancel`, { form: {} })).expect(303);
    assert.match(text((await client.get('/billing/add-ons')).html), /Five more products .* ends on/);
  });

  it('set new prices after saying who keeps the old ones', async () => {
    const { store } = await desk();
    const client = await office();
    const form = { monthly: '109.00', yearly: '1090', position: '20', isPublic: 'true' };
    const asked = (await client.post('/subscription-tiers/professional/edit', { form })).expect(200);
    assert.match(
      text(asked.html),
      /From €99\.00 a month.* to €109\.00 a month.* subscriptions? keeps? version 1/,
    );
    assert.match(
      text(
        (
          await client.post('/subscription-tiers/professional/edit', { form: { ...form, monthly: 'a lot' } })
        ).expect(422).html,
      ),
      /Enter an amount such as 49\.00/,
    );
    (await client.post('/subscription-tiers/professional/edit', { form: { ...form, sure: 'true' } })).expect(
      303,
    );
    assert.match(
      text((await client.get('/subscription-tiers/professional')).html),
      /2 Professional €109\.00 .* 1 Professional €99\.00/,
    );
    assert.match(text((await client.get('/tiers')).expect(200).html), /€109\.00/);
    assert.equal(
      (await world.subscriptionReader.current(world.at(store.merchant))).price?.amountMinor,
      9_900,
    );
  });

  it('let administrators change, extend, end and take up subscriptions, each with its line in the trail', async () => {
    const { store, subscription } = await desk();
    const client = await office();
    const at = `/subscriptions/${subscription?.id}`;
    const current = () => world.subscriptionReader.current(world.at(store.merchant));
    (await client.post(`${at}/trial`, { form: { day: '2026-05-01' } })).expect(303);
    assert.equal((await current()).trialEndsAt?.toISOString(), '2026-05-01T22:00:00.000Z');
    (await client.post(`${at}/trial`, { form: { day: 'soon' } })).expect(422);
    assert.match(
      text(
        (await client.post(`${at}/tier`, { form: { tier: 'essential', interval: 'month' } })).expect(200)
          .html,
      ),
      /comes into force at once/,
    );
    (
      await client.post(`${at}/tier`, { form: { tier: 'essential', interval: 'month', sure: 'true' } })
    ).expect(303);
    assert.equal((await current()).tier.code, 'essential');
    (await client.post(`${at}/pause`, { form: {} })).expect(409);
    (await client.post(`${at}/cancel`, { form: { when: 'period_end', reason: '' } })).expect(303);
    (await client.post(`${at}/reactivate`, { form: {} })).expect(303);
    (await client.post(`${at}/cancel`, { form: { when: 'now', reason: 'By contract' } })).expect(303);
    assert.deepEqual([(await current()).status, (await current()).endReason], ['cancelled', 'By contract']);
    assert.match(
      text((await client.get(at)).expect(200).html),
      /Cancelled .* A change was asked for .* Subscription began/,
    );
    (await client.post(`${at}/cancel`, { form: { when: 'now', reason: '' } })).expect(409);
  });

  it('find subscriptions by search, filter and as a file', async () => {
    const { store } = await desk();
    const client = await office();
    const name = encodeURIComponent(store.merchant.name);
    assert.match(
      text((await client.get(`/subscriptions?q=${name}&status=trialing&sort=-merchant`)).html),
      /Trial/,
    );
    assert.match(text((await client.get(`/subscriptions?q=${name}&status=paused`)).html), /Nothing found/);
    const file = (await client.get('/subscriptions?format=csv')).expect(200);
    assert.match(String(file.headers['content-disposition']), /subscriptions\.csv/);
    assert.match(file.text, /"99\.00|a month/);
  });

  it('compare with Stripe when asked, and keep the report', async () => {
    const client = await office();
    const { location } = (await client.post('/webhook-events/comparisons', { form: {} })).expect(303);
    assert.match(location ?? '', /comparisons\/[0-9a-f-]{36}$/);
    assert.match(
      text((await client.get('/webhook-events/comparisons')).expect(200).html),
      /No differences|difference/,
    );
  });

  it('are gone with the module, and back with what was there', async () => {
    const { client: owner, subscription } = await desk();
    const admin = await office();
    const modules = world.server.parts.modules;
    const turn = async (change: { enable?: string[]; disable?: string[] }) => {
      const ctx = world.on();
      const plan = await modules.plan(ctx, { enable: [], disable: [], ...change });
      await modules.apply(ctx, { enable: [], disable: [], ...change, revision: plan.revision });
    };
    await turn({ disable: ['billing'] });
    for (const path of STORE_PAGES) (await owner.get(path)).expect(404);
    for (const path of ADMIN_PAGES.filter((one) => one !== '/tiers')) (await admin.get(path)).expect(404);
    assert.doesNotMatch((await owner.get('/dashboard')).expect(200).html, /\/billing"/);
    await turn({ enable: ['billing'] });
    (await admin.get(`/subscriptions/${subscription?.id}`)).expect(200);
    (await owner.get('/billing')).expect(200);
  });
});
