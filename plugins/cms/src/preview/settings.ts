import { z } from '@wizamart/core';

/** Settings of previews, per platform. */
export const previewSettings = {
  /** How long a preview link is good for, in days. */
  previewDays: z.coerce.number().int().min(1).max(90).default(7),
};

export interface PreviewSettings extends Record<string, unknown> {
  readonly previewDays: number;
}
