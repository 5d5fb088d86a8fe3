import { defineJob, type JobDefinition, z } from '@wizamart/core';
import { FINISH_SIGN_UP, type SignUps } from './SignUps.js';

/** Finishes sign-ups that were interrupted, and forgets those that nobody goes on with. */
export const signUpJobs = ({ signUps }: { readonly signUps: SignUps }): JobDefinition[] => [
  defineJob({ ...FINISH_SIGN_UP, run: (ctx, { id }) => signUps.finish(ctx, id) }),
  defineJob({
    name: 'billing.clean_sign_ups',
    input: z.object({}),
    schedule: '40 * * * *',
    run: (ctx) => signUps.clean(ctx),
  }),
];
