import { type InTransaction, type Language, LANGUAGES, type TenantContext, uuidv7 } from '@wizamart/core';
import type { PageRow, TranslationRow } from '../models/PageRow.js';
import type { PageSettings, Translation, Translations } from '../types.js';
import type { RevisionOrigin } from '../revisions/RevisionRow.js';
import type { PageTables } from './PageTables.js';

/** Where the texts of a version come from; left out: from whoever writes them. */
export interface Origin {
  readonly origin: RevisionOrigin;
  readonly originVersion?: number | null;
}

/**
 * Reads and writes the versions of one kind of page.
 *
 * A version counts from 1 per page and is never changed once it was live: the first edit after a publish copies
 * the live version into a draft one above it, publishing makes that draft live. Former live versions stay.
 */
export class PageVersions<Page extends PageRow> {
  constructor(private readonly tables: PageTables<Page>) {}

  /** The texts that editors see: of the draft, else of the live version. */
  current(ctx: InTransaction, page: PageRow): Promise<Translations> {
    return this.of(ctx, page, editedVersion(page));
  }

  async of(ctx: InTransaction, page: PageRow, version: number): Promise<Translations> {
    return translationsOf(await this.tables.translations(ctx, page.id, version));
  }

  /** Makes a page with its first version, not published. */
  async create(
    ctx: InTransaction,
    row: PageSettings & Readonly<Record<string, unknown>>,
    translations: Translations,
    origin: Origin = { origin: 'created' },
  ): Promise<Page> {
    const by = actingUser(ctx);
    const page = await this.tables.insert(ctx, {
      ...row,
      id: uuidv7(ctx.now),
      liveVersion: null,
      draftVersion: 1,
      publishedAt: null,
      publishAt: null,
      unpublishAt: null,
      previewSerial: 0,
      createdAt: ctx.now,
      createdBy: by,
      updatedAt: ctx.now,
      updatedBy: by,
    } as unknown as Partial<Page>);
    await this.#write(ctx, page.id, 1, translations, origin);
    return page;
  }

  /** Puts texts into the draft; makes one when the page has none. */
  async writeDraft(ctx: InTransaction, page: Page, translations: Translations): Promise<Page> {
    const version = page.draftVersion ?? (page.liveVersion ?? 0) + 1;
    await this.#write(ctx, page.id, version, translations, { origin: 'edited' });
    return this.change(ctx, page, { draftVersion: version });
  }

  /** Makes texts from elsewhere the draft. A draft that there is stays among the versions, so that nothing is lost. */
  async writeNewDraft(
    ctx: InTransaction,
    page: Page,
    translations: Translations,
    origin: Origin,
  ): Promise<Page> {
    const version = (await this.tables.revisions.newest(ctx, page.id)) + 1;
    await this.#write(ctx, page.id, version, translations, origin);
    return this.change(ctx, page, { draftVersion: version });
  }

  /** Shows the draft to visitors from now on; without a draft nothing changes. */
  async publish(ctx: InTransaction, page: Page): Promise<Page> {
    if (page.draftVersion === null) return page;
    await this.tables.revisions.markPublished(ctx, page.id, page.draftVersion, ctx.now);
    return this.change(ctx, page, {
      liveVersion: page.draftVersion,
      draftVersion: null,
      publishedAt: ctx.now,
      publishAt: null,
    });
  }

  /** Takes the page from visitors; what they saw becomes the draft where there is none. */
  async unpublish(ctx: InTransaction, page: Page): Promise<Page> {
    if (page.liveVersion === null) return page;
    const drafted =
      page.draftVersion === null ? await this.writeDraft(ctx, page, await this.current(ctx, page)) : page;
    return this.change(ctx, drafted, {
      liveVersion: null,
      publishedAt: null,
      // Where the draft is to be shown later, it may also be known until when.
      ...(page.publishAt === null ? { unpublishAt: null } : {}),
    });
  }

  /** The first half of what is due: the draft goes live at the time that was set. Undefined when it was not due. */
  async publishDue(ctx: InTransaction, page: Page): Promise<Page | undefined> {
    if (!(await this.tables.due(ctx, page.id, 'publish'))) return undefined;
    const after = await this.#again(ctx, page);
    if (after.liveVersion !== null && after.publishedAt !== null)
      await this.tables.revisions.markPublished(ctx, page.id, after.liveVersion, after.publishedAt);
    return after;
  }

  /** The second half: the page goes from visitors, and what they saw is kept as a draft. */
  async unpublishDue(ctx: InTransaction, page: Page): Promise<Page | undefined> {
    if (!(await this.tables.due(ctx, page.id, 'unpublish'))) return undefined;
    const after = await this.#again(ctx, page);
    if (page.draftVersion === null && page.liveVersion !== null && after.draftVersion !== null) {
      const seen = await this.of(ctx, page, page.liveVersion);
      await this.#write(ctx, page.id, after.draftVersion, seen, {
        origin: 'restored',
        originVersion: page.liveVersion,
      });
    }
    return after;
  }

  /** Changes columns of the page's own row. */
  async change(ctx: InTransaction, page: Page, changes: Partial<PageRow>): Promise<Page> {
    const stamped = { ...changes, updatedAt: ctx.now, updatedBy: actingUser(ctx) };
    await this.tables.patch(ctx, page.id, stamped as Partial<Page>);
    return { ...page, ...stamped };
  }

  async #again(ctx: InTransaction, { id }: Page): Promise<Page> {
    return (await this.tables.find(ctx, { id })) as Page;
  }

  async #write(
    ctx: InTransaction,
    pageId: string,
    version: number,
    translations: Translations,
    { origin, originVersion = null }: Origin,
  ): Promise<void> {
    const by = actingUser(ctx);
    const name = ctx.actor.kind === 'user' ? ctx.actor.name : null;
    await this.tables.replaceTranslations(ctx, pageId, version, rowsOf(pageId, version, translations));
    await this.tables.revisions.write(ctx, {
      pageId,
      version,
      origin,
      originVersion,
      createdAt: ctx.now,
      createdBy: by,
      createdByName: name,
      updatedAt: ctx.now,
      updatedBy: by,
      updatedByName: name,
    });
  }
}

/** The version that editors see. */
export const editedVersion = (page: Pick<PageRow, 'draftVersion' | 'liveVersion'>): number =>
  page.draftVersion ?? page.liveVersion ?? 1;

/** The languages that there are, in the house's order. */
export const languagesOf = (translations: Translations): Language[] =>
  LANGUAGES.filter((language) => translations[language] !== undefined);

/** Who is to be named as author; null for commands, jobs and what came with the host. */
const actingUser = ({ actor }: TenantContext): string | null => (actor.kind === 'user' ? actor.userId : null);

function rowsOf(pageId: string, version: number, translations: Translations): TranslationRow[] {
  return (Object.entries(translations) as [Language, Translation][]).map(([language, text]) => ({
    pageId,
    version,
    language,
    ...text,
  }));
}

/** The languages of one version. */
export function translationsOf(rows: readonly TranslationRow[]): Translations {
  return Object.fromEntries(
    rows.map(({ language, title, description, body, seo }) => [language, { title, description, body, seo }]),
  );
}
