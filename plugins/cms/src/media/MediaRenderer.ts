import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Database, Files, InTransaction, PageCache, TenantContext } from '@wizamart/core';
import { tableOf } from './mediaTable.js';
import { sourceKey, variantKey } from './mediaKeys.js';
import type { MediumRow } from './models/MediumRow.js';
import { renderVariants } from './renderVariants.js';
import type { Variant } from './types.js';

/** Makes the sizes of pictures, outside requests. */
export class MediaRenderer {
  readonly #database: Database;
  readonly #files: Files;
  readonly #pageCache: PageCache;

  constructor({
    database,
    files,
    pageCache,
  }: {
    readonly database: Database;
    readonly files: Files;
    readonly pageCache: PageCache;
  }) {
    this.#database = database;
    this.#files = files;
    this.#pageCache = pageCache;
  }

  /**
   * Makes what visitors get of a picture. Safe to run twice: names come from the bytes, and a picture that is not waiting,
   * is gone or was replaced meanwhile is left alone.
   *
   * A picture that cannot be made into sizes is marked as failed, for its owner to see. When the store of files does not
   * answer it throws, and is tried again.
   */
  async render(ctx: TenantContext, id: string): Promise<void> {
    const row = await this.#database.unit(ctx, (ctx) => tableOf(ctx).find(ctx, id));
    if (row?.status !== 'processing') return;
    const source = await this.#files.get(ctx, tableOf(ctx).owner, sourceKey(row));
    if (!source)
      return this.#finish(ctx, row, {
        status: 'failed',
        failure: 'The uploaded file is missing.',
        variants: [],
      });
    const made = await this.#make(ctx, row, source);
    await this.#finish(
      ctx,
      row,
      'failure' in made
        ? { status: 'failed', failure: made.failure, variants: [] }
        : { status: 'ready', failure: null, variants: made.variants },
    );
  }

  async #make(
    ctx: TenantContext,
    row: MediumRow,
    source: Readable,
  ): Promise<{ readonly variants: Variant[] } | { readonly failure: string }> {
    const picture = {
      source: await buffer(source),
      mime: row.mime,
      width: row.width ?? 1,
      height: row.height ?? 1,
      focus: { x: row.focusX, y: row.focusY },
    };
    const variants: Variant[] = [];
    const rendered = renderVariants(picture);
    for (;;) {
      // Only what the image library says of the picture counts as the picture's fault.
      const next = await rendered
        .next()
        .catch((error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }));
      if ('failure' in next) return { failure: next.failure.slice(0, 500) };
      if (next.done) return { variants };
      const { variant, bytes } = next.value;
      await this.#files.put(ctx, tableOf(ctx).owner, variantKey(row.id, variant), {
        source: bytes,
        bytes: bytes.length,
        type: row.mime,
      });
      variants.push(variant);
    }
  }

  async #finish(
    ctx: TenantContext,
    was: MediumRow,
    outcome: Pick<MediumRow, 'status' | 'failure' | 'variants'>,
  ): Promise<void> {
    const old = await this.#database.unit(ctx, async (ctx: InTransaction) => {
      const now = await tableOf(ctx).lock(ctx, was.id);
      const isSame =
        now?.status === 'processing' &&
        now.sha256 === was.sha256 &&
        now.focusX === was.focusX &&
        now.focusY === was.focusY;
      // Replaced or moved while this ran: another job makes the sizes of what is there now.
      if (!now || !isSame) return [];
      await tableOf(ctx).patch(ctx, was.id, {
        ...outcome,
        ...(outcome.status === 'failed' ? { variants: now.variants } : {}),
      });
      await this.#pageCache.invalidate(ctx);
      return outcome.status === 'failed' ? [] : now.variants;
    });
    const kept = new Set(outcome.variants.map((variant) => variantKey(was.id, variant)));
    for (const key of (old as readonly Variant[]).map((variant) => variantKey(was.id, variant))) {
      if (!kept.has(key)) await this.#files.delete(ctx, tableOf(ctx).owner, key);
    }
  }
}
