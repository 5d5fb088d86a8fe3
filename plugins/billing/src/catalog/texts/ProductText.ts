import { type Language, PlatformModel } from '@wizamart/core';
import type { ProductKind } from '../ProductVersion.js';

/** What a product is called in one language. */
export class ProductText extends PlatformModel {
  static override tableName = 'billing_product_text';
  static override idColumn = ['platformId', 'kind', 'code', 'soldAs', 'language'];
  declare kind: ProductKind;
  declare code: string;
  /** The name of the versions that this is a translation of. */
  declare soldAs: string;
  declare language: Language;
  declare name: string;
  /** Empty: as it is sold. */
  declare description: string;
  declare updatedAt: Date;
}
