import type { Audit, Database, InTransaction, TenantContext } from '@wizamart/core';
import type { JournalKind } from '../services/PageJournal.js';
import type { PublicPages } from '../services/PublicPages.js';
import type { PageList } from '../types.js';
import { RedirectHidden, RedirectLoop, RedirectNotFound, RedirectTaken } from './errors.js';
import { addRedirect } from './redirectGraph.js';
import type { NewRedirect, RedirectListInput } from './redirectInput.js';
import type { RedirectRow } from './RedirectRow.js';
import { redirectTable } from './redirectTables.js';

/** A redirect as its owner sees it. */
export type Redirect = Omit<RedirectRow, 'createdBy'>;

/** The redirects that a platform or a store has set up, for its own site or (`default`) for those of all its stores. */
export class Redirects {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #pages: PublicPages;

  constructor({
    database,
    audit,
    publicPages,
  }: {
    readonly database: Database;
    readonly audit: Audit;
    readonly publicPages: PublicPages;
  }) {
    this.#database = database;
    this.#audit = audit;
    this.#pages = publicPages;
  }

  list(
    ctx: TenantContext,
    kind: JournalKind,
    { q, page, perPage }: RedirectListInput,
  ): Promise<PageList<Redirect>> {
    const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    return this.#database.unit(ctx, async (ctx) => {
      const table = redirectTable(ctx, kind);
      const rows = await table.list(pattern, (page - 1) * perPage, perPage);
      return { items: rows.map(redirectOf), total: await table.count(pattern), page, perPage };
    });
  }

  /**
   * Leads an address elsewhere. A target that leads on itself is replaced by where it leads to, and what led to the
   * new source leads to its target from now on.
   *
   * @throws {RedirectTaken | RedirectHidden | RedirectLoop}
   */
  create(ctx: TenantContext, kind: JournalKind, { source, target, status }: NewRedirect): Promise<Redirect> {
    return this.#database.unit(ctx, async (ctx) => {
      const table = redirectTable(ctx, kind);
      await table.lock();
      const taken = await table.bySource(source);
      if (taken) throw new RedirectTaken({ source, target: taken.target });
      if (await this.#pages.shows(ctx, kind, source.slice(1))) throw new RedirectHidden({ source });
      if (source === target || !(await addRedirect(table, source, target, { status, isAutomatic: false })))
        throw new RedirectLoop({ source, target });
      const redirect = (await table.bySource(source)) as RedirectRow;
      await this.#note(ctx, kind, 'created', redirect, { to: contentOf(redirect) });
      return redirectOf(redirect);
    });
  }

  /** @returns what is gone @throws {RedirectNotFound} */
  remove(ctx: TenantContext, kind: JournalKind, id: string): Promise<Redirect> {
    return this.#database.unit(ctx, async (ctx) => {
      const table = redirectTable(ctx, kind);
      const redirect = await table.find(id);
      if (!redirect) throw new RedirectNotFound({ redirect: id });
      await table.remove(redirect.source);
      await this.#note(ctx, kind, 'deleted', redirect, { from: contentOf(redirect) });
      return redirectOf(redirect);
    });
  }

  async #note(
    ctx: InTransaction,
    kind: JournalKind,
    what: 'created' | 'deleted',
    redirect: RedirectRow,
    states: { readonly from?: object; readonly to?: object },
  ): Promise<void> {
    await this.#audit.record(ctx, {
      action: `cms.redirect.${what}`,
      subject: { type: `cms.${kind}_redirect`, id: redirect.id, name: redirect.source },
      ...(states as Record<string, Record<string, unknown>>),
    });
  }
}

const redirectOf = ({ id, source, target, status, isAutomatic, createdAt }: RedirectRow): Redirect => ({
  id,
  source,
  target,
  status,
  isAutomatic,
  createdAt,
});

const contentOf = ({ source, target, status, isAutomatic }: RedirectRow): Record<string, unknown> => ({
  source,
  target,
  status,
  isAutomatic,
});
