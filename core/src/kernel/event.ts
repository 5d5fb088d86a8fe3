import type { z } from 'zod';
import type { TenantContext } from './context.js';

/** A fact that happened, with a versioned payload. */
export interface EventRef<Payload = unknown> {
  /** `plugin.noun.past`, for example `cms.page.published`. */
  readonly name: string;
  readonly version: number;
  readonly schema: z.ZodType<Payload>;
}

/** Declares an event; its payload is validated when raised and again when delivered. */
export function defineEvent<Schema extends z.ZodType>(
  name: string,
  options: { readonly version: number; readonly schema: Schema },
): EventRef<z.output<Schema>> {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9_]*){2,}$/.test(name)) {
    throw new TypeError(`event name '${name}' must read plugin.noun.past, for example 'cms.page.published'`);
  }
  return Object.freeze({
    name,
    version: options.version,
    schema: options.schema as z.ZodType<z.output<Schema>>,
  });
}

/** What a subscriber learns beside the payload. `eventId` is stable across deliveries: use it to be idempotent. */
export interface EventMeta {
  readonly eventId: string;
  readonly occurredAt: Date;
}

export interface Subscription<Payload = never> {
  readonly event: EventRef<Payload>;
  /** Unique among the plugin's subscriptions to this event; part of a queued delivery. */
  readonly name: string;
  handle(ctx: TenantContext, payload: Payload, meta: EventMeta): Promise<void>;
}

/** Subscribes a plugin to an event. Delivery is at least once, in a job, with the tenant of the event. */
export function on<Payload>(
  event: EventRef<Payload>,
  handle: Subscription<Payload>['handle'],
  name = 'default',
): Subscription {
  return { event, name, handle } as unknown as Subscription;
}
