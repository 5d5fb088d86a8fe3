import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { isSound, visit, type Visit } from './browser.fixture.js';
import { LOOKS, tellInBrowser } from './story.fixture.js';

const DESK = '/platforms/oms/store/acme';
const OFFICE = '/admin/platforms/oms';
/** A card that the bank refuses is a 402, which a browser reports by itself. */
const OF_REFUSED_CARDS = /402/;

describe('Billing in a browser [module:billing] [surface:store] [surface:admin]', function () {
  this.timeout(300_000);
  const story = tellInBrowser();
  const { address, signIn } = story;

  const owner = (options: BrowserContextOptions = {}): Promise<Visit> =>
    story.signedIn(DESK, 'owner@acme.example', options);
  const admin = (options: BrowserContextOptions = {}): Promise<Visit> =>
    story.signedIn('/admin', 'admin@wizamart.example', options);
  const text = (page: Page): Promise<string> => page.locator('main').innerText();

  async function enterCard(page: Page, number: string): Promise<void> {
    const card = page.frameLocator('iframe[title="Secure card payment input frame"]');
    await card.getByLabel('Card number').fill(number);
    await card.getByLabel('Expiry').fill('12/30');
    await card.getByLabel('Security code').fill('123');
    await page.getByRole('button', { name: 'Save card' }).click();
  }

  for (const { size, viewport, colorScheme } of LOOKS) {
    it(`is sound on the pages of a store on a ${size}, ${colorScheme}`, async () => {
      const window = await owner({ viewport, colorScheme });
      for (const path of [
        '',
        '/change-tier',
        '/change-tier?interval=year',
        '/change-tier/preview?tier=business&interval=month',
        '/change-tier/preview?tier=essential&interval=month',
        '/add-ons',
        '/add-ons/preview?code=extra-team&quantity=2',
        '/payment-method',
        '/history',
        '/history/payments',
        '/cancel',
        '/pause',
      ]) {
        await window.page.goto(address(`${DESK}/billing${path}`));
        await isSound(window, `/billing${path} on a ${size}, ${colorScheme}`);
      }
      await window.close();
    });

    it(`is sound on the pages of administrators on a ${size}, ${colorScheme}`, async () => {
      const window = await admin({ viewport, colorScheme });
      const { page } = window;
      for (const path of [
        '/subscription-tiers',
        '/subscription-tiers?kind=add_on',
        '/subscription-tiers/professional',
        '/subscription-tiers/professional/edit',
        '/subscription-tiers/professional/names',
        '/subscription-tiers/add-ons/new',
        '/subscription-tiers/add-ons/extra-pages',
        '/subscriptions',
        '/billing-history',
        '/billing-history/payments',
        '/webhook-events',
        '/webhook-events/comparisons',
        '/tiers',
      ]) {
        await page.goto(address(OFFICE + path));
        await isSound(window, `${path} on a ${size}, ${colorScheme}`);
      }
      await page.goto(address(`${OFFICE}/subscriptions?q=Acme`));
      const one = (await page.getByRole('link', { name: 'Acme' }).first().getAttribute('href')) as string;
      for (const path of ['', '/tier', '/cancel', '/pause']) {
        await page.goto(address(one + path));
        await isSound(window, `a subscription${path} on a ${size}, ${colorScheme}`);
      }
      await window.close();
    });
  }

  it('asks for a card before more is had, keeps the form with one that is refused, and takes one with 3-D Secure', async () => {
    const window = await owner();
    const { page } = window;
    await page.goto(address(`${DESK}/billing/change-tier`));
    await page.getByRole('link', { name: 'See what it costs Business' }).click();
    await page.getByRole('button', { name: 'Change now' }).click();
    await page.getByText('Enter a card first.').waitFor();
    await page.getByRole('link', { name: 'Enter a card' }).click();
    await enterCard(page, '4000 0000 0000 0002');
    await page.locator('[data-card-message]').filter({ hasText: 'declined' }).waitFor();
    await enterCard(page, '4000 0025 0000 3155');
    await page
      .frameLocator('iframe[title="3-D Secure"]')
      .getByRole('button', { name: 'Complete authentication' })
      .click();
    await page.getByText('Your card is saved.').waitFor();
    assert.match(await text(page), /Visa •••• 3155/);
    assert.match(await text(page), /By card/);
    assert.deepEqual(
      window.complaints.filter((complaint) => !OF_REFUSED_CARDS.test(complaint)),
      [],
    );
    window.complaints.length = 0;
    await isSound(window, 'billing with a card');
    await page.goto(address(`${DESK}/billing/payment-method`));
    await enterCard(page, '4242 4242 4242 4242');
    await page.getByText('Your card is saved.').waitFor();
    assert.match(await text(page), /Visa •••• 4242/);
    await window.close();
  });

  it('shows what another plan costs to the cent, charges just that, and plans a smaller one', async () => {
    const window = await owner();
    const { page } = window;
    await page.goto(address(`${DESK}/billing/change-tier`));
    await page.getByRole('link', { name: 'See what it costs Business' }).click();
    const [, total] = /(€[\d.,]+) in total/.exec(await text(page)) ?? assert.fail(await text(page));
    await page.getByRole('button', { name: 'Change now' }).click();
    await page.getByText('Your plan is changed.').waitFor();
    assert.match(await text(page), /Business[\s\S]*€199\.00 a month/);
    await page.goto(address(`${DESK}/billing/history/payments`));
    assert.ok((await text(page)).includes(total as string), `${total} in ${await text(page)}`);
    await isSound(window, 'payments');
    await page.goto(address(`${DESK}/billing/change-tier`));
    await page.getByRole('link', { name: 'See what it costs Essential' }).click();
    assert.match(await text(page), /What changes for you[\s\S]*Pages: \d+ are used|Not included any more/);
    await page.getByRole('button', { name: 'Change at the end of the period' }).click();
    await page.getByText('A change is planned.').waitFor();
    await isSound(window, 'billing with a planned change');
    await page.getByRole('button', { name: 'Drop the change' }).click();
    await page.getByText('The planned change is dropped.').waitFor();
    await window.close();
  });

  it('sells an add-on with a look at its price, and ends it', async () => {
    const window = await owner();
    const { page } = window;
    await page.goto(address(`${DESK}/billing/add-ons`));
    const card = page.getByRole('article').filter({ hasText: 'One more team member' });
    await card.getByLabel('Quantity').fill('2');
    await card.getByRole('button', { name: /See what it costs/ }).click();
    assert.match(await text(page), /2 × One more team member/);
    await page.getByRole('button', { name: 'Buy' }).click();
    await page.getByText('The add-on is yours.').waitFor();
    await page.getByRole('link', { name: 'Cancel One more team member' }).click();
    await isSound(window, 'cancelling an add-on');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('The add-on ends with the period.').waitFor();
    assert.match(
      await page.getByRole('listitem').filter({ hasText: 'One more team member' }).innerText(),
      /ends on/,
    );
    await window.close();
  });

  it('cancels and takes back without a script', async () => {
    const window = await owner({ javaScriptEnabled: false });
    const { page } = window;
    await page.goto(address(`${DESK}/billing/cancel`));
    await page.getByLabel('It costs too much').check();
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    assert.match(await text(page), /Your subscription ends\./);
    await page.getByRole('button', { name: 'Keep it' }).click();
    assert.doesNotMatch(await text(page), /Your subscription ends\./);
    await window.close();
  });

  it('lets an administrator see it all', async () => {
    const window = await admin();
    const { page } = window;
    await page.goto(address(`${OFFICE}/subscriptions?q=Acme`));
    await page.getByRole('link', { name: 'Acme' }).first().click();
    assert.match(await text(page), /Card entered[\s\S]*Subscription began/);
    await isSound(window, 'a subscription at Stripe');
    await page.goto(address(`${OFFICE}/billing-history/payments`));
    assert.match(await text(page), /Acme[\s\S]*Paid/);
    await page.goto(address(`${OFFICE}/webhook-events`));
    await page.locator('tbody th a').first().click();
    assert.match(await text(page), /Names, addresses and keys are masked/);
    assert.doesNotMatch(await text(page), /owner@acme|_secret_[A-Za-z0-9]/);
    await isSound(window, 'a webhook event');
    await page.goto(address(`${OFFICE}/webhook-events/comparisons`));
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.waitForURL(/comparisons\/[0-9a-f-]{36}$/);
    await isSound(window, 'a comparison');
    await window.close();
  });

  it('is gone everywhere on loyalty when it is off, and back with what there was', async () => {
    const [office, desk] = [await admin(), await visit()];
    const store = await storeOnLoyalty();
    await signIn(desk.page, store, 'owner@acme.example');
    const status = async (window: Visit, path: string): Promise<number> =>
      (await window.page.goto(address(path)))?.status() ?? 0;
    const pages = [
      ...['/platforms/loyalty/admin', '/admin/platforms/loyalty'].flatMap((root) =>
        ['/subscriptions', '/subscription-tiers', '/billing-history', '/webhook-events'].map(
          (path) => root + path,
        ),
      ),
    ];
    const desks = ['/billing', '/billing/change-tier', '/billing/history'].map((path) => store + path);
    const menu = async (window: Visit, path: string): Promise<string> => {
      await window.page.goto(address(path));
      return window.page.locator('#app-menu').innerText();
    };
    await signIn(office.page, '/platforms/loyalty/admin', 'admin@wizamart.example').catch(() => undefined);
    const turn = async (on: boolean): Promise<void> => {
      const ctx = story.server.context({ platform: 'loyalty' });
      const change = on ? { enable: ['billing'], disable: [] } : { enable: [], disable: ['billing'] };
      const { revision } = await story.server.parts.modules.plan(ctx, change);
      await story.server.parts.modules.apply(ctx, { ...change, revision });
    };
    for (const path of pages) assert.equal(await status(office, path), 200, path);
    for (const path of desks) assert.equal(await status(desk, path), 200, path);
    const before = await desk.page.goto(address(`${store}/billing`)).then(() => text(desk.page));
    await turn(false);
    for (const path of pages) assert.equal(await status(office, path), 404, path);
    for (const path of desks) assert.equal(await status(desk, path), 404, path);
    assert.doesNotMatch(
      await menu(office, '/admin/platforms/loyalty/modules'),
      /Subscriptions|Webhook events|Billing history/,
    );
    assert.doesNotMatch(await menu(desk, `${store}/dashboard`), /Billing/);
    await turn(true);
    for (const path of pages) assert.equal(await status(office, path), 200, path);
    assert.match(await menu(office, '/admin/platforms/loyalty/modules'), /Subscriptions/);
    await desk.page.goto(address(`${store}/billing`));
    assert.equal(await text(desk.page), before);
    await Promise.all([office.close(), desk.close()]);
  });

  async function storeOnLoyalty(): Promise<string> {
    const { items } = await story.server.parts.stores.list(story.server.context({ platform: 'loyalty' }), {
      q: 'acme',
    });
    return `/platforms/loyalty/store/${items[0]?.code ?? assert.fail('Acme has no store on loyalty')}`;
  }
});
