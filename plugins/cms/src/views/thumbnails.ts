import type { TenantContext } from '@wizamart/core';
import { thumbnailOf } from '../media/pictureChoices.js';
import type { PictureOption } from '../media/Pictures.js';

/** Address of a small drawing of a picture in the media library, on a dashboard; null while there is none. */
export function thumbnailHref(
  ctx: TenantContext,
  surface: 'admin' | 'store',
  { value, variants }: PictureOption,
): string | null {
  const small = thumbnailOf(variants);
  return small
    ? ctx.links.to(surface, `/media/${value}/files/${small.name}.${small.hash}.${small.extension}`)
    : null;
}
