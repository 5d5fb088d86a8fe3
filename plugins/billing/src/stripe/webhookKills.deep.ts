import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { TenantContext } from '@wizamart/core';
import { eventually, type TestAppServer } from '@wizamart/core/testing';
import { openInbox } from './countingInbox.fixture.js';
import type { StripeCustomers } from './StripeCustomers.js';
import type { WebhookInbox } from './webhooks/WebhookInbox.js';
import { signature } from '../testing/LocalStripe.js';

const PROCESS = fileURLToPath(new URL('inboxProcess.fixture.ts', import.meta.url));
const EVENTS = 40;
const KILLS = 20;

describe('WebhookInbox, with processes that are killed [module:billing]', function () {
  this.timeout(600_000);
  let server: TestAppServer;
  const running = new Set<ChildProcess>();
  before(async () => {
    server = await openInbox({});
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await server.stop();
  });

  const start = async (): Promise<ChildProcess> => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx/esm', '--conditions=source', PROCESS, server.database.appUrl],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    running.add(child);
    child.once('exit', () => running.delete(child));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve());
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    });
    return child;
  };
  const kill = (child: ChildProcess): Promise<unknown> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    return gone;
  };

  it('brings about each of its effects exactly once: 100 deliveries in any order, 20 kills', async () => {
    server.clock.set(new Date());
    const platform = server.platform('oms');
    const merchant = await server.merchant({ platform });
    const { stripeCustomers, webhookInbox } = server.modules.kernel.container.wiringOf(
      'billing',
    ) as unknown as {
      stripeCustomers: StripeCustomers;
      webhookInbox: WebhookInbox;
    };
    const ctx = (): TenantContext => ({ ...server.context({ platform }), now: new Date() });
    const { customerId } = await stripeCustomers.ensure(ctx(), {
      merchantId: merchant.id, name: 'A', email: 'a@example.org', country: 'LU', vatId: null, taxExempt: 'none',
    }); // prettier-ignore
    const bodies = Array.from({ length: EVENTS }, (_, index) =>
      JSON.stringify({
        id: `evt_kill_${index}`, object: 'event', created: Math.floor(Date.now() / 1_000), livemode: false, type: 'invoice.paid',
        data: { object: { id: `in_${index}`, object: 'invoice', customer: customerId } },
      }),
    ); // prettier-ignore
    const deliver = async (): Promise<void> => {
      const shuffled = bodies.map((body) => [Math.random(), body] as const).sort(([a], [b]) => a - b);
      for (const [, body] of shuffled) {
        const now = new Date();
        await webhookInbox.receive(
          { ...ctx(), now },
          { body: Buffer.from(body), signature: signature(body, 'whsec_local_oms', now) },
        );
      }
    };
    const sending = (async () => {
      for (let round = 0; round < 100 / 4; round++)
        await Promise.all([deliver(), deliver(), deliver(), deliver()]);
    })();
    for (let count = 0; count < KILLS; count++) {
      const child = await start();
      // Not as a wait for anything: each kill shall hit another moment of the work.
      await pause(40 + count * 35);
      await kill(child);
    }
    await sending;
    // What killed workers held would be given back after five minutes; as if they had passed.
    await server.database.everything(
      "update graphile_worker._private_jobs set locked_at = now() - interval '6 minutes' where locked_at is not null",
    );
    const last = await start();
    const counted = (): Promise<{ event: string; times: number }[]> =>
      server.database.everything(
        `select subject_id as event, count(*)::int as times from core_audit_merchant where action = 'test.counted' group by 1`,
      );
    await eventually(async () => (await counted()).length === EVENTS, 300_000);
    assert.ok((await counted()).every(({ times }) => times === 1));
    const { total } = await webhookInbox.list(ctx(), { q: 'evt_kill' });
    assert.equal(total, EVENTS);
    await kill(last);
  });
});
