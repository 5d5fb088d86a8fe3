import { type InTransaction, PermissionDenied, type TenantContext } from '@wizamart/core';
import { checkForeign } from '../blocks/checkForeign.js';
import { sanitiseBody } from '../blocks/sanitiseBody.js';
import type { Pictures } from '../media/Pictures.js';
import { PageNotFound } from '../errors.js';
import type { NewPage, PageChanges } from '../input/pageInput.js';
import type { PageRow } from '../models/PageRow.js';
import type { PagePermissions } from '../permissions.js';
import type { PageMoves } from '../redirects/PageMoves.js';
import type { PageSettings, Translations } from '../types.js';
import { checkSharedPictures } from '../seo/sharedPicture.js';
import { applyChanges, differ } from './applyChanges.js';
import { keepDeleted, keptPage, putBack } from './deletedPages.js';
import { type JournalKind, type PageChange, type PageJournal, stateOf } from './PageJournal.js';
import type { PageTables } from './PageTables.js';
import { type Origin, PageVersions } from './PageVersions.js';
import { refusingTakenSlug } from './refusingTakenSlug.js';

/** An edit as it would come out, for whoever may refuse it. */
export interface ProposedEdit<Page> {
  readonly page: Page;
  readonly settings: PageSettings;
  readonly textsBefore: Translations;
  readonly texts: Translations;
}

interface EditingOptions<Page extends PageRow> {
  readonly kind: JournalKind;
  readonly tables: PageTables<Page>;
  readonly journal: PageJournal;
  readonly permissions: PagePermissions;
  /** Checks the pictures that texts show; left out for what comes with the product. */
  readonly pictures?: Pictures;
  /** Keeps old addresses working; left out for what comes with the product. */
  readonly moves?: PageMoves;
  /** Blocks of modules that are off may come, and wait for their module; for pages that a host brings. */
  readonly keepsUnknownBlocks?: boolean;
}

const NEW_PAGE = { template: 'article', placement: 'none', position: 100 } as const;

/** The life of one kind of page, from draft to deletion. Every method runs in the caller's transaction. */
export class PageEditing<Page extends PageRow> {
  readonly versions: PageVersions<Page>;

  constructor(private readonly options: EditingOptions<Page>) {
    this.versions = new PageVersions(options.tables);
  }

  get kind(): JournalKind {
    return this.options.kind;
  }
  get tables(): PageTables<Page> {
    return this.options.tables;
  }
  get permissions(): PagePermissions {
    return this.options.permissions;
  }

  /** The page, locked until the transaction ends. @throws {PageNotFound} */
  async open(ctx: InTransaction, id: string): Promise<Page> {
    const page = await this.options.tables.lock(ctx, { id });
    if (!page) throw new PageNotFound({ page: id });
    return this.settle(ctx, page);
  }

  /**
   * Carries out what was set for a time that has come, so that nobody edits a version that visitors see already.
   * May be called any number of times, by any number of processes: each change happens once.
   */
  async settle(ctx: InTransaction, page: Page): Promise<Page> {
    // Nobody does this: the person who comes by only finds that it is time.
    const byItself: InTransaction = { ...ctx, actor: { kind: 'system', name: 'cms.schedule' } };
    // Told as of the time that was set, which is when visitors saw it; also so that what came first is told first.
    const asOf = (at: Date | null): InTransaction => ({ ...byItself, now: at ?? ctx.now });
    const published = await this.versions.publishDue(byItself, page);
    if (published) await this.#published(asOf(published.publishedAt), published, page);
    const current = published ?? page;
    const unpublished = await this.versions.unpublishDue(byItself, current);
    if (unpublished) await this.#note(asOf(current.unpublishAt), unpublished, 'unpublished', current);
    return unpublished ?? current;
  }

  /** Texts for a page that does not exist yet; sanitised. */
  async newTexts(ctx: TenantContext, input: NewPage): Promise<Translations> {
    return this.#texts(ctx, {}, input, input.slug);
  }

  /** @throws {SlugTaken} */
  async create(ctx: InTransaction, input: NewPage, texts: Translations): Promise<Page> {
    const settings = { ...NEW_PAGE, ...settingsIn(input), slug: input.slug };
    const page = await refusingTakenSlug(input.slug, () => this.versions.create(ctx, settings, texts));
    await this.#note(ctx, page, 'created');
    return input.status === 'published' ? this.publish(ctx, page) : page;
  }

  /**
   * Changes a page: texts go into its draft, everything else holds at once.
   *
   * @param allow may refuse the edit, by throwing, before anything is written
   * @throws {SlugTaken | PermissionDenied | LastTranslation | InvalidInput}
   */
  async edit(
    ctx: InTransaction,
    page: Page,
    changes: PageChanges,
    allow: (edit: ProposedEdit<Page>) => Promise<void> = async () => {},
  ): Promise<Page> {
    const textsBefore = await this.versions.current(ctx, page);
    const texts = await this.#texts(ctx, textsBefore, changes, page.slug);
    const settings = { ...settingsOf(page), ...settingsIn(changes) };
    await allow({ page, settings, textsBefore, texts });
    let after = page;
    if (differ(texts, textsBefore)) after = await this.versions.writeDraft(ctx, after, texts);
    if (differ(settings, settingsOf(page))) after = await this.#changeSettings(ctx, after, settings);
    if (after !== page) await this.#note(ctx, after, 'changed', page);
    return this.#toStatus(ctx, after, changes.status);
  }

  /** Shows the draft to visitors; without one nothing happens. @throws {PermissionDenied} */
  async publish(ctx: InTransaction, page: Page): Promise<Page> {
    this.mayPublish(ctx);
    const after = await this.versions.publish(ctx, page);
    if (after !== page) await this.#published(ctx, after, page);
    return after;
  }

  /** Makes texts from elsewhere the draft; the draft that there is stays among the versions. */
  async adopt(
    ctx: InTransaction,
    page: Page,
    texts: Translations,
    origin: Origin,
    change: PageChange,
  ): Promise<Page> {
    const after = await this.versions.writeNewDraft(ctx, page, texts, origin);
    await this.#note(ctx, after, change, page);
    return after;
  }

  /** Takes a page from visitors and keeps it as a draft. @throws {PermissionDenied} */
  async unpublish(ctx: InTransaction, page: Page): Promise<Page> {
    this.mayPublish(ctx);
    const after = await this.versions.unpublish(ctx, page);
    if (after !== page) await this.#note(ctx, after, 'unpublished', page);
    return after;
  }

  /** Deletes a page with all its versions. @throws {PermissionDenied} when visitors see it and the actor may not publish */
  async remove(ctx: InTransaction, page: Page, change: PageChange = 'deleted'): Promise<void> {
    if (page.liveVersion !== null) this.mayPublish(ctx);
    await keepDeleted(ctx, this.options.kind, page.id);
    await this.options.tables.remove(ctx, page.id);
    await this.options.journal.note(ctx, this.options.kind, page, change, { from: stateOf(page) });
  }

  /**
   * Brings back a page that was deleted within a day, with all its versions; visitors see it as before.
   *
   * @param allow may refuse, by throwing, before anything is written
   * @throws {PageNotFound | SlugTaken | PermissionDenied}
   */
  async bringBack(
    ctx: InTransaction,
    id: string,
    allow: (slug: string) => Promise<void> = async () => {},
  ): Promise<Page> {
    const { kind, moves } = this.options;
    const kept = await keptPage(ctx, kind, id);
    if (!kept) throw new PageNotFound({ page: id });
    if (kept.wasLive) this.mayPublish(ctx);
    await allow(kept.slug);
    await refusingTakenSlug(kept.slug, () => putBack(ctx, kind, id));
    const page = await this.open(ctx, id);
    if (page.liveVersion !== null) await moves?.taken(ctx, kind, page.slug);
    await this.#note(ctx, page, 'brought_back');
    return page;
  }

  /** @throws {PermissionDenied} when the actor may edit but not decide what visitors see */
  mayPublish({ actor }: TenantContext): void {
    const { publish } = this.options.permissions;
    if (actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(publish))) return;
    throw new PermissionDenied({ permission: publish });
  }

  async #texts(
    ctx: TenantContext,
    before: Translations,
    changes: PageChanges,
    slug: string,
  ): Promise<Translations> {
    const fallback = ctx.store?.defaultLanguage ?? ctx.platform.defaultLanguage;
    const texts = Object.entries(applyChanges(before, changes, fallback, slug));
    const cleaned = await Promise.all(
      texts.map(async ([language, text]) => [language, { ...text, body: await sanitiseBody(text.body) }]),
    );
    const written = Object.fromEntries(cleaned) as Translations;
    const after = checkForeign(
      ctx,
      written,
      this.options.keepsUnknownBlocks ? written : before,
      changes.language ?? fallback,
    );
    const { pictures } = this.options;
    if (pictures) {
      await pictures.check(ctx, after, before, changes.language ?? fallback);
      await checkSharedPictures(ctx, pictures, after, before, changes.language ?? fallback);
    }
    return after;
  }

  async #changeSettings(ctx: InTransaction, page: Page, settings: PageSettings): Promise<Page> {
    if (page.liveVersion !== null) this.mayPublish(ctx);
    const after = await refusingTakenSlug(settings.slug, () => this.versions.change(ctx, page, settings));
    if (page.liveVersion !== null && page.slug !== after.slug)
      await this.options.moves?.moved(ctx, this.kind, page.slug, after.slug);
    return after;
  }

  async #published(ctx: InTransaction, page: Page, before: Page): Promise<void> {
    await this.options.moves?.taken(ctx, this.kind, page.slug);
    await this.#note(ctx, page, 'published', before);
  }

  async #toStatus(ctx: InTransaction, page: Page, status: PageChanges['status']): Promise<Page> {
    if (status === 'published') return this.publish(ctx, page);
    return status === 'draft' && page.liveVersion !== null ? this.unpublish(ctx, page) : page;
  }

  async #note(ctx: InTransaction, page: Page, change: PageChange, before?: Page): Promise<void> {
    const states = { to: stateOf(page), ...(before ? { from: stateOf(before) } : {}) };
    await this.options.journal.note(ctx, this.options.kind, page, change, states);
  }
}

export const settingsOf = ({ slug, template, placement, position }: PageRow): PageSettings => ({
  slug,
  template,
  placement,
  position,
});

function settingsIn({ slug, template, placement, position }: PageChanges): Partial<PageSettings> {
  return Object.fromEntries(
    Object.entries({ slug, template, placement, position }).filter(([, value]) => value !== undefined),
  );
}
