import { defineJob, type JobDefinition, type JobRef, z } from '@wizamart/core';
import type { MediaBin } from './MediaBin.js';
import type { MediaRenderer } from './MediaRenderer.js';

const input = z.object({ id: z.uuid() });

/** Makes the sizes of a picture. */
export const RenderMedium: JobRef<z.output<typeof input>> = { name: 'cms.renderMedium', input };

export const renderMediumJob = (renderer: MediaRenderer): JobDefinition =>
  defineJob({ ...RenderMedium, input, maxAttempts: 5, run: (ctx, { id }) => renderer.render(ctx, id) });

/** Forgets deleted media that nobody brought back, every hour. */
export const forgetMediaJob = (bin: MediaBin): JobDefinition =>
  defineJob({
    name: 'cms.forgetDeletedMedia',
    input: z.strictObject({}),
    schedule: '23 * * * *',
    run: (ctx) => bin.forget(ctx),
  });
