import { type FieldError, InvalidInput, type Language, type TenantContext } from '@wizamart/core';
import type { Pictures } from '../media/Pictures.js';
import type { PublicPage, Translations } from '../types.js';
import { isMediaId } from './seoSchema.js';

/** The absolute address of the picture that a shared link shows; null where the page names none that is there. */
export async function sharedPicture(
  ctx: TenantContext,
  pictures: Pictures,
  page: PublicPage,
): Promise<string | null> {
  const { ogImage } = page.seo;
  if (ogImage === undefined) return null;
  if (!isMediaId(ogImage)) return ctx.links.canonical(ogImage, (ctx.store ?? ctx.platform).defaultLanguage);
  const source = await sourceOf(ctx, pictures, ogImage, page.language);
  return source === undefined ? null : new URL(source, ctx.links.canonical('/')).href;
}

/**
 * Refuses a picture that is not of the tenant's library or has no sizes yet; what was there before may stay.
 *
 * @throws {InvalidInput}
 */
export async function checkSharedPictures(
  ctx: TenantContext,
  pictures: Pictures,
  texts: Translations,
  before: Translations,
  plain: Language,
): Promise<void> {
  const errors: FieldError[] = [];
  for (const [language, { seo }] of Object.entries(texts)) {
    const { ogImage } = seo;
    if (ogImage === undefined || !isMediaId(ogImage) || before[language as Language]?.seo.ogImage === ogImage)
      continue;
    if ((await sourceOf(ctx, pictures, ogImage, language as Language)) !== undefined) continue;
    const path = `${language === plain ? '' : `translations.${language}.`}seo.ogImage`;
    errors.push({
      path,
      message: 'This picture does not exist, or is not ready yet. Choose one of the media library.',
    });
  }
  if (errors.length > 0) throw new InvalidInput({ errors });
}

async function sourceOf(
  ctx: TenantContext,
  pictures: Pictures,
  media: string,
  language: Language,
): Promise<string | undefined> {
  const [shown] = await pictures.show(
    ctx,
    [{ type: 'image', media, shape: 'wide', decorative: true }],
    language,
  );
  return (shown?.['picture'] as { readonly src: string } | undefined)?.src;
}
