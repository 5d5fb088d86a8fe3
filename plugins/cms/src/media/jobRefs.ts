import { type JobRef, z } from '@wizamart/core';

const input = z.object({ id: z.uuid() });

/** Makes the sizes of a picture. */
export const RenderMedium: JobRef<z.output<typeof input>> = { name: 'cms.renderMedium', input };
