import { defineJob, type JobDefinition, type JobRef, z } from '@wizamart/core';
import type { MediaRenderer } from './MediaRenderer.js';

const input = z.object({ id: z.uuid() });

/** Makes the sizes of a picture. */
export const RenderMedium: JobRef<z.output<typeof input>> = { name: 'cms.renderMedium', input };

export const renderMediumJob = (renderer: MediaRenderer): JobDefinition =>
  defineJob({ ...RenderMedium, input, maxAttempts: 5, run: (ctx, { id }) => renderer.render(ctx, id) });
