import { type JobRef, z } from '@wizamart/core';

const input = z.strictObject({ kind: z.enum(['platform', 'default', 'store']), pageId: z.uuid() });

/** Runs at the time that was set for a page. */
export const applySchedule: JobRef<z.output<typeof input>> = { name: 'cms.applySchedule', input };
