import type {
  Audit,
  Database,
  Directory,
  Entitlements,
  Files,
  JobQueue,
  PageCache,
  TenantContext,
} from '@wizamart/core';
import {
  type DeletedMedium,
  forgetStatement,
  keptMedium,
  keptSince,
  listDeleted,
  putMediumBack,
} from './deletedMedia.js';
import { MediumNotFound } from './errors.js';
import { RenderMedium } from './jobRefs.js';
import { MediaLimits } from './MediaLimits.js';
import type { MediaPage } from './mediaList.js';
import { tableOf } from './mediaTable.js';
import { filesOf, mediumOf, noteMedium, stateOf } from './mediumOf.js';
import type { Medium, Variant } from './types.js';

interface MediaBinDeps {
  readonly database: Database;
  readonly files: Files;
  readonly jobs: JobQueue;
  readonly audit: Audit;
  readonly pageCache: PageCache;
  readonly entitlements: Entitlements;
  readonly tenants: Directory;
}

interface Forgotten {
  readonly storeId: string | null;
  readonly id: string;
  readonly sha256: string;
  readonly variants: readonly Variant[];
}

/** Media that were deleted: for a day they can be brought back, then their files go too. */
export class MediaBin {
  readonly #deps: MediaBinDeps;
  readonly #limits: MediaLimits;

  constructor(deps: MediaBinDeps) {
    this.#deps = deps;
    this.#limits = new MediaLimits(deps.entitlements);
  }

  /** What can be brought back, the newest first. */
  list(
    ctx: TenantContext,
    place: { readonly page: number; readonly perPage: number },
  ): Promise<MediaPage<DeletedMedium>> {
    return this.#deps.database.unit(ctx, async (ctx) => ({ ...(await listDeleted(ctx, place)), ...place }));
  }

  /**
   * Brings back a medium that was deleted within a day; pages that showed it show it again.
   *
   * @throws {MediumNotFound | MediaLimitReached}
   */
  bringBack(ctx: TenantContext, id: string): Promise<Medium> {
    const { database, audit, pageCache, jobs } = this.#deps;
    return database.unit(ctx, async (ctx) => {
      const kept = await keptMedium(ctx, id);
      if (!kept) throw new MediumNotFound({ medium: id });
      await this.#limits.claim(ctx, { files: 1, bytes: kept.bytes });
      await putMediumBack(ctx, id);
      const row = await tableOf(ctx).find(ctx, id);
      if (!row) throw new MediumNotFound({ medium: id });
      await noteMedium(audit, ctx, 'brought_back', row, { to: stateOf(row) });
      await pageCache.invalidate(ctx);
      if (row.status === 'processing') await jobs.enqueue(ctx, RenderMedium, { id });
      return mediumOf(row);
    });
  }

  /** Forgets what was kept long enough on the platform of `ctx` and in its stores, with the files. Safe to run twice. */
  async forget(ctx: TenantContext): Promise<void> {
    const { database, tenants } = this.#deps;
    const gone = await database.system(async (tx) => {
      const values = [ctx.platform.id, keptSince(ctx.now)];
      const ofPlatform = await tx.query<Forgotten & Record<string, unknown>>(
        forgetStatement('platform'),
        values,
      );
      return [
        ...ofPlatform,
        ...(await tx.query<Forgotten & Record<string, unknown>>(forgetStatement('store'), values)),
      ];
    });
    for (const { storeId, ...medium } of gone) {
      const store = storeId === null ? null : await tenants.storeById(ctx.platform, storeId);
      if (storeId !== null && !store) continue;
      const owner = store ? { ...ctx, store, merchant: store.merchant } : ctx;
      await this.#deleteFiles(owner, filesOf(medium));
    }
  }

  /** The rows are right already: a file that cannot be taken away now is only in the way. */
  async #deleteFiles(ctx: TenantContext, keys: readonly string[]): Promise<void> {
    const { owner } = tableOf(ctx);
    await Promise.allSettled(keys.map((key) => this.#deps.files.delete(ctx, owner, key)));
  }
}
