import { defineJob, type JobDefinition, z } from '@wizamart/core';
import { atMerchant } from '../asProvider.js';
import type { Finalising } from './Finalising.js';

/** Tries again what waits for VIES. Running twice does no harm: a draft gets one number. */
export const finaliseWaitingJob = ({ finalising }: { readonly finalising: Finalising }): JobDefinition =>
  defineJob({
    name: 'billing.finaliseWaiting',
    input: z.object({}),
    schedule: '*/10 * * * *',
    run: async (ctx) => {
      await finalising.finaliseWaiting(ctx, { at: (merchant) => atMerchant(ctx, merchant) });
    },
  });
