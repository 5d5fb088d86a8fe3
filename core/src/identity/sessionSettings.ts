import { z } from 'zod';

const HOUR = 3_600;
const DAY = 24 * HOUR;

const lifetime = (idleSeconds: number, absoluteSeconds: number) =>
  z
    .object({
      /** Seconds without a request after which a session ends. */
      idleSeconds: z.number().int().min(60).default(idleSeconds),
      /** Seconds after sign-in when a session ends in any case. */
      absoluteSeconds: z.number().int().min(60).default(absoluteSeconds),
    })
    .prefault({});

/** How long sessions live, per audience. */
export const sessionSettingsSchema = z.object({
  admin: lifetime(8 * HOUR, 7 * DAY),
  store: lifetime(7 * DAY, 30 * DAY),
  customer: lifetime(30 * DAY, 90 * DAY),
});

export type SessionSettings = z.output<typeof sessionSettingsSchema>;
