import { defineError } from '../errors/defineError.js';

export const IdempotencyKeyReused = defineError({
  code: 'IDEMPOTENCY_KEY_REUSED',
  status: 422,
  message: 'This Idempotency-Key was used before with another body. Send a new key for a new operation.',
});
export const IdempotencyInProgress = defineError({
  code: 'IDEMPOTENCY_IN_PROGRESS',
  status: 409,
  retryAfterSeconds: 1,
  message: 'The first request with this Idempotency-Key is still being worked on. Try again in a moment.',
});
export const IdempotencyKeyInvalid = defineError({
  code: 'IDEMPOTENCY_KEY_INVALID',
  status: 400,
  message: 'An Idempotency-Key has 1 to 200 visible ASCII characters, for example a UUID.',
});
