import {
  type Database,
  type Directory,
  type InTransaction,
  InvalidInput,
  slugFault,
  type TenantContext,
} from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PageListInput } from '../input/listInput.js';
import type { NewPage, PageChanges } from '../input/pageInput.js';
import type { PlatformPage } from '../models/PlatformPage.js';
import type { DefaultUsage, PageDetail, PageList, PageSummary, PlatformPageKind } from '../types.js';
import { DefaultUses } from './DefaultUses.js';
import { pageDetail } from './pageDetail.js';
import type { Editings } from './Editings.js';
import type { PageEditing } from './PageEditing.js';
import { listPlatformPages } from './pageLists.js';
import { platformPageTables } from './PageTables.js';
import { editedVersion } from './PageVersions.js';
import { languagePreference } from './resolution.js';

type WithUsage<Page> = Page & Partial<DefaultUsage>;

/**
 * The pages that a platform writes: its marketing pages, and the defaults of its stores.
 *
 * Defaults come with how many stores show them and how many have a page of their own instead.
 */
export class PlatformPages {
  readonly #database: Database;
  readonly #tenants: Directory;
  readonly #uses: DefaultUses;
  readonly #editing: Readonly<Record<PlatformPageKind, PageEditing<PlatformPage>>>;

  constructor({
    database,
    tenants,
    editings,
  }: {
    readonly database: Database;
    readonly tenants: Directory;
    readonly editings: Editings;
  }) {
    this.#database = database;
    this.#tenants = tenants;
    this.#uses = new DefaultUses(database);
    this.#editing = editings;
  }

  async list(
    ctx: TenantContext,
    kind: PlatformPageKind,
    input: PageListInput,
  ): Promise<PageList<WithUsage<PageSummary>>> {
    const owner = { platformId: ctx.platform.id, languages: languagePreference(ctx) };
    const list = await this.#database.unit(ctx, ({ tx }) => listPlatformPages(tx, owner, kind, input));
    if (kind === 'platform') return list;
    const uses = await this.#uses.of(
      ctx,
      list.items.map(({ slug }) => slug),
    );
    return { ...list, items: list.items.map((page) => ({ ...page, ...uses.get(page.slug) })) };
  }

  /** The draft where there is one, else what is published. @throws {PageNotFound} */
  async get(ctx: TenantContext, kind: PlatformPageKind, id: string): Promise<WithUsage<PageDetail>> {
    return this.#answer(ctx, kind, async (ctx) => {
      const page = await platformPageTables(kind).find(ctx, { id });
      if (!page) throw new PageNotFound({ page: id });
      return page;
    });
  }

  /** @throws {SlugTaken | PermissionDenied | InvalidInput} */
  async create(ctx: TenantContext, kind: PlatformPageKind, input: NewPage): Promise<WithUsage<PageDetail>> {
    this.#refuseOldAddress(ctx, kind, input.slug);
    const editing = this.#editing[kind];
    const texts = await editing.newTexts(ctx, input);
    return this.#answer(ctx, kind, (ctx) => editing.create(ctx, input, texts));
  }

  /** @throws {PageNotFound | SlugTaken | PermissionDenied | LastTranslation | InvalidInput} */
  async patch(
    ctx: TenantContext,
    kind: PlatformPageKind,
    id: string,
    changes: PageChanges,
  ): Promise<WithUsage<PageDetail>> {
    this.#refuseOldAddress(ctx, kind, changes.slug);
    const editing = this.#editing[kind];
    return this.#answer(ctx, kind, async (ctx) => editing.edit(ctx, await editing.open(ctx, id), changes));
  }

  /** Makes the draft live; without one nothing happens. @throws {PageNotFound | PermissionDenied} */
  async publish(ctx: TenantContext, kind: PlatformPageKind, id: string): Promise<WithUsage<PageDetail>> {
    const editing = this.#editing[kind];
    return this.#answer(ctx, kind, async (ctx) => editing.publish(ctx, await editing.open(ctx, id)));
  }

  /** Deletes a page. Stores that show a deleted default answer 404 there, unless they have their own. @throws {PageNotFound | PermissionDenied} */
  async remove(ctx: TenantContext, kind: PlatformPageKind, id: string): Promise<void> {
    const editing = this.#editing[kind];
    await this.#database.unit(ctx, async (ctx) => editing.remove(ctx, await editing.open(ctx, id)));
  }

  /** Undoes the deletion of a page. @throws {PageNotFound | SlugTaken | PermissionDenied} */
  async bringBack(ctx: TenantContext, kind: PlatformPageKind, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => this.#editing[kind].bringBack(ctx, id));
  }

  async #answer(
    ctx: TenantContext,
    kind: PlatformPageKind,
    work: (ctx: InTransaction) => Promise<PlatformPage>,
  ): Promise<WithUsage<PageDetail>> {
    const detail = await this.#database.unit(ctx, async (ctx) => {
      const page = await work(ctx);
      return pageDetail(
        ctx,
        page,
        editedVersion(page),
        await this.#editing[kind].versions.current(ctx, page),
      );
    });
    if (kind === 'platform') return detail;
    return { ...detail, ...(await this.#uses.of(ctx, [detail.slug])).get(detail.slug) };
  }

  /** On main the platforms' codes are old addresses (`/oms/…`), which a marketing page would take away. */
  #refuseOldAddress({ platform }: TenantContext, kind: PlatformPageKind, slug: string | undefined): void {
    if (slug === undefined || kind !== 'platform' || platform.code !== 'main') return;
    const fault = slugFault(
      slug,
      this.#tenants.platforms().map(({ code }) => code),
    );
    if (fault) throw new InvalidInput({ errors: [{ path: 'slug', message: fault }] });
  }
}
