import type { Database, HostFacts, InTransaction, TenantContext } from '@wizamart/core';
import type { PlatformPage } from '../models/PlatformPage.js';
import type { NewPage } from '../input/pageInput.js';
import { CMS } from '../permissions.js';
import type { PlatformPageKind } from '../types.js';
import { PageEditing } from './PageEditing.js';
import { readPageFiles } from './pageFiles.js';
import type { PageJournal } from './PageJournal.js';
import { platformPageTables } from './PageTables.js';

const PLACES = [
  { kind: 'platform', folder: 'platform', permissions: CMS.marketing },
  { kind: 'default', folder: 'defaults', permissions: CMS.defaults },
] as const;

/** Reserves a page's place in the ledger; no row comes back when it was brought before. */
const CLAIM = `
  INSERT INTO cms_page_seed (platform_id, kind, slug, seeded_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (platform_id, kind, slug) DO NOTHING RETURNING slug`;

/**
 * Brings the pages of a host to its platform, published.
 *
 * Each page is brought once: what an admin changed, renamed or deleted since then stays as it is, and a page that
 * an admin made under the slug before stays too.
 */
export class PageSeeder {
  readonly #database: Database;
  readonly #journal: PageJournal;

  constructor({ database, journal }: { readonly database: Database; readonly journal: PageJournal }) {
    this.#database = database;
    this.#journal = journal;
  }

  /** @throws {Error} that names the file and field of a page that is not valid; then nothing is brought */
  async seed(ctx: TenantContext, host: HostFacts): Promise<void> {
    if (host.pages === undefined) return;
    const files = await Promise.all(
      PLACES.map(async (place) => ({
        ...place,
        pages: await readPageFiles(host.pages as string, place.folder),
      })),
    );
    await this.#database.unit(ctx, async (ctx) => {
      for (const { kind, permissions, pages } of files) {
        const editing = new PageEditing({
          kind,
          tables: platformPageTables(kind),
          journal: this.#journal,
          permissions,
          keepsUnknownBlocks: true,
        });
        for (const page of pages) await this.#bring(ctx, editing, kind, page);
      }
    });
  }

  async #bring(
    ctx: InTransaction,
    editing: PageEditing<PlatformPage>,
    kind: PlatformPageKind,
    page: NewPage,
  ): Promise<void> {
    const claimed = await ctx.tx.query(CLAIM, [ctx.platform.id, kind, page.slug, ctx.now]);
    if (claimed.length === 0 || (await platformPageTables(kind).find(ctx, { slug: page.slug }))) return;
    await editing.create(ctx, page, await editing.newTexts(ctx, page));
  }
}
