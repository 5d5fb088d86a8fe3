import type { Database, InTransaction, TenantContext } from '@wizamart/core';
import { SignUpClosed, SignUpNotFound } from './errors.js';
import { SignUpRow } from './SignUpRow.js';
import { hashSignUpToken } from './signUpToken.js';

/** How long a sign-up waits for its next step. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1_000;
export type SignUpPatch = Partial<
  Omit<SignUpRow, 'id' | 'platformId' | 'merchantId' | 'storeId' | 'createdAt' | 'updatedAt' | 'expiresAt'>
>;

/** The system, which alone reads and writes sign-ups, on the platform of a request. */
export const asSignUp = (ctx: TenantContext): TenantContext => ({
  ...ctx,
  actor: { kind: 'system', name: 'billing.signUp' },
  merchant: null,
  store: null,
});

/** Finds sign-ups by what their bearers have, and changes them one at a time. */
export class SignUpRows {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  async insert(ctx: InTransaction, row: Partial<SignUpRow>): Promise<SignUpRow> {
    return SignUpRow.in(ctx).insertAndFetch({
      ...row,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + KEPT_MS),
    }) as unknown as Promise<SignUpRow>;
  }

  /** @throws {SignUpNotFound} */
  async find(ctx: TenantContext, token: string): Promise<SignUpRow> {
    return this.#database.unit(asSignUp(ctx), (inside) => byToken(inside, token));
  }

  async byId(ctx: TenantContext, id: string): Promise<SignUpRow | undefined> {
    return this.#database.unit(asSignUp(ctx), async (inside) => SignUpRow.in(inside).findOne({ id }));
  }

  /**
   * Changes an open sign-up; another change of it waits meanwhile. It is kept on from now.
   *
   * @throws {SignUpNotFound} {@link SignUpClosed}
   */
  async change(
    ctx: TenantContext,
    token: string,
    work: (row: SignUpRow, inside: InTransaction) => SignUpPatch | Promise<SignUpPatch>,
  ): Promise<SignUpRow> {
    return this.#database.unit(asSignUp(ctx), async (inside) => {
      const row = await byToken(inside, token, 'lock');
      if (row.status !== 'open') throw new SignUpClosed();
      const patch = await work(row, inside);
      await SignUpRow.in(inside)
        .findOne({ id: row.id })
        .patch({
          ...patch,
          updatedAt: ctx.now,
          expiresAt: new Date(ctx.now.getTime() + KEPT_MS),
        });
      return SignUpRow.in(inside).findOne({ id: row.id }).throwIfNotFound() as unknown as Promise<SignUpRow>;
    });
  }
}

/** Whether a token is the one of the mailed link. */
export const isMailed = ({ mailHash }: SignUpRow, token: string): boolean => {
  const hash = hashSignUpToken(token);
  return hash !== null && mailHash !== null && hash.equals(mailHash);
};

async function byToken(ctx: InTransaction, token: string, lock?: 'lock'): Promise<SignUpRow> {
  const hash = hashSignUpToken(token);
  if (hash === null) throw new SignUpNotFound();
  const query = SignUpRow.in(ctx)
    .where((either) => either.where({ tokenHash: hash }).orWhere({ mailHash: hash }))
    .where('expiresAt', '>', ctx.now)
    .first();
  const row = await (lock ? query.forUpdate() : query);
  if (!row) throw new SignUpNotFound();
  return row;
}
