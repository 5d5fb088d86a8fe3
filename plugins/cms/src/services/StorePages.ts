import {
  type Database,
  type Entitlements,
  type InTransaction,
  TenantMissing,
  type TenantContext,
} from '@wizamart/core';
import { AlreadyOverridden, NothingToRevertTo, PageIsDefault, PageNotFound } from '../errors.js';
import type { StorePageListInput } from '../input/listInput.js';
import type { NewPage, PageChanges } from '../input/pageInput.js';
import type { PlatformPage } from '../models/PlatformPage.js';
import type { StorePage } from '../models/StorePage.js';
import type { PageList, PageUsage, StorePageDetail, StorePageSummary, Translations } from '../types.js';
import { differ } from './applyChanges.js';
import type { Editings } from './Editings.js';
import { pageDetail } from './pageDetail.js';
import { type PageEditing, type ProposedEdit, settingsOf } from './PageEditing.js';
import type { PageJournal } from './PageJournal.js';
import type { PageLimits } from './PageLimits.js';
import { listStorePages } from './pageLists.js';
import { platformPageTables, storePageTables } from './PageTables.js';
import { editedVersion, PageVersions } from './PageVersions.js';
import { refusingTakenSlug } from './refusingTakenSlug.js';
import { languagePreference } from './resolution.js';
import { seoOf } from './seoOf.js';

interface StorePagesDeps {
  readonly database: Database;
  readonly entitlements: Entitlements;
  readonly journal: PageJournal;
  readonly limits: PageLimits;
  readonly editings: Editings;
}

/**
 * The pages of a store as its staff sees them: the platform's defaults, and the store's own instead of them
 * (overrides) or beside them (custom).
 *
 * Defaults are seen as they are published and cannot be changed here. What the merchant's tier lacks is refused.
 */
export class StorePages {
  readonly #database: Database;
  readonly #entitlements: Entitlements;
  readonly #journal: PageJournal;
  readonly #limits: PageLimits;
  readonly #editing: PageEditing<StorePage>;
  readonly #defaults = platformPageTables('default');
  readonly #defaultVersions = new PageVersions(this.#defaults);

  constructor({ database, entitlements, journal, limits, editings }: StorePagesDeps) {
    this.#database = database;
    this.#entitlements = entitlements;
    this.#journal = journal;
    this.#limits = limits;
    this.#editing = editings.store;
  }

  async list(
    ctx: TenantContext,
    input: StorePageListInput,
  ): Promise<PageList<StorePageSummary> & { readonly usage: PageUsage }> {
    const { merchantId, id: storeId } = storeOf(ctx);
    const owner = { platformId: ctx.platform.id, merchantId, storeId, languages: languagePreference(ctx) };
    return this.#database.unit(ctx, async (ctx) => ({
      ...(await listStorePages(ctx.tx, owner, input)),
      usage: await this.#limits.usage(ctx, ctx.tx),
    }));
  }

  /** How many pages there are beside how many there may be. */
  usage(ctx: TenantContext): Promise<PageUsage> {
    return this.#database.unit(ctx, (ctx) => this.#limits.usage(ctx, ctx.tx));
  }

  /** One of the store's own pages, or a published default of the platform. @throws {PageNotFound} */
  get(ctx: TenantContext, id: string): Promise<StorePageDetail> {
    return this.#database.unit(ctx, async (ctx) => {
      const own = await storePageTables.find(ctx, { id });
      if (own) return this.#detail(ctx, own);
      const standard = await this.#defaults.find(ctx, { id });
      if (standard?.liveVersion == null) throw new PageNotFound({ page: id });
      return this.#defaultDetail(ctx, standard);
    });
  }

  /**
   * Creates a page; under the slug of a default it overrides that.
   *
   * @throws {PageLimitReached | FeatureNotInTier | SlugTaken | PermissionDenied | InvalidInput}
   */
  async create(ctx: TenantContext, input: NewPage): Promise<StorePageDetail> {
    const texts = await this.#editing.newTexts(ctx, input);
    return this.#database.unit(ctx, async (ctx) => {
      await this.#allowNew(ctx, input, texts);
      const page = await this.#editing.create(ctx, input, texts);
      const standard = await this.#liveDefault(ctx, page.slug);
      // What the default says from now on is news to whoever wrote this page.
      return this.#detail(ctx, standard ? await this.#basedOn(ctx, page, standard) : page);
    });
  }

  /** @throws {PageNotFound | PageIsDefault | PageLimitReached | FeatureNotInTier | SlugTaken | PermissionDenied | LastTranslation | InvalidInput} */
  patch(ctx: TenantContext, id: string, changes: PageChanges): Promise<StorePageDetail> {
    return this.#database.unit(ctx, async (ctx) => {
      const page = await this.#open(ctx, id);
      return this.#detail(
        ctx,
        await this.#editing.edit(ctx, page, changes, (edit) => this.#allowEdit(ctx, edit)),
      );
    });
  }

  /** Makes the draft live; without one nothing happens. @throws {PageNotFound | PageIsDefault | PermissionDenied} */
  publish(ctx: TenantContext, id: string): Promise<StorePageDetail> {
    return this.#database.unit(ctx, async (ctx) =>
      this.#detail(ctx, await this.#editing.publish(ctx, await this.#open(ctx, id))),
    );
  }

  /**
   * Copies the published default of a slug into a draft of the store's own; visitors see the default until it is published.
   *
   * @throws {PageNotFound | AlreadyOverridden | PageLimitReached | FeatureNotInTier}
   */
  override(ctx: TenantContext, slug: string): Promise<StorePageDetail> {
    return this.#database.unit(ctx, async (ctx) => {
      const standard = await this.#liveDefault(ctx, slug);
      if (!standard) throw new PageNotFound({ page: slug });
      const own = await storePageTables.find(ctx, { slug });
      if (own) throw new AlreadyOverridden({ slug, pageId: own.id });
      await this.#entitlements.require(ctx, 'cms_basic');
      await this.#limits.claimPage(ctx);
      const texts = await this.#defaultVersions.of(ctx, standard, standard.liveVersion);
      const row = { ...settingsOf(standard), basedOnId: standard.id, basedOnVersion: standard.liveVersion };
      const page = await refusingTakenSlug(slug, () =>
        this.#editing.versions.create(ctx, row, texts, {
          origin: 'overridden',
          originVersion: standard.liveVersion,
        }),
      );
      await this.#journal.note(ctx, 'store', page, 'overridden', {
        from: { defaultId: standard.id, version: standard.liveVersion },
      });
      return this.#detail(ctx, page);
    });
  }

  /**
   * Deletes the store's own page of a slug, so that the default shows again.
   *
   * @returns the default
   * @throws {PageNotFound | NothingToRevertTo | PermissionDenied}
   */
  revert(ctx: TenantContext, slug: string): Promise<StorePageDetail> {
    return this.#database.unit(ctx, async (ctx) => {
      const own = await storePageTables.lock(ctx, { slug });
      if (!own) throw new PageNotFound({ page: slug });
      const standard = await this.#liveDefault(ctx, slug);
      if (!standard) throw new NothingToRevertTo({ slug });
      await this.#editing.remove(ctx, own, 'reverted');
      return this.#defaultDetail(ctx, standard);
    });
  }

  /** Deletes one of the store's own pages; a default of the same slug shows again. @throws {PageNotFound | PageIsDefault | PermissionDenied} */
  async remove(ctx: TenantContext, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => this.#editing.remove(ctx, await this.#open(ctx, id)));
  }

  /** Undoes the deletion of a page. @throws {PageNotFound | SlugTaken | PageLimitReached | FeatureNotInTier | PermissionDenied} */
  async bringBack(ctx: TenantContext, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) =>
      this.#editing.bringBack(ctx, id, async (slug) => {
        await this.#entitlements.require(ctx, 'cms_basic');
        if (!(await this.#liveDefault(ctx, slug))) await this.#limits.claimCustomPage(ctx);
        await this.#limits.claimPage(ctx);
      }),
    );
  }

  async #allowNew(ctx: InTransaction, input: NewPage, texts: Translations): Promise<void> {
    await this.#entitlements.require(ctx, 'cms_basic');
    if (input.template !== undefined && input.template !== 'article')
      await this.#entitlements.require(ctx, 'cms_templates');
    if (Object.values(texts).some(({ seo }) => Object.keys(seo).length > 0))
      await this.#entitlements.require(ctx, 'cms_seo');
    if (!(await this.#liveDefault(ctx, input.slug))) await this.#limits.claimCustomPage(ctx);
    await this.#limits.claimPage(ctx);
  }

  async #basedOn(
    ctx: InTransaction,
    page: StorePage,
    { id, liveVersion }: PlatformPage & { readonly liveVersion: number },
  ): Promise<StorePage> {
    const basis = { basedOnId: id, basedOnVersion: liveVersion };
    await storePageTables.patch(ctx, page.id, basis);
    return Object.assign(page, basis);
  }

  /** A feature is needed for what changes, not for what is there: after a downgrade a page can still be saved. */
  async #allowEdit(
    ctx: InTransaction,
    { page, settings, textsBefore, texts }: ProposedEdit<StorePage>,
  ): Promise<void> {
    await this.#entitlements.require(ctx, 'cms_basic');
    if (settings.template !== page.template) await this.#entitlements.require(ctx, 'cms_templates');
    if (differ(seoOf(texts), seoOf(textsBefore))) await this.#entitlements.require(ctx, 'cms_seo');
    if (settings.slug === page.slug || (await this.#liveDefault(ctx, settings.slug))) return;
    // An override that leaves its default's slug becomes a custom page.
    if (await this.#liveDefault(ctx, page.slug)) await this.#limits.claimCustomPage(ctx);
  }

  async #open(ctx: InTransaction, id: string): Promise<StorePage> {
    const own = await storePageTables.lock(ctx, { id });
    if (own) return this.#editing.settle(ctx, own);
    const standard = await this.#defaults.find(ctx, { id });
    if (standard?.liveVersion == null) throw new PageNotFound({ page: id });
    throw new PageIsDefault({ slug: standard.slug });
  }

  async #liveDefault(
    ctx: InTransaction,
    slug: string,
  ): Promise<(PlatformPage & { readonly liveVersion: number }) | undefined> {
    const page = await this.#defaults.find(ctx, { slug });
    return page?.liveVersion == null ? undefined : (page as PlatformPage & { readonly liveVersion: number });
  }

  async #detail(ctx: InTransaction, page: StorePage): Promise<StorePageDetail> {
    const texts = await this.#editing.versions.current(ctx, page);
    const standard = await this.#liveDefault(ctx, page.slug);
    return {
      ...pageDetail(ctx, page, editedVersion(page), texts),
      source: standard ? 'override' : 'custom',
      defaultChanged:
        standard?.id === page.basedOnId && (standard?.liveVersion ?? 0) > (page.basedOnVersion ?? Infinity),
    };
  }

  /** What visitors see of a default: what the platform's admins draft is theirs. */
  async #defaultDetail(ctx: InTransaction, page: PlatformPage): Promise<StorePageDetail> {
    const version = page.liveVersion ?? 1;
    const shown = { ...page, draftVersion: null, publishAt: null, unpublishAt: null };
    return {
      ...pageDetail(ctx, shown as PlatformPage, version, await this.#defaultVersions.of(ctx, page, version)),
      source: 'default',
      defaultChanged: false,
    };
  }
}

function storeOf(ctx: TenantContext): NonNullable<TenantContext['store']> {
  if (!ctx.store) throw new TenantMissing({ needed: 'store', where: 'the pages of a store' });
  return ctx.store;
}
