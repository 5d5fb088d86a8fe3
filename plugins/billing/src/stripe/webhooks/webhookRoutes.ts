import { defineRoute, raw, type RouteDefinition, z } from '@wizamart/core';
import { WebhookSignatureInvalid } from '../errors.js';
import type { WebhookInbox } from './WebhookInbox.js';

/** An invoice with all its lines is well below. */
const MAX_BODY_BYTES = 512 * 1024;

export const webhookRoutes = ({
  webhookInbox,
}: {
  readonly webhookInbox: WebhookInbox;
}): readonly RouteDefinition[] => [
  defineRoute({
    method: 'POST',
    path: '/billing/stripe',
    surface: 'webhook',
    kind: 'api',
    access: 'public',
    bodyLimitBytes: MAX_BODY_BYTES,
    summary: 'What Stripe tells of payments and subscriptions',
    input: z.object({ body: z.instanceof(Buffer), headers: z.looseObject({}) }),
    errors: [{ code: WebhookSignatureInvalid.code, status: WebhookSignatureInvalid.status }],
    handle: async (ctx, { body, headers }) => {
      const signature = headers['stripe-signature'];
      if (typeof signature !== 'string')
        throw new WebhookSignatureInvalid({ reason: 'the signature is missing.' });
      await webhookInbox.receive(ctx, { body, signature });
      return raw({ received: true });
    },
  }),
];
