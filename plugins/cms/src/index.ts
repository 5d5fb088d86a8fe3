export { cms } from './plugin.js';
export { ContentPages } from './tokens.js';
export { PageDeleted, PagePublished, PageScheduled, PageUnpublished } from './events.js';
export {
  AlreadyOverridden,
  LastTranslation,
  NothingToRevertTo,
  PageIsDefault,
  PageLimitReached,
  PageNotFound,
  SlugTaken,
} from './errors.js';
export type { PublicPages } from './services/PublicPages.js';
export type { Block, BlockType, Body } from './blocks/schemas.js';
export type {
  DefaultUsage,
  Meter,
  PageDetail,
  PageList,
  PageSource,
  PageStatus,
  PageSummary,
  PageTemplate,
  PageUsage,
  Placement,
  PublicPage,
  Seo,
  StorePageDetail,
  StorePageSummary,
  Translation,
  Translations,
} from './types.js';
