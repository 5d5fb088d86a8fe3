import type { InTransaction } from '../../database/InTransaction.js';
import { NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { Store } from '../models/Store.js';
import {
  PlatformThemeVersion,
  PlatformThemeWork,
  StoreThemeVersion,
  StoreThemeWork,
  type ThemeVersionRow,
  type ThemeWorkRow,
} from '../models/ThemeWork.js';
import { themeSchema, type Theme } from './themeSchema.js';

/** Where the themes of one kind of owner are kept: of the context's store, else of its platform. */
export interface ThemeTables {
  readonly kind: 'store' | 'platform';
  /** Null: the platform's theme. With `lock` nobody else works on the owner's theme until the transaction ends. */
  live(ctx: InTransaction, lock?: 'lock'): Promise<Theme | null>;
  setLive(ctx: InTransaction, theme: Theme | null): Promise<void>;
  work(ctx: InTransaction): Promise<ThemeWorkRow | undefined>;
  putWork(ctx: InTransaction, row: ThemeWorkRow, isNew: boolean): Promise<void>;
  /** Newest first. */
  versions(
    ctx: InTransaction,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly ThemeVersionRow[]>;
  version(ctx: InTransaction, number: number): Promise<ThemeVersionRow | undefined>;
  countVersions(ctx: InTransaction): Promise<number>;
  addVersion(ctx: InTransaction, row: ThemeVersionRow): Promise<void>;
}

const storeIdOf = ({ store }: InTransaction): string => {
  if (!store) throw new NotFound({ what: 'This store' });
  return store.id;
};

const storeThemes: ThemeTables = {
  kind: 'store',
  live: async (ctx, lock) => {
    const query = Store.in(ctx).findOne({ id: storeIdOf(ctx) });
    const store = await (lock ? query.forUpdate() : query);
    if (!store) throw new NotFound({ what: 'This store' });
    return store.theme;
  },
  setLive: async (ctx, theme) =>
    void (await Store.in(ctx)
      .findOne({ id: storeIdOf(ctx) })
      .patch({ theme, updatedAt: ctx.now })),
  work: async (ctx) => StoreThemeWork.in(ctx).first(),
  putWork: async (ctx, row, isNew) =>
    void (await (isNew
      ? StoreThemeWork.in(ctx).insert({ ...row })
      : StoreThemeWork.in(ctx).patch({ ...row }))),
  versions: async (ctx, { offset, limit }) =>
    StoreThemeVersion.in(ctx).orderBy('number', 'desc').offset(offset).limit(limit),
  version: async (ctx, number) => StoreThemeVersion.in(ctx).findOne({ number }),
  countVersions: async (ctx) => StoreThemeVersion.in(ctx).resultSize(),
  addVersion: async (ctx, row) => void (await StoreThemeVersion.in(ctx).insert({ ...row })),
};

const platformThemes: ThemeTables = {
  kind: 'platform',
  live: async (ctx, lock) => {
    const [row] = await ctx.tx.query<{ theme: unknown }>(
      `select theme from core_platform where id = $1 ${lock ? 'for update' : ''}`,
      [ctx.platform.id],
    );
    if (!row) throw new NotFound({ what: 'This platform' });
    return themeSchema.parse(row.theme);
  },
  setLive: async (ctx, theme) => {
    await ctx.tx.query('update core_platform set theme = $2, updated_at = $3 where id = $1', [
      ctx.platform.id,
      JSON.stringify(theme),
      ctx.now,
    ]);
  },
  work: async (ctx) => PlatformThemeWork.in(ctx).first(),
  putWork: async (ctx, row, isNew) =>
    void (await (isNew
      ? PlatformThemeWork.in(ctx).insert({ ...row })
      : PlatformThemeWork.in(ctx).patch({ ...row }))),
  versions: async (ctx, { offset, limit }) =>
    PlatformThemeVersion.in(ctx).orderBy('number', 'desc').offset(offset).limit(limit),
  version: async (ctx, number) => PlatformThemeVersion.in(ctx).findOne({ number }),
  countVersions: async (ctx) => PlatformThemeVersion.in(ctx).resultSize(),
  addVersion: async (ctx, row) => void (await PlatformThemeVersion.in(ctx).insert({ ...row })),
};

export const themeTables = (ctx: TenantContext): ThemeTables => (ctx.store ? storeThemes : platformThemes);
