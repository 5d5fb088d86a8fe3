import { type Language, PlatformModel, StoreModel } from '@wizamart/core';

/** One question with its answer, in the words of the form. */
export interface FormAnswer {
  readonly label: string;
  readonly value: string;
}

/** What a visitor sent. */
export interface FormEntryRow {
  id: string;
  slug: string;
  language: Language;
  email: string | null;
  answers: readonly FormAnswer[];
  sentAt: Date;
}

export class PlatformFormEntry extends PlatformModel implements FormEntryRow {
  static override tableName = 'cms_platform_form_entry';
  static override jsonAttributes = ['answers'];
  declare id: string;
  declare slug: string;
  declare language: Language;
  declare email: string | null;
  declare answers: readonly FormAnswer[];
  declare sentAt: Date;
}

export class StoreFormEntry extends StoreModel implements FormEntryRow {
  static override tableName = 'cms_store_form_entry';
  static override jsonAttributes = ['answers'];
  declare platformId: string;
  declare id: string;
  declare slug: string;
  declare language: Language;
  declare email: string | null;
  declare answers: readonly FormAnswer[];
  declare sentAt: Date;
}
