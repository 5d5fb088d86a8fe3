import type { Pictures } from '../media/Pictures.js';
import type { PlatformPage } from '../models/PlatformPage.js';
import type { StorePage } from '../models/StorePage.js';
import { CMS } from '../permissions.js';
import type { PageMoves } from '../redirects/PageMoves.js';
import type { PageRow } from '../models/PageRow.js';
import { PageEditing } from './PageEditing.js';
import type { JournalKind, PageJournal } from './PageJournal.js';
import { platformPageTables, storePageTables } from './PageTables.js';

/** How each kind of page is edited. */
export class Editings {
  readonly platform: PageEditing<PlatformPage>;
  readonly default: PageEditing<PlatformPage>;
  readonly store: PageEditing<StorePage>;

  constructor({
    journal,
    pictures,
    pageMoves,
  }: {
    readonly journal: PageJournal;
    readonly pictures: Pictures;
    readonly pageMoves: PageMoves;
  }) {
    const common = { journal, pictures, moves: pageMoves };
    this.platform = new PageEditing({
      ...common,
      kind: 'platform',
      tables: platformPageTables('platform'),
      permissions: CMS.marketing,
    });
    this.default = new PageEditing({
      ...common,
      kind: 'default',
      tables: platformPageTables('default'),
      permissions: CMS.defaults,
    });
    this.store = new PageEditing({
      ...common,
      kind: 'store',
      tables: storePageTables,
      permissions: CMS.pages,
    });
  }

  /** For what treats all kinds alike. */
  of(kind: JournalKind): PageEditing<PageRow> {
    return this[kind] as unknown as PageEditing<PageRow>;
  }
}
