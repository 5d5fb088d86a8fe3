import type { InTransaction } from '@wizamart/core';
import type { PageRow, TranslationRow } from '../models/PageRow.js';
import { PlatformPage } from '../models/PlatformPage.js';
import { PlatformPageTranslation } from '../models/PlatformPageTranslation.js';
import { StorePage } from '../models/StorePage.js';
import { StorePageTranslation } from '../models/StorePageTranslation.js';
import { platformRevisions, type RevisionTable, storeRevisions } from '../revisions/revisionTables.js';
import { type DueChange, platformDue, storeDue } from '../schedule/dueTables.js';
import type { PlatformPageKind } from '../types.js';

type Which = { readonly id: string } | { readonly slug: string };

/** The two tables of one kind of page within the tenant: what lets platform and store pages share their editing. */
export interface PageTables<Page extends PageRow> {
  readonly revisions: RevisionTable;
  /** Carries out one kind of scheduled change if it is due, in one conditional statement; whether it was. */
  due(ctx: InTransaction, id: string, change: DueChange): Promise<boolean>;
  find(ctx: InTransaction, which: Which): Promise<Page | undefined>;
  /** As `find`, and nobody else changes the page until the transaction ends. */
  lock(ctx: InTransaction, which: Which): Promise<Page | undefined>;
  insert(ctx: InTransaction, row: Partial<Page>): Promise<Page>;
  patch(ctx: InTransaction, id: string, changes: Partial<Page>): Promise<void>;
  /** Takes the page away with all its versions. */
  remove(ctx: InTransaction, id: string): Promise<void>;
  translations(ctx: InTransaction, pageId: string, version: number): Promise<readonly TranslationRow[]>;
  /** Of all versions from `first` to `last`. */
  translationsBetween(
    ctx: InTransaction,
    pageId: string,
    first: number,
    last: number,
  ): Promise<readonly TranslationRow[]>;
  /** Makes `rows` all the languages of a version. */
  replaceTranslations(
    ctx: InTransaction,
    pageId: string,
    version: number,
    rows: readonly TranslationRow[],
  ): Promise<void>;
}

/** Marketing pages or store defaults of the platform of `ctx`. */
export function platformPageTables(kind: PlatformPageKind): PageTables<PlatformPage> {
  const pages = (ctx: InTransaction) => PlatformPage.in(ctx).where({ kind });
  const translations = (ctx: InTransaction) => PlatformPageTranslation.in(ctx);
  return {
    revisions: platformRevisions,
    due: platformDue(kind),
    find: async (ctx, which) => pages(ctx).findOne(which),
    lock: async (ctx, which) => pages(ctx).findOne(which).forUpdate(),
    insert: async (ctx, row) => PlatformPage.in(ctx).insert({ ...row, kind }),
    patch: async (ctx, id, changes) => void (await pages(ctx).where({ id }).patch(changes)),
    remove: async (ctx, id) => void (await pages(ctx).where({ id }).delete()),
    translations: async (ctx, pageId, version) => translations(ctx).where({ pageId, version }),
    translationsBetween: async (ctx, pageId, first, last) =>
      translations(ctx).where({ pageId }).whereBetween('version', [first, last]),
    replaceTranslations: async (ctx, pageId, version, rows) => {
      await translations(ctx).where({ pageId, version }).delete();
      for (const row of rows) await translations(ctx).insert({ ...row });
    },
  };
}

/** The own pages of the store of `ctx` on the platform of `ctx`. */
export const storePageTables: PageTables<StorePage> = {
  revisions: storeRevisions,
  due: storeDue,
  find: async (ctx, which) => StorePage.in(ctx).where(here(ctx)).findOne(which),
  lock: async (ctx, which) => StorePage.in(ctx).where(here(ctx)).findOne(which).forUpdate(),
  insert: async (ctx, row) => StorePage.in(ctx).insert({ ...row, ...here(ctx) }),
  patch: async (ctx, id, changes) =>
    void (await StorePage.in(ctx)
      .where({ ...here(ctx), id })
      .patch(changes)),
  remove: async (ctx, id) =>
    void (await StorePage.in(ctx)
      .where({ ...here(ctx), id })
      .delete()),
  translations: async (ctx, pageId, version) =>
    StorePageTranslation.in(ctx).where({ ...here(ctx), pageId, version }),
  translationsBetween: async (ctx, pageId, first, last) =>
    StorePageTranslation.in(ctx)
      .where({ ...here(ctx), pageId })
      .whereBetween('version', [first, last]),
  replaceTranslations: async (ctx, pageId, version, rows) => {
    await StorePageTranslation.in(ctx)
      .where({ ...here(ctx), pageId, version })
      .delete();
    for (const row of rows) await StorePageTranslation.in(ctx).insert({ ...row, ...here(ctx) });
  },
};

/** A store on two platforms has pages of its own on each. */
const here = (ctx: InTransaction): { platformId: string } => ({ platformId: ctx.platform.id });
