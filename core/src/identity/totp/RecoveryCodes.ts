import { randomBytes } from 'node:crypto';
import type { Transaction } from '../../database/unitOfWork.js';
import type { Signatures } from '../Signatures.js';

const COUNT = 10;
const PURPOSE = 'core.recovery-code';
/** Without letters and digits that are taken for each other; 32 of them, so that a byte picks evenly. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** Codes for when the app is lost: 60 random bits each, kept as keyed hashes, gone when used. */
export class RecoveryCodes {
  readonly #signatures: Signatures;

  constructor({ signatures }: { readonly signatures: Signatures }) {
    this.#signatures = signatures;
  }

  /** Ten new codes in place of the old ones. @returns them as they are to be written down */
  async renew(tx: Transaction, userId: string, now: Date): Promise<string[]> {
    const codes = Array.from({ length: COUNT }, newCode);
    await this.drop(tx, userId);
    await tx.query(
      'insert into core_recovery_code (user_id, code_hash, created_at) select $1, unnest($2::text[]), $3',
      [userId, codes.map((code) => this.#hash(userId, code)), now],
    );
    return codes.map((code) => code.match(/.{4}/g)?.join('-') ?? code);
  }

  /** Uses a code up. @returns whether it was one */
  async take(tx: Transaction, userId: string, code: string): Promise<boolean> {
    const gone = await tx.query(
      'delete from core_recovery_code where user_id = $1 and code_hash = $2 returning user_id',
      [userId, this.#hash(userId, code.toLowerCase().replace(/[^a-z0-9]/g, ''))],
    );
    return gone.length > 0;
  }

  async left(tx: Transaction, userId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'select count(*)::int as count from core_recovery_code where user_id = $1',
      [userId],
    );
    return row?.count ?? 0;
  }

  async drop(tx: Transaction, userId: string): Promise<void> {
    await tx.query('delete from core_recovery_code where user_id = $1', [userId]);
  }

  #hash(userId: string, code: string): string {
    return this.#signatures.sign(PURPOSE, `${userId} ${code}`);
  }
}

const newCode = (): string =>
  [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
