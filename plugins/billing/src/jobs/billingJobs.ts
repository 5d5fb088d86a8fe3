import { defineJob, type JobDefinition, z } from '@wizamart/core';
import { FINISH_OPERATION, type Operations } from '../subscriptions/Operations.js';
import type { PeriodCounters } from '../usage/PeriodCounters.js';
import type { Dunning } from './Dunning.js';
import type { StaleSubscriptions } from './StaleSubscriptions.js';
import type { TrialExpirations } from './TrialExpirations.js';

const nothing = z.object({});

/** What time brings on. Each is safe to run twice, and late. Times are UTC. */
export const billingJobs = ({
  operations,
  periodCounters,
  trialExpirations,
  staleSubscriptions,
  dunning,
}: {
  readonly operations: Operations;
  readonly periodCounters: PeriodCounters;
  readonly trialExpirations: TrialExpirations;
  readonly staleSubscriptions: StaleSubscriptions;
  readonly dunning: Dunning;
}): JobDefinition[] => [
  defineJob({
    ...FINISH_OPERATION,
    run: async (ctx, { operationId }) => void (await operations.finish(ctx, operationId)),
  }),
  defineJob({
    name: 'billing.reset_period_counters',
    input: nothing,
    schedule: '5 * * * *',
    run: (ctx) => periodCounters.reset(ctx),
  }),
  defineJob({
    name: 'billing.check_trial_expirations',
    input: nothing,
    schedule: '10 * * * *',
    run: (ctx) => trialExpirations.check(ctx),
  }),
  defineJob({
    name: 'billing.cleanup_stale_subscriptions',
    input: nothing,
    schedule: '*/15 * * * *',
    run: (ctx) => staleSubscriptions.clean(ctx),
  }),
  defineJob({
    name: 'billing.dunning',
    input: nothing,
    schedule: '20 * * * *',
    run: (ctx) => dunning.run(ctx),
  }),
];
