import {
  type Database,
  type Directory,
  type Entitlements,
  InvalidInput,
  type InTransaction,
  type JobQueue,
  type TenantContext,
} from '@wizamart/core';
import type { PageRow } from '../models/PageRow.js';
import type { Editings } from '../services/Editings.js';
import { type JournalKind, type PageJournal, stateOf } from '../services/PageJournal.js';
import { duePlatformPages, dueStorePages } from './duePages.js';
import { NothingToPublish, NothingToUnpublish } from './errors.js';
import { applySchedule } from './jobRefs.js';
import type { ScheduleTimes } from './scheduleInput.js';

interface SchedulesDeps {
  readonly database: Database;
  readonly entitlements: Entitlements;
  readonly tenants: Directory;
  readonly jobs: JobQueue;
  readonly editings: Editings;
  readonly journal: PageJournal;
}

/**
 * When pages go live and when they go.
 *
 * Visitors see what the times say at their request. A job writes it down when it is time, and a sweep each minute
 * what jobs have missed; whoever comes first does it, in one conditional statement.
 */
export class Schedules {
  readonly #deps: SchedulesDeps;

  constructor(deps: SchedulesDeps) {
    this.#deps = deps;
  }

  /**
   * Sets both times of a page; null: none.
   *
   * @throws {PageNotFound | PermissionDenied | FeatureNotInTier | NothingToPublish | NothingToUnpublish | InvalidInput}
   */
  async set(ctx: TenantContext, kind: JournalKind, id: string, times: ScheduleTimes): Promise<void> {
    checkTimes(ctx, times);
    await this.#deps.database.unit(ctx, async (ctx) => {
      const page = await this.#open(ctx, kind, id);
      if (kind === 'store') await this.#deps.entitlements.require(ctx, 'cms_scheduling');
      const { publishAt, unpublishAt } = times;
      if (publishAt && page.draftVersion === null) throw new NothingToPublish({ slug: page.slug });
      if (unpublishAt && !publishAt && page.liveVersion === null)
        throw new NothingToUnpublish({ slug: page.slug });
      await this.#change(ctx, kind, page, times, 'scheduled');
      for (const [what, runAt] of Object.entries(times) as [string, Date | null][])
        if (runAt)
          await this.#deps.jobs.enqueue(
            ctx,
            applySchedule,
            { kind, pageId: id },
            { runAt, key: `${id}:${what}` },
          );
    });
  }

  /** Takes both times away; without any nothing happens. @throws {PageNotFound | PermissionDenied} */
  async cancel(ctx: TenantContext, kind: JournalKind, id: string): Promise<void> {
    await this.#deps.database.unit(ctx, async (ctx) => {
      const page = await this.#open(ctx, kind, id);
      if (page.publishAt || page.unpublishAt)
        await this.#change(ctx, kind, page, { publishAt: null, unpublishAt: null }, 'unscheduled');
    });
  }

  /** Does what is due for one page; whether it was done already, or the page is gone, does not matter. */
  async carryOut(ctx: TenantContext, kind: JournalKind, id: string): Promise<void> {
    await this.#deps.database.unit(ctx, async (ctx) => {
      const editing = this.#deps.editings.of(kind);
      const page = await editing.tables.lock(ctx, { id });
      if (page) await editing.settle(ctx, page);
    });
  }

  /**
   * Does what is due on the platform of `ctx` and in all of its stores.
   *
   * @throws {AggregateError} after all others are done, when some could not be
   */
  async sweep(ctx: TenantContext): Promise<void> {
    const { database, tenants } = this.#deps;
    const failures: unknown[] = [];
    const attempt = (ctx: TenantContext, kind: JournalKind, id: string): Promise<void> =>
      this.carryOut(ctx, kind, id).catch((error: unknown) => void failures.push(error));
    for (const { id, kind } of await duePlatformPages(database, ctx)) await attempt(ctx, kind, id);
    for (const { id, storeId } of await dueStorePages(database, ctx)) {
      const store = await tenants.storeById(ctx.platform, storeId);
      if (store) await attempt({ ...ctx, store, merchant: store.merchant }, 'store', id);
    }
    if (failures.length > 0)
      throw new AggregateError(failures, 'some pages could not be published or taken away');
  }

  async #open(ctx: InTransaction, kind: JournalKind, id: string): Promise<PageRow> {
    const editing = this.#deps.editings.of(kind);
    const page = await editing.open(ctx, id);
    editing.mayPublish(ctx);
    return page;
  }

  async #change(
    ctx: InTransaction,
    kind: JournalKind,
    page: PageRow,
    times: ScheduleTimes,
    change: 'scheduled' | 'unscheduled',
  ): Promise<void> {
    const after = await this.#deps.editings.of(kind).versions.change(ctx, page, times);
    await this.#deps.journal.note(ctx, kind, after, change, { from: stateOf(page), to: stateOf(after) });
  }
}

function checkTimes({ now }: TenantContext, { publishAt, unpublishAt }: ScheduleTimes): void {
  const errors: { path: string; message: string }[] = [];
  if (!publishAt && !unpublishAt)
    errors.push({ path: 'publishAt', message: 'Set at least one of the two times.' });
  if (publishAt && publishAt <= now) errors.push({ path: 'publishAt', message: 'Choose a time to come.' });
  if (unpublishAt && unpublishAt <= now)
    errors.push({ path: 'unpublishAt', message: 'Choose a time to come.' });
  else if (publishAt && unpublishAt && unpublishAt <= publishAt)
    errors.push({ path: 'unpublishAt', message: 'Choose a time after the page is published.' });
  if (errors.length > 0) throw new InvalidInput({ errors });
}
