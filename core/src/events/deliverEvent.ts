import { z } from 'zod';
import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';
import type { EventMeta } from '../kernel/event.js';
import { defineJob, type JobDefinition } from '../kernel/job.js';
import { DELIVER_EVENT } from './deliveryJob.js';
import { EventMissing, EventVersionMismatch, SubscriberMissing } from './errors.js';
import type { OwnedSubscription, SnapshotSubscribers } from './EventBus.js';

const input = z.object({ eventId: z.uuid(), plugin: z.string(), subscription: z.string() });

interface Fact {
  readonly name: string;
  readonly version: number;
  readonly payload: unknown;
  readonly occurredAt: Date;
}

/**
 * The job that hands one event to one subscriber, in the tenant of the event; at least once.
 *
 * It belongs to the subscriber's module: it is parked while that is off.
 */
export function deliverEventJob({
  database,
}: {
  readonly database: Pick<Database, 'system'>;
}): JobDefinition {
  return defineJob({
    ...DELIVER_EVENT,
    input,
    run: async (ctx, { eventId, plugin, subscription }) => {
      const fact = await load(database, ctx, eventId);
      const subscriber = `${plugin}/${subscription}`;
      const found = (ctx.snapshot as SnapshotSubscribers)
        .subscribers(fact.name)
        .find((candidate) => candidate.plugin === plugin && candidate.name === subscription);
      if (!found) throw new SubscriberMissing({ event: fact.name, subscriber });
      if (found.event.version !== fact.version) {
        throw new EventVersionMismatch({
          event: fact.name,
          subscriber,
          written: fact.version,
          read: found.event.version,
        });
      }
      await hand(ctx, found, fact.payload, { eventId, occurredAt: fact.occurredAt });
    },
  });
}

async function load(database: Pick<Database, 'system'>, ctx: TenantContext, eventId: string): Promise<Fact> {
  const [fact] = await database.system((tx) =>
    // The platform too: a delivery never reads another platform's fact.
    tx.query<Fact & Record<string, unknown>>(
      {
        name: 'core_load_event',
        text: 'SELECT name, version, payload, occurred_at AS "occurredAt" FROM core_outbox WHERE id = $1 AND platform_id = $2',
      },
      [eventId, ctx.platform.id],
    ),
  );
  if (!fact) throw new EventMissing({ eventId });
  return fact;
}

async function hand(
  ctx: TenantContext,
  subscription: OwnedSubscription,
  raw: unknown,
  meta: EventMeta,
): Promise<void> {
  const handle = subscription.handle as (
    ctx: TenantContext,
    payload: unknown,
    meta: EventMeta,
  ) => Promise<void>;
  await handle(ctx, (subscription.event.schema as z.ZodType).parse(raw), meta);
}
