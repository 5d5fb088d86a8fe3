import type { TenantContext } from '@wizamart/core';
import type { PageRow } from '../models/PageRow.js';
import type { PageDetail, Translations } from '../types.js';
import { languagesOf } from './PageVersions.js';
import { languagePreference, pickLanguage } from './resolution.js';

/** A page with its texts as editors see it, the plain fields in the best language for `ctx`. */
export function pageDetail(
  ctx: TenantContext,
  page: PageRow,
  version: number,
  translations: Translations,
): PageDetail {
  const languages = languagesOf(translations);
  const language = pickLanguage(languagePreference(ctx), languages) ?? ctx.language;
  const text = translations[language] ?? { title: page.slug, description: '', body: [], seo: {} };
  return {
    id: page.id,
    slug: page.slug,
    template: page.template,
    placement: page.placement,
    position: page.position,
    status: page.liveVersion === null ? 'draft' : 'published',
    hasDraft: page.draftVersion !== null,
    title: text.title,
    languages,
    publishedAt: page.publishedAt,
    publishAt: page.publishAt,
    unpublishAt: page.unpublishAt,
    createdAt: page.createdAt,
    updatedAt: page.updatedAt,
    version,
    language,
    description: text.description,
    body: text.body,
    seo: text.seo,
    translations,
  };
}
