import { InvalidInput } from '../../errors/common.js';
import type { FieldError } from '../../errors/defineError.js';
import type { TenantContext } from '../../kernel/context.js';

/** What a tier, or what is sold beside it, is to give; what is taken away is not named. */
interface Given {
  readonly features: Iterable<string>;
  readonly limits: Iterable<string>;
}

/**
 * Refuses what nothing on the platform brings: a feature that nobody asks for, a limit that nobody counts.
 *
 * @param options.kept what it gives already: stays, although its module was turned off since
 * @param options.path where the fields stand in what was sent, such as `changes.0.`
 * @throws {InvalidInput} with one entry for each code, saying where it stands and how to mend it
 */
export function refuseUnknownTerms(
  ctx: TenantContext,
  given: Given,
  options: UnknownTermsOptions = {},
): void {
  const errors = unknownTerms(ctx, given, options);
  if (errors.length > 0) throw new InvalidInput({ errors });
}

interface UnknownTermsOptions {
  readonly kept?: Given | undefined;
  readonly path?: string;
}

/** The entries of {@link refuseUnknownTerms}, where there is more to refuse at once. */
export function unknownTerms(
  ctx: TenantContext,
  { features, limits }: Given,
  { kept, path = '' }: UnknownTermsOptions = {},
): FieldError[] {
  const known = ctx.snapshot;
  const strange = (
    codes: Iterable<string>,
    there?: ReadonlyMap<string, unknown>,
    held?: Iterable<string>,
  ) => {
    const stays = new Set(held);
    return [...codes].filter((code) => !there?.has(code) && !stays.has(code));
  };
  return [
    ...strange(features, known.features, kept?.features).map((code) => ({
      path: `${path}features.${code}`,
      message: `No module that is on here brings the feature ‘${code}’. Check how it is written, or turn on the module that brings it; otherwise leave it out.`,
    })),
    ...strange(limits, known.limits, kept?.limits).map((code) => ({
      path: `${path}limits.${code}`,
      message: `No module that is on here counts ‘${code}’. Check how it is written, or turn on the module that counts it; otherwise leave it out.`,
    })),
  ];
}
