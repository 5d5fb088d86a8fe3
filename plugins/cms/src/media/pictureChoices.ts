import type { PictureChoice, TenantContext } from '@wizamart/core';
import { variantPath } from './mediaKeys.js';
import type { Pictures } from './Pictures.js';
import type { Variant } from './types.js';

/** Sharp enough for a logo or a banner, small enough to be sent to everybody. */
const WIDEST = 1_280;

/** Pictures of the library for a site's theme. */
export async function brandChoices(pictures: Pictures, ctx: TenantContext): Promise<PictureChoice[]> {
  return (await pictures.choices(ctx)).slice(0, 60).flatMap(({ value, label, variants }) => {
    const natural = variants.filter(isNatural);
    const large = natural.filter(({ width }) => (width ?? 0) <= WIDEST).at(-1) ?? natural[0];
    const small = thumbnailOf(variants);
    if (!large || !small) return [];
    return [{ address: variantPath(value, large), label, thumbnail: variantPath(value, small) }];
  });
}

/** The smallest square that browsers of today show. */
export const thumbnailOf = (variants: readonly Variant[]): Variant | undefined =>
  variants.find(({ name, extension }) => extension === 'webp' && name.startsWith('square-')) ??
  variants.find((variant) => isNatural(variant));

const isNatural = ({ name, extension }: Variant): boolean => extension === 'webp' && /^w\d+$/.test(name);
