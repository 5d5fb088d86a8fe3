import { createReadStream } from 'node:fs';
import {
  type Audit,
  type Database,
  type Entitlements,
  type Files,
  type InTransaction,
  type JobQueue,
  type PageCache,
  type TenantContext,
  type UploadedFile,
  uuidv7,
} from '@wizamart/core';
import { MediaFileRefused, MediumInUse, MediumNotFound, NothingToRetry } from './errors.js';
import { keepDeletedMedium } from './deletedMedia.js';
import { inspectFile, type InspectedFile } from './inspectFile.js';
import type { MediumChanges, NewMedium } from './mediaInput.js';
import { RenderMedium } from './jobRefs.js';
import { sourceKey, variantKey } from './mediaKeys.js';
import { MediaLimits, type MediaMeters } from './MediaLimits.js';
import { listMedia, type MediaListInput, type MediaPage } from './mediaList.js';
import { tableOf } from './mediaTable.js';
import { actingUser, mediumOf, noteMedium, stateOf } from './mediumOf.js';
import { MediaUses } from './MediaUses.js';
import type { MediumRow } from './models/MediumRow.js';
import type { AltTexts, MediaUsage, Medium, Variant } from './types.js';

interface MediaLibraryDeps {
  readonly database: Database;
  readonly files: Files;
  readonly jobs: JobQueue;
  readonly audit: Audit;
  readonly pageCache: PageCache;
  readonly entitlements: Entitlements;
}

/**
 * The pictures and documents of the tenant of a context: a store's where it has one, else its platform's.
 *
 * A picture is shown once its sizes are made, by a job that every upload, replacement and new focal point enqueues.
 */
export class MediaLibrary {
  readonly #deps: MediaLibraryDeps;
  readonly #limits: MediaLimits;
  readonly #uses: MediaUses;

  constructor({ database, files, jobs, audit, pageCache, entitlements }: MediaLibraryDeps) {
    this.#deps = { database, files, jobs, audit, pageCache, entitlements };
    this.#limits = new MediaLimits(entitlements);
    this.#uses = new MediaUses(database);
  }

  /** Media beside the limits of the plan; `meters` null for a platform. */
  list(
    ctx: TenantContext,
    input: MediaListInput,
  ): Promise<MediaPage<Medium> & { readonly meters: MediaMeters | null }> {
    return this.#deps.database.unit(ctx, async (ctx) => {
      const list = await listMedia(ctx, input);
      return { ...list, items: list.items.map(mediumOf), meters: await this.#limits.meters(ctx) };
    });
  }

  /** @throws {MediumNotFound} */
  get(ctx: TenantContext, id: string): Promise<Medium> {
    return this.#deps.database.unit(ctx, async (ctx) => mediumOf(await found(ctx, id)));
  }

  /** Where a medium is shown. @throws {MediumNotFound} */
  async usage(ctx: TenantContext, id: string): Promise<MediaUsage> {
    await this.get(ctx, id);
    return this.#uses.of(ctx, id);
  }

  /** @throws {MediaFileRefused | FeatureNotInTier | MediaLimitReached} */
  async upload(ctx: TenantContext, file: UploadedFile | undefined, input: NewMedium): Promise<Medium> {
    const { file: given, facts } = await this.#inspect(ctx, file);
    const by = actingUser(ctx);
    const id = uuidv7(ctx.now);
    const row: MediumRow = {
      ...contentOf(given, facts),
      id,
      title: input.title || titleFrom(given.name),
      alt: written(input.alt ?? {}),
      focusX: 0.5,
      focusY: 0.5,
      createdAt: ctx.now,
      createdBy: by,
      updatedAt: ctx.now,
      updatedBy: by,
    };
    return this.#keeping(ctx, given, row, async (ctx) => {
      await this.#limits.claim(ctx, { files: 1, bytes: given.bytes });
      await tableOf(ctx).insert(ctx, row);
      await noteMedium(this.#deps.audit, ctx, 'uploaded', row, { to: stateOf(row) });
      await this.#enqueue(ctx, row);
    });
  }

  /**
   * Puts another file in a medium's place; pages that show it show the new one once its sizes are made.
   *
   * @throws {MediumNotFound | MediaFileRefused | FeatureNotInTier | MediaLimitReached}
   */
  async replace(ctx: TenantContext, id: string, file: UploadedFile | undefined): Promise<Medium> {
    const before = await this.get(ctx, id);
    const { file: given, facts } = await this.#inspect(ctx, file);
    if (facts.kind !== before.kind) {
      throw new MediaFileRefused({
        reason:
          before.kind === 'image'
            ? 'Only a picture can take a picture’s place.'
            : 'Only a PDF can take a PDF’s place.',
      });
    }
    const content = contentOf(given, facts);
    let old: MediumRow | undefined;
    const after = await this.#keeping(ctx, given, { id, ...content }, async (ctx) => {
      old = await found(ctx, id, 'lock');
      await this.#limits.claim(ctx, { files: 0, bytes: given.bytes - old.bytes });
      // The old sizes are shown until the new ones are there.
      const variants = facts.kind === 'image' ? old.variants : content.variants;
      await this.#change(ctx, old, { ...content, variants }, 'replaced');
      await this.#enqueue(ctx, { ...old, ...content });
    });
    if (old)
      await this.#forget(
        ctx,
        [sourceKey(old), ...(facts.kind === 'document' ? keysOf(old) : [])],
        [sourceKey({ id, ...content }), ...content.variants.map((variant) => variantKey(id, variant))],
      );
    return after;
  }

  /** A new focal point makes the crops anew. @throws {MediumNotFound} */
  patch(ctx: TenantContext, id: string, { title, alt, focus }: MediumChanges): Promise<Medium> {
    return this.#deps.database.unit(ctx, async (ctx) => {
      const row = await found(ctx, id, 'lock');
      const moved =
        focus !== undefined && row.kind === 'image' && (focus.x !== row.focusX || focus.y !== row.focusY);
      await this.#change(
        ctx,
        row,
        {
          ...(title === undefined ? {} : { title }),
          ...(alt === undefined ? {} : { alt: written({ ...row.alt, ...alt }) }),
          ...(moved
            ? { focusX: focus.x, focusY: focus.y, status: 'processing' as const, failure: null }
            : {}),
        },
        'changed',
      );
      if (moved) await this.#enqueue(ctx, { ...row, status: 'processing' });
      return mediumOf(await found(ctx, id));
    });
  }

  /** Makes the sizes of a picture anew that could not be made. @throws {MediumNotFound | NothingToRetry} */
  retry(ctx: TenantContext, id: string): Promise<Medium> {
    return this.#deps.database.unit(ctx, async (ctx) => {
      const row = await found(ctx, id, 'lock');
      if (row.status !== 'failed') throw new NothingToRetry();
      await this.#change(ctx, row, { status: 'processing', failure: null }, 'retried');
      await this.#enqueue(ctx, { ...row, status: 'processing' });
      return mediumOf(await found(ctx, id));
    });
  }

  /**
   * Deletes a medium; pages that show it leave it out from now on. `MediaBin` brings it back, for a day.
   *
   * @param isConfirmed needed while pages show it
   * @throws {MediumNotFound | MediumInUse}
   */
  async remove(ctx: TenantContext, id: string, isConfirmed: boolean): Promise<void> {
    const { pages, stores, theme } = await this.usage(ctx, id);
    if (!isConfirmed && (pages.length > 0 || stores > 0 || theme))
      throw new MediumInUse({
        pages: pages.map(({ slug, language }) => ({ slug, language })),
        stores,
        theme,
      });
    await this.#deps.database.unit(ctx, async (ctx) => {
      const row = await found(ctx, id, 'lock');
      await keepDeletedMedium(ctx, id, actingUser(ctx));
      await noteMedium(this.#deps.audit, ctx, 'deleted', row, { from: stateOf(row) });
      await this.#deps.pageCache.invalidate(ctx);
    });
  }

  async #inspect(
    ctx: TenantContext,
    file: UploadedFile | undefined,
  ): Promise<{ file: UploadedFile; facts: InspectedFile }> {
    if (!file) throw new MediaFileRefused({ reason: 'Choose a file.' });
    await this.#limits.requireFeature(ctx);
    return { file, facts: await inspectFile(file) };
  }

  /** Keeps the file before the row that speaks of it, and takes it away again where the row is refused. */
  async #keeping(
    ctx: TenantContext,
    file: UploadedFile,
    row: Pick<MediumRow, 'id' | 'kind' | 'mime' | 'sha256' | 'variants'>,
    work: (ctx: InTransaction) => Promise<void>,
  ): Promise<Medium> {
    const { owner } = tableOf(ctx);
    const [document] = row.variants;
    const key = document ? variantKey(row.id, document) : sourceKey(row);
    const wasThere = await this.#deps.files.exists(ctx, owner, key);
    await this.#deps.files.put(ctx, owner, key, {
      source: createReadStream(file.path),
      bytes: file.bytes,
      type: row.mime,
    });
    try {
      return await this.#deps.database.unit(ctx, async (ctx) => {
        await work(ctx);
        return mediumOf(await found(ctx, row.id));
      });
    } catch (error) {
      if (!wasThere) await this.#deps.files.delete(ctx, owner, key);
      throw error;
    }
  }

  async #change(
    ctx: InTransaction,
    before: MediumRow,
    changes: Partial<MediumRow>,
    action: string,
  ): Promise<void> {
    const after = { ...before, ...changes, updatedAt: ctx.now, updatedBy: actingUser(ctx) };
    await tableOf(ctx).patch(ctx, before.id, {
      ...changes,
      updatedAt: after.updatedAt,
      updatedBy: after.updatedBy,
    });
    await noteMedium(this.#deps.audit, ctx, action, after, { from: stateOf(before), to: stateOf(after) });
    await this.#deps.pageCache.invalidate(ctx);
  }

  async #enqueue(ctx: InTransaction, row: MediumRow): Promise<void> {
    if (row.status === 'processing') await this.#deps.jobs.enqueue(ctx, RenderMedium, { id: row.id });
  }

  /** The rows are right already: a file that cannot be taken away now is only in the way. */
  async #forget(ctx: TenantContext, keys: readonly string[], kept: readonly string[]): Promise<void> {
    const { owner } = tableOf(ctx);
    await Promise.allSettled(
      keys.filter((key) => !kept.includes(key)).map((key) => this.#deps.files.delete(ctx, owner, key)),
    );
  }
}

async function found(ctx: InTransaction, id: string, how: 'find' | 'lock' = 'find'): Promise<MediumRow> {
  const row = await tableOf(ctx)[how](ctx, id);
  if (!row) throw new MediumNotFound({ medium: id });
  return row;
}

type Content = Pick<
  MediumRow,
  'kind' | 'fileName' | 'mime' | 'bytes' | 'width' | 'height' | 'sha256' | 'status' | 'failure' | 'variants'
>;

/** What a row says of its file. A document is served as it came, so it is ready at once. */
function contentOf(file: UploadedFile, { kind, mime, extension, width, height }: InspectedFile): Content {
  const original: Variant = {
    name: 'original',
    extension,
    width: null,
    height: null,
    bytes: file.bytes,
    hash: file.sha256.slice(0, 16),
  };
  return {
    kind,
    fileName: file.name,
    mime,
    bytes: file.bytes,
    width,
    height,
    sha256: file.sha256,
    failure: null,
    status: kind === 'image' ? 'processing' : 'ready',
    variants: kind === 'image' ? [] : [original],
  };
}

const keysOf = (row: MediumRow): string[] => row.variants.map((variant) => variantKey(row.id, variant));
const titleFrom = (fileName: string): string => fileName.replace(/\.[^.]{1,5}$/, '') || fileName;
const written = (alt: AltTexts): AltTexts =>
  Object.fromEntries(Object.entries(alt).filter(([, words]) => words !== undefined && words !== ''));
