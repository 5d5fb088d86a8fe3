import type { Audit, Database, TenantContext } from '@wizamart/core';
import type { Editings } from '../services/Editings.js';
import type { JournalKind } from '../services/PageJournal.js';

/** What is told of a page's appearing and going. */
const TOLD = ['published', 'unpublished', 'scheduled', 'unscheduled'] as const;
export type HistoryChange = (typeof TOLD)[number];

export interface HistoryEntry {
  readonly change: HistoryChange;
  readonly at: Date;
  /** Name of who did it; null for what no person did. */
  readonly by: string | null;
  /** Whether it was planned before and its time had come. */
  readonly isPlanned: boolean;
  /** What was set, of `scheduled`. */
  readonly publishAt: Date | null;
  readonly unpublishAt: Date | null;
}

/** Who acts when the time has come. */
const SCHEDULE = 'cms.schedule';

/** As many lines of the trail as are looked through, edits among them. */
const LATEST = 100;

/** When a page went live and when it went, and what was set for it: read from the audit trail. */
export class PageHistory {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #editings: Editings;

  constructor({
    database,
    audit,
    editings,
  }: {
    readonly database: Database;
    readonly audit: Audit;
    readonly editings: Editings;
  }) {
    this.#database = database;
    this.#audit = audit;
    this.#editings = editings;
  }

  /** Newest first, of the latest changes of the page. */
  async of(ctx: TenantContext, kind: JournalKind, id: string): Promise<readonly HistoryEntry[]> {
    const filter = { subjectType: `cms.${kind}_page`, subjectId: id, actionOf: 'cms.page.' };
    const { items } = await this.#audit.list(ctx, { ...filter, perPage: LATEST });
    const told = items.flatMap((entry) => {
      const change = TOLD.find((name) => entry.action === `cms.page.${name}`);
      return change ? [{ ...entry, change }] : [];
    });
    if (told.length === 0) return [];
    const names = await this.#names(ctx, kind, id);
    return told.map(({ change, occurredAt, actor, to }) => ({
      change,
      at: occurredAt,
      isPlanned: actor.kind === 'system' && actor.name === SCHEDULE,
      by: actor.kind === 'system' ? null : (names.get(actor.id ?? '') ?? actor.name),
      publishAt: change === 'scheduled' ? timeIn(to, 'publishAt') : null,
      unpublishAt: change === 'scheduled' ? timeIn(to, 'unpublishAt') : null,
    }));
  }

  /** Who wrote versions of the page is known by name; of others the trail has the address. */
  #names(ctx: TenantContext, kind: JournalKind, id: string): Promise<ReadonlyMap<string, string>> {
    return this.#database.unit(ctx, async (ctx) => {
      const rows = await this.#editings.of(kind).tables.revisions.list(ctx, id, 0, LATEST);
      return new Map(
        rows.flatMap(({ createdBy, createdByName, updatedBy, updatedByName }) => [
          [createdBy ?? '', createdByName ?? ''] as const,
          [updatedBy ?? '', updatedByName ?? ''] as const,
        ]),
      );
    });
  }
}

function timeIn(state: unknown, name: 'publishAt' | 'unpublishAt'): Date | null {
  const value = (state as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === 'string' ? new Date(value) : null;
}
