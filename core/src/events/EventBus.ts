import { z } from 'zod';
import { uuidv7 } from '../database/uuid.js';
import { TenantMissing } from '../errors/common.js';
import type { SnapshotView, TenantContext } from '../kernel/context.js';
import type { EventRef, Subscription } from '../kernel/event.js';
import { EventPayloadInvalid } from './errors.js';
import { DELIVER_EVENT } from './deliveryJob.js';

/** A subscription with the plugin that brought it. */
export type OwnedSubscription = Subscription & { readonly plugin: string };

/** What events read of a snapshot: the subscribers of the modules that are on. */
export interface SnapshotSubscribers extends SnapshotView {
  subscribers(event: string): readonly OwnedSubscription[];
}

/** Writes the fact and its deliveries in one message. A part of a statement that writes runs whether read or not. */
const EMIT = {
  name: 'core_emit_event',
  text: `
    WITH fact AS (
      INSERT INTO core_outbox (id, platform_id, merchant_id, store_id, name, version, payload, language, occurred_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9))
    SELECT core_enqueue_job($10, d.module, d.payload, $8, NULL, NULL, d."maxAttempts", NULL)
    FROM jsonb_to_recordset($11::jsonb) AS d(module text, payload jsonb, "maxAttempts" int)`,
} as const;

/** Announces facts to other plugins. */
export class EventBus {
  /**
   * Writes an event into the outbox and one delivery per subscriber whose module is on, in the transaction of
   * `ctx`: it is announced if, and only if, that is committed. A module that is turned on later does not get it.
   *
   * @returns the event's id, which subscribers see too
   * @throws {TenantMissing} outside of a transaction
   * @throws {EventPayloadInvalid} when the payload does not fit; nothing is written
   */
  async emit<Payload>(ctx: TenantContext, event: EventRef<Payload>, payload: Payload): Promise<string> {
    if (!ctx.tx)
      throw new TenantMissing({ needed: 'transaction', where: `raising the event '${event.name}'` });
    const parsed = event.schema.safeParse(payload);
    if (!parsed.success)
      throw new EventPayloadInvalid({ event: event.name, reason: z.prettifyError(parsed.error) });
    const eventId = uuidv7(ctx.now);
    const deliveries = (ctx.snapshot as SnapshotSubscribers)
      .subscribers(event.name)
      .map(({ plugin, name }) => ({
        module: plugin,
        payload: { eventId, plugin, subscription: name },
        maxAttempts: DELIVER_EVENT.maxAttempts,
      }));
    await ctx.tx.query(EMIT, [
      eventId,
      ctx.platform.id,
      ctx.merchant?.id ?? null,
      ctx.store?.id ?? null,
      event.name,
      event.version,
      JSON.stringify(payload),
      ctx.language,
      ctx.now,
      DELIVER_EVENT.name,
      JSON.stringify(deliveries),
    ]);
    return eventId;
  }
}
