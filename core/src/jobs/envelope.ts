import { z } from 'zod';
import { LANGUAGES } from '../kernel/context.js';

/** What travels with a job's payload: whose it is. The tenant is stamped by the database, not by the caller. */
export const envelopeSchema = z.object({
  /** Module that must be on for the job to run; for the delivery of an event the subscriber's. */
  module: z.string(),
  platformId: z.uuid(),
  merchantId: z.uuid().nullable(),
  storeId: z.uuid().nullable(),
  language: z.enum(LANGUAGES).nullable(),
  /** When the caller wanted it to run, by the caller's clock; `null` for at once. */
  dueAt: z.string().nullable(),
  payload: z.unknown(),
});

export type Envelope = z.output<typeof envelopeSchema>;
