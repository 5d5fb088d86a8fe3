import assert from 'node:assert/strict';
import type { StoreContext } from '@wizamart/core';
import {
  rootOf,
  startTestServer,
  type TestAppServer,
  type TestClient,
  testHost,
} from '@wizamart/core/testing';
import { invoicingPlugin, vies } from '../invoicingPlugin.fixture.js';

const SETTINGS = {
  legalName: 'Acme S.à r.l.',
  'address.line1': '1, rue du Fossé',
  'address.postalCode': '1536',
  'address.city': 'Luxembourg',
  'address.country': 'LU',
  vatId: 'LU26375245',
  email: 'hello@acme.example',
  series: 'INV',
  creditSeries: 'CN',
  paymentDays: '30',
};
const DRAFT = {
  'buyer.name': 'Ada Lovelace',
  'buyer.address.line1': '2, Grand-Rue',
  'buyer.address.postalCode': '1661',
  'buyer.address.city': 'Luxembourg',
  'buyer.address.country': 'LU',
  'buyer.email': 'ada@example.org',
  supply: 'goods',
  supplyOn: '2026-03-02',
  language: 'en',
  currency: 'EUR',
  priceMode: 'net',
  'lines.0.description': 'Cup',
  'lines.0.quantity': '2',
  'lines.0.unit': 'C62',
  'lines.0.unitPriceMinor': '14,90',
  'lines.0.taxClass': 'standard',
};

describe('pages and API of invoices [module:billing] [surface:store]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({
          code: 'oms',
          plugins: [invoicingPlugin],
          defaultTier: 'all',
          tiers: [{ code: 'all', name: 'All', features: ['invoicing'], limits: {} }],
        }),
      ],
    });
  });
  after(() => server.stop());
  beforeEach(() => vies.fail(null));

  interface Shop {
    readonly store: StoreContext['store'];
    readonly page: TestClient;
    readonly api: TestClient;
  }
  const shop = async (role: 'owner' | 'manager' = 'owner'): Promise<Shop> => {
    const store = await server.store();
    const user = await server.user(
      role === 'owner' ? { ownerOf: store.merchant } : { memberOf: { store, role: 'manager' } },
    );
    const platform = server.platform('oms');
    const at = (kind: 'page' | 'api') => rootOf({ surface: 'store', kind, platform, store });
    return {
      store,
      page: await server.signIn(user, { surface: 'store', platform, root: at('page') }),
      api: await server.signIn(user, { surface: 'store', platform, root: at('api') }),
    };
  };
  const setUp = async (): Promise<Shop> => {
    const found = await shop();
    (await found.page.post('/invoices/settings', { form: SETTINGS })).expect(303);
    return found;
  };
  const begin = async ({ page }: Shop, change: Readonly<Record<string, string>> = {}): Promise<string> => {
    const answer = (await page.post('/invoices/new', { form: { ...DRAFT, ...change } })).expect(303);
    return String(answer.headers['location']).split('/').at(-1) as string;
  };
  const finalise = ({ page }: Shop, id: string) =>
    page.post(`/invoices/${id}/finalise`, { form: { revision: '1' } });

  it('leads from an empty list to the settings, then to the first invoice', async () => {
    const { page } = await shop();
    assert.match((await page.get('/invoices')).expect(200).text, /First say who invoices/);
    const early = (await page.get('/invoices/new')).expect(303);
    assert.match(String(early.headers['location']), /\/invoices\/settings$/);
    const refused = (
      await page.post('/invoices/settings', { form: { ...SETTINGS, vatId: 'LU1', series: 'a-b' } })
    ).expect(422);
    assert.match(refused.text, /not a VAT identification number/);
    assert.match(refused.text, /value="Acme S\.à r\.l\."/);
    (await page.post('/invoices/settings', { form: SETTINGS })).expect(303);
    const list = (await page.get('/invoices')).expect(200).text;
    assert.match(list, /No invoices yet/);
    assert.match((await page.get('/invoices/settings')).expect(200).text, /INV-2\d{3}-00001/);
  });

  it('adds and takes away lines and shows totals without a script, and keeps what was typed', async () => {
    const { page } = await setUp();
    const added = (await page.post('/invoices/new', { form: { ...DRAFT, do: 'add' } })).expect(200).text;
    assert.match(added, /name="lines\.1\.description"/);
    assert.match(added, /€34\.87|34\.87/);
    const two = { ...DRAFT, 'lines.1.description': 'Pot', 'lines.1.unitPriceMinor': '5' };
    const removed = (await page.post('/invoices/new', { form: { ...two, do: 'remove:0' } })).expect(200).text;
    assert.doesNotMatch(removed, /value="Cup"/);
    assert.match(removed, /value="Pot"/);
    const wrong = (
      await page.post('/invoices/new', {
        form: { ...DRAFT, 'lines.0.unitPriceMinor': 'a lot', 'buyer.name': '' },
      })
    ).expect(422).text;
    assert.match(wrong, /Use an amount such as 12\.50/);
    assert.match(wrong, /value="a lot"/);
    const without = (await page.post('/invoices/new', { form: { ...DRAFT, 'buyer.name': '' } })).expect(
      422,
    ).text;
    assert.match(without, /This is needed/);
    assert.match((await page.get('/invoices')).text, /No invoices yet/);
  });

  it('says what VIES says while a draft is written, and nothing it does not know', async () => {
    const { page } = await setUp();
    const abroad = {
      ...DRAFT,
      'buyer.isBusiness': 'true',
      'buyer.vatId': 'FR40303265045',
      'buyer.address.country': 'FR',
      supply: 'services',
      do: 'preview',
    };
    vies.fail('MS_UNAVAILABLE');
    assert.match(
      (await page.post('/invoices/new', { form: abroad })).expect(200).text,
      /VIES does not answer/,
    );
    vies.fail(null);
    const known = (await page.post('/invoices/new', { form: abroad })).expect(200).text;
    assert.match(known, /VIES confirms FR40303265045/);
    assert.match(known, /Reverse charge: VAT is due from the customer/);
  });

  it('asks, finalises once however often it is clicked, and gives the files', async () => {
    const at = await setUp();
    const id = await begin(at);
    const asked = (await at.page.get(`/invoices/${id}/finalise`)).expect(200).text;
    assert.match(asked, /INV-2\d{3}-00001/);
    const clicks = await Promise.all([finalise(at, id), finalise(at, id), finalise(at, id)]);
    for (const click of clicks)
      assert.match(String(click.expect(303).headers['location']), new RegExp(`${id}$`));
    const shown = (await at.page.get(`/invoices/${id}`)).expect(200).text;
    assert.match(shown, /INV-2\d{3}-00001/);
    assert.match(shown, /€34\.87/);
    const pdf = (await at.api.get(`/invoices/${id}/pdf`)).expect(200);
    assert.match(String(pdf.headers['content-disposition']), /INV-2\d{3}-00001\.pdf/);
    assert.equal(pdf.text.slice(0, 5), '%PDF-');
    assert.match((await at.api.get(`/invoices/${id}/xml`)).expect(200).text, /CrossIndustryInvoice/);
    assert.match((await at.page.get('/invoices?format=csv')).expect(200).text, /INV-2\d{3}-00001/);
    const edit = (await at.page.get(`/invoices/${id}/edit`)).expect(303);
    assert.match(String(edit.headers['location']), new RegExp(`${id}$`));
  });

  it('asks again where somebody else changed the draft since', async () => {
    const at = await setUp();
    const id = await begin(at);
    (await at.page.post(`/invoices/${id}/edit`, { form: { ...DRAFT, 'lines.0.quantity': '3' } })).expect(303);
    const back = (await finalise(at, id)).expect(303);
    assert.match(String(back.headers['location']), /\/finalise$/);
    assert.match((await at.page.get(`/invoices/${id}`)).text, /Draft/);
  });

  it('shows that a draft waits for VIES', async () => {
    const at = await setUp();
    const id = await begin(at, {
      'buyer.isBusiness': 'true',
      'buyer.vatId': 'DE811907980',
      'buyer.address.country': 'DE',
    });
    vies.fail('MS_UNAVAILABLE');
    await server.database.everything(`delete from billing_vies_check`);
    (await finalise(at, id)).expect(303);
    assert.match((await at.page.get(`/invoices/${id}`)).text, /Waiting for VIES/);
  });

  it('credits a part, then the rest, and refuses more', async () => {
    const at = await setUp();
    const id = await begin(at);
    await finalise(at, id);
    const credit = (form: Readonly<Record<string, string>>) =>
      at.page.post(`/invoices/${id}/credit`, { form: { reason: 'Broken', ...form } });
    assert.match(
      (await credit({ what: 'part', 'amounts.n1': '30' })).expect(422).text,
      /too much|can be credited/,
    );
    assert.match((await credit({ what: 'part', 'amounts.n1': 'x' })).expect(422).text, /such as 12\.50/);
    assert.match((await credit({ what: 'part' })).expect(422).text, /at least one line/);
    (await credit({ what: 'part', 'amounts.n1': '10.00' })).expect(303);
    assert.match((await at.page.get(`/invoices/${id}/credit`)).expect(200).text, /€19\.80 left/);
    (await credit({ what: 'full' })).expect(303);
    assert.match((await at.page.get(`/invoices/${id}`)).text, /Void/);
    assert.match((await credit({ what: 'full' })).expect(422).text, /Nothing is left/);
  });

  it('marks as paid and sends, and deletes drafts only', async () => {
    const at = await setUp();
    const [sold, thrown] = [await begin(at), await begin(at)];
    await finalise(at, sold);
    (await at.page.post(`/invoices/${sold}/send`)).expect(303);
    (await at.page.post(`/invoices/${sold}/paid`)).expect(303);
    assert.match((await at.page.get(`/invoices/${sold}`)).text, /Paid/);
    (await at.page.post(`/invoices/${sold}/delete`)).expect(409);
    (await at.page.get(`/invoices/${thrown}/delete`)).expect(200);
    (await at.page.post(`/invoices/${thrown}/delete`)).expect(303);
    (await at.page.get(`/invoices/${thrown}`)).expect(404);
  });

  it('sends one address no more than five mails in a quarter of an hour, by page and API together', async () => {
    const at = await setUp();
    const id = await begin(at, { 'buyer.email': 'often@example.org' });
    await finalise(at, id);
    const sends = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 ? at.page.post(`/invoices/${id}/send`) : at.api.post(`/invoices/${id}/send`),
      ),
    );
    assert.deepEqual(
      [303, 202, 429].map((wanted) => sends.filter(({ status }) => status === wanted).length > 0),
      [true, true, true],
    );
    assert.equal(sends.filter(({ status }) => status < 400).length, 5);
  });

  it('declares sales at the destination by quarter', async () => {
    const at = await shop();
    (await at.page.post('/invoices/settings', { form: { ...SETTINGS, hasOssOptIn: 'true' } })).expect(303);
    const id = await begin(at, { 'buyer.address.country': 'FI', 'buyer.address.city': 'Helsinki' });
    await finalise(at, id);
    assert.match((await at.page.get('/invoices/oss')).expect(200).text, /Finland/);
    assert.match((await at.page.get('/invoices/oss?quarter=2020-Q1')).expect(200).text, /Nothing to declare/);
  });

  it('is for owners, and shows one merchant nothing of another, on pages and in the API', async () => {
    const mine = await setUp();
    const id = await begin(mine);
    const other = await setUp();
    const manager = await shop('manager');
    for (const path of ['', '/edit', '/finalise', '/credit', '/delete'])
      (await other.page.get(`/invoices/${id}${path}`)).expect(404);
    for (const path of ['/finalise', '/delete', '/send', '/paid', '/credit'])
      (
        await other.page.post(`/invoices/${id}${path}`, {
          form: path === '/finalise' ? { revision: '1' } : path === '/credit' ? { reason: 'x' } : {},
        })
      ).expect(404);
    for (const path of ['', '/pdf', '/xml', '/evidence'])
      (await other.api.get(`/invoices/${id}${path}`)).expect(404);
    (await other.api.post(`/invoices/${id}/finalise`, { json: {} })).expect(404);
    (await other.api.delete(`/invoices/${id}`)).expect(404);
    assert.equal((await other.api.get('/invoices')).expect(200).json<{ total: number }>().total, 0);
    assert.equal((await mine.api.get('/invoices')).expect(200).json<{ total: number }>().total, 1);
    (await manager.page.get('/invoices')).expect(404);
    (await manager.api.get('/invoices')).expect(403);
  });

  it('lets the provider be set up once per platform', async () => {
    const user = await server.user({ adminOf: 'oms' });
    const root = rootOf({ surface: 'admin', kind: 'page', platform: server.platform('oms') });
    const admin = await server.signIn(user, { surface: 'admin', root });
    assert.match((await admin.get('/invoicing')).expect(200).text, /Not set up yet/);
    (await admin.post('/invoicing', { form: { ...SETTINGS, series: 'OMS', creditSeries: 'OMSCN' } })).expect(
      303,
    );
    assert.match((await admin.get('/invoicing')).expect(200).text, /OMS-2\d{3}-00001/);
    (await admin.get('/invoicing/oss')).expect(200);
  });
});
