import { sayError } from '@wizamart/core';
import { CardDeclined } from './errors.js';
import type { PaymentFailure } from './gatewayTypes.js';

/** Why a payment failed, for the person who looks at it: the bank's own words are English. */
export const sayFailure = (failure: PaymentFailure | null): string | null =>
  failure &&
  sayError(
    new CardDeclined({ code: failure.code, declineCode: failure.declineCode, reason: failure.message }),
  );
