import { StoreModel } from '@wizamart/core';
import type { AltTexts, MediaKind, MediaStatus, Variant } from '../types.js';
import type { MediumRow } from './MediumRow.js';

/** A picture or document of a store. */
export class StoreMedium extends StoreModel implements MediumRow {
  static override tableName = 'cms_store_media';
  static override jsonAttributes = ['alt', 'variants'];
  declare platformId: string;
  declare id: string;
  declare kind: MediaKind;
  declare fileName: string;
  declare title: string;
  declare alt: AltTexts;
  declare mime: string;
  declare bytes: number;
  declare width: number | null;
  declare height: number | null;
  declare focusX: number;
  declare focusY: number;
  declare sha256: string;
  declare status: MediaStatus;
  declare failure: string | null;
  declare variants: readonly Variant[];
  declare createdAt: Date;
  declare createdBy: string | null;
  declare updatedAt: Date;
  declare updatedBy: string | null;
}
