import type { Entitlements, InTransaction, TenantContext } from '@wizamart/core';
import { MediaLimitReached } from './errors.js';

const COUNT = {
  name: 'cms_count_store_media',
  text: `SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::float8 AS bytes FROM cms_store_media WHERE merchant_id = $1 AND store_id = $2 AND platform_id = $3`,
};

interface Counts {
  readonly files: number;
  readonly bytes: number;
}

export interface MediaMeters {
  readonly files: { readonly used: number; readonly limit: number | null };
  readonly bytes: { readonly used: number; readonly limit: number | null };
}

/** How many files, and how many bytes of them, a store may keep by its merchant's tier. A platform may keep any number. */
export class MediaLimits {
  constructor(private readonly entitlements: Entitlements) {}

  /** What the meters show; null for a platform. */
  async meters(ctx: InTransaction): Promise<MediaMeters | null> {
    if (!ctx.store) return null;
    const { files, bytes } = await count(ctx);
    return {
      files: { used: files, limit: await this.entitlements.limit(ctx, 'cms_media_files') },
      bytes: { used: bytes, limit: await this.entitlements.limit(ctx, 'cms_media_bytes') },
    };
  }

  /** Uploading is part of a feature; what is there stays whatever the tier. @throws {FeatureNotInTier} */
  async requireFeature(ctx: TenantContext): Promise<void> {
    if (ctx.store) await this.entitlements.require(ctx, 'media_library');
  }

  /**
   * Makes room for `files` more files and `bytes` more bytes, or refuses. Uploads of one merchant wait for each other here.
   *
   * @throws {MediaLimitReached}
   */
  async claim(ctx: InTransaction, { files, bytes }: Counts): Promise<void> {
    if (!ctx.store) return;
    const error = MediaLimitReached;
    if (files > 0)
      await this.entitlements.claim(ctx, 'cms_media_files', async () => (await count(ctx)).files, {
        error,
        amount: files,
      });
    if (bytes > 0)
      await this.entitlements.claim(ctx, 'cms_media_bytes', async () => (await count(ctx)).bytes, {
        error,
        amount: bytes,
      });
  }
}

/** Files that the context's store keeps. */
export const mediaFileCount = async (ctx: InTransaction): Promise<number> => (await count(ctx)).files;

async function count({ tx, store, platform }: InTransaction): Promise<Counts> {
  const [row] = await tx.query<{ files: number; bytes: number }>(COUNT, [
    store?.merchantId,
    store?.id,
    platform.id,
  ]);
  return row ?? { files: 0, bytes: 0 };
}
