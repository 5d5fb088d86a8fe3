import assert from 'node:assert/strict';
import { eventually, type TestAppServer } from '@wizamart/core/testing';
import type { Page } from 'playwright-core';
import { isSound, SIZES, visit, withoutBrowser, type Visit } from './browser.fixture.js';
import { openShop } from './world.fixture.js';

let people = 0;

describe('Signing up [module:billing] [surface:platform]', function () {
  this.timeout(600_000);
  let server: TestAppServer;
  let base: string;
  let visitor: Visit;
  let page: Page;

  before(async function () {
    if (withoutBrowser !== undefined) this.skip();
    server = await openShop({ jobs: true });
    base = `${server.url.replace('127.0.0.1', 'localhost')}/platforms/oms`;
  });
  beforeEach(async () => {
    visitor = await visit();
    page = visitor.page;
  });
  afterEach(() => visitor?.close());
  after(() => server?.stop());

  const next = () => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const choosePlan = async () => {
    await page.goto(`${base}/pricing`);
    await page.getByRole('link', { name: /free.*: Professional/ }).click();
    await next();
  };
  const enterBusiness = async () => {
    await page.getByLabel('Legal name').fill('Léierbuch S.à r.l.');
    await page.getByLabel('Street and number').fill('5, rue de la Gare');
    await page.getByLabel('Postal code').fill('L-1611');
    await page.getByLabel('City').fill('Luxembourg');
    await next();
  };
  const enterAccount = async (): Promise<{ email: string; code: string }> => {
    const code = `leierbuch-${++people}`;
    const email = `${code}@example.org`;
    await page.getByLabel('Your name').fill('Anne Muller');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('New password').fill('horse battery staple lux');
    await page.getByLabel('Name of the store').fill(`Léierbuch ${people}`);
    await page.getByLabel('Address of the store').fill(code);
    await next();
    return { email, code };
  };
  const mailedCode = (email: string) =>
    eventually(async () => {
      const [mail] = await server.database.everything<{ text: string }>(
        "select text from core_caught_mail where to_address like '%' || $1 || '%' order by caught_at desc limit 1",
        [email],
      );
      return /\b\d{8}\b/.exec(mail?.text ?? '')?.[0];
    });
  const confirm = async (email: string) => {
    await page.getByLabel('Code').fill(await mailedCode(email));
    await page.getByRole('button', { name: 'Confirm' }).click();
  };
  const toCard = async () => {
    await choosePlan();
    await enterBusiness();
    const account = await enterAccount();
    await confirm(account.email);
    await page.getByRole('heading', { name: 'Last step: your card' }).waitFor();
    return account;
  };
  const pay = async (number: string) => {
    const card = page.frameLocator('iframe[title="Secure card payment input frame"]');
    await card.getByLabel('Card number').fill(number);
    await card.getByLabel('Expiry').fill('12/30');
    await card.getByLabel('Security code').fill('123');
    await page.getByRole('button', { name: /Save the card/ }).click();
  };
  const arrives = (code: string) => page.waitForURL(`**/store/${code}/dashboard`);
  const cardOf = async (code: string) => {
    const [row] = await server.database.everything<Record<string, unknown>>(
      `select b.status, b.collection, b.card_last4 as last4 from billing_subscription b
       join core_store s on s.merchant_id = b.merchant_id where s.code = $1`,
      [code],
    );
    return row;
  };

  it('leads to a live store with a good card', async () => {
    const { code } = await toCard();
    await pay('4242424242424242');
    await arrives(code);
    await page.getByText('Léierbuch').first().waitFor();
    assert.deepEqual(await cardOf(code), { status: 'trialing', collection: 'stripe', last4: '4242' });
    const shop = await page.goto(`${base}/stores/${code}/`);
    assert.equal(shop?.status(), 200);
    assert.deepEqual(visitor.complaints, []);
  });

  it('says that a card is declined, keeps everything, and takes another one', async () => {
    const { code } = await toCard();
    await pay('4000000000000002');
    await page.getByText(/declined this card/).waitFor();
    // A card has one trial, and the one above has had it.
    await pay('5555555555554444');
    await arrives(code);
    assert.equal((await cardOf(code))?.['last4'], '4444');
  });

  it('lets the bank confirm a card by 3-D Secure', async () => {
    const { code } = await toCard();
    await pay('4000002500003155');
    const bank = page.frameLocator('iframe[title="3-D Secure"]');
    await bank.getByRole('button').first().click();
    await arrives(code);
    assert.equal((await cardOf(code))?.['last4'], '3155');
  });

  it('goes on without a script up to the card, back keeps the data, and ends without one where that is allowed', async () => {
    await visitor.close();
    visitor = await visit({ javaScriptEnabled: false });
    page = visitor.page;
    await choosePlan();
    await enterBusiness();
    await page.getByRole('link', { name: 'Back' }).click();
    assert.equal(await page.getByLabel('Legal name').inputValue(), 'Léierbuch S.à r.l.');
    await next();
    const { email, code } = await enterAccount();
    await confirm(email);
    await page.getByRole('heading', { name: 'Last step: your card' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Save the card/ }).isVisible(), false);
    await page.getByRole('button', { name: 'Open the store without a card' }).click();
    await arrives(code);
  });

  it('is sound on every step, in light and dark, on a phone and a desk', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const viewport of Object.values(SIZES)) {
        await visitor.close();
        visitor = await visit({ colorScheme, viewport });
        page = visitor.page;
        await page.goto(`${base}/pricing?interval=year`);
        await isSound(visitor, `pricing, ${colorScheme}, ${viewport.width}`);
        await page.goto(`${base}/signup`);
        await isSound(visitor, `plan, ${colorScheme}, ${viewport.width}`);
        await next();
        await isSound(visitor, `business, ${colorScheme}, ${viewport.width}`);
        await enterBusiness();
        await isSound(visitor, `account, ${colorScheme}, ${viewport.width}`);
        const { email } = await enterAccount();
        await isSound(visitor, `code, ${colorScheme}, ${viewport.width}`);
        await confirm(email);
        await page.getByRole('button', { name: /Save the card/ }).waitFor();
        await isSound(visitor, `card, ${colorScheme}, ${viewport.width}`);
      }
  });
});
