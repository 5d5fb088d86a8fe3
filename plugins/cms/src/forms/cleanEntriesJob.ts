import { defineJob, type JobDefinition, z } from '@wizamart/core';
import type { FormEntries } from './FormEntries.js';

/** Removes messages that are older than the platform keeps them, every night. */
export const cleanEntriesJob = (entries: FormEntries): JobDefinition =>
  defineJob({
    name: 'cms.cleanFormEntries',
    input: z.object({}),
    schedule: '17 3 * * *',
    run: async (ctx) => {
      await entries.clean(ctx);
    },
  });
