/** Name and patience of the job that hands one event to one subscriber. */
export const DELIVER_EVENT = { name: 'core.deliverEvent', maxAttempts: 15 } as const;
