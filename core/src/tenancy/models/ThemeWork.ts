import { PlatformModel } from '../../database/models/PlatformModel.js';
import { StoreModel } from '../../database/models/StoreModel.js';
import type { Theme } from '../theme/themeSchema.js';

/** What is being done to a theme; one row per owner. */
export interface ThemeWorkRow {
  revision: number;
  hasDraft: boolean;
  /** Null with `hasDraft`: the platform's theme. */
  draft: Theme | null;
  draftedAt: Date | null;
  draftedBy: string | null;
}

/** A theme that was published. */
export interface ThemeVersionRow {
  number: number;
  /** Null: the platform's theme. */
  theme: Theme | null;
  publishedAt: Date;
  publishedBy: string;
}

export class StoreThemeWork extends StoreModel implements ThemeWorkRow {
  static override tableName = 'core_store_theme';
  static override idColumn = ['merchantId', 'storeId'];
  static override get jsonAttributes(): string[] {
    return ['draft'];
  }
  declare revision: number;
  declare hasDraft: boolean;
  declare draft: Theme | null;
  declare draftedAt: Date | null;
  declare draftedBy: string | null;
}

export class StoreThemeVersion extends StoreModel implements ThemeVersionRow {
  static override tableName = 'core_store_theme_version';
  static override idColumn = ['merchantId', 'storeId', 'number'];
  static override get jsonAttributes(): string[] {
    return ['theme'];
  }
  declare number: number;
  declare theme: Theme | null;
  declare publishedAt: Date;
  declare publishedBy: string;
}

export class PlatformThemeWork extends PlatformModel implements ThemeWorkRow {
  static override tableName = 'core_platform_theme';
  static override idColumn = ['platformId'];
  static override get jsonAttributes(): string[] {
    return ['draft'];
  }
  declare revision: number;
  declare hasDraft: boolean;
  declare draft: Theme | null;
  declare draftedAt: Date | null;
  declare draftedBy: string | null;
}

export class PlatformThemeVersion extends PlatformModel implements ThemeVersionRow {
  static override tableName = 'core_platform_theme_version';
  static override idColumn = ['platformId', 'number'];
  static override get jsonAttributes(): string[] {
    return ['theme'];
  }
  declare number: number;
  declare theme: Theme | null;
  declare publishedAt: Date;
  declare publishedBy: string;
}
