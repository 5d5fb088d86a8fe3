import { readFile } from 'node:fs/promises';
import { type Database, type Directory, type StoreContext, type TenantContext, z } from '@wizamart/core';
import { demoPagesFile } from '../demoPagesFile.js';
import type { StorePage } from '../models/StorePage.js';
import { CMS } from '../permissions.js';
import { PageEditing } from './PageEditing.js';
import { newPageOf, pageFile, type PageFile } from './pageFiles.js';
import type { PageJournal } from './PageJournal.js';
import { storePageTables } from './PageTables.js';

const demoPage = pageFile.extend({ platform: z.string(), store: z.string(), status: z.literal('published') });

/** Pages of the demo stores' own, published, as if their owners had written them. */
export class DemoPages {
  readonly #database: Database;
  readonly #tenants: Directory;
  readonly #editing: PageEditing<StorePage>;

  constructor({
    database,
    tenants,
    journal,
  }: {
    readonly database: Database;
    readonly tenants: Directory;
    readonly journal: PageJournal;
  }) {
    this.#database = database;
    this.#tenants = tenants;
    this.#editing = new PageEditing({
      kind: 'store',
      tables: storePageTables,
      journal,
      permissions: CMS.pages,
    });
  }

  /** Fills the stores of the platform of `ctx`; a page that a store has already stays as it is. */
  async fill(ctx: TenantContext): Promise<void> {
    const pages = z.array(demoPage).parse(JSON.parse(await readFile(demoPagesFile, 'utf8')));
    for (const { platform, store: code, ...page } of pages) {
      if (platform !== ctx.platform.code) continue;
      const store = await this.#tenants.storeByCode(ctx.platform, code);
      if (store) await this.#write({ ...ctx, store, merchant: store.merchant }, page);
    }
  }

  async #write(ctx: StoreContext, page: PageFile): Promise<void> {
    const input = newPageOf(page);
    const texts = await this.#editing.newTexts(ctx, input);
    await this.#database.unit(ctx, async (ctx) => {
      if (!(await storePageTables.find(ctx, { slug: page.slug })))
        await this.#editing.create(ctx, input, texts);
    });
  }
}
