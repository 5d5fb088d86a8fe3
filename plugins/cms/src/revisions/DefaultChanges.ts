import type { Database, Entitlements, InTransaction, TenantContext } from '@wizamart/core';
import type { PlatformPage } from '../models/PlatformPage.js';
import type { StorePage } from '../models/StorePage.js';
import type { Editings } from '../services/Editings.js';
import { type PageJournal } from '../services/PageJournal.js';
import { PageNotFound } from '../errors.js';
import { compareTexts } from './diff/compareTexts.js';
import type { LanguageDiff } from './diff/types.js';
import { NoNewerDefault } from './errors.js';

/** What has become of a default since a store wrote its own page instead. */
export interface DefaultChange {
  readonly slug: string;
  /** Version of the default that the page was copied from, or that was seen last. */
  readonly since: number;
  /** Version that is published now. */
  readonly newest: number;
  /** What the platform changed in between. */
  readonly theirs: readonly LanguageDiff[];
  /** What the store changed: from the version it copied to its own draft, else its published page. */
  readonly own: readonly LanguageDiff[];
}

interface Behind {
  readonly page: StorePage;
  readonly standard: PlatformPage;
  readonly since: number;
  readonly newest: number;
}

/** Tells stores that a default has changed since they overrode it, and lets them follow or stay. */
export class DefaultChanges {
  readonly #database: Database;
  readonly #entitlements: Entitlements;
  readonly #editings: Editings;
  readonly #journal: PageJournal;

  constructor({
    database,
    entitlements,
    editings,
    journal,
  }: {
    readonly database: Database;
    readonly entitlements: Entitlements;
    readonly editings: Editings;
    readonly journal: PageJournal;
  }) {
    this.#database = database;
    this.#entitlements = entitlements;
    this.#editings = editings;
    this.#journal = journal;
  }

  /** @throws {PageNotFound | NoNewerDefault} */
  get(ctx: TenantContext, id: string): Promise<DefaultChange> {
    return this.#database.unit(ctx, async (ctx) => {
      const own = await this.#editings.store.tables.find(ctx, { id });
      if (!own) throw new PageNotFound({ page: id });
      const { page, standard, since, newest } = await this.#behind(ctx, own);
      const { versions } = this.#editings.default;
      const copied = await versions.of(ctx, standard, since);
      return {
        slug: page.slug,
        since,
        newest,
        theirs: compareTexts(copied, await versions.of(ctx, standard, newest)),
        own: compareTexts(copied, await this.#editings.store.versions.current(ctx, page)),
      };
    });
  }

  /** What differs between the store's own text and the default that would show instead. @throws {PageNotFound} */
  beforeRevert(ctx: TenantContext, id: string): Promise<readonly LanguageDiff[]> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#editings.store.tables.find(ctx, { id });
      if (!page) throw new PageNotFound({ page: id });
      const standard = await this.#editings.default.tables.find(ctx, { slug: page.slug });
      if (standard?.liveVersion == null) return [];
      return compareTexts(
        await this.#editings.store.versions.current(ctx, page),
        await this.#editings.default.versions.of(ctx, standard, standard.liveVersion),
      );
    });
  }

  /** Makes the default as it is now the draft; what visitors see stays. @throws {PageNotFound | NoNewerDefault | FeatureNotInTier} */
  async takeOver(ctx: TenantContext, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => {
      await this.#entitlements.require(ctx, 'cms_basic');
      const own = await this.#editings.store.open(ctx, id);
      const { page, standard, newest } = await this.#behind(ctx, own);
      const texts = await this.#editings.default.versions.of(ctx, standard, newest);
      await this.#editings.store.tables.patch(ctx, id, { basedOnVersion: newest });
      const origin = { origin: 'default', originVersion: newest } as const;
      await this.#editings.store.adopt(ctx, page, texts, origin, 'default_taken_over');
    });
  }

  /**
   * Keeps the store's text and says so.
   *
   * @param version the newest that was looked at; one that has come since is still news
   * @throws {PageNotFound | NoNewerDefault}
   */
  async markSeen(ctx: TenantContext, id: string, version?: number): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => {
      const { page, since, newest } = await this.#behind(ctx, await this.#editings.store.open(ctx, id));
      const seen = Math.min(version ?? newest, newest);
      if (seen <= since) throw new NoNewerDefault({ slug: page.slug });
      await this.#editings.store.tables.patch(ctx, id, { basedOnVersion: seen });
      await this.#journal.note(ctx, 'store', page, 'default_seen', {
        from: { basedOnVersion: since },
        to: { basedOnVersion: seen },
      });
    });
  }

  async #behind(ctx: InTransaction, page: StorePage): Promise<Behind> {
    const standard = await this.#editings.default.tables.find(ctx, { slug: page.slug });
    const [since, newest] = [page.basedOnVersion, standard?.liveVersion ?? null];
    if (!standard || standard.id !== page.basedOnId || since === null || newest === null || newest <= since)
      throw new NoNewerDefault({ slug: page.slug });
    return { page, standard, since, newest };
  }
}
