import { type Language, StoreModel } from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import type { Seo } from '../types.js';
import type { TranslationRow } from './PageRow.js';

/** One language of one version of a store's page; rows of a version that was live are never changed. */
export class StorePageTranslation extends StoreModel implements TranslationRow {
  static override tableName = 'cms_store_page_translation';
  static override idColumn = ['platformId', 'pageId', 'version', 'language'];
  static override jsonAttributes = ['body', 'seo'];
  declare platformId: string;
  declare pageId: string;
  declare version: number;
  declare language: Language;
  declare title: string;
  declare description: string;
  declare body: Body;
  declare seo: Seo;
}
