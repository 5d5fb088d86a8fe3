import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'wz_';
const SHAPE = /^wz_[A-Za-z0-9_-]{43}$/;

/** A new session token: 256 random bits, told apart by its prefix (scanners of leaked secrets look for it). */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url');

/** SHA-256 of a token, the only form in which it is kept; null for what cannot be a token. */
export const hashToken = (token: string): Buffer | null =>
  SHAPE.test(token) ? createHash('sha256').update(token).digest() : null;
