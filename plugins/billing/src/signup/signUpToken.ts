import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^su_[A-Za-z0-9_-]{43}$/;

/** What leads back to a sign-up: 256 random bits. */
export const newSignUpToken = (): string => `su_${randomBytes(32).toString('base64url')}`;

/** The only form in which a token is kept; null for what cannot be one. */
export const hashSignUpToken = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
