// Finalises drafts of a merchant as fast as it can, to be killed: `node … finaliseProcess.fixture.ts <database url> <store id>
// <part> <parts>`. Of every seven transactions one fails after its number was given.
import type { StoreContext, StoreRecord } from '@wizamart/core';
import { startTestServer, type TestDatabase, testHost } from '@wizamart/core/testing';
import { InvoiceNotDraft } from '../errors.js';
import { InvoiceRow } from '../models/InvoiceRow.js';
import { invoicingPlugin, wired } from '../invoicingPlugin.fixture.js';

const [appUrl = '', storeId = '', part = '0', parts = '1'] = process.argv.slice(2);
const AT_ONCE = 20;

const server = await startTestServer({
  hosts: [testHost({ code: 'oms', plugins: [invoicingPlugin] })],
  database: { appUrl } as TestDatabase,
});
const platform = server.platform('oms');
const store = (await server.running.parts.tenants.storeById(platform, storeId)) as StoreRecord;
const ctx: StoreContext = server.context({ store });
const { finalising, invoices, sellers } = wired();
const settings = await sellers.get(ctx, 'merchant');
const all = await server.running.parts.database.unit(ctx, async (ctx) =>
  InvoiceRow.in(ctx).orderBy('id').select('id', 'status'),
);
// Shared out by all rows, so that a process after this one has the same part.
const mine = all.filter(({ status }, index) => index % Number(parts) === Number(part) && status === 'draft');
console.log('ready');

let turn = 0;
const work = async (): Promise<void> => {
  for (let next = mine.pop(); next; next = mine.pop()) {
    const { id } = next;
    const fails = ++turn % 7 === 0;
    await server.running.parts.database
      .unit(ctx, async (ctx) => {
        const draft = await invoices.lockDraft(ctx, 'merchant', id);
        await finalising.finaliseDraft(ctx, 'merchant', draft, settings, null);
        if (fails) throw new Error('fails after its number was given');
      })
      .catch((error: unknown) => {
        // Not a draft any more: the process before this one was killed after its commit, unseen.
        if (!(error instanceof InvoiceNotDraft)) mine.unshift(next);
        if (!fails && !(error instanceof InvoiceNotDraft)) console.error(error);
      });
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log('done');
process.exit(0);
