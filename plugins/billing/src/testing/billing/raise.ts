import type Stripe from 'stripe';
import type { StripeEvent } from '../state/kinds.js';
import { API_VERSION } from '../state/apiVersion.js';
import type { World } from '../state/World.js';
import { shown } from '../http/shown.js';

/** Tells the account's endpoints that something happened, with the object as it is now. */
export function raise(
  world: World,
  type: string,
  object: object,
  previous?: Readonly<Record<string, unknown>>,
): StripeEvent {
  const endpoints = world
    .all('webhook_endpoint')
    .filter(
      ({ status, enabled_events }) =>
        status === 'enabled' && enabled_events.some((name) => name === '*' || name === type),
    );
  const event = world.add('event', {
    id: world.newId('event'),
    object: 'event',
    api_version: API_VERSION,
    created: world.now,
    data: {
      object: shown(object) as unknown as Stripe.Event.Data.Object,
      ...(previous === undefined
        ? {}
        : { previous_attributes: previous as Stripe.Event.Data.PreviousAttributes }),
    },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: { id: null, idempotency_key: null },
    type: type as Stripe.Event.Type,
  } satisfies StripeEvent);
  for (const endpoint of endpoints) {
    world.add('delivery', {
      id: world.newId('delivery'),
      event: event.id,
      endpoint: endpoint.id,
      attempts: 0,
      nextAt: world.nowMs,
    });
  }
  return event;
}
