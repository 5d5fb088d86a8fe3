import type { Language } from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import type { PageTemplate, Placement, Seo } from '../types.js';

/** What the rows of a platform's and a store's pages have in common. */
export interface PageRow {
  id: string;
  slug: string;
  template: PageTemplate;
  placement: Placement;
  position: number;
  /** Version that visitors see; null while the page is not published. */
  liveVersion: number | null;
  /** Version being edited, above the live one; null when there is nothing unpublished. */
  draftVersion: number | null;
  /** When the live version went live. */
  publishedAt: Date | null;
  /** From when visitors see the draft; null: when somebody publishes it. */
  publishAt: Date | null;
  /** From when visitors see the page no more; null: until somebody takes it away. */
  unpublishAt: Date | null;
  /** How often preview links were revoked; a link of another count is void. */
  previewSerial: number;
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date;
  updatedBy: string | null;
}

/** One language of one version of a page. */
export interface TranslationRow {
  pageId: string;
  version: number;
  language: Language;
  title: string;
  description: string;
  body: Body;
  seo: Seo;
}
