import { z } from '@wizamart/core';

/** An instant with its offset, for example 2026-12-01T08:00:00+01:00. */
const instant = z.iso
  .datetime({ offset: true, error: 'Use a time with its offset, for example 2026-12-01T08:00:00+01:00.' })
  .transform((text) => new Date(text));

/** When a page goes live and when it goes; what is left out is not set any more. */
export const scheduleInput = z.object({ publishAt: instant.nullish(), unpublishAt: instant.nullish() });

export interface ScheduleTimes {
  readonly publishAt: Date | null;
  readonly unpublishAt: Date | null;
}
