import type { TenantContext } from '@wizamart/core';
import { variantPath } from './mediaKeys.js';
import type { Shape, Variant } from './types.js';

/** What a `<picture>` needs. */
export interface PictureView {
  /** For browsers that know WebP; null where there is nothing but WebP. */
  readonly webp: string | null;
  readonly srcset: string;
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** @returns undefined while there are no sizes */
export function pictureView(
  ctx: TenantContext,
  { id, variants }: { readonly id: string; readonly variants: readonly Variant[] },
  shape: Shape,
  alt: string,
): PictureView | undefined {
  const of = (isWebp: boolean): readonly Variant[] =>
    variants.filter((one) => isOfShape(one, shape) && (one.extension === 'webp') === isWebp);
  const webp = of(true);
  const others = of(false);
  const shown = others.length > 0 ? others : webp;
  // The largest says how much room to keep; what old browsers load is of a middling size.
  const largest = shown.at(-1);
  const middling = shown.find(({ width }) => (width ?? 0) >= 960) ?? largest;
  if (!largest || !middling) return undefined;
  const surface = ctx.store ? 'storefront' : 'platform';
  const address = (variant: Variant): string => ctx.links.to(surface, variantPath(id, variant));
  const srcset = (list: readonly Variant[]): string =>
    list.map((variant) => `${address(variant)} ${variant.width}w`).join(', ');
  return {
    webp: others.length > 0 ? srcset(webp) : null,
    srcset: srcset(shown),
    src: address(middling),
    width: largest.width ?? 1,
    height: largest.height ?? 1,
    alt,
  };
}

const PREFIXES: Readonly<Record<Shape, string>> = { natural: 'w', square: 'square-', wide: 'wide-' };
const isOfShape = ({ name }: Variant, shape: Shape): boolean =>
  name.startsWith(PREFIXES[shape]) && /^\d+$/.test(name.slice(PREFIXES[shape].length));
