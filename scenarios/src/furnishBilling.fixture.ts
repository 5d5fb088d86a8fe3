import assert from 'node:assert/strict';
import { eventually, type TestAppServer, type TestClient } from '@wizamart/core/testing';

const ADMIN = '/admin/platforms/oms';
const DESK = '/platforms/oms/store/acme';
const INVOICES = `${DESK}/api/v1/store/invoices`;
const SIGN_UP = '/platforms/oms/api/v1/platform/signup';

const ADDRESS = { line1: '1, rue du Fossé', postalCode: '1536', city: 'Luxembourg', country: 'LU' };
const SELLER = {
  legalName: 'Acme S.à r.l.',
  address: ADDRESS,
  vatId: 'LU26375245',
  email: 'hello@acme.example',
};
const INVOICE = {
  buyer: { name: 'Ada Lovelace', address: ADDRESS },
  supply: 'goods',
  supplyOn: '2026-03-02',
  language: 'en',
  lines: [{ description: 'Cup', quantity: '2', unitPriceMinor: 1490 }],
};

/** A comparison with Stripe, something that Stripe told, and what is asked of a subscription in any state. */
export async function billed(
  server: TestAppServer,
  boss: TestClient,
  owner: TestClient,
): Promise<Record<string, string>> {
  const comparison = (await boss.post(`${ADMIN}/webhook-events/comparisons`, { form: {} })).expect(303);
  (await owner.get(`${DESK}/billing/payment-method`)).expect(200);
  const one = async (table: string): Promise<string> => {
    const [row] = await server.database.everything<{ id: string }>(
      `select t.id from ${table} t join core_platform p on p.id = t.platform_id where p.code = 'oms' order by t.id limit 1`,
    );
    assert.ok(row, table);
    return row.id;
  };
  const event = await eventually(() => one('billing_webhook_event'));
  const subscription = await one('billing_subscription');
  return {
    '/webhook-events/comparisons/:id': (comparison.location ?? '').replace(ADMIN, ''),
    '/webhook-events/:id': `/webhook-events/${event}`,
    '/subscription-tiers/add-ons/:code': '/subscription-tiers/add-ons/extra-pages',
    '/subscription-tiers/add-ons/:code/edit': '/subscription-tiers/add-ons/extra-pages/edit',
    '/subscription-tiers/add-ons/:code/names': '/subscription-tiers/add-ons/extra-pages/names',
    ...Object.fromEntries(
      ['pause', 'resume', 'reactivate'].map((verb) => [
        `/subscriptions/:id/${verb}`,
        `/subscriptions/${subscription}/${verb}`,
      ]),
    ),
  };
}

/** A seller with a draft, and with an invoice that has its number. */
export async function invoiced(owner: TestClient): Promise<Record<string, string>> {
  (await owner.put(`${INVOICES}/settings`, { json: SELLER })).expect(200);
  const begin = async () =>
    (await owner.post(INVOICES, { json: INVOICE })).expect(201).json<{ id: string }>().id;
  const [draft, final] = [await begin(), await begin()];
  (await owner.post(`${INVOICES}/${final}/finalise`)).expect(200);
  return {
    '/invoices/:id': `/invoices/${final}`,
    '/invoices/:id/credit': `/invoices/${final}/credit`,
    ...Object.fromEntries(
      ['edit', 'finalise', 'delete'].map((verb) => [`/invoices/:id/${verb}`, `/invoices/${draft}/${verb}`]),
    ),
  };
}

/** A sign-up that waits for a card, and one that waits for the code that was mailed. */
export async function signedUp(server: TestAppServer): Promise<Record<string, string>> {
  const client = server.client();
  const step = async (path: string, json: object, status = 200) =>
    (await client.post(`${SIGN_UP}/${path}`, { json })).expect(status).json<{ token: string }>();
  const waiting = async (storeCode: string): Promise<string> => {
    const { token } = await step('start', { tier: 'professional', interval: 'month' }, 201);
    await step('enter-business', { token, legalName: 'Léierbuch S.à r.l.', ...ADDRESS });
    await step('create-account', {
      token,
      name: 'Anne Muller',
      email: `${storeCode}@example.org`,
      password: 'horse battery staple lux',
      storeName: 'Léierbuch',
      storeCode,
    });
    return token;
  };
  const [token, unconfirmed] = [await waiting('leierbuch'), await waiting('buchleier')];
  await step('confirm-email', { token, code: await mailedCode(server, 'leierbuch@example.org') });
  return {
    '/signup/:token/confirm': `/signup/${unconfirmed}/confirm`,
    ...Object.fromEntries(
      ['plan', 'business', 'account', 'card'].map((name) => [
        `/signup/:token/${name}`,
        `/signup/${token}/${name}`,
      ]),
    ),
  };
}

const mailedCode = (server: TestAppServer, email: string): Promise<string> =>
  eventually(async () => {
    const [mail] = await server.database.everything<{ text: string }>(
      "select text from core_caught_mail where to_address like '%' || $1 || '%' order by caught_at desc limit 1",
      [email],
    );
    return /\b\d{8}\b/.exec(mail?.text ?? '')?.[0];
  });
