import { startTestServer, testHost, type TestServerOptions } from '@wizamart/core/testing';
import { paymentsOnly } from './stripe.fixture.js';

/** A server whose handler writes one audit line per notice, and asks Stripe first, as real ones do. */
export const openInbox = (options: TestServerOptions) =>
  startTestServer({
    hosts: [
      testHost({
        code: 'oms',
        plugins: [
          paymentsOnly(({ stripeHandlers, stripeConnections }) =>
            stripeHandlers.on('invoice.paid', async (ctx, notice, once) => {
              await stripeConnections.of(ctx);
              await once('count', async ({ tx }) => {
                await tx.query(
                  `insert into core_audit_merchant (id, occurred_at, actor_kind, actor_name, action, subject_type, subject_id, request_id, platform_id, merchant_id)
                   values (gen_random_uuid(), $1, 'system', 'test', 'test.counted', 'event', $2, gen_random_uuid(), $3, $4)`,
                  [ctx.now, notice.id, ctx.platform.id, ctx.merchant.id],
                );
                // Long enough for a kill to come in between.
                await tx.query('select pg_sleep(0.02)');
              });
            }),
          ),
        ],
      }),
    ],
    ...options,
  });
