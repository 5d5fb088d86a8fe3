import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import { rootOf } from '@wizamart/core/testing';
import type { ChargeFilter, ChargeLists, ChargePage, Cursor } from '../src/pages/ChargeLists.js';
import { payingIn } from './paying.fixture.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

/** More than Stripe gives at a time. */
const MANY = 108;

describe('payments in billing history [module:billing] [surface:admin] [surface:store]', () => {
  let world: BillingWorld;
  let charges: ChargeLists;
  let large: MerchantRecord;
  let small: MerchantRecord;
  let customers: readonly string[];
  before(async () => {
    world = await openBilling();
    ({ chargeLists: charges } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      chargeLists: ChargeLists;
    });
    const { enterCard, onTrial, stripeConnections } = payingIn(world);
    [large, small] = [await onTrial(), await onTrial()];
    const known = [];
    for (const [merchant, name] of [
      [large, 'Kachkéis Large'],
      [small, 'Kachkéis Small'],
    ] as const) {
      await world.server.database.everything('update core_merchant set display_name = $2 where id = $1', [
        merchant.id,
        name,
      ]);
      await enterCard(merchant);
      const [row] = await world.server.database.everything<{ id: string }>(
        'select customer_id as id from billing_stripe_customer where merchant_id = $1',
        [merchant.id],
      );
      known.push(row?.id ?? '');
    }
    customers = known;
    const { stripe } = await stripeConnections.of(world.on());
    // The first is the oldest; another merchant's lie between them.
    for (let index = 0; index < MANY; index++) {
      if (index % 4 === 0) world.clock.advance(60_000);
      const customer = customers[index % 10 === 0 ? 1 : 0] as string;
      const invoice = await stripe.invoices.create({ customer });
      if (index % 30 === 1) await stripe.invoices.finalizeInvoice(invoice.id);
    }
  });
  after(() => world.close());

  const filter = (change: Partial<ChargeFilter> = {}): ChargeFilter => ({
    q: '',
    status: undefined,
    createdAfter: undefined,
    createdBefore: undefined,
    cursor: {},
    limit: 20,
    ...change,
  });
  /** All pages, first to last, and all that was on them. */
  const turned = async (change: Partial<ChargeFilter>) => {
    const pages: ChargePage[] = [];
    for (let cursor: Cursor | null = {}; cursor !== null; cursor = pages.at(-1)?.next ?? null)
      pages.push(await charges.ofPlatform(world.on(), filter({ ...change, cursor })));
    return { pages, ids: pages.flatMap(({ items }) => items.map(({ id }) => id)) };
  };

  it('are all found, page by page, beyond the hundred that Stripe gives at a time', async () => {
    const { ids, pages } = await turned({});
    assert.ok(ids.length >= MANY);
    assert.equal(new Set(ids).size, ids.length);
    const back = await charges.ofPlatform(world.on(), filter({ cursor: pages[3]?.previous ?? {} }));
    assert.deepEqual(
      back.items.map(({ id }) => id),
      pages[2]?.items.map(({ id }) => id),
    );
    assert.equal(pages[0]?.previous, null);
  });

  it('are those of one merchant by its name, however old they are', async () => {
    const { ids } = await turned({ q: 'chkéis sma' });
    const oldest = (await turned({})).ids.filter((id) => ids.includes(id));
    assert.deepEqual(ids, oldest);
    assert.ok(ids.length >= MANY / 10);
  });

  it('stand in one order where several merchants have the name, none twice', async () => {
    const { ids, pages } = await turned({ q: 'kachkéis' });
    assert.deepEqual([...ids].sort(), [...(await turned({})).ids].sort());
    const times = pages.flatMap(({ items }) => items.map(({ createdAt }) => createdAt.getTime()));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it('are filtered by status and day where they lie, not on the page', async () => {
    const { pages } = await turned({ status: 'draft' });
    assert.ok(pages.slice(0, -1).every(({ items }) => items.length === 20));
    assert.ok(pages.every(({ items }) => items.every(({ status }) => status === 'draft')));
    const since = new Date(world.clock.now().getTime() - 4 * 60_000);
    assert.equal((await turned({ createdAfter: since })).ids.length, 20);
  });

  it('are found by number and id, and not where they are another merchant’s', async () => {
    const { pages } = await turned({ q: 'kachkéis large', status: 'paid' });
    const one = pages[0]?.items[0] ?? assert.fail('nothing was paid');
    for (const q of [one.id, one.number ?? '']) {
      const found = await charges.ofPlatform(world.on(), filter({ q }));
      assert.deepEqual(
        found.items.map(({ id }) => id),
        [one.id],
      );
      const theirs = await charges.ofCustomer(world.on(), filter({ q }), customers[1] as string);
      assert.deepEqual(theirs.items, []);
    }
    assert.deepEqual((await turned({ q: 'nobody at all' })).ids, []);
  });

  it('are turned on the pages of administrators and owners, and come whole as a file', async () => {
    const platform = world.server.platform('oms');
    const root = rootOf({ surface: 'admin', kind: 'page', platform });
    const admin = await world.server.signIn(await world.server.user({ adminOf: 'oms' }), {
      surface: 'admin',
      root,
    });
    const first = (await admin.get('/billing-history/payments')).expect(200).text;
    const next = /rel="next" href="[^"]*\?([^"]*)"/.exec(first)?.[1] ?? assert.fail('there is no next page');
    const second = await admin.get(
      `/billing-history/payments?${next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')}`,
    );
    assert.match(second.expect(200).text, /rel="prev"/);
    const csv = (await admin.get('/billing-history/payments?format=csv')).expect(200).text;
    assert.ok(csv.trim().split('\n').length > MANY);
    (await admin.get('/billing-history/payments?after=nonsense&from=yesterday')).expect(200);

    const store = await world.server.store({ merchant: large, platform: 'oms' });
    const at = rootOf({ surface: 'store', kind: 'page', platform, store });
    const owner = await world.server.signIn(await world.server.user({ ownerOf: large }), {
      surface: 'store',
      platform,
      root: at,
    });
    const own = (await owner.get('/billing/history/payments?format=csv')).expect(200).text;
    const { ids } = await turned({ q: 'kachkéis large' });
    assert.equal(own.trim().split('\n').length - 1, ids.length);
  });
});
