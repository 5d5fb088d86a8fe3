import { refuseUnknownTerms, type TenantContext } from '@wizamart/core';
import type { Catalogue } from './Catalogue.js';

interface AddOnTerms {
  readonly code: string;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** An add-on promises only what modules of the platform bring, or what it gave before. @throws {InvalidInput} */
export async function refuseUnknownAddOn(
  catalogue: Catalogue,
  ctx: TenantContext,
  addOn: AddOnTerms,
): Promise<void> {
  const before = await catalogue.offer(ctx, 'add_on', addOn.code);
  refuseUnknownTerms(ctx, codesOf(addOn), { kept: before && codesOf(before) });
}

const codesOf = ({ features, limits }: Pick<AddOnTerms, 'features' | 'limits'>) => ({
  features,
  limits: Object.keys(limits),
});
