import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Bytes of a signature: 128 bits cannot be guessed, and an address that carries one stays short. */
const SIGNATURE_BYTES = 16;

/**
 * Signs what is given out of hand and comes back, such as links that open something without a session.
 *
 * All processes of an installation have the same secret; what is signed for one purpose counts for no other.
 */
export class Signatures {
  readonly #secret: Buffer;
  readonly #keys = new Map<string, Buffer>();

  /** @param secret 32 bytes */
  constructor(secret: Buffer) {
    if (secret.length !== 32) throw new TypeError('the secret for signatures must have 32 bytes');
    this.#secret = secret;
  }

  /**
   * @param purpose what it is good for, fixed in code, such as `cms.preview`
   * @param text everything that must not be changed, tenant included
   * @returns base64url, fit for an address
   */
  sign(purpose: string, text: string): string {
    return this.#bytes(purpose, text).toString('base64url');
  }

  /** Whether `signature` was made for the same purpose and text; takes as long whether it was or not. */
  verify(purpose: string, text: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    const right = this.#bytes(purpose, text);
    // Base64 has several spellings of the same bytes: one of them is right.
    return (
      given.length === right.length &&
      timingSafeEqual(given, right) &&
      given.toString('base64url') === signature
    );
  }

  #bytes(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#keyFor(purpose)).update(text).digest().subarray(0, SIGNATURE_BYTES);
  }

  #keyFor(purpose: string): Buffer {
    let key = this.#keys.get(purpose);
    if (!key)
      this.#keys.set(
        purpose,
        (key = Buffer.from(hkdfSync('sha256', this.#secret, '', `wizamart signature ${purpose}`, 32))),
      );
    return key;
  }
}
