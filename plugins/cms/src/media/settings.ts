import { type ModuleSettings, type TenantContext, z } from '@wizamart/core';

/** What a platform may set for media. */
export const mediaSettings = {
  mediaMaxMegabytes: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .meta({ title: 'Largest file in the media library (MB)' }),
};

/** As in the limits of tiers and on the labels of disks. */
export const MEGABYTE = 1_000_000;

/** Largest upload on the platform of a request, in bytes. */
export const uploadLimit =
  (settings: ModuleSettings) =>
  (ctx: TenantContext): number =>
    settings.of<{ mediaMaxMegabytes: number }>(ctx, 'cms').mediaMaxMegabytes * MEGABYTE;
