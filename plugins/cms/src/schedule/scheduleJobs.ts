import { defineJob, type JobDefinition, z } from '@wizamart/core';
import { applySchedule } from './jobRefs.js';
import type { Schedules } from './Schedules.js';

/** At its time each page by itself; each minute whatever has been missed. Both may run twice without harm. */
export const scheduleJobs = (schedules: Schedules): JobDefinition[] => [
  defineJob({ ...applySchedule, run: (ctx, { kind, pageId }) => schedules.carryOut(ctx, kind, pageId) }),
  defineJob({
    name: 'cms.sweepSchedules',
    input: z.strictObject({}),
    schedule: '* * * * *',
    maxAttempts: 1,
    run: (ctx) => schedules.sweep(ctx),
  }),
];
