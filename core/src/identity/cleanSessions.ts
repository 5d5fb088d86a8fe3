import { z } from 'zod';
import type { Database } from '../database/Database.js';
import { defineJob, type JobDefinition } from '../kernel/job.js';
import { LoginLimits } from './LoginLimits.js';
import { OneTimeTokens } from './oneTime/OneTimeTokens.js';
import { Sessions } from './Sessions.js';

/** Removes sessions that are over and counts of sign-ins that no longer matter, each hour. */
export const cleanSessionsJob = ({ database }: { readonly database: Database }): JobDefinition =>
  defineJob({
    name: 'core.cleanSessions',
    input: z.object({}),
    schedule: '17 * * * *',
    run: async ({ now }) => {
      await new Sessions({ database }).purge(now);
      await new LoginLimits({ database }).purge(now);
      await new OneTimeTokens({ database }).purge(now);
    },
  });
