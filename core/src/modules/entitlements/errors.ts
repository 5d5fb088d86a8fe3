import { defineError } from '../../errors/defineError.js';

/** The merchant's tier does not include a feature. */
export const FeatureNotInTier = defineError<{ feature: string; availableIn: readonly string[] }>({
  code: 'FEATURE_NOT_IN_TIER',
  status: 402,
  message: (d) =>
    d.availableIn.length > 0
      ? `The feature '${d.feature}' is part of: ${d.availableIn.join(', ')}.`
      : `The feature '${d.feature}' is not part of any tier of this platform.`,
});

export const TierNotFound = defineError<{ code: string; known: readonly string[] }>({
  code: 'TIER_NOT_FOUND',
  status: 422,
  message: (d) => `This platform has no tier '${d.code}'; it has: ${d.known.join(', ') || 'none'}.`,
});

/** The merchant is not on the platform, so it can have no tier there. */
export const MerchantNotOnPlatform = defineError<{ merchantId: string }>({
  code: 'MERCHANT_NOT_ON_PLATFORM',
  status: 404,
  message: 'This merchant is not on this platform.',
});

/** Data of every `…_LIMIT_REACHED` error (402): the limit, what is there, the cheapest tier that allows more. */
export interface LimitReachedData {
  readonly limit: number;
  readonly current: number;
  readonly upgradeTo: string | null;
}
