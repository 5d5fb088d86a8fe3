import { defineJob, type JobDefinition, z } from '@wizamart/core';
import { RenderMedium } from './jobRefs.js';
import type { MediaBin } from './MediaBin.js';
import type { MediaRenderer } from './MediaRenderer.js';

export const renderMediumJob = (renderer: MediaRenderer): JobDefinition =>
  defineJob({ ...RenderMedium, maxAttempts: 5, run: (ctx, { id }) => renderer.render(ctx, id) });

/** Forgets deleted media that nobody brought back, every hour. */
export const forgetMediaJob = (bin: MediaBin): JobDefinition =>
  defineJob({
    name: 'cms.forgetDeletedMedia',
    input: z.strictObject({}),
    schedule: '23 * * * *',
    run: (ctx) => bin.forget(ctx),
  });
