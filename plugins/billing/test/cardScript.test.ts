/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { definePlugin, defineRoute, view } from '@wizamart/core';
import { testHost } from '@wizamart/core/testing';
import { openPayments, paymentsOnly, type Payments } from '../src/stripe/stripe.fixture.js';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import type { CardSetup } from '../src/stripe/gatewayTypes.js';

const CHROMIUM = process.env['WIZAMART_CHROMIUM'] ?? '/usr/bin/chromium';

describe('the local card script, in a browser [module:billing] [surface:platform]', function () {
  this.timeout(300_000);
  let pay: Payments;
  let browser: Browser;
  let page: Page;
  let setup: CardSetup;
  let connections: StripeConnections;
  let complaints: string[];

  before(async function () {
    if (!existsSync(CHROMIUM)) this.skip();
    const card = definePlugin({
      code: 'card',
      name: 'Card',
      description: 'A page with a card field.',
      routes: () => [
        defineRoute({
          method: 'GET', path: '/card', surface: 'platform', kind: 'page', access: 'public',
          handle: async (ctx) => view('card/card', { ...setup }, { sources: (await connections.of(ctx)).pageOrigins }),
        }),
      ],
      templates: new URL('card-page/templates', import.meta.url),
      assets: new URL('card-page/assets', import.meta.url),
    }); // prettier-ignore
    pay = await openPayments({
      hosts: [
        testHost({
          code: 'oms',
          plugins: [paymentsOnly((wiring) => (connections = wiring.stripeConnections)), card],
        }),
      ],
    });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  after(async () => {
    await browser?.close();
    await pay?.close();
  });
  beforeEach(async () => {
    const customerId = await pay.payer(null);
    setup = await pay.gateway.createSetupIntent(pay.ctx(), { customerId, idempotencyKey: pay.key() });
    complaints = [];
    page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`${pay.server.url.replace('127.0.0.1', 'localhost')}/platforms/oms/card`);
  });
  afterEach(() => page.close());

  const save = async (number: string): Promise<void> => {
    const card = page.frameLocator('iframe[title="Secure card payment input frame"]');
    await card.getByLabel('Card number').fill(number);
    await card.getByLabel('Expiry').fill('12/30');
    await card.getByLabel('Security code').fill('123');
    await page.getByRole('button', { name: 'Save' }).click();
  };
  const result = async (): Promise<string> => {
    await page.waitForFunction(() => document.querySelector('#result')?.textContent !== '');
    return (await page.textContent('#result')) ?? '';
  };

  it('keeps a good card, under our strict policy', async () => {
    await save('4242 4242 4242 4242');
    assert.equal(await result(), 'succeeded');
    const state = await pay.gateway.readSetupIntent(pay.ctx(), setup.setupIntentId);
    assert.ok(state.paymentMethodId);
    assert.deepEqual(complaints, []);
  });

  it('tells of a card that is refused, and takes the next one', async () => {
    await save('4000 0000 0000 0002');
    assert.equal(await result(), 'refused: card_declined');
    await page.evaluate(() => (document.querySelector('#result')!.textContent = ''));
    await save('4242 4242 4242 4242');
    assert.equal(await result(), 'succeeded');
  });

  for (const [button, expected] of [
    ['Complete authentication', 'succeeded'],
    ['Fail authentication', 'refused: setup_intent_authentication_failure'],
  ] as const)
    it(`asks the bank where the card wants it: ${button}`, async () => {
      await save('4000 0025 0000 3155');
      await page.frameLocator('iframe[title="3-D Secure"]').getByRole('button', { name: button }).click();
      assert.equal(await result(), expected);
      // A refused card is a 402, which a browser reports by itself.
      assert.deepEqual(
        complaints.filter((text) => !text.includes('402')),
        [],
      );
    });

  it('lets an open invoice be paid on its page, also without script', async () => {
    const customerId = await pay.payer('pm_card_chargeCustomerFail');
    const made = await pay.gateway.createSubscription(pay.ctx(), {
      customerId, items: [{ priceId: await pay.price(4_900), quantity: 1 }], trialEndsAt: null, taxRateIds: [],
      missingCard: 'cancel', reference: 'x', idempotencyKey: pay.key(),
    }); // prettier-ignore
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(made.confirmUrl as string);
    const payWith = async (number: string): Promise<string> => {
      await plain.getByLabel('Card number').fill(number);
      await plain.getByLabel('Expiry').fill('12/30');
      await plain.getByLabel('Security code').fill('123');
      await plain.getByRole('button', { name: /Pay/ }).click();
      return plain.innerText('main');
    };
    assert.match(await payWith('4000000000000002'), /declined/);
    assert.match(await payWith('4000002760003184'), /asks to confirm/);
    await plain.getByRole('button', { name: 'Complete authentication' }).click();
    assert.match(await plain.innerText('main'), /is paid/);
    assert.equal(
      (await pay.gateway.readSubscription(pay.ctx(), { subscriptionId: made.id })).status,
      'active',
    );
    await context.close();
  });
});
