import type { Database, Entitlements, InTransaction, Language, TenantContext } from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PageRow } from '../models/PageRow.js';
import { differ } from '../services/applyChanges.js';
import type { Editings } from '../services/Editings.js';
import type { JournalKind } from '../services/PageJournal.js';
import { translationsOf } from '../services/PageVersions.js';
import { seoOf } from '../services/seoOf.js';
import type { PageList, Translations } from '../types.js';
import { compareTexts } from './diff/compareTexts.js';
import { RevisionNotFound } from './errors.js';
import type { RevisionRow } from './RevisionRow.js';
import type {
  LanguageChange,
  RevisionComparison,
  RevisionDetail,
  RevisionStatus,
  RevisionSummary,
} from './types.js';

/** As many versions as a list to choose from can hold. */
const MOST_CHOICES = 500;

export interface RevisionListInput {
  readonly page: number;
  readonly perPage: number;
}

/** The versions of a page: who wrote which, what differs between two, and the way back to an older one. */
export class Revisions {
  readonly #database: Database;
  readonly #entitlements: Entitlements;
  readonly #editings: Editings;

  constructor({
    database,
    entitlements,
    editings,
  }: {
    readonly database: Database;
    readonly entitlements: Entitlements;
    readonly editings: Editings;
  }) {
    this.#database = database;
    this.#entitlements = entitlements;
    this.#editings = editings;
  }

  /** Newest first, each with what differs from the one before it. @throws {PageNotFound} */
  list(
    ctx: TenantContext,
    kind: JournalKind,
    id: string,
    { page: number, perPage }: RevisionListInput,
  ): Promise<PageList<RevisionSummary>> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#page(ctx, kind, id);
      const { revisions } = this.#editings.of(kind).tables;
      // One more than is shown: what the last one differs from.
      const rows = await revisions.list(ctx, id, (number - 1) * perPage, perPage + 1);
      const texts = await this.#textsOf(ctx, kind, id, rows);
      const items = rows.slice(0, perPage).map((row, index) => {
        const before = rows[index + 1];
        return {
          ...summaryOf(row, page),
          changes: changesBetween(before && texts.get(before.version), texts.get(row.version) ?? {}),
        };
      });
      return { items, total: await revisions.count(ctx, id), page: number, perPage };
    });
  }

  /** The numbers of the latest versions, newest first, to choose from. */
  numbers(ctx: TenantContext, kind: JournalKind, id: string): Promise<readonly number[]> {
    return this.#database.unit(ctx, (ctx) =>
      this.#editings.of(kind).tables.revisions.numbers(ctx, id, MOST_CHOICES),
    );
  }

  /** @throws {PageNotFound | RevisionNotFound} */
  get(ctx: TenantContext, kind: JournalKind, id: string, version: number): Promise<RevisionDetail> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#page(ctx, kind, id);
      const { row, translations } = await this.#version(ctx, kind, page, version);
      return { ...summaryOf(row, page), translations };
    });
  }

  /** @throws {PageNotFound | RevisionNotFound} */
  compare(
    ctx: TenantContext,
    kind: JournalKind,
    id: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<RevisionComparison> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#page(ctx, kind, id);
      const before = await this.#version(ctx, kind, page, from);
      const after = await this.#version(ctx, kind, page, to);
      return {
        from: summaryOf(before.row, page),
        to: summaryOf(after.row, page),
        languages: compareTexts(before.translations, after.translations),
      };
    });
  }

  /**
   * Makes a copy of an older version the draft; a draft that there is stays among the versions.
   *
   * @throws {PageNotFound | RevisionNotFound | FeatureNotInTier}
   */
  async restore(ctx: TenantContext, kind: JournalKind, id: string, version: number): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => {
      const editing = this.#editings.of(kind);
      const page = await editing.open(ctx, id);
      const { translations } = await this.#version(ctx, kind, page, version);
      if (kind === 'store') await this.#allow(ctx, await editing.versions.current(ctx, page), translations);
      await editing.adopt(
        ctx,
        page,
        translations,
        { origin: 'restored', originVersion: version },
        'restored',
      );
    });
  }

  /** As when it is edited: a feature is needed for what changes. */
  async #allow(ctx: InTransaction, before: Translations, after: Translations): Promise<void> {
    await this.#entitlements.require(ctx, 'cms_basic');
    if (differ(seoOf(before), seoOf(after))) await this.#entitlements.require(ctx, 'cms_seo');
  }

  async #page(ctx: InTransaction, kind: JournalKind, id: string): Promise<PageRow> {
    const page = await this.#editings.of(kind).tables.find(ctx, { id });
    if (!page) throw new PageNotFound({ page: id });
    return page;
  }

  async #version(
    ctx: InTransaction,
    kind: JournalKind,
    page: PageRow,
    version: number,
  ): Promise<{ readonly row: RevisionRow; readonly translations: Translations }> {
    const { tables, versions } = this.#editings.of(kind);
    const row = await tables.revisions.find(ctx, page.id, version);
    if (!row) throw new RevisionNotFound({ version });
    return { row, translations: await versions.of(ctx, page, version) };
  }

  async #textsOf(
    ctx: InTransaction,
    kind: JournalKind,
    id: string,
    rows: readonly RevisionRow[],
  ): Promise<Map<number, Translations>> {
    const [newest, oldest] = [rows[0], rows.at(-1)];
    if (!newest || !oldest) return new Map();
    const all = await this.#editings
      .of(kind)
      .tables.translationsBetween(ctx, id, oldest.version, newest.version);
    return new Map(
      rows.map(({ version }) => [version, translationsOf(all.filter((text) => text.version === version))]),
    );
  }
}

function summaryOf(row: RevisionRow, page: PageRow): Omit<RevisionSummary, 'changes'> {
  const { version, origin, originVersion, createdAt, updatedAt, publishedAt } = row;
  return {
    version,
    status: statusOf(row, page),
    origin,
    originVersion,
    createdBy: row.createdByName,
    createdAt,
    updatedBy: row.updatedByName,
    updatedAt,
    publishedAt,
  };
}

function statusOf({ version, publishedAt }: RevisionRow, page: PageRow): RevisionStatus {
  if (version === page.liveVersion) return 'live';
  if (version === page.draftVersion) return 'draft';
  return publishedAt === null ? 'discarded' : 'former';
}

const FIELDS = ['title', 'description', 'body', 'seo'] as const;

function changesBetween(before: Translations | undefined, after: Translations): LanguageChange[] {
  const languages = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]) as Set<Language>;
  return [...languages].flatMap((language): LanguageChange[] => {
    const [left, right] = [before?.[language], after[language]];
    if (!left || !right) return [{ language, change: right ? 'added' : 'removed', fields: [] }];
    const fields = FIELDS.filter((field) => differ(left[field], right[field]));
    return fields.length === 0 ? [] : [{ language, change: 'changed', fields }];
  });
}
