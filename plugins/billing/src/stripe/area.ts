import { defineJob, type JobDefinition, type RouteDefinition, z } from '@wizamart/core';
import type { LocalStripeServer } from './connection/LocalStripeServer.js';
import type { StripeConnections } from './connection/StripeConnections.js';
import { stripeRules, stripeTables } from './migration.js';
import type { Reconciliation } from './reconciliation/Reconciliation.js';
import { ProcessWebhook, WEBHOOK_ATTEMPTS, type WebhookInbox } from './webhooks/WebhookInbox.js';
import { webhookRoutes } from './webhooks/webhookRoutes.js';

/** What the payments area brings to the plugin. */
export const stripeMigrations = [stripeTables, stripeRules];

export const stripeRoutes = (wiring: { readonly webhookInbox: WebhookInbox }): readonly RouteDefinition[] =>
  webhookRoutes(wiring);

export const stripeJobs = ({
  webhookInbox,
  stripeReconciliation,
  stripeConnections,
  localStripe,
}: {
  readonly webhookInbox: WebhookInbox;
  readonly stripeReconciliation: Reconciliation;
  readonly stripeConnections: StripeConnections;
  readonly localStripe: LocalStripeServer;
}): readonly JobDefinition[] => [
  defineJob({
    ...ProcessWebhook,
    maxAttempts: WEBHOOK_ATTEMPTS,
    run: (ctx, { id }) => webhookInbox.process(ctx, id),
  }),
  defineJob({
    name: 'billing.sync_stripe_status',
    input: z.object({}),
    schedule: '20 3 * * *',
    run: async (ctx) => {
      await stripeReconciliation.run(ctx);
    },
  }),
  defineJob({
    name: 'billing.localStripe',
    input: z.object({}),
    schedule: '* * * * *',
    maxAttempts: 1,
    run: async (ctx) => {
      if (!stripeConnections.isLocal(ctx)) return;
      await stripeConnections.of(ctx);
      await localStripe.tick();
    },
  }),
];
