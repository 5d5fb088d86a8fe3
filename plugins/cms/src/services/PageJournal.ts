import type { Audit, EventBus, InTransaction, PageCache } from '@wizamart/core';
import { PageDeleted, PagePublished, PageScheduled, PageUnpublished } from '../events.js';
import type { PageRow } from '../models/PageRow.js';

export type JournalKind = 'platform' | 'default' | 'store';
export type PageChange =
  | 'created'
  | 'changed'
  | 'published'
  | 'unpublished'
  | 'deleted'
  | 'overridden'
  | 'reverted'
  | 'restored'
  | 'brought_back'
  | 'default_taken_over'
  | 'default_seen'
  | 'scheduled'
  | 'unscheduled';

/** What a change looked like, without the texts: they are in the versions. */
type State = Readonly<Record<string, unknown>>;

/** What follows every change of a page, in its transaction: an audit row, the event, and fresh pages for visitors. */
export class PageJournal {
  readonly #audit: Audit;
  readonly #events: EventBus;
  readonly #cache: PageCache;

  constructor({
    audit,
    events,
    pageCache,
  }: {
    readonly audit: Audit;
    readonly events: EventBus;
    readonly pageCache: PageCache;
  }) {
    this.#audit = audit;
    this.#events = events;
    this.#cache = pageCache;
  }

  /**
   * Notes a change.
   *
   * @param page as it is after the change; as it was, for one that is gone
   */
  async note(
    ctx: InTransaction,
    kind: JournalKind,
    page: PageRow,
    change: PageChange,
    states: { readonly from?: State; readonly to?: State } = {},
  ): Promise<void> {
    await this.#audit.record(ctx, {
      action: `cms.page.${change}`,
      subject: { type: `cms.${kind}_page`, id: page.id, name: page.slug },
      ...states,
    });
    await this.#raise(ctx, kind, page, change);
    if (change !== 'created') await this.#cache.invalidate(ctx);
  }

  async #raise(ctx: InTransaction, kind: JournalKind, page: PageRow, change: PageChange): Promise<void> {
    const about = { pageId: page.id, kind, slug: page.slug };
    if ((change === 'published' || change === 'brought_back') && page.liveVersion !== null)
      await this.#events.emit(ctx, PagePublished, { ...about, version: page.liveVersion });
    if (change === 'scheduled' || change === 'unscheduled')
      await this.#events.emit(ctx, PageScheduled, {
        ...about,
        publishAt: page.publishAt?.toISOString() ?? null,
        unpublishAt: page.unpublishAt?.toISOString() ?? null,
      });
    if (change === 'unpublished') await this.#events.emit(ctx, PageUnpublished, about);
    if (change === 'deleted' || change === 'reverted') await this.#events.emit(ctx, PageDeleted, about);
  }
}

/** A page's row as the audit trail keeps it. */
export const stateOf = (page: PageRow): State => ({
  slug: page.slug,
  template: page.template,
  placement: page.placement,
  position: page.position,
  liveVersion: page.liveVersion,
  draftVersion: page.draftVersion,
  ...(page.publishAt ? { publishAt: page.publishAt } : {}),
  ...(page.unpublishAt ? { unpublishAt: page.unpublishAt } : {}),
});
