import type { InTransaction } from '../../database/InTransaction.js';
import { InvalidInput, NotFound } from '../../errors/common.js';
import { parseInput } from '../../errors/parseInput.js';
import type { Actor, TenantContext } from '../../kernel/context.js';
import type { PageCache } from '../../modules/pageCache/PageCache.js';
import type { TenancyParts } from '../services/TenancyParts.js';
import type { ThemeVersionRow, ThemeWorkRow } from '../models/ThemeWork.js';
import { NoThemeDraft, ThemeChanged } from './errors.js';
import { themeChange } from './themeChange.js';
import { themeSchema, type Theme, type ThemeInput } from './themeSchema.js';
import { themeTables, type ThemeTables } from './ThemeTables.js';

/** A theme being worked on, beside what visitors see. */
export interface ThemeState {
  /** What visitors see; null: the theme of the platform. */
  readonly live: Theme | null;
  /** The platform's theme, which a store without its own shows; null for a platform itself. */
  readonly inherited: Theme | null;
  readonly draft: {
    /** Null: the theme of the platform. */
    readonly theme: Theme | null;
    readonly at: Date;
    readonly by: string | null;
  } | null;
  /** To be handed back with a change; 0 before the first. */
  readonly revision: number;
}

export interface ThemeVersion {
  readonly number: number;
  readonly theme: Theme | null;
  readonly publishedAt: Date;
  readonly publishedBy: string;
}

export interface ThemeHistory {
  readonly items: readonly ThemeVersion[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

export type PictureKind = keyof Theme['branding'];

interface Locked {
  readonly tables: ThemeTables;
  readonly live: Theme | null;
  readonly work: ThemeWorkRow | undefined;
}

const NOTHING_YET: ThemeWorkRow = {
  revision: 0,
  hasDraft: false,
  draft: null,
  draftedAt: null,
  draftedBy: null,
};

/**
 * The theme of the context's store, or without one of its platform: a draft beside what is live, and what was live.
 *
 * Changes name the revision they were made from; a stale one changes nothing. Changes of one owner wait for each other.
 */
export class Themes {
  constructor(private readonly parts: TenancyParts & { readonly pageCache: Pick<PageCache, 'invalidate'> }) {}

  state(ctx: TenantContext): Promise<ThemeState> {
    return this.parts.database.unit(ctx, async (inside) => {
      const tables = themeTables(inside);
      const [live, work] = [await tables.live(inside), await tables.work(inside)];
      return stateOf(inside, tables, live, work);
    });
  }

  /**
   * Keeps a draft; nobody but editors and holders of its preview link see it.
   *
   * @param theme null: a store takes the platform's
   * @throws {InvalidInput | ThemeChanged} nothing is changed then
   */
  saveDraft(
    ctx: TenantContext,
    change: { readonly theme: ThemeInput | null; readonly revision: number },
  ): Promise<ThemeState> {
    return this.#change(ctx, change.revision, async (inside, locked) => {
      const theme = checked(locked.tables, change.theme);
      const row = await this.#put(inside, locked, {
        hasDraft: true,
        draft: theme,
        draftedAt: ctx.now,
        draftedBy: nameOf(ctx.actor),
      });
      return stateOf(inside, locked.tables, locked.live, row);
    });
  }

  /** Puts a picture into the draft, or takes it out; what else is in the draft stays, whoever wrote it. */
  setPicture(ctx: TenantContext, kind: PictureKind, address: string | null): Promise<ThemeState> {
    return this.parts.database.unit(ctx, async (inside) => {
      const locked = await lock(inside);
      const { tables, live, work } = locked;
      const theme = (work?.hasDraft ? work.draft : live) ?? (await platformTheme(inside));
      const draft = checked(tables, { ...theme, branding: { ...theme.branding, [kind]: address } });
      const row = await this.#put(inside, locked, {
        hasDraft: true,
        draft,
        draftedAt: ctx.now,
        draftedBy: nameOf(ctx.actor),
      });
      return stateOf(inside, tables, live, row);
    });
  }

  /** Gives the draft up: what is live is what is edited from now on. @throws {ThemeChanged} */
  discardDraft(ctx: TenantContext, { revision }: { readonly revision: number }): Promise<ThemeState> {
    return this.#change(ctx, revision, async (inside, locked) => {
      if (!locked.work?.hasDraft) return stateOf(inside, locked.tables, locked.live, locked.work);
      const row = await this.#put(inside, locked, NOTHING_YET);
      await this.#record(inside, locked.tables, 'core.theme.discarded', locked.work.draft, locked.live);
      return stateOf(inside, locked.tables, locked.live, row);
    });
  }

  /** Shows the draft to visitors, on every node within a second. @throws {NoThemeDraft | ThemeChanged} */
  publish(ctx: TenantContext, { revision }: { readonly revision: number }): Promise<ThemeState> {
    return this.#change(ctx, revision, (inside, locked) => {
      if (!locked.work?.hasDraft) throw new NoThemeDraft();
      return this.#goLive(inside, locked, checked(locked.tables, locked.work.draft));
    });
  }

  /** Makes a theme live at once, without a draft before; a draft that is there is given up. @throws {InvalidInput} */
  replace(ctx: TenantContext, theme: ThemeInput | null): Promise<ThemeState> {
    return this.parts.database.unit(ctx, async (inside) => {
      const locked = await lock(inside);
      return this.#goLive(inside, locked, checked(locked.tables, theme));
    });
  }

  /** What was live before, newest first. */
  history(
    ctx: TenantContext,
    { page, perPage }: { readonly page: number; readonly perPage: number },
  ): Promise<ThemeHistory> {
    return this.parts.database.unit(ctx, async (inside) => {
      const tables = themeTables(inside);
      const items = await tables.versions(inside, { offset: (page - 1) * perPage, limit: perPage });
      return { items: items.map(versionOf), total: await tables.countVersions(inside), page, perPage };
    });
  }

  /** An earlier theme; undefined where there was none of that number. */
  version(ctx: TenantContext, number: number): Promise<ThemeVersion | undefined> {
    return this.parts.database.unit(ctx, async (inside) => {
      const row = await themeTables(inside).version(inside, number);
      return row && versionOf(row);
    });
  }

  /** Makes an earlier theme the draft; it is seen once it is published. @throws {NotFound | ThemeChanged} */
  async restore(
    ctx: TenantContext,
    { number, revision }: { readonly number: number; readonly revision: number },
  ): Promise<ThemeState> {
    const version = await this.version(ctx, number);
    if (!version) throw new NotFound({ what: 'This version of the theme' });
    return this.saveDraft(ctx, { theme: version.theme, revision });
  }

  /** The theme that a preview shows: the draft, else what is live. */
  async shownInPreview(ctx: TenantContext): Promise<Theme> {
    const { draft, live, inherited } = await this.state(ctx);
    const theme = draft ? draft.theme : live;
    return (theme ?? inherited) as Theme;
  }

  async #change(
    ctx: TenantContext,
    revision: number,
    work: (inside: InTransaction, locked: Locked) => Promise<ThemeState>,
  ): Promise<ThemeState> {
    return this.parts.database.unit(ctx, async (inside) => {
      const locked = await lock(inside);
      if ((locked.work?.revision ?? 0) !== revision)
        throw new ThemeChanged({
          revision: locked.work?.revision ?? 0,
          by: locked.work?.draftedBy ?? null,
        });
      return work(inside, locked);
    });
  }

  async #goLive(inside: InTransaction, locked: Locked, theme: Theme | null): Promise<ThemeState> {
    const { tables, live } = locked;
    await tables.setLive(inside, theme);
    const row = await this.#put(inside, locked, NOTHING_YET);
    await tables.addVersion(inside, {
      number: (await tables.countVersions(inside)) + 1,
      theme,
      publishedAt: inside.now,
      publishedBy: nameOf(inside.actor),
    });
    await this.#record(inside, tables, 'core.theme.published', live, theme);
    const { store, platform } = inside;
    await this.parts.tenants.changed(
      inside.tx,
      store ? { kind: 'store', id: store.id } : { kind: 'platform', id: platform.id },
    );
    await this.parts.pageCache.invalidate(inside);
    return stateOf(inside, tables, theme, row);
  }

  async #put(
    inside: InTransaction,
    { tables, work }: Locked,
    to: Omit<ThemeWorkRow, 'revision'>,
  ): Promise<ThemeWorkRow> {
    const row = { ...to, revision: (work?.revision ?? 0) + 1 };
    await tables.putWork(inside, row, work === undefined);
    return row;
  }

  async #record(
    inside: InTransaction,
    { kind }: ThemeTables,
    action: string,
    from: Theme | null,
    to: Theme | null,
  ): Promise<void> {
    const { id, name } = inside.store ?? inside.platform;
    await this.parts.audit.record(inside, {
      action,
      subject: { type: kind, id, name },
      ...themeChange(from, to),
    });
  }
}

/** Whoever changes an owner's theme holds its row, so that a work row need not exist to be waited for. */
async function lock(inside: InTransaction): Promise<Locked> {
  const tables = themeTables(inside);
  const live = await tables.live(inside, 'lock');
  return { tables, live, work: await tables.work(inside) };
}

async function stateOf(
  inside: InTransaction,
  { kind }: ThemeTables,
  live: Theme | null,
  work: ThemeWorkRow | undefined,
): Promise<ThemeState> {
  return {
    live,
    inherited: kind === 'store' ? await platformTheme(inside) : null,
    draft: work?.hasDraft
      ? { theme: work.draft, at: work.draftedAt ?? inside.now, by: work.draftedBy }
      : null,
    revision: work?.revision ?? 0,
  };
}

async function platformTheme({ tx, platform }: InTransaction): Promise<Theme> {
  const [row] = await tx.query<{ theme: unknown }>('select theme from core_platform where id = $1', [
    platform.id,
  ]);
  return themeSchema.parse(row?.theme);
}

function checked({ kind }: ThemeTables, theme: ThemeInput | null): Theme | null {
  if (theme === null) {
    if (kind === 'store') return null;
    throw new InvalidInput({ errors: [{ path: 'theme', message: 'A platform has a theme of its own.' }] });
  }
  return parseInput(themeSchema, theme);
}

const versionOf = ({ number, theme, publishedAt, publishedBy }: ThemeVersionRow): ThemeVersion => ({
  number,
  theme,
  publishedAt,
  publishedBy,
});

const nameOf = (actor: Actor): string =>
  actor.kind === 'user' || actor.kind === 'customer'
    ? actor.email
    : actor.kind === 'system'
      ? actor.name
      : 'anonymous';
