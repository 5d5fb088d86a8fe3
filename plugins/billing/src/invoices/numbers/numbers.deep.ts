import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startTestServer, type TestAppServer, testHost } from '@wizamart/core/testing';
import { draftExample, sellerExample } from '../routes/examples.js';
import { invoicingPlugin, wired } from '../invoicingPlugin.fixture.js';

const PROCESS = fileURLToPath(new URL('finaliseProcess.fixture.ts', import.meta.url));
const DRAFTS = 400;
const PROCESSES = 2;
const KILLS = 20;

describe('invoice numbers, with processes that are killed [module:billing]', function () {
  this.timeout(600_000);
  let server: TestAppServer;
  const running = new Set<ChildProcess>();
  before(async () => {
    server = await startTestServer({ hosts: [testHost({ code: 'oms', plugins: [invoicingPlugin] })] });
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await server.stop();
  });

  /** A process that finalises its part of the drafts. @returns it, and when it has ended, with whether it was done */
  async function start(
    storeId: string,
    part: number,
  ): Promise<{ child: ChildProcess; ended: Promise<boolean> }> {
    const args = ['--import', 'tsx/esm', '--conditions=source', PROCESS, server.database.appUrl, storeId];
    const child = spawn(process.execPath, [...args, String(part), String(PROCESSES)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    const ended = new Promise<boolean>((resolve) =>
      child.once('exit', (code) => {
        running.delete(child);
        resolve(code === 0);
      }),
    );
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve());
      void ended.then(() => resolve());
    });
    return { child, ended };
  }

  it('have no holes and no duplicates after failures and kills', async () => {
    const store = await server.store();
    const ctx = server.context({ store });
    await wired().sellers.save(ctx, 'merchant', sellerExample);
    for (let index = 0; index < DRAFTS; index++)
      await wired().invoices.create(ctx, 'merchant', { ...draftExample, lines: [...draftExample.lines] });
    let kills = 0;
    const part = async (number: number): Promise<void> => {
      for (;;) {
        const { child, ended } = await start(store.id, number);
        if (kills >= KILLS) {
          if (await ended) return;
          continue;
        }
        kills += 1;
        // At any moment of the work: that is what is tried.
        await Promise.race([pause(20 + ((kills * 37) % 160)), ended]);
        child.kill('SIGKILL');
        await ended;
      }
    };
    await Promise.all(Array.from({ length: PROCESSES }, (_, index) => part(index)));
    const rows = await server.database.everything<{ number: number; status: string; decisions: number }>(
      `select number, status, (select count(*)::int from billing_vat_decision d where d.invoice_id = i.id) as decisions
       from billing_invoice i where merchant_id = $1 order by number`,
      [store.merchantId],
    );
    assert.equal(kills, KILLS);
    assert.deepEqual(
      rows.filter(({ status }) => status === 'draft'),
      [],
    );
    assert.deepEqual(
      rows.map(({ number }) => number),
      Array.from({ length: DRAFTS }, (_, index) => index + 1),
    );
    assert.ok(rows.every(({ decisions }) => decisions === 1));
    const [counter] = await server.database.everything<{ last: number }>(
      'select last_number as last from billing_number_counter where merchant_id = $1',
      [store.merchantId],
    );
    assert.equal(counter?.last, DRAFTS);
  });
});
