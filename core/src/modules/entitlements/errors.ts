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

/** An archived tier is given to nobody. */
export const TierArchived = defineError<{ code: string }>({
  code: 'TIER_ARCHIVED',
  status: 409,
  message: (d) => `The tier '${d.code}' is archived; choose another, or offer it again first.`,
});

export const TierExists = defineError<{ code: string }>({
  code: 'TIER_EXISTS',
  status: 409,
  message: (d) => `This platform has a tier '${d.code}' already; choose another code.`,
});

/** A tier that somebody has is not deleted. */
export const TierInUse = defineError<{ code: string; merchants: number; isDefault: boolean }>({
  code: 'TIER_IN_USE',
  status: 409,
  message: (d) =>
    d.merchants > 0
      ? `${d.merchants === 1 ? 'One merchant has' : `${d.merchants} merchants have`} the tier '${d.code}'; give them another first, or archive it.`
      : `'${d.code}' is the default tier; make another one the default first.`,
});

/** Somebody else changed the tiers since they were shown. */
export const TiersChanged = defineError({
  code: 'TIERS_CHANGED',
  status: 409,
  message: 'The tiers were changed by somebody else meanwhile. Look at them again, then repeat your change.',
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
