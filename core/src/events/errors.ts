import { defineError } from '../errors/defineError.js';

/** An event was raised with a payload that does not fit its schema: a fault of the programme; nothing is written. */
export const EventPayloadInvalid = defineError<{ event: string; reason: string }>({
  code: 'EVENT_PAYLOAD_INVALID',
  status: 500,
  message: (d) => `The payload of the event '${d.event}' does not fit its schema: ${d.reason}`,
});

/** An event waits in one version, but its subscriber reads another. Tried again, since a newer node may know it. */
export const EventVersionMismatch = defineError<{
  event: string;
  subscriber: string;
  written: number;
  read: number;
}>({
  code: 'EVENT_VERSION_MISMATCH',
  status: 500,
  message: (d) =>
    `The event '${d.event}' was written in version ${d.written}, but the subscriber '${d.subscriber}' reads version ${d.read}: run the release that matches, or let the subscriber read both.`,
});

/** The subscriber that an event was queued for is not there any more. */
export const SubscriberMissing = defineError<{ event: string; subscriber: string }>({
  code: 'EVENT_SUBSCRIBER_MISSING',
  status: 500,
  message: (d) =>
    `The subscriber '${d.subscriber}' of the event '${d.event}' does not exist in this release.`,
});

/** The fact behind a delivery is not in the outbox. */
export const EventMissing = defineError<{ eventId: string }>({
  code: 'EVENT_MISSING',
  status: 500,
  message: (d) => `The event ${d.eventId} is not in the outbox: it was removed before it could be delivered.`,
});
