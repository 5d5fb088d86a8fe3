import { defineError } from '@wizamart/core';

/** The steps of signing up, in order. */
export const STEPS = ['plan', 'business', 'account', 'card'] as const;
export type Step = (typeof STEPS)[number];

/** Unknown, finished long ago or expired: one answer for all. */
export const SignUpNotFound = defineError({
  code: 'BILLING_SIGN_UP_NOT_FOUND',
  status: 410,
  message: 'This sign-up has expired or does not exist. Start again.',
});

/** Something that belongs before it is still missing. */
export const SignUpStepMissing = defineError<{ step: Step }>({
  code: 'BILLING_SIGN_UP_STEP_MISSING',
  status: 409,
  message: (d) => `The step '${d.step}' comes first.`,
});

/** What is finished is not changed any more. */
export const SignUpClosed = defineError({
  code: 'BILLING_SIGN_UP_CLOSED',
  status: 409,
  message: 'This sign-up is finished.',
});

/** The address has to be confirmed by the code that was mailed. */
export const SignUpNotConfirmed = defineError({
  code: 'BILLING_SIGN_UP_NOT_CONFIRMED',
  status: 409,
  message: 'Enter the code that was sent to the e-mail address first.',
});

/** A code that does not fit, was replaced, is too old, or was tried too often: one answer for all. */
export const SignUpCodeWrong = defineError({
  code: 'BILLING_SIGN_UP_CODE_WRONG',
  status: 422,
  message: 'This code is not right or no longer good. Check it, or let a new one be sent.',
  errors: () => [{ path: 'code', message: 'This code is not right or no longer good.' }],
});

/** Another store has this address; `suggestion` is free. */
export const StoreAddressTaken = defineError<{ code: string; suggestion: string }>({
  code: 'BILLING_SIGN_UP_ADDRESS_TAKEN',
  status: 409,
  message: (d) => `The address '${d.code}' is taken. '${d.suggestion}' is free.`,
  errors: (d) => [{ path: 'storeCode', message: `This address is taken. '${d.suggestion}' is free.` }],
});

/** No module here knows shops of a marketplace. */
export const NoShopDirectory = defineError({
  code: 'BILLING_NO_SHOP_DIRECTORY',
  status: 404,
  message: 'Shops cannot be looked up on this platform.',
});

/** The marketplace does not answer; the business can be entered by hand. */
export const ShopDirectoryUnavailable = defineError({
  code: 'BILLING_SHOP_DIRECTORY_UNAVAILABLE',
  status: 503,
  message: 'The marketplace does not answer. Try again later, or enter the business by hand.',
  retryAfterSeconds: 60,
});

export const ShopAlreadyClaimed = defineError({
  code: 'BILLING_SHOP_ALREADY_CLAIMED',
  status: 409,
  message: 'Another store has claimed this shop already. Write to us if it is yours.',
});

/** The proof did not fit. */
export const ShopClaimRefused = defineError({
  code: 'BILLING_SHOP_CLAIM_REFUSED',
  status: 422,
  message: 'The shop could not be proved to be yours.',
  errors: () => [{ path: 'proof', message: 'This does not prove that the shop is yours.' }],
});

/** The register of VAT ids says that this one is not registered. */
export const VatIdNotRegistered = defineError<{ vatId: string }>({
  code: 'BILLING_VAT_ID_NOT_REGISTERED',
  status: 422,
  message: (d) => `'${d.vatId}' is not registered for VAT, as VIES says.`,
  errors: () => [{ path: 'vatId', message: 'VIES says that this VAT id is not registered.' }],
});

/** The card was given for a trial before; the person may go on, and pays at once. */
export const SignUpTrialUsed = defineError({
  code: 'BILLING_SIGN_UP_TRIAL_USED',
  status: 409,
  message:
    'This card has had a trial here before. You can go on without one: the first period is charged at once.',
});

/** A card has to be given on this platform. */
export const SignUpCardNeeded = defineError({
  code: 'BILLING_SIGN_UP_CARD_NEEDED',
  status: 402,
  message: 'Enter a card. Nothing is charged before the trial ends.',
});
