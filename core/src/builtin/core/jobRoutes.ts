import { z } from 'zod';
import { JobNotFound } from '../../jobs/errors.js';
import { JOB_STATES } from '../../jobs/JobBoard.js';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { pageInput } from '../listInput.js';
import type { CoreParts } from './CoreParts.js';

const jobSchema = z.object({
  id: z.string(),
  job: z.string(),
  module: z.string(),
  state: z.enum(JOB_STATES),
  attempts: z.int(),
  maxAttempts: z.int(),
  runAt: z.date(),
  createdAt: z.date(),
  lastError: z.string().nullable(),
  reason: z.string().nullable(),
});

/** What waits, runs, failed or is parked on a platform. */
export const jobRoutes = ({ jobBoard, database, audit }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/jobs',
    surface: 'admin',
    kind: 'api',
    access: 'core.jobs.view',
    summary: 'Jobs of the platform, newest first',
    input: pageInput.extend({ state: z.enum(JOB_STATES).optional() }),
    output: z.object({ items: z.array(jobSchema), total: z.int(), page: z.int(), perPage: z.int() }),
    example: { state: 'parked', page: 1, perPage: 20 },
    handle: async (ctx, { state, page, perPage }) => ({
      ...(await jobBoard.list(ctx, { page, perPage, ...(state ? { state } : {}) })),
      page,
      perPage,
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/jobs/:id/retry',
    surface: 'admin',
    kind: 'api',
    access: 'core.jobs.retry',
    status: 204,
    summary: 'Run a failed or waiting job again, with all its attempts',
    input: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    example: { id: '42' },
    errors: [JobNotFound],
    handle: async (ctx, { id }) => {
      await jobBoard.retry(ctx, id);
      await database.unit(ctx, (ctx) =>
        audit.record(ctx, { action: 'core.job.retried', subject: { type: 'job', id } }),
      );
    },
  }),
];
