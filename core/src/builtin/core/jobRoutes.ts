import { z } from 'zod';
import { JobNotFound, JobRuns } from '../../jobs/errors.js';
import { JOB_STATES } from '../../jobs/JobBoard.js';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { pageInput } from '../listInput.js';
import type { CoreParts } from './CoreParts.js';
import { cancelJob, retryJob } from './jobActions.js';

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
  progress: z.object({ done: z.int(), total: z.int().nullable(), text: z.string().nullable() }).nullable(),
});

/** What waits, runs, failed or is parked on a platform. */
export const jobRoutes = (parts: CoreParts): RouteDefinition[] => [
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
      ...(await parts.jobBoard.list(ctx, { page, perPage, ...(state ? { state } : {}) })),
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
    handle: (ctx, { id }) => retryJob(parts, ctx, id),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/jobs/:id',
    surface: 'admin',
    kind: 'api',
    access: 'core.jobs.retry',
    status: 204,
    summary: 'Take a job that waits, failed or is parked out of the queue for good',
    input: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    example: { id: '42' },
    errors: [JobNotFound, JobRuns],
    handle: (ctx, { id }) => cancelJob(parts, ctx, id),
  }),
  defineRoute({
    method: 'GET',
    path: '/jobs/:id',
    surface: 'admin',
    kind: 'api',
    access: 'core.jobs.view',
    summary: 'One job, and how far it is',
    input: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    output: jobSchema,
    example: { id: '42' },
    errors: [JobNotFound],
    handle: (ctx, { id }) => parts.jobBoard.get(ctx, id),
  }),
];
