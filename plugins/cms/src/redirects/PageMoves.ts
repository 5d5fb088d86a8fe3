import type { Audit, InTransaction } from '@wizamart/core';
import type { JournalKind } from '../services/PageJournal.js';
import { pathOf } from '../services/PageMenu.js';
import { pageMoved } from './redirectGraph.js';
import { redirectTable } from './redirectTables.js';

/** Keeps addresses working when published pages get another one. Runs in the transaction that changes the page. */
export class PageMoves {
  readonly #audit: Audit;

  constructor({ audit }: { readonly audit: Audit }) {
    this.#audit = audit;
  }

  /** Leads the old address of a published page to its new one. */
  async moved(ctx: InTransaction, kind: JournalKind, from: string, to: string): Promise<void> {
    // A site's start page is never gone: without one, `/` is answered in another way.
    if (pathOf(from) === '/') return this.taken(ctx, kind, to);
    const table = redirectTable(ctx, kind);
    await table.lock();
    await pageMoved(table, pathOf(from), pathOf(to), { status: 301, isAutomatic: true });
    await this.#audit.record(ctx, {
      action: 'cms.redirect.created',
      subject: { type: `cms.${kind}_redirect`, id: pathOf(from), name: pathOf(from) },
      to: { source: pathOf(from), target: pathOf(to), status: 301, isAutomatic: true },
    });
  }

  /** A page is shown at an address: what led from there elsewhere is gone. */
  async taken(ctx: InTransaction, kind: JournalKind, slug: string): Promise<void> {
    const table = redirectTable(ctx, kind);
    const source = pathOf(slug);
    const redirect = await table.bySource(source);
    if (!redirect) return;
    await table.lock();
    await table.remove(source);
    await this.#audit.record(ctx, {
      action: 'cms.redirect.deleted',
      subject: { type: `cms.${kind}_redirect`, id: source, name: source },
      from: { source, target: redirect.target, status: redirect.status, isAutomatic: redirect.isAutomatic },
    });
  }
}
