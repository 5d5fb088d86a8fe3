import { PlatformModel } from '@wizamart/core';

export const INTERVALS = ['month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];
export type ProductKind = 'tier' | 'add_on';

/** A tier or add-on as the platform offers it. */
export class Product extends PlatformModel {
  static override tableName = 'billing_product';
  static override idColumn = ['platformId', 'kind', 'code'];
  declare kind: ProductKind;
  declare code: string;
  declare position: number;
  declare isPublic: boolean;
  declare version: number;
  declare archivedAt: Date | null;
  declare updatedAt: Date;
}

/** What a tier or add-on was when it was sold; never changed or deleted. */
export class ProductVersion extends PlatformModel {
  static override tableName = 'billing_product_version';
  static override get jsonAttributes(): string[] {
    return ['limits'];
  }
  declare id: string;
  declare kind: ProductKind;
  declare code: string;
  /** Counts from 1 per product. */
  declare version: number;
  declare name: string;
  declare description: string;
  declare features: string[];
  /** Of a tier: limit code → number. Of an add-on: what each piece adds. */
  declare limits: Record<string, number>;
  declare currency: string;
  /** Net, in minor units; null: not sold by the month. */
  declare monthlyMinor: number | null;
  declare yearlyMinor: number | null;
  declare maxQuantity: number;
  declare createdAt: Date;
}

/** Net price of one piece for one interval, in minor units; null: not sold that way. */
export const priceOf = (
  version: Pick<ProductVersion, 'monthlyMinor' | 'yearlyMinor'>,
  interval: Interval,
): number | null => (interval === 'month' ? version.monthlyMinor : version.yearlyMinor);
