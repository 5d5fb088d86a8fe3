import assert from 'node:assert/strict';
import type { TenantContext } from '@wizamart/core';
import { signature } from '../../testing/LocalStripe.js';
import { WebhookEventNotReplayable, WebhookSignatureInvalid } from '../errors.js';
import { openPayments, type Payments } from '../stripe.fixture.js';
import { WEBHOOK_ATTEMPTS } from './WebhookInbox.js';
import type { StripeHandler } from './StripeHandlers.js';

const SECRET = 'whsec_local_oms';

describe('WebhookInbox [module:billing] [surface:webhook]', () => {
  let pay: Payments;
  let handle: StripeHandler = async () => undefined;
  let customer: string;
  let effects: string[];
  before(async () => {
    pay = await openPayments({}, ({ stripeHandlers }) =>
      stripeHandlers.on(['invoice.paid', 'invoice.finalized'], (ctx, notice, once) =>
        handle(ctx, notice, once),
      ),
    );
    customer = await pay.payer(null);
  });
  beforeEach(() => {
    effects = [];
    handle = async (_ctx, notice, once) => {
      await once('test', async () => effects.push(notice.id));
    };
  });
  after(() => pay.close());

  let count = 0;
  const event = (over: Record<string, unknown> = {}, object: Record<string, unknown> = {}) => ({
    id: `evt_${++count}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(pay.server.clock.now().getTime() / 1_000),
    livemode: false,
    pending_webhooks: 1,
    request: null,
    type: 'invoice.paid',
    data: { object: { id: 'in_1', object: 'invoice', customer, ...object } },
    ...over,
  });
  const post = (body: string, header: string | undefined = signature(body, SECRET, pay.server.clock.now())) =>
    pay.server.client({ root: '/platforms/oms/webhooks' }).post('/billing/stripe', {
      body,
      headers: { 'content-type': 'application/json', 'stripe-signature': header },
    });
  const ctx = (): TenantContext => ({ ...pay.ctx(), merchant: null });
  const find = async (eventId: string) =>
    (await pay.webhookInbox.list(ctx(), { q: eventId })).items.find((one) => one.eventId === eventId);
  const process = async (eventId: string): Promise<void> =>
    pay.webhookInbox.process(ctx(), (await find(eventId))?.id ?? '');

  /** As the sender and the queue do where the server is busy. */
  const persistently = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if ((error as { code?: string }).code !== 'DATABASE_BUSY') throw error;
      }
    }
  };

  it('stores what is signed and answers at once; a job does the rest', async () => {
    const sent = event();
    (await post(JSON.stringify(sent))).expect(200);
    const row = await find(sent.id);
    assert.deepEqual(
      [row?.status, row?.type, row?.account, row?.payload],
      ['received', 'invoice.paid', 'local', sent],
    );
    assert.deepEqual(effects, []);
    await process(sent.id);
    assert.deepEqual(effects, [sent.id]);
    assert.equal((await find(sent.id))?.status, 'processed');
  });

  it('believes nobody else: bytes changed, another secret, too old, from the future, no signature', async () => {
    const sent = event();
    const body = JSON.stringify(sent);
    const now = pay.server.clock.now();
    const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
    const refused: [string, string | undefined][] = [
      [`${body} `, signature(body, SECRET, now)],
      [body, signature(body, 'whsec_other', now)],
      [body, signature(body, SECRET, at(-301))],
      [body, signature(body, SECRET, at(301))],
      [body, 'nonsense'],
      [JSON.stringify({ ...sent, livemode: true }), undefined],
    ];
    for (const [text, header] of refused) {
      const answer = await post(text, header ?? signature(text, SECRET, now));
      assert.equal(answer.expect(400).json()['code'], 'BILLING_WEBHOOK_SIGNATURE');
    }
    (await pay.server.client({ root: '/platforms/oms/webhooks' }).post('/billing/stripe', { body })).expect(
      400,
    );
    assert.equal(await find(sent.id), undefined);
    for (const seconds of [-300, 300]) (await post(body, signature(body, SECRET, at(seconds)))).expect(200);
  });

  it('delivered 100 times at once and processed 100 times at once has one effect', async () => {
    const first = event();
    const second = event({ type: 'invoice.finalized' });
    const bodies = Array.from({ length: 100 }, (_, index) =>
      JSON.stringify(index % 2 === 0 ? first : second),
    );
    const take = (body: string) =>
      pay.webhookInbox.receive(ctx(), {
        body: Buffer.from(body),
        signature: signature(body, SECRET, pay.server.clock.now()),
      });
    await Promise.all(bodies.map((body) => persistently(() => take(body))));
    await Promise.all(
      Array.from({ length: 50 }, () => [second.id, first.id])
        .flat()
        .map((id) => persistently(() => process(id))),
    );
    assert.deepEqual([...effects].sort(), [first.id, second.id].sort());
    const jobs = await pay.server.database.everything<{ count: number }>(
      `select count(*)::int as count from graphile_worker._private_jobs where payload::text like $1`,
      [`%${(await find(first.id))?.id ?? ''}%`],
    );
    assert.equal(jobs[0]?.count, 1);
  });

  it('tries again what failed, gives up with the reason after the last attempt, and is replayed by hand', async () => {
    const sent = event();
    await post(JSON.stringify(sent));
    handle = async () => {
      throw new Error('sk_test_verysecret does not work');
    };
    for (let attempt = 1; attempt < WEBHOOK_ATTEMPTS; attempt++)
      await assert.rejects(process(sent.id), /does not work/);
    assert.equal((await find(sent.id))?.status, 'received');
    await process(sent.id);
    const dead = await find(sent.id);
    assert.deepEqual([dead?.status, dead?.attempts], ['dead', WEBHOOK_ATTEMPTS]);
    assert.equal(dead?.reason, 'Error: sk_… does not work');
    handle = async (_ctx, { id }, once) => {
      await once('test', async () => effects.push(id));
    };
    await pay.webhookInbox.replay(ctx(), dead?.id as string);
    await assert.rejects(pay.webhookInbox.replay(ctx(), dead?.id as string), WebhookEventNotReplayable);
    await process(sent.id);
    await pay.webhookInbox.replay(ctx(), dead?.id as string);
    await process(sent.id);
    assert.deepEqual(effects, [sent.id], 'replaying what was done does not do it again');
    const trail = await pay.server.database.everything(
      `select 1 from core_audit_platform where action = 'billing.webhook.replayed' and subject_id = $1`,
      [dead?.id],
    );
    assert.equal(trail.length, 2);
  });

  it('takes an effect back with the work that failed, and does it when it is tried again', async () => {
    const sent = event();
    await post(JSON.stringify(sent));
    let isBroken = true;
    handle = async (_ctx, { id }, once) => {
      await once('test', async ({ tx }) => {
        await tx.query('select 1');
        if (isBroken) throw new Error('in the middle');
        effects.push(id);
      });
    };
    await assert.rejects(process(sent.id), /in the middle/);
    isBroken = false;
    await process(sent.id);
    assert.deepEqual(effects, [sent.id]);
  });

  it('lets the others act where one fails', async () => {
    const sent = event({ type: 'invoice.voided' });
    await post(JSON.stringify(sent));
    let isBroken = true;
    pay.stripeHandlers.on('invoice.voided', async () => {
      if (isBroken) throw new Error('mine');
    });
    pay.stripeHandlers.on('invoice.voided', async (_ctx, { id }, once) => {
      await once('other', async () => effects.push(id));
    });
    await assert.rejects(process(sent.id), /mine/);
    await assert.rejects(process(sent.id), /mine/);
    isBroken = false;
    await process(sent.id);
    assert.deepEqual(effects, [sent.id]);
  });

  it('acts for the merchant whose customer it is, and leaves what is nobody’s', async () => {
    let merchant: string | undefined;
    handle = async (own) => {
      merchant = own.merchant.id;
    };
    const [mine, strange, other] = [
      event(),
      event({}, { customer: 'cus_strange' }),
      event({ type: 'charge.updated' }),
    ];
    for (const sent of [mine, strange, other]) {
      await post(JSON.stringify(sent));
      await process(sent.id);
    }
    const row = await find(mine.id);
    assert.equal(row?.merchantId, merchant);
    assert.ok(merchant !== undefined);
    assert.deepEqual(
      [(await find(strange.id))?.status, (await find(other.id))?.status],
      ['ignored', 'ignored'],
    );
  });

  it('waits while the module is off: 503 with Retry-After, then 200', async () => {
    const { parts } = pay.server;
    const admin = pay.server.context({ platform: pay.oms, surface: 'admin' });
    const body = JSON.stringify(event());
    const turn = async (change: { enable: string[]; disable: string[] }): Promise<void> => {
      await parts.modules.apply(admin, await parts.modules.plan(admin, change));
    };
    await turn({ enable: [], disable: ['billing'] });
    const off = await post(body);
    assert.ok(Number(off.expect(503).headers['retry-after']) > 0);
    await turn({ enable: ['billing'], disable: [] });
    (await post(body)).expect(200);
  });

  it('hears of everything that the local server does, signed and in time', async () => {
    const paid: string[] = [];
    handle = async (_ctx, { type }) => {
      paid.push(type);
    };
    const customerId = await pay.payer();
    const made = await pay.gateway.createSubscription(pay.ctx(), {
      customerId, items: [{ priceId: await pay.price(4_900), quantity: 1 }], trialEndsAt: null, taxRateIds: [],
      missingCard: 'cancel', reference: 'x', idempotencyKey: pay.key(),
    }); // prettier-ignore
    await (await pay.localStripe.running()).stripe.deliver();
    const { items } = await pay.webhookInbox.list(ctx(), { perPage: 100, status: 'received' });
    const ofInvoice = items.filter(({ payload }) =>
      JSON.stringify(payload).includes(made.latestInvoiceId as string),
    );
    assert.ok(ofInvoice.some(({ type }) => type === 'invoice.paid'));
    for (const { id } of items) await pay.webhookInbox.process(ctx(), id);
    assert.ok(paid.includes('invoice.paid') && paid.includes('invoice.finalized'));
    await assert.rejects(
      pay.webhookInbox.receive(ctx(), { body: Buffer.from('{}'), signature: 't=1,v1=x' }),
      WebhookSignatureInvalid,
    );
  });
});
