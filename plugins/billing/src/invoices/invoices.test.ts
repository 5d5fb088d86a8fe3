import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoreContext, type TenantContext, UnsupportedCurrency } from '@wizamart/core';
import { startTestServer, type TestAppServer, testHost } from '@wizamart/core/testing';
import {
  CreditAboveInvoice,
  CreditOfCredit,
  CurrencyNotInvoiced,
  InvoiceChanged,
  InvoiceNotDraft,
  InvoiceNotFound,
  SellerNotSetUp,
  SeriesTaken,
} from './errors.js';
import type { DraftInput } from './invoiceInput.js';
import { invoicingPlugin, vies, wired } from './invoicingPlugin.fixture.js';
import type { InvoiceRow } from './models/InvoiceRow.js';
import type { SellerInput } from './sellers/sellerInput.js';
import { en16931Faults } from './cii/en16931.fixture.js';
import { schemaFaults } from './cii/schema.fixture.js';

/** A PNG of one red dot. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const HOME = { line1: '1, rue du Fossé', postalCode: '1536', city: 'Luxembourg', country: 'LU' };
const SELLER: SellerInput = {
  legalName: 'Müller & Söhne S.à r.l.',
  address: HOME,
  vatId: 'LU26375245',
  registration: 'B123456',
  email: 'billing@mueller.example',
  bank: { iban: 'LU28 0019 4006 4475 0000', bic: 'BCEELULL' },
};

const draft = (change: Partial<DraftInput> = {}): DraftInput => ({
  buyer: { name: 'Ada Lovelace', address: HOME },
  supply: 'goods',
  supplyOn: '2026-03-02',
  language: 'fr',
  lines: [{ description: 'Tasse', quantity: '2', unitPriceMinor: 1490 }],
  ...change,
});

const abroad = (country: string, vatId: string | null = null): DraftInput['buyer'] => ({
  name: 'Škoda Łódź Ελλάδα България',
  address: { line1: 'Straße 1', postalCode: '10115', city: 'Berlin', country },
  ...(vatId ? { isBusiness: true, vatId } : {}),
});

describe('invoices [module:billing] [surface:store]', () => {
  let server: TestAppServer;
  let ctx: StoreContext;
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({
          code: 'oms',
          plugins: [invoicingPlugin],
          defaultTier: 'all',
          tiers: [{ code: 'all', name: 'All', features: ['invoicing'], limits: {} }],
        }),
        ...['second', 'third'].map((code) => testHost({ code, plugins: [invoicingPlugin] })),
      ],
    });
  });
  after(() => server.stop());
  beforeEach(async () => {
    vies.fail(null);
    ctx = server.context({ store: await server.store() });
    await wired().sellers.save(ctx, 'merchant', SELLER);
  });

  const issue = async (change: Partial<DraftInput> = {}, at: TenantContext = ctx): Promise<InvoiceRow> => {
    const { id } = await wired().invoices.create(at, 'merchant', draft(change));
    return wired().finalising.finalise(at, 'merchant', id);
  };

  it('numbers invoices per series and year from 1, and keeps why each has its VAT', async () => {
    const first = await issue();
    const second = await issue({ buyer: abroad('DE', 'DE811907980'), supply: 'services' });
    assert.deepEqual([first.numberText, second.numberText], ['INV-2026-00001', 'INV-2026-00002']);
    assert.deepEqual([first.netMinor, first.vatMinor, first.grossMinor], [2980, 507, 3487]);
    assert.deepEqual(
      [second.treatment, second.vatMinor, second.exemptionCode],
      ['reverse_charge', 0, 'VATEX-EU-AE'],
    );
    const evidence = await wired().invoices.evidence(ctx, 'merchant', second.id);
    assert.equal(evidence?.rule, 'eu-business-services');
    assert.equal(evidence.vies?.status, 'valid');
    assert.match(evidence.vies.consultationNumber ?? '', /^LOCAL/);
    assert.equal(evidence.question.supplyOn, '2026-03-02');
  });

  it('keeps finalised invoices as they are, whoever asks: the database refuses', async () => {
    const { id } = await issue();
    for (const statement of [
      `update billing_invoice set net_minor = 1, gross_minor = 1 + vat_minor where id = '${id}'`,
      `update billing_invoice set status = 'draft' where id = '${id}'`,
      `update billing_invoice set buyer = '{}' where id = '${id}'`,
      `delete from billing_invoice where id = '${id}'`,
      'truncate billing_invoice cascade',
      'truncate billing_vat_decision',
      `update billing_vat_decision set rule = 'x' where invoice_id = '${id}'`,
      `delete from billing_vat_decision where invoice_id = '${id}'`,
    ]) {
      await assert.rejects(server.database.everything(statement), /never change/, statement);
      await assert.rejects(
        server.running.parts.database.unit(ctx, ({ tx }) => tx.query(statement)),
        /never change|permission denied/,
        statement,
      );
    }
    await assert.rejects(wired().invoices.update(ctx, 'merchant', id, draft()), InvoiceNotDraft);
    await assert.rejects(wired().finalising.finalise(ctx, 'merchant', id), InvoiceNotDraft);
    assert.equal((await wired().invoices.markPaid(ctx, 'merchant', id, ctx.now)).status, 'paid');
  });

  it('waits while VIES is down: the treatment stays, no number is used, and the job goes on when it is back', async () => {
    const { id } = await wired().invoices.create(
      ctx,
      'merchant',
      draft({ buyer: abroad('FR', 'FR40303265045'), supply: 'services' }),
    );
    const other = server.context({ store: await server.store() });
    await wired().sellers.save(other, 'merchant', SELLER);
    vies.fail('MS_UNAVAILABLE');
    const later = { ...ctx, now: new Date(ctx.now.getTime() + 2 * 86_400_000) };
    const waiting = await wired().finalising.finalise(later, 'merchant', id);
    assert.deepEqual(
      [waiting.status, waiting.waitsFor, waiting.treatment, waiting.number],
      ['draft', 'vies', 'reverse_charge', null],
    );
    const platform = server.context();
    const at = (merchant: { id: string; name: string }) => ({ ...later, merchant, store: null });
    assert.equal(await wired().finalising.finaliseWaiting({ ...platform, now: later.now }, { at }), 0);
    vies.fail(null);
    assert.equal(await wired().finalising.finaliseWaiting({ ...platform, now: later.now }, { at }), 1);
    assert.equal(await wired().finalising.finaliseWaiting({ ...platform, now: later.now }, { at }), 0);
    assert.equal((await wired().invoices.get(ctx, 'merchant', id)).numberText, 'INV-2026-00001');
  });

  it('credits in full and in part, never more than the invoice, and makes it void at the end', async () => {
    const invoice = await issue({
      lines: [
        { description: 'A', unitPriceMinor: 10_001 },
        { description: 'B', unitPriceMinor: 333, taxClass: 'super_reduced' },
      ],
    });
    const { credits, invoices } = wired();
    const part = await credits.credit(ctx, 'merchant', invoice.id, {
      reason: 'Broken',
      lines: [{ line: 1, amountMinor: 3_333 }],
    });
    assert.deepEqual([part.numberText, part.netMinor, part.vatMinor], ['CN-2026-00001', 3_333, 567]);
    await assert.rejects(
      credits.credit(ctx, 'merchant', invoice.id, { reason: 'x', lines: [{ line: 1, amountMinor: 6_669 }] }),
      new CreditAboveInvoice({ line: 1, leftMinor: 6_668 }),
    );
    const rest = await credits.credit(ctx, 'merchant', invoice.id, { reason: 'All' });
    assert.equal(part.netMinor + rest.netMinor, invoice.netMinor);
    assert.equal(part.vatMinor + rest.vatMinor, invoice.vatMinor);
    assert.equal((await invoices.get(ctx, 'merchant', invoice.id)).status, 'void');
    await assert.rejects(
      credits.credit(ctx, 'merchant', invoice.id, { reason: 'Again' }),
      CreditAboveInvoice,
    );
    await assert.rejects(credits.credit(ctx, 'merchant', part.id, { reason: 'Back' }), CreditOfCredit);
  });

  it('lets 20 credits at once take no more than there is', async () => {
    const invoice = await issue({ lines: [{ description: 'A', unitPriceMinor: 1_000 }] });
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        wired().credits.credit(ctx, 'merchant', invoice.id, {
          reason: 'x',
          lines: [{ line: 1, amountMinor: 150 }],
        }),
      ),
    );
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 6);
  });

  it('gives a draft one number when 20 finalise it at once, and none to a draft that has changed since it was read', async () => {
    const { invoices, finalising, sellers } = wired();
    const { id } = await invoices.create(ctx, 'merchant', draft());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => finalising.finalise(ctx, 'merchant', id)),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.ok(outcome.reason instanceof InvoiceNotDraft || outcome.reason instanceof InvoiceChanged);

    const read = await invoices.create(ctx, 'merchant', draft());
    await invoices.update(ctx, 'merchant', read.id, draft({ language: 'de' }));
    const settings = await sellers.get(ctx, 'merchant');
    const finaliseStale = (within: TenantContext): Promise<unknown> =>
      finalising.finaliseDraft(within, 'merchant', read, settings, null);
    await assert.rejects(finaliseStale(ctx), InvoiceChanged);
    await assert.rejects(server.running.parts.database.unit(ctx, finaliseStale), InvoiceChanged);

    const counted = await server.database.everything<{ what: string; n: number }>(
      `select 'numbers' as what, last_number as n from billing_number_counter where merchant_id = $1
       union all select 'decisions', count(*)::int from billing_vat_decision where merchant_id = $1
       union all select 'audit', count(*)::int from core_audit_merchant where merchant_id = $1 and action = 'billing.invoice.finalised'`,
      [ctx.merchant.id],
    );
    assert.deepEqual(Object.fromEntries(counted.map(({ what, n }) => [what, n])), {
      numbers: 1,
      decisions: 1,
      audit: 1,
    });
  });

  it('keeps the price that the customer saw, to the cent', async () => {
    const invoice = await issue({
      priceMode: 'gross',
      lines: [{ description: 'A', quantity: '3', unitPriceMinor: 999 }],
    });
    assert.equal(invoice.grossMinor, 2_997);
    assert.equal(invoice.netMinor + invoice.vatMinor, 2_997);
  });

  it('issues invoices of nothing as paid, and refuses currencies without cents', async () => {
    const nothing = await issue({ lines: [{ description: 'Sample', unitPriceMinor: 0 }] });
    assert.deepEqual([nothing.status, nothing.grossMinor], ['paid', 0]);
    const note = await wired().credits.credit(ctx, 'merchant', nothing.id, { reason: 'Back' });
    assert.equal(note.grossMinor, 0);
    await assert.rejects(
      wired().credits.credit(ctx, 'merchant', nothing.id, { reason: 'Back' }),
      CreditAboveInvoice,
    );
    await assert.rejects(issue({ currency: 'JPY', exchangeRate: '0.006' }), UnsupportedCurrency);
    await assert.rejects(issue({ currency: 'KWD', exchangeRate: '3' }), CurrencyNotInvoiced);
  });

  it('never dates an invoice before an earlier number, and begins at 1 in a new year of Luxembourg', async () => {
    const at = (now: string) => ({ ...ctx, now: new Date(now) });
    const dates = [];
    for (const now of [
      '2026-07-05T10:00:00Z',
      '2026-07-03T10:00:00Z',
      '2026-12-31T22:59:59Z',
      '2026-12-31T23:00:00Z',
    ])
      dates.push(await issue({}, at(now)));
    assert.deepEqual(
      dates.map(({ numberText, issuedOn }) => [numberText, issuedOn]),
      [
        ['INV-2026-00001', '2026-07-05'],
        ['INV-2026-00002', '2026-07-05'],
        ['INV-2026-00003', '2026-12-31'],
        ['INV-2027-00001', '2027-01-01'],
      ],
    );
  });

  it('charges the destination’s rate from the sale that crosses 10,000 €, and after it, also with parallel sales', async () => {
    const sale = (netMinor: number) =>
      issue({ buyer: abroad('DE'), lines: [{ description: 'A', unitPriceMinor: netMinor }] });
    assert.equal((await sale(600_000)).treatment, 'seller_rate');
    assert.equal((await sale(400_000)).treatment, 'seller_rate');
    const crossing = await sale(1);
    assert.deepEqual([crossing.treatment, crossing.vatGroups[0]?.percent], ['oss', '19']);
    const more = await Promise.all(Array.from({ length: 10 }, () => sale(100)));
    assert.ok(more.every(({ treatment }) => treatment === 'oss'));
    const report = await wired().ossReports.ofMerchant(ctx, '2026-Q1');
    assert.deepEqual(report.rows, [
      {
        country: 'DE',
        supply: 'goods',
        percent: '19',
        corrects: null,
        netMinor: 1_001,
        vatMinor: 190,
        documents: 11,
      },
    ]);
  });

  it('counts sales at once so that exactly those above the threshold are taxed at the destination', async () => {
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () =>
          (
            await wired().invoices.create(
              ctx,
              'merchant',
              draft({ buyer: abroad('DE'), lines: [{ description: 'A', unitPriceMinor: 100_000 }] }),
            )
          ).id,
      ),
    );
    const done = await Promise.all(ids.map((id) => wired().finalising.finalise(ctx, 'merchant', id)));
    assert.equal(done.filter(({ treatment }) => treatment === 'seller_rate').length, 10);
  });

  it('issues the provider’s invoice of a payment exactly once, in the provider’s series, unseen by other merchants', async () => {
    const admin = server.context();
    await wired().sellers.save(admin, 'provider', {
      ...SELLER,
      legalName: 'Provider S.A.',
      series: 'OMS',
      creditSeries: 'OMSCN',
    });
    const input = {
      reference: 'in_1',
      lines: [{ description: 'Professional', amountMinor: 9_900 }],
      totalMinor: 11_583,
      paidAt: ctx.now,
    };
    const issued = await Promise.all(
      Array.from({ length: 20 }, () => wired().providerInvoices.issueFor(ctx, input)),
    );
    assert.equal(new Set(issued.map(({ id }) => id)).size, 1);
    assert.deepEqual(
      [issued[0]?.numberText, issued[0]?.status, issued[0]?.grossMinor],
      ['OMS-2026-00001', 'paid', 11_583],
    );
    await assert.rejects(
      wired().providerInvoices.issueFor(ctx, { ...input, reference: 'in_2', totalMinor: 9_900 }),
      { code: 'BILLING_PROVIDER_INVOICE_DIFFERS' },
    );
    const foreign = server.context({ store: await server.store() });
    const next = await wired().providerInvoices.issueFor(foreign, { ...input, reference: 'in_3' });
    assert.equal(next.numberText, 'OMS-2026-00002');
    const id = (issued[0] as InvoiceRow).id;
    await assert.rejects(wired().invoices.get(foreign, 'provider', id), InvoiceNotFound);
    await assert.rejects(wired().invoices.get(ctx, 'merchant', id), InvoiceNotFound);
    const list = await wired().adminInvoices.list(admin, { page: 1, perPage: 20, q: '', sort: 'number' });
    assert.deepEqual(
      list.items.map(({ number }) => number),
      ['OMS-2026-00001', 'OMS-2026-00002'],
    );
  });

  it('refuses a second platform of one legal entity the same series', async () => {
    const provider: SellerInput = {
      ...SELLER,
      legalName: 'Twice S.A.',
      vatId: 'LU15027442',
      series: 'TWO',
      creditSeries: 'TWOCN',
    };
    await wired().sellers.save(server.context({ platform: 'second' }), 'provider', provider);
    await wired().sellers.save(server.context({ platform: 'second' }), 'provider', provider);
    const there = server.context({ platform: 'third' });
    await assert.rejects(
      wired().sellers.save(there, 'provider', { ...provider, creditSeries: 'OTHER' }),
      new SeriesTaken({ field: 'series', series: 'TWO' }),
    );
    await assert.rejects(
      wired().sellers.save(there, 'provider', { ...provider, series: 'OTHER' }),
      new SeriesTaken({ field: 'creditSeries', series: 'TWOCN' }),
    );
    await wired().sellers.save(there, 'provider', { ...provider, series: 'THREE', creditSeries: 'THREECN' });
    await wired().sellers.save(there, 'provider', { ...provider, vatId: 'LU26375245' });
  });

  it('writes to merchants in the language of their first store', async () => {
    const store = await server.store({ languages: ['fr', 'en'] });
    const at = { ...server.context({ store }), language: 'de' as const };
    const { language } = await wired().providerInvoices.issueFor(at, {
      reference: 'in_language',
      lines: [{ description: 'Professional', amountMinor: 100 }],
    });
    assert.equal(language, store.defaultLanguage);
    assert.notEqual(language, 'de');
  });

  it('mails the PDF to the buyer, from the seller, and nothing of a draft', async () => {
    const { id } = await wired().invoices.create(
      ctx,
      'merchant',
      draft({ buyer: { name: 'Ada', address: HOME, email: 'ada@example.org' } }),
    );
    const send = () =>
      wired()
        .invoiceMails.job()
        .run(ctx, { issuer: 'merchant', id } as never, {} as never);
    await assert.rejects(send(), { code: 'BILLING_INVOICE_IS_DRAFT' });
    await wired().finalising.finalise(ctx, 'merchant', id);
    await send();
    const [job] = await server.database.everything<{ payload: { readonly [key: string]: unknown } }>(
      `select payload from graphile_worker._private_jobs where payload::text like '%ada@example.org%'`,
    );
    const text = JSON.stringify(job?.payload);
    assert.match(text, /"INV-2026-00001\.pdf"/);
    assert.match(text, /billing@mueller\.example/);
    // The file itself, as base64.
    assert.ok(text.includes(Buffer.from('%PDF-1').toString('base64')));
  });

  it('keeps a merchant from writing what the provider issues', async () => {
    const owner = await server.user({ ownerOf: ctx.merchant });
    const acting = server.context({ store: ctx.store, actor: owner, surface: 'store' });
    const { id } = await wired().invoices.create(acting, 'merchant', draft());
    await assert.rejects(
      server.running.parts.database.unit(acting, ({ tx }) =>
        tx.query(`update billing_invoice set issuer = 'provider', platform_id = $2 where id = $1`, [
          id,
          ctx.platform.id,
        ]),
      ),
      /row-level security/,
    );
  });

  it('shows a merchant nothing of another one', async () => {
    const { id } = await issue();
    const foreign = server.context({ store: await server.store() });
    await assert.rejects(wired().invoices.get(foreign, 'merchant', id), InvoiceNotFound);
    await assert.rejects(wired().finalising.finalise(foreign, 'merchant', id), InvoiceNotFound);
    await assert.rejects(wired().credits.credit(foreign, 'merchant', id, { reason: 'x' }), SellerNotSetUp);
    const { total } = await wired().invoices.list(foreign, 'merchant', {
      page: 1,
      perPage: 20,
      q: '',
      sort: '-createdAt',
    });
    assert.equal(total, 0);
  });

  it('writes every kind of invoice as EN 16931 wants it', async () => {
    const { sellers, credits, invoiceFiles } = wired();
    const kinds: [name: string, change: Partial<DraftInput>, seller?: Partial<SellerInput>][] = [
      ['domestic', {}],
      [
        'two rates and an allowance',
        {
          allowanceMinor: 500,
          allowanceReason: 'Fidélité',
          lines: [
            { description: 'A <&> "B"', quantity: '1.5', unitPriceMinor: 1_999, discountMinor: 50 },
            { description: 'Livre', quantity: '3', unitPriceMinor: 1_250, taxClass: 'super_reduced' },
          ],
        },
      ],
      [
        'prices with VAT',
        {
          priceMode: 'gross',
          allowanceMinor: 100,
          allowanceReason: 'Rabatt',
          lines: [
            { description: 'A', quantity: '7', unitPriceMinor: 333 },
            { description: 'B', unitPriceMinor: 3 },
          ],
        },
      ],
      [
        'a line that takes back',
        {
          lines: [
            { description: 'A', unitPriceMinor: 5_000 },
            { description: 'Rest', quantity: '-1', unitPriceMinor: 1_234 },
          ],
        },
      ],
      ['reverse charge', { buyer: abroad('DE', 'DE811907980'), supply: 'services' }],
      ['intra-Community', { buyer: abroad('DE', 'DE811907980') }],
      ['consumer abroad', { buyer: abroad('FR') }],
      ['OSS', { buyer: abroad('FI') }, { hasOssOptIn: true }],
      ['export', { buyer: abroad('CH') }],
      ['outside the scope', { buyer: abroad('US'), supply: 'e_services' }],
      ['small business', {}, { isSmallBusiness: true, vatId: null, taxNumber: '2026 1234 567' }],
      ['nothing', { lines: [{ description: 'Sample', unitPriceMinor: 0 }] }],
      ['another currency', { currency: 'CHF', exchangeRate: '1.0634' }],
    ];
    const languages = ['en', 'fr', 'de', 'lb'] as const;
    const documents: [string, InvoiceRow][] = [];
    for (const [index, [name, change, seller = {}]] of kinds.entries()) {
      await sellers.save(ctx, 'merchant', { ...SELLER, ...seller });
      const invoice = await issue({ ...change, language: languages[index % 4] ?? 'en', note: 'Merci.' });
      documents.push([name, invoice]);
      if (invoice.lines[0] && invoice.lines[0].amountMinor > 10)
        documents.push([
          `${name}, part`,
          await credits.credit(ctx, 'merchant', invoice.id, {
            reason: 'x',
            lines: [{ line: 1, amountMinor: 7 }],
          }),
        ]);
      documents.push([
        `${name}, credited`,
        await credits.credit(ctx, 'merchant', invoice.id, { reason: 'x' }),
      ]);
    }
    const written: string[] = [];
    for (const [name, invoice] of documents) {
      const xml = await invoiceFiles.xml(ctx, invoice);
      assert.deepEqual(en16931Faults(xml), [], `${name}\n${xml}`);
      written.push(xml);
    }
    assert.deepEqual(await schemaFaults(written), []);
    assert.equal(server.log.errors.length, 0);
  });

  it('prints the logo of then, and as many pages as the lines need', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logo-'));
    const path = join(folder, 'logo.png');
    await writeFile(path, Buffer.from(DOT, 'base64'));
    const upload = {
      field: 'logo',
      name: 'logo.png',
      path,
      bytes: 70,
      sha256: '',
      type: { mime: 'image/png', extension: 'png' },
    };
    await wired().sellers.setLogo(ctx, 'merchant', upload);
    await rm(folder, { recursive: true });
    const lines = Array.from({ length: 90 }, (_, index) => ({
      description: `Tasse ${index}`,
      unitPriceMinor: 100,
    }));
    const invoice = await issue({ lines });
    const drawn = (await wired().invoiceFiles.pdf(ctx, invoice)).toString('latin1');
    assert.match(drawn, /\/Subtype \/Image/);
    assert.ok(Number(/\/Count (\d+)/.exec(drawn)?.[1]) >= 2);
    const again = await wired().sellers.removeLogo(ctx, 'merchant');
    assert.equal(again.logoSha256, null);
    assert.equal((await wired().invoiceFiles.pdf(ctx, invoice)).toString('latin1'), drawn);
    assert.doesNotMatch(
      (await wired().invoiceFiles.pdf(ctx, await issue())).toString('latin1'),
      /\/Subtype \/Image/,
    );
  });

  for (const language of ['en', 'fr', 'de', 'lb'] as const) {
    it(`draws PDF/A-3 with the electronic invoice inside, the same every time (${language})`, async () => {
      const invoice = await issue({ language });
      const pdf = await wired().invoiceFiles.pdf(ctx, invoice);
      const text = pdf.toString('latin1');
      assert.match(text, /^%PDF-1\.7/);
      assert.match(text, /<pdfaid:part>3<\/pdfaid:part>/);
      assert.match(text, /<fx:ConformanceLevel>EN 16931<\/fx:ConformanceLevel>/);
      assert.match(text, /\/AFRelationship \/Alternative/);
      assert.deepEqual(pdf, await wired().invoiceFiles.pdf(ctx, invoice));
    });
  }
});
