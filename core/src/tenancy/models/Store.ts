import { MerchantModel } from '../../database/models/MerchantModel.js';
import type { Language, StoreStatus } from '../../kernel/context.js';
import type { Theme } from '../theme/themeSchema.js';

/** One shop of a merchant, wherever it is. */
export class Store extends MerchantModel {
  static override tableName = 'core_store';
  static override get jsonAttributes(): string[] {
    return ['theme', 'settings'];
  }
  declare id: string;
  declare code: string;
  declare name: string;
  declare status: StoreStatus;
  declare statusReason: string | null;
  declare defaultLanguage: Language;
  declare languages: Language[];
  /** Null: the platform's theme. */
  declare theme: Theme | null;
  declare settings: Record<string, unknown>;
  declare createdAt: Date;
  declare updatedAt: Date;
}
