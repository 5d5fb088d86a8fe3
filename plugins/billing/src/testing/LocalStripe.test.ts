import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { testClock, type TestClock } from '@wizamart/core/testing';
import { NAMED_CARDS, startLocalStripe, type RunningLocalStripe, TEST_CARDS } from './index.js';

const DAY = 86_400;

describe('LocalStripe, over HTTP [module:billing]', () => {
  let clock: TestClock;
  let local: RunningLocalStripe;
  let stripe: Stripe;
  before(async () => {
    clock = testClock();
    local = await startLocalStripe({ clock });
    stripe = clientOf(local, 'sk_test_acme');
  });
  after(() => local.stop());

  const clientOf = ({ host, port }: RunningLocalStripe, key: string): Stripe =>
    new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const raw = (path: string, { key = 'sk_test_acme', ...options }: RequestInit & { key?: string } = {}) =>
    fetch(local.origin + path, {
      ...options,
      headers: { authorization: `Bearer ${key}`, ...(options.headers as Record<string, string>) },
    });
  const rejected = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
    const error: unknown = await call.then(
      () => assert.fail('it must be refused'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Stripe.errors.StripeError, String(error));
    return error;
  };

  it('wants a test key, and keeps the accounts of different keys apart', async () => {
    assert.equal((await fetch(`${local.origin}/v1/customers`)).status, 401);
    assert.equal((await raw('/v1/customers', { key: 'sk_live_x' })).status, 401);
    const { id } = await stripe.customers.create({ name: 'Acme' });
    const other = clientOf(local, 'sk_test_other');
    assert.equal((await rejected(other.customers.retrieve(id))).code, 'resource_missing');
  });

  it('refuses what it does not know, as Stripe words it', async () => {
    const unknown = await rejected(stripe.customers.create({ nonsense: '1' } as never));
    assert.deepEqual(
      [unknown.statusCode, unknown.code, unknown.param],
      [400, 'parameter_unknown', 'nonsense'],
    );
    const missing = await rejected(stripe.prices.create({ currency: 'eur' } as never));
    assert.equal(missing.code, 'parameter_missing');
    assert.equal((await raw('/v1/nothing')).status, 404);
    assert.ok((await raw('/v1/customers')).headers.get('request-id')?.startsWith('req_'));
  });

  it('answers an idempotency key once, and refuses it for other parameters', async () => {
    const [a, b] = await Promise.all([
      stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k' }),
      stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k' }),
    ]);
    assert.equal(a.id, b.id);
    const refused = await rejected(stripe.customers.create({ name: 'Twice' }, { idempotencyKey: 'k' }));
    assert.ok(refused instanceof Stripe.errors.StripeIdempotencyError);
  });

  it('lists page by page, newest first, and brings what is asked for whole', async () => {
    const own = clientOf(local, 'sk_test_pages');
    for (let count = 0; count < 25; count++) await own.customers.create({ name: `c${count}` });
    const names: (string | null | undefined)[] = [];
    for await (const { name } of own.customers.list({ limit: 10 })) names.push(name);
    assert.deepEqual(
      names,
      Array.from({ length: 25 }, (_, index) => `c${24 - index}`),
    );
    const product = await own.products.create({ name: 'P' });
    const price = await own.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 1,
      recurring: { interval: 'month' },
    });
    const whole = await own.prices.retrieve(price.id, { expand: ['product'] });
    assert.equal((whole.product as Stripe.Product).name, 'P');
    assert.equal(whole.unit_amount_decimal?.toString(), '1');
    assert.equal((await rejected(own.prices.retrieve(price.id, { expand: ['nonsense'] }))).statusCode, 400);
  });

  it('lets a page with the publishable key see to its own intent, and to nothing else', async () => {
    const { id: customer } = await stripe.customers.create({});
    const intent = await stripe.setupIntents.create({ customer });
    const page = (path: string, form: Record<string, string>) =>
      raw(path, { key: 'pk_test_acme', method: 'POST', body: new URLSearchParams(form) });
    assert.equal((await raw('/v1/customers', { key: 'pk_test_acme' })).status, 401);
    assert.equal(
      (await page(`/v1/setup_intents/${intent.id}/confirm`, { client_secret: 'wrong' })).status,
      401,
    );
    const answer = await page(`/v1/setup_intents/${intent.id}/confirm`, {
      client_secret: intent.client_secret as string,
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242 4242 4242 4242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '30',
      'payment_method_data[card][cvc]': '123',
    });
    const body = await answer.text();
    assert.equal((JSON.parse(body) as { status: string }).status, 'succeeded');
    assert.doesNotMatch(body, /4242424242424242/, 'a number never comes back');
  });

  for (const number of [...Object.keys(TEST_CARDS), '4111111111111112'])
    it(`knows the card ${number} (${Object.entries(NAMED_CARDS).find(([, one]) => one === number)?.[0] ?? 'by number'})`, async () => {
      const { id: customer } = await stripe.customers.create({});
      const { id, client_secret } = await stripe.setupIntents.create({ customer });
      const fields = {
        client_secret: client_secret as string, 'payment_method_data[type]': 'card', 'payment_method_data[card][number]': number,
        'payment_method_data[card][exp_month]': '1', 'payment_method_data[card][exp_year]': '2031', 'payment_method_data[card][cvc]': '1234',
      }; // prettier-ignore
      const answer = await raw(`/v1/setup_intents/${id}/confirm`, {
        key: 'pk_test_acme',
        method: 'POST',
        body: new URLSearchParams(fields),
      });
      const { status, error } = (await answer.json()) as { status?: string; error?: { code: string } };
      const setup = TEST_CARDS[number]?.setup;
      if (setup === undefined) assert.equal(error?.code, 'incorrect_number');
      else if (typeof setup === 'object') assert.equal(error?.code, setup.code);
      else assert.equal(status, setup === 'ok' ? 'succeeded' : 'requires_action');
    });

  it('moves a test clock: a trial ends, a month renews, and nothing else moves', async () => {
    const start = Math.floor(clock.now().getTime() / 1_000);
    const frozen = await stripe.testHelpers.testClocks.create({ frozen_time: start });
    const customer = await stripe.customers.create({ test_clock: frozen.id });
    await stripe.paymentMethods
      .attach('pm_card_visa', { customer: customer.id })
      .then(({ id }) =>
        stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } }),
      );
    const price = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 4_900,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    });
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_end: start + 10 * DAY,
    });
    await stripe.testHelpers.testClocks.advance(frozen.id, { frozen_time: start + 41 * DAY });
    const after = await stripe.subscriptions.retrieve(made.id);
    assert.equal(after.status, 'active');
    const invoices = await stripe.invoices.list({ subscription: made.id });
    assert.deepEqual(
      invoices.data.map(({ total, status }) => `${total} ${status}`),
      ['4900 draft', '4900 paid', '0 paid'],
    );
    assert.equal(
      (await rejected(stripe.testHelpers.testClocks.advance(frozen.id, { frozen_time: start }))).statusCode,
      400,
    );
  });

  it('refunds and credits up to what was paid', async () => {
    const customer = await stripe.customers.create({});
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 1_000, currency: 'eur' });
    const draft = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: 'include',
    });
    const paid = await stripe.invoices.pay(draft.id);
    assert.deepEqual([paid.status, paid.amount_paid], ['paid', 1_000]);
    const { data: [payment] } = await stripe.invoicePayments.list({ invoice: paid.id }); // prettier-ignore
    const intent = payment?.payment.payment_intent as string;
    await stripe.refunds.create({ payment_intent: intent, amount: 400 });
    assert.equal(
      (await rejected(stripe.refunds.create({ payment_intent: intent, amount: 601 }))).statusCode,
      400,
    );
    await stripe.refunds.create({ payment_intent: intent });
    assert.equal(
      (await rejected(stripe.refunds.create({ payment_intent: intent }))).code,
      'charge_already_refunded',
    );
    await stripe.creditNotes.create({ invoice: paid.id, amount: 1_000 });
    await rejected(stripe.creditNotes.create({ invoice: paid.id, amount: 1 }));
  });

  describe('webhooks', () => {
    let server: Server;
    let status = 200;
    let heard: { body: string; header: string }[] = [];
    before(async () => {
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          heard.push({
            body: Buffer.concat(chunks).toString(),
            header: String(request.headers['stripe-signature']),
          });
          response.writeHead(status).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('are signed as the library checks, and sent again until somebody takes them', async () => {
      const own = clientOf(local, 'sk_test_hooks');
      const { port } = server.address() as AddressInfo;
      const { secret } = await own.webhookEndpoints.create({
        url: `http://127.0.0.1:${port}/`,
        enabled_events: ['customer.created'],
      });
      status = 500;
      const { id } = await own.customers.create({ name: 'Heard' });
      await own.products.create({ name: 'Not asked for' });
      await local.stripe.deliver();
      assert.equal(heard.length, 1);
      await local.stripe.tick();
      assert.equal(heard.length, 1, 'not before its time');
      status = 200;
      clock.advance(61_000);
      await local.stripe.tick();
      clock.advance(86_400_000);
      await local.stripe.tick();
      assert.equal(heard.length, 2, 'and not again');
      const [{ body, header }] = heard as [{ body: string; header: string }];
      const event = own.webhooks.constructEvent(
        body,
        header,
        secret as string,
        300,
        undefined,
        clock.now().getTime() - 86_461_000,
      );
      assert.equal((event.data.object as Stripe.Customer).id, id);
      const [kept] = (await own.events.list({ type: 'customer.created' })).data;
      assert.equal(kept?.pending_webhooks, 0);
      heard = [];
    });
  });
});
