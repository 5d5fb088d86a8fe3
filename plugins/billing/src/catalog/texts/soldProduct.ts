import type { TenantContext } from '@wizamart/core';
import type { Catalogue } from '../Catalogue.js';
import { ProductNotFound } from '../errors.js';
import type { ProductKind } from '../ProductVersion.js';
import type { Named } from './ProductTexts.js';

/** A product under the name that it is sold under. @throws {ProductNotFound} */
export async function soldProduct(
  catalogue: Catalogue,
  ctx: TenantContext,
  kind: ProductKind,
  code: string,
): Promise<Named & { readonly description: string }> {
  const offer = await catalogue.offer(ctx, kind, code);
  if (!offer) throw new ProductNotFound({ kind, code });
  return { kind, code, ...offer.sold };
}
