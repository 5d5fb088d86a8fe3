import { type Language, PlatformModel } from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import type { Seo } from '../types.js';
import type { TranslationRow } from './PageRow.js';

/** One language of one version of a platform's page; rows of a version that was live are never changed. */
export class PlatformPageTranslation extends PlatformModel implements TranslationRow {
  static override tableName = 'cms_platform_page_translation';
  static override idColumn = ['pageId', 'version', 'language'];
  static override jsonAttributes = ['body', 'seo'];
  declare pageId: string;
  declare version: number;
  declare language: Language;
  declare title: string;
  declare description: string;
  declare body: Body;
  declare seo: Seo;
}
